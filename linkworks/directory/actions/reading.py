"""Reading a feed: what came is compared with what is known and laid aside. Nothing of the directory changes here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import DatabaseError
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from linkworks.core import bulk
from linkworks.core.actor import Actor
from linkworks.core.errors import LinkworksError

from ..models import ImportProblem, ImportRun, Service, StagedRow, TermMeaning
from ..rules.document import fingerprint
from ..rules.facts import Row
from ..rules.feeds import Feed, NotAFeed, RowProblem, read_row
from ..rules.feeds.reading import key_of
from ..rules.holding import NOT_LISTED
from ..rules.terms import Meaning
from ..states import Outcome, StagedKind
from .fetching import Coverage, Details, LeftOut, NoDetails
from .problems import name_told, problem, problem_of, without_private

READER = "4"  # what is read out of a row: another number has every row read again
BATCH = 500
MARK = ["source_list_mark"]
# Whatever goes wrong in one row stays with it.
UNSTORABLE = (
    LinkworksError,
    DatabaseError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    LookupError,
    ArithmeticError,
)


class Known(NamedTuple):
    """What is stored of a listing's last reading."""

    service_id: UUID | None
    hash: str
    mark: str


@dataclass
class Reading:
    """A run while it goes on."""

    run: ImportRun
    by: Actor
    details: Details
    row_number: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    known: dict[str, Known] = field(default_factory=dict)
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)
    said: set[str] = field(default_factory=set)
    staged: list[StagedRow] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    marks: dict[UUID, str] = field(default_factory=dict)

    def remember(self, outcome: Outcome, reason: str, raw: Any = None) -> None:
        self.problems.append(problem_of(self.run, outcome, reason, number=self.row_number, raw=raw))

    def lay_aside(self) -> None:
        """Write what was staged, and how far the reading is."""
        bulk.add(self.staged)
        bulk.add(self.problems)
        bulk.write_over([Service(id=each, source_list_mark=mark) for each, mark in self.marks.items()], MARK)
        self.staged.clear()
        self.problems.clear()
        self.marks.clear()
        self.run.save()


def begun(run: ImportRun, *, address: str, by: Actor) -> Reading:
    """A reading with what is known of its source."""
    StagedRow.objects.filter(run=run).delete()
    reading = Reading(run, by, Details(address), meanings=meanings_of(run))
    rows = Service.objects.filter(source=run.source).values_list("source_key", "id", "source_hash", "source_list_mark")
    reading.known = {key: Known(service_id, digest, mark) for key, service_id, digest, mark in rows}
    return reading


def meanings_of(run: ImportRun) -> dict[str, Meaning]:
    rows = TermMeaning.objects.filter(source=run.source)
    return {each.term: Meaning(tuple(each.kinds), tuple(each.needs)) for each in rows}


def read_page(reading: Reading, feed: Feed) -> None:
    reading.run.dialect = feed.dialect.value
    reading.coverage.add(feed)
    for said in feed.notes:
        reading.remember(Outcome.NOTED, said)
    numbers = feed.numbers or range(reading.row_number + 1, reading.row_number + 1 + len(feed.rows))
    for reading.row_number, raw in zip(numbers, feed.rows, strict=True):
        reading.run.read += 1
        read_one(reading, feed, raw)
        if max(len(reading.staged), len(reading.problems), len(reading.marks)) >= BATCH:
            reading.lay_aside()
    reading.lay_aside()


def note_left_out(reading: Reading, left: LeftOut) -> None:
    """A file that was not read may hold anything, so nothing is taken for gone."""
    reading.coverage.is_list = False
    reading.problems.append(problem(reading.run, Outcome.NOTED, left.why, number=0))
    reading.lay_aside()


def read_one(reading: Reading, feed: Feed, raw: Any) -> None:
    """Lay one row aside when it is new or changed. Whatever is wrong with it stays with it."""
    earlier = reading.seen.setdefault(key_of(raw), reading.row_number)
    try:
        if not read_whole(reading, feed, raw):
            reading.run.unchanged += 1
        elif earlier != reading.row_number:
            reading.remember(Outcome.NOTED, f"It has the same id as row {earlier}.", raw)
        return
    except RowProblem as problem:
        reason = str(problem)
    except RecursionError:
        reason = "The row is nested too deeply to be a service."
    except UNSTORABLE as problem:
        reason = f"The row could not be stored: {type(problem).__name__}."
    reading.run.rejected += 1
    reading.remember(Outcome.REJECTED, reason, raw)


def read_whole(reading: Reading, feed: Feed, raw: Any) -> bool:
    """Read a row; when the list left its details out, with its details. Says whether there is anything new in it."""
    known, mark = reading.known.get(key_of(raw)), mark_of(raw)
    if reading.details.are_wanted(feed, raw):
        return read_details(reading, feed, raw, mark if raw.get("last_modified") else "")
    if known and known.mark == mark:
        return False
    return stage(reading, known, read_row(feed.dialect, raw, reading.meanings), raw, mark)


def read_details(reading: Reading, feed: Feed, raw: Any, mark: str) -> bool:
    known = reading.known.get(key_of(raw))
    if known and mark and known.mark == mark:
        return False
    try:
        whole = reading.details.of(raw)
    except NoDetails as problem:
        note_once(reading, str(problem), raw)
        return not known and stage(reading, known, read_row(feed.dialect, raw, reading.meanings), raw, "")
    return stage(reading, known, read_row(feed.dialect, whole, reading.meanings), whole, mark)


def mark_of(raw: Any) -> str:
    """Stands for a row as it came: the same mark, the same row, and nothing of it is read again."""
    try:
        text = msgspec.json.encode(raw).decode()
    except (ValueError, TypeError, RecursionError):
        text = repr(raw)
    return fingerprint(f"{READER}{text}")


def note_once(reading: Reading, reason: str, raw: Any) -> None:
    """One reason is said once a run: a feed that does not answer would say it of every row."""
    if reason not in reading.said:
        reading.said.add(reason)
        reading.remember(Outcome.NOTED, f"Its details could not be read. {reason}", raw)


def stage(
    reading: Reading,
    known: Known | None,
    row: Row,
    raw: Any,
    mark: str,
    *,
    changed: StagedKind = StagedKind.CHANGED,
) -> bool:
    facts = msgspec.json.encode(row).decode()
    digest = fingerprint(facts)
    if known and known.hash == digest:
        if known.mark != mark and known.service_id:
            reading.marks[known.service_id] = mark
        return False
    for said in row.notes:
        reading.remember(Outcome.NOTED, said, raw)
    service_id = known.service_id if known else None
    reading.known[row.key] = Known(service_id, digest, mark)
    reading.staged.append(
        StagedRow(
            run=reading.run,
            kind=changed if service_id else StagedKind.NEW,
            service_id=service_id,
            row_number=reading.row_number,
            key=row.key,
            name=name_told(raw),
            facts=facts.replace("\\u0000", ""),
            row=without_private(raw),
            source_hash=digest,
            source_list_mark=mark,
        )
    )
    return True


def stage_the_missing(reading: Reading, *, is_whole: bool) -> None:
    """Which listings came back, and which a whole feed no longer has: the first time, and the second."""
    theirs = Service.objects.filter(source=reading.run.source)
    add_staged(reading, StagedKind.BACK, theirs.filter(gone_since__isnull=False, source_key__in=list(reading.seen)))
    if not is_whole:
        return
    missing = theirs.exclude(source_key__in=[*reading.seen, *reading.deleted])
    add_staged(reading, StagedKind.MISSING, missing.filter(gone_since__isnull=True))
    shown = still_shown(missing.filter(gone_since__isnull=False))
    elsewhere = Service.objects.filter(joined_into=OuterRef("pk"), gone_since__isnull=True)  # another list still has it
    unseen = Q(verified_on__isnull=True) | Q(verified_on__lt=F("gone_since"))
    add_staged(reading, StagedKind.GONE, shown.filter(unseen, ~Exists(elsewhere)))


def still_shown(services: QuerySet[Service]) -> QuerySet[Service]:
    """Those that nobody has looked at for having left their list."""
    return services.filter(is_published=True).exclude(shown_despite__contains=NOT_LISTED)


def add_staged(reading: Reading, kind: StagedKind, services: Any) -> None:
    after, rows = reading.row_number + 1, services.values_list("id", "source_key", "name")
    StagedRow.objects.bulk_create(
        [
            StagedRow(run=reading.run, kind=kind, service_id=each, key=key, name=name, row_number=after)
            for each, key, name in rows
        ],
        batch_size=1000,
    )


__all__ = ["UNSTORABLE", "NotAFeed", "Reading", "begun", "note_left_out", "read_page", "stage_the_missing"]
