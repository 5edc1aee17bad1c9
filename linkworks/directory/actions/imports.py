"""Reading a feed into the directory. A bad row is kept with its reason and never stops a run."""

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.db import DatabaseError, transaction
from msgspec import structs

from linkworks.clients import feeds as client
from linkworks.core.actor import Actor
from linkworks.core.clock import now, today
from linkworks.core.errors import Invalid, LinkworksError
from linkworks.organisations.models import Organisation
from linkworks.organisations.states import OrganisationKind

from ..access import check_may_edit
from ..models import ImportProblem, ImportRun, Service, Source, SourceOrganisation
from ..rules.document import fingerprint
from ..rules.editing import kept_against
from ..rules.facts import OrganisationFacts, Row
from ..rules.feeds import Feed, NotAFeed, RowProblem, read_row
from ..rules.feeds.finishing import NO_ORGANISATION, clean, hides_its_place
from ..rules.feeds.reading import key_of
from ..rules.hiding import scrub
from ..states import Outcome
from .fetching import Coverage, Details, NoDetails, pages_of
from .listings import KEPT, add_service, hold, save_service

GUESSES = frozenset({"kinds", "needs", "categories", "person_attributes", "terms_are_guessed"})
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
CONTACT_FIELDS = frozenset({"contacts", "email", "phone", "phones", "assurer_email"})


@dataclass
class Reading:
    """A run while it goes on."""

    run: ImportRun
    by: Actor
    details: Details
    row_number: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)
    said: set[str] = field(default_factory=set)


def name_of(address: str) -> str:
    """What a source is called when nobody says: its host, or its file."""
    return (urlsplit(address).hostname or address) if client.is_web_address(address) else PurePath(address).stem


def import_feed(address: str, *, name: str = "", licence: str = "", by: Actor) -> ImportRun:
    """Read a feed from a file, a folder or an address. What could not be read at all is said on the run."""
    check_may_edit(by)
    source = source_of(address, name, licence)
    reading = Reading(ImportRun.objects.create(source=source, started_by=by.id), by, Details(address))
    try:
        for feed in pages_of(address):
            read_page(reading, feed)
    except (LinkworksError, NotAFeed) as error:
        reading.run.stopped_because = str(error)
    else:
        mark_gone(reading)
    reading.run.finished_at = now()
    reading.run.save()
    return reading.run


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
    said = {"licence": licence.strip()} if licence.strip() else {}  # said once, it holds until another is said
    return Source.objects.update_or_create(name=called, defaults={"address": address, **said})[0]


def mark_gone(reading: Reading) -> None:
    """Say which listings the whole feed no longer has, and which came back. Nothing is deleted: a steward decides."""
    theirs, seen = Service.objects.filter(source=reading.run.source), list(reading.seen)
    theirs.filter(source_key__in=seen, gone_since__isnull=False).update(gone_since=None)
    if reading.coverage.is_whole:
        theirs.exclude(source_key__in=seen).filter(gone_since__isnull=True).update(gone_since=today())


def read_page(reading: Reading, feed: Feed) -> None:
    reading.run.dialect = feed.dialect.value
    reading.coverage.add(feed)
    for note in feed.notes:
        remember(reading, Outcome.NOTED, note)
    for raw in feed.rows:
        reading.row_number += 1
        reading.run.read += 1
        outcome = read_one(reading, feed, raw)
        setattr(reading.run, outcome.value, getattr(reading.run, outcome.value) + 1)


def read_one(reading: Reading, feed: Feed, raw: Any) -> Outcome:
    """What became of one row. Whatever is wrong with it stays with it."""
    earlier = reading.seen.setdefault(key_of(raw), reading.row_number)
    try:
        outcome = read_whole(reading, feed, raw)
    except RowProblem as problem:
        reason = str(problem)
    except UNSTORABLE as problem:
        reason = f"The row could not be stored: {type(problem).__name__}."
    else:
        if earlier != reading.row_number and outcome is not Outcome.UNCHANGED:
            remember(reading, Outcome.NOTED, f"It has the same id as row {earlier}.", raw)
        return outcome
    reading.organisations.clear()  # one made for this row went with it
    remember(reading, Outcome.REJECTED, reason, raw)
    return Outcome.REJECTED


def read_whole(reading: Reading, feed: Feed, raw: Any) -> Outcome:
    """Read a row; when the list left its details out, with its details."""
    known = known_service(reading, key_of(raw))
    if not reading.details.are_wanted(feed, raw):
        return store(reading, known, read_row(feed.dialect, raw), raw)
    mark = fingerprint(repr(raw)) if raw.get("last_modified") else ""
    if known and mark and known.source_list_mark == mark:
        return Outcome.UNCHANGED
    try:
        whole = reading.details.of(raw)
    except NoDetails as problem:
        note_once(reading, str(problem), raw)
        return Outcome.UNCHANGED if known else store(reading, known, read_row(feed.dialect, raw), raw)
    return store(reading, known, read_row(feed.dialect, whole), whole, source_list_mark=mark)


def known_service(reading: Reading, key: str) -> Service | None:
    return Service.objects.select_related("organisation").filter(source=reading.run.source, source_key=key).first()


def store(reading: Reading, known: Service | None, row: Row, raw: Any, **source: str) -> Outcome:
    source["source_hash"] = fingerprint(msgspec.json.encode(row).decode())
    if known and known.source_hash == source["source_hash"]:
        if source.get("source_list_mark", known.source_list_mark) != known.source_list_mark:
            Service.objects.filter(id=known.id).update(**source)
        return Outcome.UNCHANGED
    with transaction.atomic():
        for note in row.notes:
            remember(reading, Outcome.NOTED, note, raw)
        return update(reading, known, row, raw, source) if known else create(reading, row, raw, source)


def create(reading: Reading, row: Row, raw: Any, source: dict[str, str]) -> Outcome:
    owner = organisation_for(reading, row.organisation)
    add_service(
        organisation=owner, facts=row.service, by=reading.by, source=reading.run.source, source_key=row.key, **source
    )
    if not row.service.held_because:
        return Outcome.CREATED
    remember(reading, Outcome.HELD, row.service.held_because, raw)
    return Outcome.HELD


def update(reading: Reading, known: Service, row: Row, raw: Any, source: dict[str, str]) -> Outcome:
    """Write what the feed says over what it said before. What people said here stays; a new reason to hold it back holds it back."""
    facts, by = row.service, reading.by
    told = kept_against(structs.asdict(facts), {name: getattr(known, name) for name in known.kept_here})
    if told:
        remember(reading, Outcome.NOTED, told, raw)
    keep = KEPT.union(known.kept_here, frozenset() if known.terms_are_guessed else GUESSES)
    if hides_its_place(raw):  # rows kept before it was known hold where it is
        ImportProblem.objects.filter(run__source=reading.run.source, key=row.key).update(row=None)
    owner = organisation_for(reading, row.organisation) if row.organisation else known.organisation
    saved = save_service(known, facts=facts, by=by, keep=keep, organisation=owner, **source)
    if facts.held_because == NO_ORGANISATION:  # it is known whose it is: the feed only stopped saying so
        remember(reading, Outcome.NOTED, facts.held_because, raw)
    elif facts.held_because and hold(saved, because=facts.held_because, by=by):
        remember(reading, Outcome.HELD, facts.held_because, raw)
        return Outcome.HELD
    return Outcome.UPDATED


def organisation_for(reading: Reading, facts: OrganisationFacts | None) -> Organisation:
    """Our organisation for the feed's. One that is not named stands for all of that source's."""
    facts = facts or unnamed(reading.run.source)
    if facts.key in reading.organisations:
        return reading.organisations[facts.key]
    tie = (
        SourceOrganisation.objects.select_related("organisation")
        .filter(source=reading.run.source, key=facts.key)
        .first()
    )
    found = tie.organisation if tie else add_organisation(reading.run.source, facts)
    reading.organisations[facts.key] = found
    return found


def unnamed(source: Source) -> OrganisationFacts:
    name = f"{source.name}: organisation not named"
    return OrganisationFacts(key="(not named)", name=name, description=NO_ORGANISATION)


def add_organisation(source: Source, facts: OrganisationFacts) -> Organisation:
    made = Organisation.objects.create(
        kind=OrganisationKind.OTHER.value,
        name=facts.name[:200],
        description=facts.description,
        email=facts.email,
        website=facts.website,
    )
    SourceOrganisation.objects.create(source=source, key=facts.key, organisation=made)
    return made


def note_once(reading: Reading, reason: str, raw: Any) -> None:
    """The same trouble with every row is said with the first."""
    if reason not in reading.said:
        reading.said.add(reason)
        remember(reading, Outcome.NOTED, f"Its details could not be read. {reason}", raw)


def remember(reading: Reading, outcome: Outcome, reason: str, raw: Any = None) -> None:
    """Keep the row and the reason for a person to look at, without contact details; none of it when its place is hidden."""
    is_row = isinstance(raw, dict)
    is_hidden = hides_its_place(raw)
    ImportProblem.objects.create(
        run=reading.run,
        outcome=outcome.value,
        row_number=reading.row_number,
        key=plain(raw.get("id"))[:200] if is_row else "",
        name=name_told(raw, is_hidden) if is_row else "",
        reason=reason,
        row=None if is_hidden else storable(raw, CONTACT_FIELDS),
    )


def name_told(raw: Any, is_hidden: bool) -> str:
    name = clean(plain(raw.get("name")))
    return (scrub(name) if is_hidden else name)[:255]


def plain(value: Any) -> str:
    return "".join(each for each in str(value) if each.isprintable()) if isinstance(value, str | int) else ""


def storable(raw: Any, hidden: frozenset[str]) -> Any:
    """JSON that PostgreSQL takes: no null characters, no broken halves of letters, not endless."""
    try:
        text = msgspec.json.encode(without(raw, hidden)).decode()
        return msgspec.json.decode(text.replace("\\u0000", "")) if len(text) < 200_000 else None
    except (ValueError, TypeError, RecursionError):
        return None


def without(value: Any, hidden: frozenset[str]) -> Any:
    """The value without the fields that are hidden, all the way down, and without private people's details in its words."""
    if isinstance(value, dict):
        return {name: without(each, hidden) for name, each in value.items() if name not in hidden}
    if isinstance(value, list):
        return [without(each, hidden) for each in value]
    return clean(value) if isinstance(value, str) else value
