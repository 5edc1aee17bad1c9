"""Sources of listings, their readings, and what waits for a steward to decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count, Max, Q, QuerySet

from linkworks.core.actor import Actor

from ..access import may_edit
from ..models import (
    HeldFact,
    ImportProblem,
    ImportRun,
    Service,
    Source,
    StagedRow,
    TaxonomyTerm,
    TermMeaning,
)
from ..rules import editing
from ..rules.facts import Row
from ..rules.terms import Meaning, guess, tidy
from ..states import HeldState, RunState, StagedKind

SOURCE_FACTS = ("name", "kind", "address", "dates_address", "licence", "owner", "priority", "schedule")
SHOWN_RUNS = 10


def import_runs(actor: Actor) -> QuerySet[ImportRun]:
    if not may_edit(actor):
        return ImportRun.objects.none()
    return ImportRun.objects.select_related("source").defer("file").order_by("-created_at", "-id")


def import_run(actor: Actor, run_id: UUID) -> ImportRun | None:
    return import_runs(actor).filter(id=run_id).first()


def problems_of(run: ImportRun) -> QuerySet[ImportProblem]:
    return ImportProblem.objects.filter(run=run).defer("row")


def sources(actor: Actor) -> QuerySet[Source]:
    if not may_edit(actor):
        return Source.objects.none()
    waiting = Count("runs", filter=Q(runs__state=RunState.WAITING), distinct=True)
    return Source.objects.annotate(last_read=Max("runs__finished_at"), waiting=waiting).order_by("priority", "name")


def source(actor: Actor, source_id: UUID) -> Source | None:
    return sources(actor).filter(id=source_id).first()


def runs_of(source: Source) -> list[ImportRun]:
    return list(ImportRun.objects.filter(source=source).select_related("source").defer("file")[:SHOWN_RUNS])


def facts_of_source(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in SOURCE_FACTS}


@dataclass(frozen=True)
class Difference:
    """What a reading would do with one listing."""

    kind: StagedKind
    name: str
    service_id: UUID | None
    changes: tuple[editing.Change, ...] = ()
    parts: bool = False


def staged_rows(run: ImportRun) -> QuerySet[StagedRow]:
    """What would be taken down first, then what would change, then what would be new."""
    return StagedRow.objects.filter(run=run).order_by("-row_number", "key")


def with_changes(rows: Iterable[StagedRow]) -> list[Difference]:
    rows = list(rows)
    services = Service.objects.defer("document", "search_vector").in_bulk([each.service_id for each in rows])
    return [difference(each, services.get(each.service_id)) for each in rows]  # type: ignore[arg-type]


def difference(staged: StagedRow, service: Service | None) -> Difference:
    kind = StagedKind(staged.kind)
    if kind != StagedKind.CHANGED or service is None or staged.row is None:
        return Difference(kind, staged.name, staged.service_id)
    facts = msgspec.structs.asdict(msgspec.json.decode(staged.facts, type=Row).service)
    names = [name for name in editing.TOLD if name not in service.kept_here]
    if not service.terms_are_guessed:
        names = [name for name in names if name not in {"needs", "categories"}]
    before = {name: getattr(service, name) for name in editing.TOLD}
    found = [each for each in editing.changes(before, facts, names) if each.field != "access_needs"]
    return Difference(kind, service.name, service.id, tuple(found), parts=not found)


def held_facts(actor: Actor) -> QuerySet[HeldFact]:
    if not may_edit(actor):
        return HeldFact.objects.none()
    return HeldFact.objects.filter(state=HeldState.WAITING).select_related("service__source")


def held_fact(actor: Actor, held_id: UUID) -> HeldFact | None:
    """One changed fact, waiting or decided."""
    if not may_edit(actor):
        return None
    return HeldFact.objects.select_related("service__source").filter(id=held_id).first()


def terms_of(source: Source) -> QuerySet[TaxonomyTerm]:
    """The terms that the listings of a source use, with how many do."""
    used = Q(attributes__service__source=source)
    return (
        TaxonomyTerm.objects.filter(used)
        .select_related("taxonomy")
        .annotate(used=Count("attributes__service", distinct=True))
        .order_by("-used", "name", "id")
    )


def term_of(term_id: UUID) -> TaxonomyTerm | None:
    return TaxonomyTerm.objects.filter(id=term_id).first()


def meanings_of(source: Source) -> dict[str, Meaning]:
    """What stewards said of its terms."""
    rows: Sequence[TermMeaning] = list(TermMeaning.objects.filter(source=source))
    return {each.term: Meaning(tuple(each.kinds), tuple(each.needs)) for each in rows}


def meaning_of(source: Source, term: TaxonomyTerm) -> dict[str, Any]:
    """What a term means now, for its form."""
    meaning = meanings_of(source).get(tidy(term.name)) or guess([term.name], [], "", "")
    return {"kinds": list(meaning.kinds), "needs": list(meaning.needs)}
