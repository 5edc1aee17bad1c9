"""What was written down about a case, read once for everything its page says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from ..models import Case, CaseMeasure, CaseMove, Contact, ContactCorrection, Conversation, GoalConnection
from ..states import CaseMove as Move


@dataclass(frozen=True)
class Story:
    """A case's moves, contacts (the newest first), conversation, answers and connections."""

    moves: list[CaseMove]
    contacts: list[Any]
    conversation: Conversation | None
    measures: list[CaseMeasure]
    connection_ids: list[UUID]

    @property
    def reopened_at(self) -> datetime | None:
        """When the case was last opened again, if it ever was."""
        return max((each.made_at for each in self.moves if each.move == Move.REOPEN), default=None)


def story_of(case: Case, connection_ids: Iterable[UUID] | None = None) -> Story:
    """The caller may know the connections already."""
    if connection_ids is None:
        connection_ids = GoalConnection.objects.filter(goal__case=case).values_list("connection_id", flat=True)
    return Story(
        moves=list(CaseMove.objects.filter(case=case)),
        contacts=list(contacts_of(case)),
        conversation=conversation_of(case),
        measures=list(CaseMeasure.objects.filter(case=case).select_related("answer_set")),
        connection_ids=list(connection_ids),
    )


def conversation_of(case: Case) -> Conversation | None:
    """What was talked about first; a page that opens a case has read it with the case."""
    return getattr(case, "conversation", None)


def contacts_of(case: Case) -> QuerySet[Any]:
    """The contacts of a case, newest first, each with who put it right last."""
    last = ContactCorrection.objects.filter(contact=OuterRef("pk")).order_by("-made_at")
    kept = Contact.objects.filter(case=case).annotate(
        put_right_by=Subquery(last.values("made_by_name")[:1]), put_right_at=Subquery(last.values("made_at")[:1])
    )
    return kept.order_by("-happened_at", "-created_at")
