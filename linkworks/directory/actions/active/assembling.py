"""Making listings out of what is kept of a source's feeds: each activity with the dates that lie ahead."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from linkworks.core.clock import LONDON, today

from ...models import FeedItem, Schedule, Service, Source
from ...rules.feeds import Dialect, RowProblem, read_row
from ...rules.feeds.active import WEEKS_AHEAD, over
from ...states import FeedItemKind, Outcome, StagedKind
from ..reading import BATCH, UNSTORABLE, Reading, add_staged, mark_of, stage, stage_the_missing, still_shown
from .keeping import forget_past
from .tally import Tally

NOTHING_AHEAD = "It has no date ahead and no times of its own, so it is left out until it has."
NO_SERIES = "This session belongs to a series that is not in the feed, so it is left out."


def assemble(reading: Reading, tally: Tally, *, is_whole: bool) -> None:
    """Lay aside what is new or changed of all the source's listings, and what left its feeds."""
    source = reading.run.source
    forget_past(source)
    for batch in batches(source):
        dates = dates_of(source, batch)
        for item in batch:
            reading.row_number += 1
            reading.seen[item.key] = reading.row_number
            assemble_one(reading, tally, item, dates.get(item.subject, []))
        reading.lay_aside()
    tell_of_the_lost(source, tally)
    stage_the_deleted(reading)
    stage_the_missing(reading, is_whole=is_whole)


def batches(source: Source) -> Iterator[list[FeedItem]]:
    """Each listing once, also when both feeds have it."""
    live = FeedItem.objects.filter(source=source, kind=FeedItemKind.LISTING, is_deleted=False)
    once, last = live.order_by("key", "feed").distinct("key"), ""
    while batch := list(once.filter(key__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].key


def dates_of(source: Source, listings: Iterable[FeedItem]) -> Mapping[str, list[Any]]:
    """The dates of these listings from today on, by the listing they belong to."""
    begins = datetime.combine(today(), time.min, LONDON)
    rows = FeedItem.objects.filter(
        source=source,
        kind=FeedItemKind.DATE,
        is_deleted=False,
        parent__in={each.subject for each in listings},
        starts__gte=begins,
        starts__lt=begins + timedelta(weeks=WEEKS_AHEAD, days=1),
    )
    found: dict[str, list[Any]] = {}
    for parent, data in rows.order_by("starts", "key").values_list("parent", "data"):
        found.setdefault(parent, []).append(data)
    return found


def assemble_one(reading: Reading, tally: Tally, item: FeedItem, dates: list[Any]) -> None:
    """One activity. Whatever is wrong with it stays with it."""
    told = {name: each for name, each in item.data.items() if name != "dates"}
    raw = {**told, "id": item.key, "today": today().isoformat(), "dates": [*item.data.get("dates", []), *dates]}
    where: dict[str, Any] = {"number": reading.row_number, "key": item.key, "name": str(told.get("name", ""))}
    try:
        if not staged(reading, raw, mark_of(told)):
            tally.add(NOTHING_AHEAD, **where)
        return
    except RowProblem as problem:
        reason = str(problem)
    except UNSTORABLE as problem:
        reason = f"The row could not be stored: {type(problem).__name__}."
    tally.add(reason, outcome=Outcome.REJECTED, **where)


def staged(reading: Reading, raw: Mapping[str, Any], mark: str) -> bool:
    """Lay it aside when it is new or changed. Says no of what has nothing ahead and is not in the directory yet."""
    known, row = reading.known.get(raw["id"]), read_row(Dialect.OPENACTIVE, raw, reading.meanings)
    if known is None and over(row):
        return False
    changed = StagedKind.CHANGED
    if known and known.mark == mark and not (over(row) and has_days_ahead(known.service_id)):
        changed = StagedKind.DATES
    if not stage(reading, known, row, raw, mark, changed=changed):
        reading.run.unchanged += 1
    return True


def has_days_ahead(service_id: UUID | None) -> bool:
    """Whether what is shown of it still lies ahead: then somebody took its dates away, and they did not just pass."""
    ahead = Q(valid_to__isnull=True) | Q(valid_to__gte=today())
    return service_id is not None and Schedule.objects.filter(ahead, service_id=service_id).exists()


def tell_of_the_lost(source: Source, tally: Tally) -> None:
    """Dates of series that nobody knows."""
    items = FeedItem.objects.filter(source=source, is_deleted=False)
    subjects = items.filter(kind=FeedItemKind.LISTING).values("subject")
    for key in items.filter(kind=FeedItemKind.DATE).exclude(parent__in=subjects).values_list("key", flat=True):
        tally.add(NO_SERIES, key=key)


def stage_the_deleted(reading: Reading) -> None:
    """What the feed says outright is deleted is taken down at once: nobody should go there tomorrow."""
    source = reading.run.source
    items = FeedItem.objects.filter(source=source, kind=FeedItemKind.LISTING, is_deleted=True)
    reading.deleted = set(items.values_list("key", flat=True)) - set(reading.seen)
    theirs = Service.objects.filter(source=source, source_key__in=reading.deleted)
    add_staged(reading, StagedKind.GONE, still_shown(theirs))
