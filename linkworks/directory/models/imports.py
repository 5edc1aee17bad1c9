"""Each reading of a source: what was read, what it would change, and what a person should look at."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..states import HeldState, Outcome, RunState, StagedKind
from .service import Service
from .sources import Source


class ImportRun(Identified):
    """One reading of a feed: how many rows, and what became of them."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=15, choices=words.choices(RunState), default=RunState.DONE)
    dialect = models.CharField(max_length=40, blank=True)
    started_by = models.CharField(max_length=100)
    is_agreed = models.BooleanField(default=False, help_text="Whoever asked for it wants it carried out as it is")
    waits_because = models.TextField(blank=True, help_text="Why a steward looks before it is carried out")
    finished_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    stopped_because = models.TextField(blank=True, help_text="Why the feed could not be read at all")
    file_name = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(null=True, blank=True, help_text="A file that somebody gave, until it is read")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(RunState)), name="run_state_is_known"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(state=RunState.WAITING.value), name="one_reading_of_a_source_waits"
            ),
        ]


class ImportRunMove(Identified):
    """One step of a reading: who did it, when and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=15)
    was = models.CharField(max_length=15)
    became = models.CharField(max_length=15)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "id"]


class StagedRow(Identified):
    """What a reading would do with one listing, until it is carried out or dropped."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="staged")
    kind = models.CharField(max_length=10, choices=words.choices(StagedKind))
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    row_number = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=255, blank=True)
    facts = models.TextField(blank=True, help_text="The row as it was read")
    row = models.JSONField(null=True, blank=True, help_text="The row as it came, without contact details")
    source_hash = models.CharField(max_length=64, blank=True)
    source_list_mark = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["row_number", "key"]
        indexes = [models.Index(fields=["run", "row_number"], name="staged_rows_of_a_run")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=list(StagedKind)), name="staged_kind_is_known")]


class HeldFact(Identified):
    """A changed telephone number or web address of a feed: a steward says whether it is used."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="held_facts")
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="held_facts")
    field = models.CharField(max_length=10)
    was = models.TextField(blank=True)
    offered = models.TextField(blank=True)
    value = models.CharField(max_length=500, blank=True, help_text="What the listing would say")
    contacts = models.TextField(blank=True, help_text="The contacts that come with it")
    state = models.CharField(max_length=10, choices=words.choices(HeldState), default=HeldState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(HeldState)), name="held_fact_state_is_known"),
            models.UniqueConstraint(
                fields=["service", "field"],
                condition=Q(state=HeldState.WAITING.value),
                name="one_change_of_a_fact_waits",
            ),
        ]


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
