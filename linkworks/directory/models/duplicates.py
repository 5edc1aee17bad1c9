"""Two listings that may be the same thing, and what a steward decided."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..states import PairState
from .service import Service


class DuplicatePair(Identified):
    """Two listings that may be the same: suspected, joined under the one that leads, or different."""

    one = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    state = models.CharField(max_length=10, choices=words.choices(PairState), default=PairState.SUSPECTED)
    was_shown = models.BooleanField(default=True, help_text="Whether the one that was joined was shown before")
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_in_order"),
            models.CheckConstraint(condition=Q(state__in=list(PairState)), name="pair_state_is_known"),
        ]
