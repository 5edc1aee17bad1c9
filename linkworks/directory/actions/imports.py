"""Reading sources into the directory: read and laid aside, compared, then carried out, or left for a steward to decide."""

from datetime import timedelta
from pathlib import Path, PurePath
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Q

from linkworks.clients import feeds as client
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Conflict, Invalid, LinkworksError
from linkworks.core.later import later

from ..access import check_may_edit
from ..models import ImportRun, Service, Source, StagedRow
from ..rules import holding
from ..rules.facts import Row
from ..rules.feeds import NotAFeed
from ..rules.feeds.finishing import NO_ORGANISATION
from ..states import RunMove, RunState, SourceKind, StagedKind
from .active import read_activities
from .applying import carry_out
from .fetching import LeftOut, pages_of
from .listings import hold
from .reading import Reading, begun, note_left_out, read_page, stage_the_missing
from .runs import move

BUSY = timedelta(minutes=30)  # after which a reading that says nothing more is taken for dead


def name_of(address: str) -> str:
    """What a source is called when nobody says: its host, or its file."""
    return (urlsplit(address).hostname or address) if client.is_web_address(address) else PurePath(address).stem


def import_feed(
    address: str,
    *,
    name: str = "",
    licence: str = "",
    has_activities: bool = False,
    dates_address: str = "",
    is_agreed: bool = False,
    by: Actor,
) -> ImportRun:
    """Read a feed from a file, a folder or an address. What could not be read at all is said on the run."""
    check_may_edit(by)
    source = source_of(address, name, licence)
    if has_activities:
        source.kind, source.dates_address = SourceKind.ACTIVITIES, dates_address
        source.save(update_fields=["kind", "dates_address"])
    run = ImportRun.objects.create(source=source, started_by=by.id, state=RunState.ASKED, is_agreed=is_agreed)
    return read(run, address=source.address, by=by)


def source_of(address: str, name: str, licence: str = "") -> Source:
    """The source by its name. One that nobody named is never another feed's of the same host or file name: their ids would collide."""
    address = address if client.is_web_address(address) else str(Path(address).resolve())
    called = name.strip() or name_of(address)
    if not name.strip() and Source.objects.filter(name=called).exclude(address=address).exists():
        raise Invalid(
            f"“{called}” was read from another address before. If this is the same feed, say --name “{called}”; "
            "if not, give it a name of its own with --name.",
            field="name",
        )
    said = {"address": address} | ({"licence": licence.strip()} if licence.strip() else {})
    if licence.strip():  # it is told with each of the listings
        Service.objects.filter(source__name=called).exclude(source__licence=licence.strip()).update(
            document_is_due=True
        )
    return Source.objects.update_or_create(name=called, defaults=said)[0]


@transaction.atomic
def ask_to_read(source: Source, *, file: bytes = b"", file_name: str = "", by: Actor) -> ImportRun:
    """Have a source read soon: from the file that is given, else from its address on the web."""
    check_may_edit(by)
    if not file and not client.is_web_address(source.address):
        raise Invalid("This source has no web address to read. Give a file instead.")
    if ImportRun.objects.filter(
        source=source, state__in=[RunState.ASKED, RunState.READING, RunState.CARRYING_OUT]
    ).filter(created_at__gt=now() - BUSY):
        raise Conflict("This source is being read already. Wait until that reading is done.")
    run = ImportRun.objects.create(
        source=source, started_by=by.id, state=RunState.ASKED, file=file or None, file_name=file_name[:200]
    )
    later("directory.read_source", run.id)
    return run


def read_source(run_id: UUID, *, by: Actor) -> None:
    """Read what was asked for. A reading whose worker died is begun again; one that was being carried out goes on."""
    run = ImportRun.objects.select_related("source").get(id=run_id)
    if run.state == RunState.CARRYING_OUT:
        carry_out(run, by=by)
    elif run.state in {RunState.ASKED, RunState.READING}:
        read(run, address=run.source.address, by=by)


def read(run: ImportRun, *, address: str, by: Actor) -> ImportRun:
    claim(run)
    try:
        move(run, step=RunMove.BEGIN, by=by)
        run.read = run.unchanged = run.rejected = 0
        run.problems.all().delete()
        reading = begun(run, address=address, by=by)
        read_pages(reading, address)
        decide(reading, by=by)
    finally:
        Source.objects.filter(id=run.source_id).update(busy_until=None)
    return run


def claim(run: ImportRun) -> None:
    """One reading of a source at a time; one whose worker died may be begun again at once."""
    free = Q(busy_until__isnull=True) | Q(busy_until__lt=now()) if run.state == RunState.ASKED else Q()
    if not Source.objects.filter(free, id=run.source_id).update(busy_until=now() + BUSY):
        raise Conflict(f"{run.source.name} is being read already.")


def read_pages(reading: Reading, address: str) -> None:
    run = reading.run
    try:
        if run.source.kind == SourceKind.ACTIVITIES and not run.file:
            for _ in read_activities(reading):
                Source.objects.filter(id=run.source_id).update(busy_until=now() + BUSY)
        else:
            read_listings(reading, address)
    except (LinkworksError, NotAFeed) as error:
        run.stopped_because = str(error)
        reading.lay_aside()
    run.file = None
    Source.objects.filter(id=run.source_id).update(dialect=run.dialect)


def read_listings(reading: Reading, address: str) -> None:
    run = reading.run
    for feed in pages_of(address, bytes(run.file or b""), run.file_name):
        note_left_out(reading, feed) if isinstance(feed, LeftOut) else read_page(reading, feed)
        Source.objects.filter(id=run.source_id).update(busy_until=now() + BUSY)
    stage_the_missing(reading, is_whole=reading.coverage.is_whole)


def decide(reading: Reading, *, by: Actor) -> None:
    """Carry a reading out, or leave it for a steward when it would change or take down more than readings usually do."""
    run, staged = reading.run, StagedRow.objects.filter(run=reading.run)
    unfinished = [RunState.READING, RunState.WAITING, RunState.CARRYING_OUT]
    for earlier in ImportRun.objects.filter(source=run.source, state__in=unfinished).exclude(id=run.id):
        drop(earlier, why="A newer reading took its place.", by=by)
    if run.stopped_because and not staged.exists():
        run.finished_at = now()
        return move(run, step=RunMove.STOP, by=by, why=run.stopped_because)
    because = "" if run.is_agreed else why_it_waits(run)
    if not because:
        move(run, step=RunMove.CARRY_OUT, by=by)
        return carry_out(run, by=by)
    run.waits_because, run.finished_at = because, now()
    move(run, step=RunMove.WAIT, by=by, why=because)
    return hold_at_once(run, by=by)


def why_it_waits(run: ImportRun) -> str:
    staged = StagedRow.objects.filter(run=run)
    listings = Service.objects.filter(source=run.source).exclude(held_because__contains=holding.NOT_LISTED).count()
    changed = staged.filter(kind=StagedKind.CHANGED).values("service").distinct().count()
    removed = staged.filter(kind=StagedKind.GONE).count()
    return holding.why_it_waits(listings=listings, changed=changed, removed=removed)


def hold_at_once(run: ImportRun, *, by: Actor) -> None:
    """What may be a refuge or somebody's home does not wait for the steward: it comes off the pages now."""
    for staged in StagedRow.objects.filter(run=run, kind=StagedKind.CHANGED).select_related("service").iterator():
        because = msgspec.json.decode(staged.facts, type=Row).service.held_because
        if staged.service and because and because != NO_ORGANISATION:
            hold(staged.service, because=because, by=by)


@transaction.atomic
def agree_to_run(run: ImportRun, *, by: Actor) -> None:
    """Have a reading that waited carried out."""
    check_may_edit(by)
    run = locked(run)
    move(run, step=RunMove.CARRY_OUT, by=by)
    later("directory.carry_out", run.id)


@transaction.atomic
def drop_run(run: ImportRun, *, by: Actor) -> None:
    """Throw away a reading that waited: nothing of it is used, and the next reading compares anew."""
    check_may_edit(by)
    drop(locked(run), why="A steward decided not to use it.", by=by)


def locked(run: ImportRun) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("source").get(id=run.id)
    if run.state != RunState.WAITING:
        raise Conflict("Somebody has decided this already, or a newer reading took its place.")
    return run


def drop(run: ImportRun, *, why: str, by: Actor) -> None:
    move(run, step=RunMove.DROP, by=by, why=why)
    StagedRow.objects.filter(run=run).delete()


def carry_out_run(run_id: UUID, *, by: Actor) -> None:
    """Carry out what a steward agreed to."""
    run = ImportRun.objects.select_related("source").get(id=run_id)
    if run.state == RunState.CARRYING_OUT:
        carry_out(run, by=by)
