"""What waits for a steward, of every kind, the riskiest first."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.clock import LONDON, now, today

from ..access import may_edit, running_services
from ..models import EmptySearch, RefreshRequest, Service
from ..rules import holding, proposing, reporting
from ..rules.freshness import is_hidden
from ..rules.queue import Waiting, in_order
from ..states import RefreshState, RunState
from .claims import waiting_claims
from .duplicates import pairs
from .proposing import every_waiting_edit
from .sources import held_facts, import_runs
from .stewarding import in_view, open_reports

MOST = 200  # of each kind: a queue is worked from its top
SOON = timedelta(days=14)


def queue(actor: Actor, *, words: str = "") -> list[Waiting]:
    """Everything that waits, or what of it says these words."""
    if not may_edit(actor):
        return []
    asked = words.strip().casefold()
    found = (each for reader in READERS for each in reader(actor))
    return in_order(each for each in found if asked in f"{each.title}\n{each.note}".casefold())


def reports(actor: Actor) -> Iterable[Waiting]:
    for each in open_reports().select_related("service")[:MOST]:
        kind = "unsafe" if each.reason in reporting.AT_ONCE else "wrong"
        said = reporting.said(each.reason, each.said)
        yield Waiting(
            kind, each.service.name, said, reverse("directory:steward-report", args=[each.id]), each.created_at
        )


def edits(actor: Actor) -> Iterable[Waiting]:
    for each in every_waiting_edit(actor)[:MOST]:
        yield Waiting(
            "edit",
            each.service.name,
            from_to(proposing.LABELS[each.field], each.was, each.becomes),
            reverse("directory:steward-proposal", args=[each.id]),
            each.created_at,
        )


def claims(actor: Actor) -> Iterable[Waiting]:
    for each in waiting_claims(actor)[:MOST]:
        note = f"{each.name}, {each.job}, asks to look after it"
        href = reverse("directory:steward-claim", args=[each.id])
        yield Waiting("claim", each.organisation.name, note, href, each.created_at)


def changed(actor: Actor) -> Iterable[Waiting]:
    """Another telephone number or web address of a feed: whoever rings it rings it because we say so."""
    for each in held_facts(actor).defer("service__document", "service__search_vector")[:MOST]:
        note = from_to(holding.FACTS.get(each.field, each.field), each.was, each.offered)
        href = reverse("directory:held-fact", args=[each.id])
        yield Waiting("changed", each.service.name, note, href, each.created_at)


def readings(actor: Actor) -> Iterable[Waiting]:
    for each in import_runs(actor).filter(state=RunState.WAITING)[:MOST]:
        note = f"{each.waits_because} Nothing is changed before you decide"
        href = reverse("directory:import-run", args=[each.id])
        yield Waiting("reading", f"Reading of {each.source.name}", note, href, each.created_at)


def twice(actor: Actor) -> Iterable[Waiting]:
    facts = ("id", "one__name", "other__name", "reasons", "created_at")
    for pair_id, one, other, reasons, since in pairs(actor).order_by("created_at", "id").values_list(*facts)[:MOST]:
        title = one if one == other else f"{one}, and {other}"
        note = f"They share {', '.join(reasons)}"
        yield Waiting("twice", title, note, reverse("directory:duplicate", args=[pair_id]), since)


def from_to(label: str, was: str, becomes: str) -> str:
    return f"{label}: {was or 'nothing'} → {becomes or 'nothing'}"


def hidden(actor: Actor) -> Iterable[Waiting]:
    rows = running_services().filter(offered_until__lt=today() + SOON).only("id", "name", "offered_until")
    for each in rows.order_by("offered_until", "id")[:MOST]:
        is_over = is_hidden(each.offered_until, today())
        note = "Not offered until somebody confirms it" if is_over else "Will be hidden within two weeks"
        yield of_listing("hidden" if is_over else "ending", each, note, midnight(each.offered_until))


def left(actor: Actor) -> Iterable[Waiting]:
    for each in (
        Service.objects.filter(in_view("gone")).only("id", "name", "gone_since").order_by("gone_since", "id")[:MOST]
    ):
        yield of_listing("gone", each, "Find out whether it still runs", midnight(each.gone_since))


def held(actor: Actor) -> Iterable[Waiting]:
    """Held back until somebody has looked. One that was joined with another is decided."""
    rows = (
        Service.objects.filter(is_published=False, joined_into__isnull=True)
        .exclude(held_because="")
        .only("id", "name", "held_because", "created_at")
    )
    for each in rows.order_by("created_at", "id")[:MOST]:
        yield of_listing("held", each, each.held_because, each.created_at)


def silent(actor: Actor) -> Iterable[Waiting]:
    """Groups that did not answer, and have not been heard since."""
    rows = RefreshRequest.objects.filter(state=RefreshState.LAPSED, service__is_published=True).select_related(
        "service"
    )
    newer = RefreshRequest.objects.filter(service=OuterRef("service"), asked_on__gt=OuterRef("asked_on"))
    for each in rows.filter(~Exists(newer)).order_by("asked_on", "id")[:MOST]:
        if each.service.verified_on is None or each.service.verified_on < each.asked_on:
            yield of_listing(
                "silent", each.service, "Asked by message and did not answer: telephone them", each.created_at
            )


def searched(actor: Actor) -> Iterable[Waiting]:
    for each in EmptySearch.objects.exclude(words="")[:MOST]:
        yield Waiting(
            "searched",
            f"“{each.words}”",
            f"Looked for {each.times} times",
            reverse("directory:steward-missing"),
            each.last_at,
        )


def gaps(actor: Actor) -> Iterable[Waiting]:
    missing = needs_without_a_service()
    if missing:
        labels = [vocabulary.NEEDS[each].label for each in missing]
        yield Waiting(
            "gap", "Needs that no listing helps with", "; ".join(labels), reverse("directory:steward-missing"), now()
        )


def needs_without_a_service() -> list[str]:
    """The needs that nothing listed and running helps with, anywhere."""
    met: set[str] = set()
    for some in running_services().values_list("needs", flat=True).distinct():
        met |= set(some)
    return [each for each in vocabulary.NEEDS if each not in met]


def of_listing(kind: str, service: Service, note: str, since: datetime) -> Waiting:
    return Waiting(kind, service.name, note, reverse("directory:steward-edit", args=[service.id]), since)


def midnight(day: Any) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON)


READERS = [reports, claims, changed, edits, readings, hidden, left, held, silent, twice, searched, gaps]
