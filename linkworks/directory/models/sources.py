"""Where listings come from: feeds and lists, whose they are, and what their words mean here."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..states import Schedule, SourceKind
from .service import ids


class Source(Identified):
    """A feed of listings. Nothing of it may be published onwards until its licence is written down."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=words.choices(SourceKind), default=SourceKind.LISTINGS)
    address = models.TextField(blank=True, help_text="The address or file it was last read from")
    dates_address = models.TextField(
        blank=True, help_text="Where the dates of its activities are, when in a feed of their own"
    )
    cursors = models.JSONField(
        default=dict, blank=True, help_text="How far each of its feeds of activities has been read"
    )
    licence = models.TextField(blank=True)
    licence_said = models.TextField(
        blank=True, help_text="What the feed says its licence is, until somebody confirms it"
    )
    dialect = models.CharField(max_length=40, blank=True, help_text="As the last reading found it")
    owner = models.CharField(max_length=200, blank=True, help_text="Who keeps the list, to ask about it")
    priority = models.PositiveSmallIntegerField(default=5, help_text="Which of two listings leads: the lower number")
    schedule = models.CharField(max_length=10, choices=words.choices(Schedule), default=Schedule.OFF)
    is_fictional = models.BooleanField(default=False, help_text="All that it tells of is made up, for demonstrations")
    busy_until = models.DateTimeField(null=True, blank=True, help_text="One reading at a time")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(schedule__in=list(Schedule)), name="source_schedule_is_known"),
            models.CheckConstraint(condition=Q(kind__in=list(SourceKind)), name="source_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceOrganisation(models.Model):
    """Which of our organisations a feed's organisation is."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="organisations")
    key = models.CharField(max_length=200)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_organisation_per_key_of_a_source")]


class TermMeaning(Identified):
    """What a steward says that a term of a source means in our words. With neither kinds nor needs it means nothing here."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="meanings")
    term = models.CharField(max_length=255, help_text="In small letters")
    kinds = ids()
    needs = ids()

    class Meta:
        ordering = ["term"]
        constraints = [models.UniqueConstraint(fields=["source", "term"], name="one_meaning_per_term_of_a_source")]
