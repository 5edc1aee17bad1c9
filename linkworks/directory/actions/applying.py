"""Carrying out what a reading laid aside, many rows at once: a row is written whole or not at all, and stops no other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q
from msgspec import structs

from linkworks.core import bulk
from linkworks.core.actor import Actor
from linkworks.core.clock import now, today
from linkworks.core.later import later

from ..access import check_may_edit
from ..models import ImportProblem, ImportRun, Service, Source, StagedRow
from ..queries.parts import parts_of
from ..rules.editing import SHOWN, Change, kept_against
from ..rules.facts import Row
from ..rules.feeds.finishing import NO_ORGANISATION
from ..rules.going import LABELS
from ..rules.holding import NOT_LISTED
from ..states import Outcome, RunMove, StagedKind
from .changing import record
from .held import facts_that_wait, latest_of, offer
from .listings import KEPT, Writing, hold, write_all
from .owners import Owners, owners_of
from .problems import problem
from .reading import UNSTORABLE
from .runs import move

GOING = frozenset(LABELS)
GUESSES = frozenset({"kinds", "needs", "categories", "person_attributes", "terms_are_guessed"})
WRITTEN = frozenset({StagedKind.NEW, StagedKind.CHANGED, StagedKind.DATES})
BATCH = 500


@dataclass
class Applying:
    """A run while it is carried out."""

    run: ImportRun
    by: Actor
    problems: list[ImportProblem] = field(default_factory=list)

    def remember(self, outcome: Outcome, reason: str, staged: StagedRow) -> None:
        told = {"key": staged.key, "name": staged.name, "row": staged.row}
        self.problems.append(problem(self.run, outcome, reason, number=staged.row_number, **told))

    def write_problems(self) -> None:
        bulk.add(self.problems)
        self.problems.clear()


def carry_out(run: ImportRun, *, by: Actor) -> None:
    """Write what the reading laid aside. Safe to run twice: a row that is written is no longer laid aside."""
    check_may_edit(by)
    applying = Applying(run, by)
    while rows := first_of_each(list(StagedRow.objects.filter(run=run).select_related("service")[:BATCH])):
        carry_out_some(applying, rows)
        run.save()
    run.finished_at = now()
    with transaction.atomic():
        move(run, step=RunMove.FINISH, by=by)
        if run.created or run.updated:
            later("directory.find_duplicates")


def first_of_each(rows: list[StagedRow]) -> list[StagedRow]:
    """Rows up to the first that has a key once more: what is written at once is of different listings."""
    keys: set[tuple[str, str]] = set()
    for number, staged in enumerate(rows):
        same = (staged.key, "") if staged.kind in WRITTEN else (staged.key, staged.kind)
        if same in keys:
            return rows[:number]
        keys.add(same)
    return rows


def carry_out_some(applying: Applying, rows: Sequence[StagedRow]) -> None:
    """Rows are written together, or not at all: then each half by itself, until the one that is wrong stands alone."""
    try:
        with transaction.atomic():
            counts = done(applying, rows)
            bulk.take_away(StagedRow, "id", [each.id for each in rows])
            applying.write_problems()
    except UNSTORABLE as error:
        applying.problems.clear()  # what was found of them is found again
        if len(rows) > 1:
            carry_out_some(applying, rows[: len(rows) // 2])
            carry_out_some(applying, rows[len(rows) // 2 :])
            return
        counts = [reject(applying, rows[0], error)]
    for name in counts:
        setattr(applying.run, name, getattr(applying.run, name) + 1)


def reject(applying: Applying, staged: StagedRow, error: Exception) -> str:
    applying.remember(Outcome.REJECTED, f"The row could not be stored: {type(error).__name__}.", staged)
    applying.write_problems()
    StagedRow.objects.filter(id=staged.id).delete()
    return Outcome.REJECTED.value


def done(applying: Applying, rows: Sequence[StagedRow]) -> list[str]:
    """What is to be counted of these rows. Some are about what the feed no longer says."""
    taken = [each for each in rows if each.kind not in WRITTEN and took_down(applying, each)]
    outcomes = write(applying, [each for each in rows if each.kind in WRITTEN])
    return ["removed"] * len(taken) + [each.value for each in outcomes]


def took_down(applying: Applying, staged: StagedRow) -> bool:
    if staged.service is None:
        return False
    if staged.kind == StagedKind.MISSING:
        Service.objects.filter(id=staged.service.id, gone_since__isnull=True).update(gone_since=today())
    elif staged.kind == StagedKind.BACK:
        come_back(staged.service, by=applying.by)
    else:
        Service.objects.filter(id=staged.service.id, gone_since__isnull=True).update(gone_since=today())
        return hold(staged.service, because=NOT_LISTED, by=applying.by)
    return False


def come_back(service: Service, *, by: Actor) -> None:
    """It is in the list again: what it was taken down for alone is over."""
    service = Service.objects.select_for_update(of=("self",)).get(id=service.id)
    service.gone_since = None
    if NOT_LISTED in service.held_because:
        service.held_because = " ".join(service.held_because.replace(NOT_LISTED, "").split())
        service.is_published = not service.held_because
        if service.is_published:
            record(service, Change(SHOWN, f"No. {NOT_LISTED}", "Yes"), by=by)
    service.save(update_fields=["gone_since", "held_because", "is_published"])


@dataclass
class Told:
    """A row that is being written: as it was laid aside, as it was read, and what it is written as."""

    staged: StagedRow
    row: Row
    writing: Writing
    waiting: frozenset[str] = frozenset()
    is_new: bool = False


def write(applying: Applying, rows: Sequence[StagedRow]) -> list[Outcome]:
    read = [(staged, told_by(applying.run.source, staged)) for staged in rows]
    known = locked(applying.run, rows)
    owners = owners_of(
        applying.run.source, [row for staged, row in read if row.organisation or staged.key not in known]
    )
    all_told = [
        updated(applying, known[staged.key], row, staged, owners)
        if staged.key in known
        else created(applying, row, staged, owners)
        for staged, row in read
    ]
    write_all([each.writing for each in all_told])
    earlier = latest_of(known.values()) if known else {}
    for each in all_told:
        if not each.is_new:
            offer(each.writing.service, each.row.service, each.waiting, run=applying.run, earlier=earlier)
    return [outcome_of(applying, each) for each in all_told]


def told_by(source: Source, staged: StagedRow) -> Row:
    """What the row says; a made-up source tells of nothing that is real."""
    row = msgspec.json.decode(staged.facts, type=Row)
    return structs.replace(row, service=structs.replace(row.service, is_fictional=True)) if source.is_fictional else row


def locked(run: ImportRun, rows: Sequence[StagedRow]) -> dict[str, Service]:
    """The listings that the rows are of, by key: an earlier row of the same reading may have made one."""
    ours = {each.service_id: each.key for each in rows if each.service_id}
    theirs = Q(id__in=ours) | Q(source=run.source, source_key__in=[each.key for each in rows if not each.service_id])
    found = Service.objects.filter(theirs).order_by("id").select_for_update(of=("self",))
    listings = found.select_related("organisation", "source").prefetch_related("contacts")
    return {ours.get(each.id, each.source_key): each for each in listings}


def created(applying: Applying, row: Row, staged: StagedRow, owners: Owners) -> Told:
    service = Service(organisation=owners.of(row), source=applying.run.source, source_key=row.key)
    return Told(staged, row, Writing(marked(service, staged), row.service), is_new=True)


def marked(service: Service, staged: StagedRow) -> Service:
    service.source_hash, service.source_list_mark = staged.source_hash, staged.source_list_mark
    return service


def updated(applying: Applying, known: Service, row: Row, staged: StagedRow, owners: Owners) -> Told:
    """What the feed says over what it said before. What people said here stays."""
    facts = row.service
    told = kept_against(structs.asdict(facts), kept_of(known)) if known.kept_here else ""
    if told:
        applying.remember(Outcome.NOTED, told, staged)
    waiting = facts_that_wait(known, facts)
    if staged.row is None:  # rows kept before it was known hold where it is
        ImportProblem.objects.filter(run__source=applying.run.source, key=row.key).update(row=None)
    if row.organisation:
        known.organisation = owners.of(row)
    keep = KEPT.union(known.kept_here, waiting, frozenset() if known.terms_are_guessed else GUESSES)
    return Told(staged, row, Writing(marked(known, staged), facts, keep), waiting)


def outcome_of(applying: Applying, told: Told) -> Outcome:
    """A new listing may be held back from the first; of a known one, a new reason to hold it back holds it back."""
    because = told.row.service.held_because
    if told.is_new and because:
        applying.remember(Outcome.HELD, because, told.staged)
        return Outcome.HELD
    if told.is_new:
        return Outcome.CREATED
    return held(applying, told.writing.service, because, told.staged) or Outcome.UPDATED


def kept_of(known: Service) -> dict[str, Any]:
    """What people said of it here, which the feed does not undo."""
    parts = parts_of(known) if GOING & set(known.kept_here) else {}
    return {name: parts[name] if name in parts else getattr(known, name) for name in known.kept_here}


def held(applying: Applying, saved: Service, because: str, staged: StagedRow) -> Outcome | None:
    if because == NO_ORGANISATION:  # it is known whose it is: the feed only stopped saying so
        applying.remember(Outcome.NOTED, because, staged)
    elif because and hold(saved, because=because, by=applying.by):
        applying.remember(Outcome.HELD, because, staged)
        return Outcome.HELD
    return None
