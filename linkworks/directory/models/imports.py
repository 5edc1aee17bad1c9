"""Where listings come from, and what happened each time they were read."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..states import Outcome


class Source(Identified):
    """A feed of listings. Nothing of it may be published onwards until its licence is written down."""

    name = models.CharField(max_length=200, unique=True)
    address = models.TextField(blank=True, help_text="The address or file it was last read from")
    licence = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class SourceOrganisation(models.Model):
    """Which of our organisations a feed's organisation is."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="organisations")
    key = models.CharField(max_length=200)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_organisation_per_key_of_a_source")]


class ImportRun(Identified):
    """One reading of a feed: how many rows, and what became of them."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    dialect = models.CharField(max_length=40, blank=True)
    started_by = models.CharField(max_length=100)
    finished_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    stopped_because = models.TextField(blank=True, help_text="Why the feed could not be read at all")

    class Meta:
        ordering = ["-created_at"]


class ImportProblem(Identified):
    """A row that a person should look at, with its reason. Contact details are left out of the kept row."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    outcome = models.CharField(max_length=10, choices=words.choices(Outcome))
    row_number = models.PositiveIntegerField()
    key = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=255, blank=True)
    reason = models.TextField()
    row = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["row_number", "created_at"]
        constraints = [models.CheckConstraint(condition=Q(outcome__in=list(Outcome)), name="import_outcome_is_known")]
