"""Reading a feed into the directory. A bad row is kept with its reason and never stops a run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
from django.db import DatabaseError, transaction

from linkworks.clients import feeds as client
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import LinkworksError
from linkworks.organisations.models import Organisation
from linkworks.organisations.states import OrganisationKind

from ..access import check_may_edit
from ..models import ImportProblem, ImportRun, Service, Source, SourceOrganisation
from ..rules.document import fingerprint
from ..rules.facts import OrganisationFacts, Row
from ..rules.feeds import Feed, NotAFeed, RowProblem, open_envelope, read_row
from ..rules.feeds.finishing import NO_ORGANISATION
from ..states import Outcome
from .listings import KEPT, add_service, save_service

MOST_PAGES = 2000
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
    row_number: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)


def name_of(address: str) -> str:
    """What a source is called when nobody says: its host, or its file."""
    return (urlsplit(address).hostname or address) if client.is_web_address(address) else PurePath(address).stem


def import_feed(address: str, *, name: str = "", by: Actor) -> ImportRun:
    """Read a feed from a file, a folder or an address. What could not be read at all is said on the run."""
    check_may_edit(by)
    source, _ = Source.objects.update_or_create(name=name or name_of(address), defaults={"address": address})
    reading = Reading(ImportRun.objects.create(source=source, started_by=by.id), by)
    try:
        for feed in pages_of(address):
            read_page(reading, feed)
    except (LinkworksError, NotAFeed) as error:
        reading.run.stopped_because = str(error)
    reading.run.finished_at = now()
    reading.run.save()
    return reading.run


def pages_of(address: str) -> Iterator[Feed]:
    """Each page of the feed. Totals drift while one reads, so pages are asked for until one is empty or the last is reached."""
    if not client.is_web_address(address):
        yield from (open_envelope(payload) for _, payload in client.read_files(address))
        return
    for number in range(1, MOST_PAGES + 1):
        feed = open_envelope(client.fetch(page_address(address, number)))
        yield feed
        if not feed.rows or number >= (feed.pages or 1):
            return


def page_address(address: str, number: int) -> str:
    if number == 1:
        return address
    parts = urlsplit(address)
    query = [*(pair for pair in parse_qsl(parts.query) if pair[0] != "page"), ("page", str(number))]
    return urlunsplit(parts._replace(query=urlencode(query)))


def read_page(reading: Reading, feed: Feed) -> None:
    reading.run.dialect = feed.dialect.value
    for note in feed.notes:
        remember(reading, Outcome.NOTED, note)
    for raw in feed.rows:
        reading.row_number += 1
        reading.run.read += 1
        outcome = read_one(reading, feed, raw)
        setattr(reading.run, outcome.value, getattr(reading.run, outcome.value) + 1)


def read_one(reading: Reading, feed: Feed, raw: Any) -> Outcome:
    """What became of one row. Whatever is wrong with it stays with it."""
    try:
        row = read_row(feed.dialect, raw)
        with transaction.atomic():
            outcome = store(reading, row, raw)
    except RowProblem as problem:
        reason = str(problem)
    except UNSTORABLE as problem:
        reason = f"The row could not be stored: {type(problem).__name__}."
    else:
        return outcome
    reading.organisations.clear()  # one made for this row went with it
    remember(reading, Outcome.REJECTED, reason, raw)
    return Outcome.REJECTED


def store(reading: Reading, row: Row, raw: Any) -> Outcome:
    earlier = reading.seen.setdefault(row.key, reading.row_number)
    known = Service.objects.filter(source=reading.run.source, source_key=row.key).first()
    mark = fingerprint(msgspec.json.encode(row).decode())
    if known and known.source_hash == mark:
        return Outcome.UNCHANGED
    notes = list(row.notes) if earlier == reading.row_number else [*row.notes, f"It has the same id as row {earlier}."]
    for note in notes:
        remember(reading, Outcome.NOTED, note, raw)
    owner = organisation_for(reading, row.organisation)
    if known:
        keep = KEPT if known.terms_are_guessed else KEPT | GUESSES
        save_service(known, facts=row.service, by=reading.by, keep=keep, organisation=owner, source_hash=mark)
        return Outcome.UPDATED
    source = {"source": reading.run.source, "source_key": row.key, "source_hash": mark}
    add_service(organisation=owner, facts=row.service, by=reading.by, **source)
    if row.service.held_because:
        remember(reading, Outcome.HELD, row.service.held_because, raw)
        return Outcome.HELD
    return Outcome.CREATED


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


def remember(reading: Reading, outcome: Outcome, reason: str, raw: Any = None) -> None:
    """Keep the row and the reason for a person to look at, without contact details."""
    is_row = isinstance(raw, dict)
    ImportProblem.objects.create(
        run=reading.run,
        outcome=outcome.value,
        row_number=reading.row_number,
        key=plain(raw.get("id"))[:200] if is_row else "",
        name=plain(raw.get("name"))[:255] if is_row else "",
        reason=reason,
        row=storable({key: value for key, value in raw.items() if key not in CONTACT_FIELDS} if is_row else raw),
    )


def plain(value: Any) -> str:
    return "".join(each for each in str(value) if each.isprintable()) if isinstance(value, str | int) else ""


def storable(value: Any) -> Any:
    """JSON that PostgreSQL takes: no null characters, no broken halves of letters, not endless."""
    try:
        text = msgspec.json.encode(value).decode()
        return msgspec.json.decode(text.replace("\\u0000", "")) if len(text) < 200_000 else None
    except (ValueError, TypeError, RecursionError):
        return None
