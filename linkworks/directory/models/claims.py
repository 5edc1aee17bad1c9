"""Somebody says that they look after an organisation, and what became of it."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..rules.claims import NOT_CONFIRMED
from ..states import ClaimMove, ClaimState
from .service import Service


class Claim(Identified):
    """Somebody at work says that they look after an organisation: their name and work e-mail, as they typed them."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="claims", help_text="The page they asked from"
    )
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=120)
    email = models.EmailField()
    state = models.CharField(max_length=10, choices=words.choices(ClaimState), default=ClaimState.ASKED)
    why_not = models.CharField(max_length=20, choices=list(NOT_CONFIRMED.items()), blank=True)
    expires_at = models.DateTimeField(help_text="Until then its link proves that the address is theirs")

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["state", "created_at"], name="claims_that_wait")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ClaimState)), name="claim_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.REFUSED) | ~Q(why_not=""), name="refused_claim_has_a_reason"
            ),
        ]


class ClaimStep(Identified):
    """One step of a claim's history. Never changed."""

    is_append_only = True

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10, choices=words.choices(ClaimMove))
    to_state = models.CharField(max_length=10, choices=words.choices(ClaimState))
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["created_at"]
