"""Carrying out what a reading laid aside, row by row: a row is written whole or not at all, and stops no other."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import transaction
from msgspec import structs

from linkworks.core.actor import Actor
from linkworks.core.clock import now, today
from linkworks.core.later import later
from linkworks.organisations.models import Organisation
from linkworks.organisations.rules.numbers import FIELDS
from linkworks.organisations.states import OrganisationKind

from ..models import ImportProblem, ImportRun, Service, Source, SourceOrganisation, StagedRow
from ..queries.parts import parts_of
from ..rules.editing import SHOWN, Change, kept_against
from ..rules.facts import OrganisationFacts, Row
from ..rules.feeds.finishing import NO_ORGANISATION
from ..rules.going import LABELS
from ..rules.holding import NOT_LISTED
from ..states import Outcome, RunMove, StagedKind
from .changing import record
from .held import facts_that_wait, offer
from .listings import KEPT, add_service, hold, save_service
from .problems import note
from .reading import UNSTORABLE
from .runs import move

GOING = frozenset(LABELS)
GUESSES = frozenset({"kinds", "needs", "categories", "person_attributes", "terms_are_guessed"})
BATCH = 200


@dataclass
class Applying:
    """A run while it is carried out."""

    run: ImportRun
    by: Actor
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def remember(self, outcome: Outcome, reason: str, staged: StagedRow) -> None:
        note(
            self.run,
            outcome,
            reason,
            number=staged.row_number,
            key=staged.key,
            name=staged.name,
            row=staged.row,
        )


def carry_out(run: ImportRun, *, by: Actor) -> None:
    """Write what the reading laid aside. Safe to run twice: a row that is written is no longer laid aside."""
    applying = Applying(run, by)
    while rows := list(StagedRow.objects.filter(run=run).select_related("service__organisation")[:BATCH]):
        for staged in rows:
            count(run, carry_out_one(applying, staged))
        run.save()
    run.finished_at = now()
    with transaction.atomic():
        move(run, step=RunMove.FINISH, by=by)
        if run.created or run.updated:
            later("directory.find_duplicates")


def count(run: ImportRun, outcome: Outcome | None) -> None:
    if outcome is not None:
        setattr(run, outcome.value, getattr(run, outcome.value) + 1)


def carry_out_one(applying: Applying, staged: StagedRow) -> Outcome | None:
    """What became of one row. Whatever is wrong with it stays with it."""
    try:
        with transaction.atomic():
            outcome = done(applying, staged)
            StagedRow.objects.filter(id=staged.id).delete()
            return outcome
    except UNSTORABLE as problem:
        reason = f"The row could not be stored: {type(problem).__name__}."
    applying.organisations.clear()  # one made for this row went with it
    applying.remember(Outcome.REJECTED, reason, staged)
    StagedRow.objects.filter(id=staged.id).delete()
    return Outcome.REJECTED


def done(applying: Applying, staged: StagedRow) -> Outcome | None:
    if staged.kind in {StagedKind.NEW, StagedKind.CHANGED, StagedKind.DATES}:
        return write(applying, staged)
    if staged.service is None:
        return None
    if staged.kind == StagedKind.MISSING:
        Service.objects.filter(id=staged.service.id, gone_since__isnull=True).update(gone_since=today())
    elif staged.kind == StagedKind.BACK:
        come_back(staged.service, by=applying.by)
    else:
        Service.objects.filter(id=staged.service.id, gone_since__isnull=True).update(gone_since=today())
        applying.run.removed += hold(staged.service, because=NOT_LISTED, by=applying.by)
    return None


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


def write(applying: Applying, staged: StagedRow) -> Outcome:
    row = msgspec.json.decode(staged.facts, type=Row)
    known = staged.service or find(applying.run, staged.key)
    return update(applying, known, row, staged) if known else create(applying, row, staged)


def find(run: ImportRun, key: str) -> Service | None:
    """A listing that an earlier row of the same reading made."""
    return Service.objects.select_related("organisation").filter(source=run.source, source_key=key).first()


def create(applying: Applying, row: Row, staged: StagedRow) -> Outcome:
    owner = organisation_for(applying, row.organisation)
    add_service(
        organisation=owner,
        facts=row.service,
        by=applying.by,
        source=applying.run.source,
        source_key=row.key,
        **read_marks(staged),
    )
    if not row.service.held_because:
        return Outcome.CREATED
    applying.remember(Outcome.HELD, row.service.held_because, staged)
    return Outcome.HELD


def read_marks(staged: StagedRow) -> dict[str, str]:
    return {"source_hash": staged.source_hash, "source_list_mark": staged.source_list_mark}


def update(applying: Applying, known: Service, row: Row, staged: StagedRow) -> Outcome:
    """Write what the feed says over what it said before. What people said here stays; a new reason to hold it back holds it back."""
    facts, by = row.service, applying.by
    told = kept_against(structs.asdict(facts), kept_of(known))
    if told:
        applying.remember(Outcome.NOTED, told, staged)
    waiting = facts_that_wait(known, facts)
    keep = KEPT.union(known.kept_here, waiting, frozenset() if known.terms_are_guessed else GUESSES)
    if staged.row is None:  # rows kept before it was known hold where it is
        ImportProblem.objects.filter(run__source=applying.run.source, key=row.key).update(row=None)
    owner = organisation_for(applying, row.organisation) if row.organisation else known.organisation
    saved = save_service(known, facts=facts, by=by, keep=keep, organisation=owner, **read_marks(staged))
    offer(saved, facts, waiting, run=applying.run)
    return held(applying, saved, facts.held_because, staged) or Outcome.UPDATED


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


def organisation_for(applying: Applying, facts: OrganisationFacts | None) -> Organisation:
    """Our organisation for the feed's. One that is not named stands for all of that source's."""
    facts = facts or unnamed(applying.run.source)
    if facts.key in applying.organisations:
        return applying.organisations[facts.key]
    tie = (
        SourceOrganisation.objects.select_related("organisation")
        .filter(source=applying.run.source, key=facts.key)
        .first()
    )
    found = numbered(tie.organisation, facts) if tie else add_organisation(applying.run.source, facts)
    applying.organisations[facts.key] = found
    return found


def numbered(organisation: Organisation, facts: OrganisationFacts) -> Organisation:
    """What was not known of it is kept; what was known stays, whatever a list says later."""
    told = [name for name in FIELDS if getattr(facts, name) and not getattr(organisation, name)]
    for name in told:
        setattr(organisation, name, getattr(facts, name))
    if told:
        organisation.save(update_fields=told)
    return organisation


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
        charity_number=facts.charity_number,
        company_number=facts.company_number,
    )
    SourceOrganisation.objects.create(source=source, key=facts.key, organisation=made)
    return made
