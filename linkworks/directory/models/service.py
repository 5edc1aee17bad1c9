"""A service: something a person can go to, join or ask, and what is known about it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..states import ServiceStatus


def ids() -> ArrayField:  # type: ignore[type-arg]
    """A list of vocabulary ids."""
    return ArrayField(models.CharField(max_length=40), default=list, blank=True)


class Service(Identified):
    """Something local that helps: a lunch club, an advice session, a walk."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=20, choices=words.choices(ServiceStatus), default=ServiceStatus.ACTIVE)
    fees = models.TextField(blank=True, help_text="What it costs, in words")
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    alert = models.TextField(blank=True)
    last_modified = models.DateTimeField(default=timezone.now, help_text="When its document last changed")
    assured_date = models.DateField(null=True, blank=True)

    categories = ids()
    kinds = ids()
    needs = ids()
    person_attributes = ids()
    access_needs = ids()
    languages = ids()
    advice_levels = ids()
    course_levels = ids()
    terms_are_guessed = models.BooleanField(
        default=False, help_text="Kinds and needs come from the feed's own terms and words"
    )

    who_it_is_for = models.TextField(blank=True)
    is_referable = models.BooleanField(default=True, help_text="Suitable for a link worker to connect people to")
    referral_note = models.TextField(blank=True)
    referral_email = models.EmailField(blank=True)
    capacity_places = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="How many people from link workers it can take; empty when there is no limit or it is not known",
    )
    places_taken = models.PositiveIntegerField(default=0)
    capacity_checked_on = models.DateField(null=True, blank=True)
    wait_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    wait_words = models.CharField(max_length=200, blank=True)

    quality_mark = models.CharField(max_length=200, blank=True, help_text="Of advice: whose mark it holds")
    quality_mark_until = models.DateField(null=True, blank=True)
    join_by = models.DateField(null=True, blank=True, help_text="Of a course: the last day to join")
    certificate = models.CharField(max_length=200, blank=True, help_text="What people get who finish the course")
    leads_to = models.TextField(blank=True, help_text="What people can go on to after the course")

    what_happens = models.TextField(blank=True)
    who_comes = models.TextField(blank=True)
    first_visit = models.TextField(blank=True)
    bring_someone = models.TextField(blank=True)
    quiet_times = models.TextField(blank=True)
    getting_there = models.TextField(blank=True)
    ask_for = models.CharField(max_length=120, blank=True, help_text="Who to ask for when you arrive")

    photo_count = models.PositiveSmallIntegerField(default=0)
    completeness = models.PositiveSmallIntegerField(
        null=True,
        help_text="How much of what people ask it answers, from 0 to 100 (rules/completeness.py); empty until its document is written",
    )
    unsaid = ids()

    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.CharField(max_length=200, blank=True)
    trust = models.PositiveSmallIntegerField(
        default=0, help_text="How far its facts can be trusted, from 0 to 100 (rules/freshness.py)"
    )
    offered_until = models.DateField(
        null=True, blank=True, help_text="A high-risk listing is offered until then, unless it is confirmed again"
    )
    is_fictional = models.BooleanField(default=False)
    is_published = models.BooleanField(default=True)
    held_because = models.TextField(blank=True, help_text="Why it is not shown until somebody has looked")
    shown_despite = models.TextField(
        blank=True, help_text="What a steward looked at, and shows the listing all the same"
    )

    source = models.ForeignKey(
        "directory.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    source_key = models.CharField(max_length=200, blank=True)
    source_hash = models.CharField(
        max_length=64, blank=True, help_text="Of the feed's row as read, to see whether it changed"
    )
    source_list_mark = models.CharField(
        max_length=64, blank=True, help_text="Of the row in the feed's list, when its details were fetched apart"
    )
    gone_since = models.DateField(null=True, blank=True, help_text="Since when the whole feed no longer has it")
    joined_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="joined",
        help_text="The listing of the same thing that is shown instead",
    )
    kept_here = ids()
    document = models.TextField(blank=True, help_text="Its Open Referral UK 3.0 document, made when it is saved")
    document_hash = models.CharField(max_length=64, blank=True)
    document_is_due = models.BooleanField(
        default=True, db_index=True, help_text="Something it says has changed since it was written"
    )
    summary = models.TextField(blank=True, help_text="What lists show of the document")

    search_words = models.TextField(blank=True, help_text="Its organisation, places and vocabulary labels, for finding")
    search_vector = models.GeneratedField(
        expression=SearchVector("name", weight="A", config="english")
        + SearchVector("search_words", weight="B", config="english")
        + SearchVector("description", "who_it_is_for", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places_taken__lte=F("capacity_places")), name="no_more_taken_than_places"
            ),
            models.CheckConstraint(condition=Q(status__in=list(ServiceStatus)), name="service_status_is_known"),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
                name="service_ages_in_order",
            ),
            models.UniqueConstraint(fields=["source", "source_key"], name="one_service_per_row_of_a_source"),
        ]
        indexes = [
            models.Index(fields=["created_at", "id"], name="services_as_made"),
            models.Index(  # how many the feed tells, and of which organisations, is counted without the listings
                fields=["created_at", "id"],
                include=["offered_until", "source", "organisation"],
                condition=Q(is_published=True) & ~Q(summary=""),
                name="services_shared",
            ),
            GinIndex(fields=["needs"], name="service_needs"),
            GinIndex(fields=["kinds"], name="service_kinds"),
            GinIndex(fields=["categories"], name="service_categories"),
            GinIndex(fields=["access_needs"], name="service_access_needs"),
            GinIndex(fields=["languages"], name="service_languages"),
            GinIndex(fields=["person_attributes"], name="service_person_attributes"),
            GinIndex(fields=["search_vector"], name="service_search"),
            GinIndex(fields=["name"], name="service_name_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name
