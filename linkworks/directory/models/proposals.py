"""What groups would like to change of their listings, and what listings said before."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..rules.proposing import LABELS, PLACE, PROPOSED, REFUSED_BECAUSE
from ..states import ProposedEditMove, ProposedEditState
from .service import Service


class ProposedEdit(Identified):
    """A group would like one fact of its listing to say something else, and a steward looks first."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="proposed_edits")
    field = models.CharField(max_length=40, choices=[(name, LABELS[name]) for name in PROPOSED])
    was = models.TextField(blank=True)
    becomes = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=words.choices(ProposedEditState), default=ProposedEditState.WAITING)
    why_not = models.CharField(max_length=20, choices=list(REFUSED_BECAUSE.items()), blank=True)
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["state", "created_at"], name="edits_that_wait")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ProposedEditState)), name="edit_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=ProposedEditState.REFUSED) | ~Q(why_not=""), name="refused_edit_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["service", "field"],
                condition=Q(state=ProposedEditState.WAITING) & ~Q(field=PLACE),
                name="one_waiting_edit_of_a_fact",
            ),
            models.UniqueConstraint(
                fields=["service", "was"],
                condition=Q(state=ProposedEditState.WAITING, field=PLACE) & ~Q(was=""),
                name="one_waiting_edit_of_a_place",
            ),
        ]


class ProposedEditStep(Identified):
    """One step of a proposed edit's history. Never changed."""

    is_append_only = True

    edit = models.ForeignKey(ProposedEdit, on_delete=models.CASCADE, related_name="steps")
    move = models.CharField(max_length=10, choices=words.choices(ProposedEditMove))
    to_state = models.CharField(max_length=10, choices=words.choices(ProposedEditState))
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["created_at"]


class ListingVersion(Identified):
    """What a listing said at one time, so that it can be brought back. Never changed."""

    is_append_only = True

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="versions")
    facts = models.JSONField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["service", "-created_at"], name="versions_of_a_listing")]
