"""Contacts and tries, the first conversation, and the answers people give."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.states import can
from linkworks.outcomes import actions as outcomes

from .. import access
from ..models import Case, CaseMeasure, Contact, Conversation
from ..queries.contacts import Tries, conversation_version, tries_of
from ..rules.facts import ContactFacts, ConversationFacts, MeasureFacts
from ..rules.following import counts_as_try, next_try_in
from ..states import CASE_MOVES, CaseMove, CaseState, ContactHow, ContactResult, NextKind
from .history import (
    case_in_hand,
    case_to_note_on,
    in_working_days,
    made_before,
    make_task,
    move,
    plan_next,
    remember,
    require_started,
    written_by,
)
from .tasks import finish_telling

WRITTEN_MEANWHILE = (
    "A colleague wrote down this conversation while you had this page open. What they wrote is above: "
    "put the two together, and save again."
)
STARTING = (CaseState.ALLOCATED, CaseState.CONTACTING)


@transaction.atomic
def record_contact(case: Case, *, facts: ContactFacts, token: str = "", by: Actor) -> Contact:
    """Note a contact or a try: how, what came of it, what was said and what is next."""
    case = case_to_note_on(case, by)
    door = f"contact:{case.pk}"
    if earlier := made_before(Contact, door, token, asdict(facts)):
        return earlier
    check_contact(case, facts)
    contact = Contact.objects.create(
        case=case,
        scheme_id=case.scheme_id,
        how=ContactHow(facts.how).value,
        result=ContactResult(facts.result).value,
        note=facts.note.strip(),
        minutes=facts.minutes,
        happened_at=facts.happened_at or clock.now(),
        counts_as_try=counts_as_try(facts.how, facts.result),
        **written_by(by),
    )
    if access.only_reads(by, case):
        pass_on(case, contact, facts)
    else:
        follow_contact(case, contact, facts, by)
    remember(door, token, contact)
    return contact


def check_contact(case: Case, facts: ContactFacts) -> None:
    if case.state == CaseState.CLOSED and facts.how == ContactHow.NOTE:
        return
    require_started(case)
    if facts.happened_at and facts.happened_at > clock.now():
        raise Invalid("The contact cannot be in the future.", field="happened_on")
    if facts.next_action_on and facts.next_action_on < clock.today():
        raise Invalid("The next action must be today or later.", field="next_action_on")


def follow_contact(case: Case, contact: Contact, facts: ContactFacts, by: Actor) -> None:
    """What the contact changes: the case's state, and what happens next."""
    if case.state == CaseState.CLOSED:
        return
    if facts.next_action and facts.next_action_on:
        plan_next(case, facts.next_action, facts.next_action_on, NextKind.OWN, by=by)
    elif contact.counts_as_try:
        plan_next(case, *after_try(case, tries_of(case)))
    if case.state in STARTING and facts.how != ContactHow.NOTE:
        move(case, CaseMove.TRY_CONTACT, by=by, reason=contact.get_result_display())
    else:
        case.save()
    if contact.result == ContactResult.SPOKE:
        finish_telling(case, since=contact.happened_at, by=by)


def pass_on(case: Case, contact: Contact, facts: ContactFacts) -> None:
    """Somebody let in for an hour changes nothing in the case: what they said comes next is for its worker to do."""
    if facts.next_action.strip() and facts.next_action_on:
        make_task(case, title=facts.next_action.strip(), due_on=facts.next_action_on, dedupe=f"passed-on:{contact.pk}")


def after_try(case: Case, tries: Tries) -> tuple[str, date, NextKind]:
    """Try again, sooner at first; once the scheme's tries are used up, decide whether to close."""
    if tries.may_close:
        words = f"Decide whether to close: {tries.made} tries without reaching {case.person.called}"
        return words, in_working_days(1), NextKind.DECIDE
    return f"Try {case.person.called} again", in_working_days(next_try_in(tries.made)), NextKind.CONTACT


@transaction.atomic
def hold_conversation(case: Case, *, facts: ConversationFacts, version: str = "", by: Actor) -> Conversation:
    """Write down what matters to the person, in their words, and what they bring. The work begins.

    Refused when a colleague wrote it down since it was opened at this version; whoever wrote it first held it.
    """
    case = case_in_hand(case, by)
    require_started(case)
    check_conversation(facts)
    if version and version != conversation_version(case):
        raise Conflict(WRITTEN_MEANWHILE)
    told = conversation_values(case, facts)
    conversation, _ = Conversation.objects.update_or_create(
        case=case, defaults=told, create_defaults={**told, **written_by(by)}
    )
    if facts.complexity:
        case.complexity = facts.complexity
    if can(CASE_MOVES, case.state, CaseMove.BEGIN):
        plan_next(case, f"Make a plan with {case.person.called}", in_working_days(5), NextKind.PLAN)
        move(case, CaseMove.BEGIN, by=by)
    else:
        case.save(update_fields=["complexity"])
    return conversation


def conversation_values(case: Case, facts: ConversationFacts) -> dict[str, Any]:
    return {
        "scheme_id": case.scheme_id,
        "held_on": facts.held_on,
        "what_matters": facts.what_matters.strip(),
        "strengths": facts.strengths.strip(),
        "interests": facts.interests.strip(),
        "people_around": facts.people_around.strip(),
        "needs": list(facts.needs),
        "how_support_should_be": facts.how_support_should_be.strip(),
        "changed_at": clock.now(),
    }


def check_conversation(facts: ConversationFacts) -> None:
    if not facts.what_matters.strip():
        raise Invalid("Write what matters to the person, in their own words.", field="what_matters")
    if not facts.strengths.strip():
        raise Invalid("Write what the person is good at or proud of. Everybody brings something.", field="strengths")
    if facts.held_on > clock.today():
        raise Invalid("The conversation cannot be in the future.", field="held_on")


@transaction.atomic
def record_measure(case: Case, *, facts: MeasureFacts, token: str = "", by: Actor) -> CaseMeasure:
    """Keep a person's answers at the start, at a review or at the end. What was not answered stays visibly missing."""
    case = case_in_hand(case, by)
    require_started(case)
    door = f"measure:{case.pk}"
    if earlier := made_before(CaseMeasure, door, token, {**asdict(facts), "answers": dict(facts.answers)}):
        return earlier
    answer_set = outcomes.record_answers(
        person_id=case.person_id,
        scheme_id=case.scheme_id,
        measure_id=facts.measure_id,
        answers=dict(facts.answers),
        asked_on=facts.asked_on or clock.today(),
        how_asked=facts.how_asked,
        declined=facts.declined,
        by=by,
    )
    kept = CaseMeasure.objects.create(case=case, scheme_id=case.scheme_id, answer_set=answer_set, stage=facts.stage)
    remember(door, token, kept)
    return kept
