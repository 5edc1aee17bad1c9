"""What people said about services: counted, never by name, and the words that may be shared."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linkworks.core.actor import Actor

from ..access import visible_feedback, visible_shared_words
from ..models import PersonFeedback, SharedWords
from ..rules import FEWEST, Tally
from ..states import AsExpected, Recommends


def people(**when: Any) -> Count:
    """How many people, however often each of them went and spoke."""
    return Count("connection__person", filter=Q(**when), distinct=True)


COUNTS = {
    "answered": people(),
    "expected_asked": people(as_expected__gt=""),
    "expected": people(as_expected=AsExpected.YES),
    "recommend_asked": people(recommends__gt=""),
    "recommend": people(recommends=Recommends.YES),
    "words": Count("pk", filter=Q(may_share=True) & ~Q(text="")),
}


@dataclass(frozen=True, slots=True)
class ServiceTally:
    """A service people spoke of, and what they said, counted."""

    service_id: UUID
    service_name: str
    organisation_name: str
    tally: Tally


def tallies(actor: Actor, service_ids: Collection[UUID]) -> dict[UUID, Tally]:
    """What people of the actor's scheme said about each of these services; those nobody spoke of are not there."""
    found = visible_feedback(actor).filter(service_id__in=service_ids).values("service_id").annotate(**COUNTS)
    return {row["service_id"]: tally_of(row) for row in found}


def spoken_of(actor: Actor, words: str = "") -> QuerySet[Any, Any]:
    """The services people of the actor's scheme spoke of, one row each, by name."""
    found = visible_feedback(actor)
    if words:
        found = found.filter(Q(service__name__icontains=words) | Q(service__organisation__name__icontains=words))
    rows = found.values("service_id", "service__name", "service__organisation__name").annotate(**COUNTS)
    return rows.order_by("service__name", "service_id")


def service_tally(row: Mapping[str, Any]) -> ServiceTally:
    return ServiceTally(row["service_id"], row["service__name"], row["service__organisation__name"], tally_of(row))


def tally_of(row: Mapping[str, Any]) -> Tally:
    return Tally(**{name: row[name] for name in COUNTS})


def words_said(actor: Actor, service_id: UUID) -> QuerySet[PersonFeedback]:
    """The words about a service that their scheme's workers may read out: those that may be shared, newest first."""
    spoken = visible_feedback(actor).filter(service_id=service_id, may_share=True).exclude(text="")
    return spoken.order_by("-recorded_at", "id")


def words_for_group(actor: Actor, service_id: UUID | None = None) -> QuerySet[SharedWords]:
    """What people let the group read, once enough have spoken of a service; in an order that tells nobody who came last."""
    shared = visible_shared_words(actor)
    of_enough = (
        shared.values("service")
        .annotate(spoken=Count("pk", filter=Q(counts=True)))
        .filter(spoken__gte=FEWEST)
        .values("service")
    )
    read = shared.filter(service__in=of_enough).select_related("service").order_by("service__name", "text", "id")
    return read if service_id is None else read.filter(service_id=service_id)


def feedback_on(connection_id: UUID) -> PersonFeedback | None:
    """What the person said about this connection. The caller has checked who is asking."""
    return PersonFeedback.objects.filter(connection_id=connection_id).first()
