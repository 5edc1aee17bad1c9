"""What stewards see: listings to keep true, and what became of each reading of a feed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from linkworks.core.actor import Actor
from linkworks.core.clock import today

from ..access import may_edit, visible_services
from ..models import ListingChange, ListingReport, Service
from ..rules import editing
from ..rules.completeness import SAYS_LITTLE
from ..rules.reporting import AT_ONCE
from ..rules.room import FRESH_DAYS
from ..states import ReportState

MOST_CHANGES = 20


@dataclass(frozen=True)
class StewardCounts:
    """How many listings there are, were reported, want checking, are held back, have gone from their feed and say little."""

    all: int
    reported: int
    check: int
    held: int
    gone: int
    brief: int


def listings(actor: Actor, *, view: str = "all", words: str = "") -> QuerySet[Service]:
    """The listings a steward keeps: those never checked first, then those longest unchecked; what was reported, by its reports."""
    waiting = open_reports().filter(service=OuterRef("pk"))
    rows = (
        searched(actor, words)
        .select_related("organisation", "source")
        .defer("document", "search_vector", "search_words")
        .annotate(reported=Subquery(waiting.values("reason")[:1]))
    )
    rows = rows.filter(in_view(view))
    if view == "reported":
        return rows.order_by(
            at_once("reported"), Subquery(waiting.order_by("created_at").values("created_at")[:1]), "id"
        )
    if view == "brief":
        return rows.order_by("completeness", "name", "id")
    return rows.order_by(F("verified_on").asc(nulls_first=True), "name", "id")


def searched(actor: Actor, words: str) -> QuerySet[Service]:
    rows, asked = visible_services(actor), words.strip()
    return rows.filter(Q(name__icontains=asked) | Q(organisation__name__icontains=asked)) if asked else rows


def in_view(view: str) -> Q:
    stale = Q(verified_on__isnull=True) | Q(verified_on__lt=today() - timedelta(days=FRESH_DAYS))
    views = {
        "reported": Q(Exists(open_reports().filter(service=OuterRef("pk")))),
        "check": stale & Q(is_published=True),
        "held": Q(is_published=False),
        "gone": Q(is_published=True, gone_since__isnull=False) & ~Q(verified_on__gte=F("gone_since")),
        "brief": Q(is_published=True, completeness__lt=SAYS_LITTLE),
    }
    return views.get(view, Q())


def listing_counts(actor: Actor, words: str = "") -> StewardCounts:
    counted = {view: Count("id", filter=in_view(view)) for view in ("reported", "check", "held", "gone", "brief")}
    counts = searched(actor, words).aggregate(all=Count("id"), **counted)
    return StewardCounts(**counts)


def listing(actor: Actor, service_id: UUID) -> Service | None:
    """One listing that this actor may keep."""
    return visible_services(actor).select_related("organisation", "source").filter(id=service_id).first()


def facts_of(listing: Service) -> dict[str, Any]:
    """What a steward may change of it, and the mark that stands for having seen just that."""
    facts = {name: getattr(listing, name) for name in editing.FACTS}
    return {**facts, "seen": editing.mark(facts)}


def room_of(listing: Service) -> dict[str, Any]:
    """The room there is, and the mark that stands for having seen just that."""
    room = editing.room_of(listing)
    return {**room, "seen": editing.mark(room, editing.ROOM)}


def changes_of(listing: Service) -> list[ListingChange]:
    """What was changed of it here, the latest first."""
    return list(ListingChange.objects.filter(service=listing)[:MOST_CHANGES])


def open_reports() -> QuerySet[ListingReport]:
    """What nobody has looked at yet: what may harm somebody first, then the oldest."""
    return ListingReport.objects.filter(state=ReportState.OPEN).order_by(at_once("reason"), "created_at", "id")


def at_once(reason: str) -> Case:
    """0 for what may harm somebody, 1 for everything else."""
    return Case(When(**{f"{reason}__in": AT_ONCE}, then=Value(0)), default=Value(1), output_field=IntegerField())


def reports_of(listing: Service) -> list[ListingReport]:
    """What was reported of one listing and nobody has dealt with yet."""
    return list(open_reports().filter(service=listing)[:MOST_CHANGES])


def report(actor: Actor, report_id: UUID) -> ListingReport | None:
    """One report, waiting or dealt with."""
    if not may_edit(actor):
        return None
    return ListingReport.objects.select_related("service").filter(id=report_id).first()
