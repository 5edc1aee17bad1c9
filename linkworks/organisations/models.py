"""Organisations and their relations over time, schemes and where they reach, and postcodes."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from .states import CatchmentKind, Coverage, OrganisationKind, RelationKind


class Organisation(Identified):
    """Anybody who refers, hosts, provides or commissions: a borough, an ICB, a practice, a charity, a library."""

    kind = models.CharField(max_length=30, choices=words.choices(OrganisationKind))
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    ons_code = models.CharField(max_length=9, blank=True)
    ods_code = models.CharField(max_length=10, blank=True)
    charity_number = models.CharField(max_length=12, blank=True, help_text="As rules/numbers.py spells it")
    company_number = models.CharField(max_length=8, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    website = models.URLField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    payee = models.CharField(
        max_length=140, blank=True, help_text="The name on the account it is paid into; never a number, never published"
    )
    is_fictional = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ons_code"], condition=~Q(ons_code=""), name="one_organisation_per_ons_code"
            ),
            models.UniqueConstraint(
                fields=["ods_code"], condition=~Q(ods_code=""), name="one_organisation_per_ods_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Relation(models.Model):
    """One organisation's tie to another between two dates, so that history stays true when a PCN moves."""

    kind = models.CharField(max_length=20, choices=words.choices(RelationKind))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="relations_out")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="relations_in")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The first day it no longer holds")

    class Meta:
        indexes = [models.Index(fields=["other", "kind"], name="relations_into")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="relation_ends_after_start",
            ),
            ExclusionConstraint(
                name="part_of_one_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=RelationKind.PART_OF.value),
            ),
        ]


class Postcode(models.Model):
    """A postcode, its borough and where it is (ONS Postcode Directory)."""

    postcode = models.CharField(max_length=7, primary_key=True, help_text="Without a space: SE155DD")
    borough_code = models.CharField(max_length=9, db_index=True)
    latitude = models.FloatField()
    longitude = models.FloatField()


class Scheme(Identified):
    """A social prescribing scheme: the tenant that people, cases and outcomes belong to."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="schemes_hosted")
    coverage = models.CharField(max_length=20, choices=words.choices(Coverage))
    coverage_note = models.TextField(blank=True, help_text="Who the scheme is for, in plain words")
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    without_internet = models.TextField(blank=True, help_text="How to reach the scheme without the internet")
    facts_changed = models.JSONField(default=dict, help_text="The day each public fact last changed, by its name")
    settings = models.JSONField(default=dict)
    settings_version = models.PositiveIntegerField(default=1)
    is_fictional = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(coverage__in=[each.value for each in Coverage]), name="scheme_coverage_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SchemeSettingsVersion(models.Model):
    """A scheme's settings as they were, who changed them and why."""

    is_append_only = True

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="settings_versions")
    version = models.PositiveIntegerField()
    settings = models.JSONField()
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "version"], name="one_settings_document_per_version")]


class CatchmentArea(models.Model):
    """A part of a scheme's catchment: a borough, a practice's patients or a postcode sector."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="catchment")
    kind = models.CharField(max_length=20, choices=words.choices(CatchmentKind))
    code = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "kind", "code"], name="catchment_area_once")]
        indexes = [models.Index(fields=["kind", "code"], name="catchment_by_code")]


class RecordedGap(models.Model):
    """A borough with no scheme (or none for everybody), said openly, with the nearest alternative."""

    borough_code = models.CharField(max_length=9, unique=True)
    reason = models.TextField()
    nearest = models.ForeignKey(Scheme, null=True, on_delete=models.SET_NULL, related_name="gaps_near")
    recorded_on = models.DateField()
