"""When, and by whom, each kind of fact of a listing was last confirmed."""

from django.db import models
from django.db.models import Q

from linkworks.core.models import Identified

from ..rules import freshness
from .service import Service

FACTS = [(freshness.WHOLE, "The whole listing"), *((name, kind.label) for name, kind in freshness.KINDS.items())]


class Confirmation(Identified):
    """Somebody said that one kind of fact of a listing is right. Never changed; what is taken back has a row that says so."""

    is_append_only = True

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="confirmations")
    fact = models.CharField(max_length=20, choices=FACTS)
    confirmed_on = models.DateField()
    by_kind = models.CharField(max_length=10, choices=list(freshness.WHO.items()))
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200, blank=True)
    undoes = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="undone_by",
        help_text="Takes that one back",
    )

    class Meta:
        ordering = ["-confirmed_on", "-created_at"]
        indexes = [models.Index(fields=["service", "fact"], name="confirmations_of_a_listing")]
        constraints = [
            models.CheckConstraint(condition=Q(fact__in=[name for name, _ in FACTS]), name="confirmed_fact_is_known"),
            models.CheckConstraint(condition=Q(by_kind__in=list(freshness.WHO)), name="who_confirmed_is_known"),
        ]
