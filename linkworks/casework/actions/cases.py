"""A case from the inbox to a worker, and on to another one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from linkworks.connections.actions import change_worker
from linkworks.core import clock, ids
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.later import later
from linkworks.people import actions as people
from linkworks.people.access import visible_people
from linkworks.people.models import Person
from linkworks.people.queries import channels_of, named_readers
from linkworks.people.rules import PersonFacts
from linkworks.people.states import Restriction
from linkworks.referrals import actions as referrals
from linkworks.referrals.models import Referral
from linkworks.referrals.queries import promised_by

from .. import access
from ..models import Case, Task
from ..queries.inbox import may_be_kept_close
from ..queries.team import carries_cases
from ..states import CaseMove, CaseState, NextKind, TaskKind
from .history import (
    ONLY_TO_READ,
    case_in_hand,
    in_working_days,
    locked_case,
    make_task,
    move,
    plan_next,
    require_open,
    save_next,
    write_move,
)


@transaction.atomic
def open_from_referral(referral: Referral, *, person_id: UUID | None = None, complexity: int = 2, by: Actor) -> Case:
    """Accept a referral. It opens a case, or joins the one the person already has; nobody is merged by machine."""
    access.require(by.purpose == "job" or access.can_triage(by), "accept referrals")
    known = person_id is not None
    person = known_person(person_id, by) if person_id else new_person(referral, by)
    referrals.accept(referral, person_id=person.pk, by=by)
    copy_channels(referral, person, known=known, by=by)
    current = Case.objects.select_for_update().filter(person=person).exclude(state=CaseState.CLOSED).first()
    return attach(referral, current) if current else start(referral, person, complexity=complexity, by=by)


def known_person(person_id: UUID, by: Actor) -> Person:
    person = visible_people(by).select_for_update(of=("self",)).filter(pk=person_id).first()  # one open case each
    if person is None:
        raise Invalid("Choose somebody from the list, or open a new record.", field="person")
    return person


def new_person(referral: Referral, by: Actor) -> Person:
    """A new record. One that may be about somebody kept close stays closed until the lead decides, and nobody is told why."""
    is_hidden = may_be_kept_close(referral, by)
    facts = PersonFacts(
        given_name=referral.given_name,
        family_name=referral.family_name,
        chosen_name=referral.chosen_name,
        born_on=referral.born_on,
        nhs_number="" if is_hidden else referral.nhs_number,
        address=referral.address,
        postcode=referral.postcode,
        language=referral.language or "en",
        needs_interpreter=referral.needs_interpreter,
        access_needs=tuple(referral.access_needs),
    )
    person = people.add_person(scheme_id=referral.scheme_id, facts=facts, by=by)
    if is_hidden:
        people.protect_newcomer(person, by=by)
        later("casework.tell_newcomer", referral.pk, scheme=referral.scheme_id)
    return person


def copy_channels(referral: Referral, person: Person, *, known: bool, by: Actor) -> None:
    """Bring over the ways to reach somebody. What a known person told us themselves is never overwritten by a referrer."""
    have = {(each.kind, each.value) for each in channels_of(person.pk)} if known else set()
    for told in referral.contact_channels:
        if (told["kind"], told["value"]) not in have:
            people.set_channel(person, **channel_facts(told, known=known), by=by)


def channel_facts(told: dict[str, Any], *, known: bool) -> dict[str, Any]:
    safe = told.get("is_safe")
    return {
        "kind": told["kind"],
        "value": told["value"],
        "is_safe": None if known and safe else safe,
        "may_leave_message": bool(told.get("may_leave_message")),
        "may_say_who_is_calling": bool(told.get("may_say_who_is_calling")),
        "best_times": told.get("best_times", ""),
        "is_preferred": bool(told.get("is_preferred")) and not known,
    }


def start(referral: Referral, person: Person, *, complexity: int, by: Actor) -> Case:
    promised = promised_by(referral)
    case = Case(
        scheme_id=referral.scheme_id,
        reference=ids.new_reference("C"),
        person=person,
        referral=referral,
        previous=Case.objects.filter(person=person, state=CaseState.CLOSED).order_by("-closed_at").first(),
        state=CaseState.WAITING.value,
        complexity=complexity,
        opened_at=clock.now(),
        first_contact_by=promised,
    )
    plan_next(case, "Give this case to a worker", min(promised, in_working_days(1)), NextKind.ALLOCATE)
    case.save(force_insert=True)
    write_move(case, CaseMove.OPEN, by=by, reason=f"Referral {referral.reference} accepted")
    return case


def attach(referral: Referral, case: Case) -> Case:
    """The person has a case already: its worker is told of the new referral."""
    sender = referral.from_organisation_name or "themselves"
    make_task(
        case,
        kind=TaskKind.NEW_REFERRAL,
        title=f"Read the new referral from {sender}",
        due_on=in_working_days(1),
        dedupe=f"referral:{referral.pk}:{clock.now():%Y%m%d%H%M%S%f}",
    )
    return case


@transaction.atomic
def allocate(case: Case, *, worker_id: UUID, reason: str = "", by: Actor) -> Case:
    """Give a case to a worker. A worker may take one that nobody has."""
    case = locked_case(case, by)
    if access.only_reads(by, case):
        raise NotAllowed(ONLY_TO_READ)
    taking = access.can_work(by) and worker_id == by.user_id and case.worker_id is None
    access.require(taking or access.can_allocate(by), "give cases to workers")
    return give(case, worker_id, reason=reason, by=by)


def give(case: Case, worker_id: UUID, *, reason: str, by: Actor) -> Case:
    require_open(case)
    if not carries_cases(case.scheme_id, worker_id):
        raise Invalid("Choose somebody who works on this scheme’s cases.", field="worker")
    if case.person.restriction == Restriction.SEALED and worker_id not in named_readers(case.person_id):
        raise Invalid("This record is sealed. Choose somebody who was named to see it.", field="worker")
    case.worker_id, case.allocated_at = worker_id, clock.now()
    if case.state == CaseState.WAITING:
        plan_next(case, f"First contact with {case.person.called}", case.first_contact_by)
    move(case, CaseMove.ALLOCATE, by=by, reason=reason)
    Task.objects.filter(case=case, done_at__isnull=True).update(worker_id=worker_id)
    if case.worker:
        change_worker(case.person_id, worker_id=worker_id, worker_name=case.worker.name, by=by)
    later("casework.tell_allocated", case.pk, scheme=case.scheme_id)
    return case


@transaction.atomic
def hand_over(case: Case, *, worker_id: UUID, note: str, by: Actor) -> Case:
    """Give a case to a colleague with a note that says what they need to know; open tasks go with it."""
    case = case_in_hand(case, by)
    if case.worker_id is None:
        raise NotAllowed("Nobody has this case yet. Give it to a worker instead.")
    if worker_id == case.worker_id:
        raise Invalid("Choose somebody else: they have this case already.", field="worker")
    if not note.strip():
        raise Invalid("Write what your colleague needs to know.", field="note")
    case = give(case, worker_id, reason=note, by=by)
    make_task(
        case,
        title=f"Read the hand-over note and say hello to {case.person.called}",
        due_on=in_working_days(2),
        dedupe=f"hand-over:{case.pk}:{case.allocated_at:%Y%m%d%H%M%S%f}",
    )
    return case


@transaction.atomic
def set_next_action(case: Case, *, action: str, on: date, by: Actor) -> Case:
    """Say what happens next for this person, and when."""
    case = case_in_hand(case, by)
    require_open(case)
    plan_next(case, action, on, NextKind.OWN, by=by)
    save_next(case)
    return case


@transaction.atomic
def set_complexity(case: Case, *, complexity: int, by: Actor) -> Case:
    """Say how much a case weighs in a caseload: light, usual or complex."""
    case = case_in_hand(case, by)
    require_open(case)
    if complexity not in (1, 2, 3):
        raise Invalid("Choose light, usual or complex.", field="complexity")
    case.complexity = complexity
    case.save(update_fields=["complexity"])
    return case
