"""Asking a group whether its listing is still right, by a link that needs no account."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..states import RefreshMove, RefreshState
from .service import Service


class RefreshRequest(Identified):
    """A group was asked whether a listing is still right. Its link is signed from the id; no address is kept here."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="refresh_requests")
    state = models.CharField(max_length=10, choices=words.choices(RefreshState), default=RefreshState.ASKED)
    asked_on = models.DateField()
    expires_at = models.DateTimeField()
    sent_to = models.CharField(
        max_length=64, help_text="Stands for the address, so that nobody is written to too often"
    )
    before = models.JSONField(null=True, blank=True, help_text="What the listing said before the answer, to undo it")

    class Meta:
        ordering = ["-asked_on", "-created_at"]
        indexes = [
            models.Index(fields=["service", "state"], name="requests_about_a_listing"),
            models.Index(fields=["sent_to", "asked_on"], name="requests_to_an_address"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(RefreshState)), name="refresh_state_is_known"),
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(state__in=[RefreshState.ASKED, RefreshState.REMINDED]),
                name="one_open_request_about_a_listing",
            ),
        ]


class RefreshStep(Identified):
    """One step of a request's history: who, when and what. Never changed."""

    is_append_only = True

    request = models.ForeignKey(RefreshRequest, on_delete=models.CASCADE, related_name="steps")
    move = models.CharField(max_length=10, choices=words.choices(RefreshMove))
    to_state = models.CharField(max_length=10, choices=words.choices(RefreshState))
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["created_at"]
