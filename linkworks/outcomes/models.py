"""Answers to measures (ONS4 and others), paired by person."""

from django.db import models

from linkworks.audit.models import recorded
from linkworks.core.models import Identified
from linkworks.core.tenancy import Wall


@recorded()
class AnswerSet(Identified):
    """One person's answers to one measure on one day. An item not answered is kept as missing, never as zero."""

    wall = Wall()

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=40, help_text="Id of a measure in outcomes/measures")
    measure_version = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(help_text="Item id → number, or null when not answered")
    asked_on = models.DateField()
    how_asked = models.CharField(max_length=40, blank=True, help_text="In person, by telephone, on paper…")
    declined = models.BooleanField(default=False, help_text="The person chose not to answer")
    recorded_by = models.CharField(max_length=100)
    recorded_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["asked_on", "created_at"]
        indexes = [models.Index(fields=["person", "measure", "asked_on"], name="answers_of_a_person")]
