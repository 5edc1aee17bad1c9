"""What people changed of a listing, and what others say is wrong with it."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..rules.reporting import WRONG
from ..states import ReportState
from .service import Service


class ListingChange(Identified):
    """One fact of a listing that was changed here: by whom, from what, to what. Never rewritten."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    became = models.TextField(blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-created_at", "id"]


class ListingReport(Identified):
    """Somebody says that a listing is wrong. Nothing is asked about the public who say so; staff can be asked back."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=20, choices=list(WRONG.items()))
    said = models.TextField(blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200, blank=True, help_text="Empty for the public")
    state = models.CharField(max_length=10, choices=words.choices(ReportState), default=ReportState.OPEN)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["service", "state"], name="reports_of_a_listing")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ReportState)), name="report_state_is_known"),
            models.CheckConstraint(condition=Q(reason__in=list(WRONG)), name="report_reason_is_known"),
        ]
