"""From a goal to a group: exactly what the person agreed is sent, and each disclosure is written in the ledger."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from linkworks.connections import actions as connections
from linkworks.connections import states as connection_states
from linkworks.connections.models import Connection, PersonFeedback, Question
from linkworks.connections.rules import ConnectionFacts, Feedback
from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.directory.queries import ServiceCard, service_card
from linkworks.organisations.queries import settings_of
from linkworks.people import actions as people
from linkworks.people.queries import sharing_of
from linkworks.people.states import SharingTopic

from .. import access
from ..models import Case, Goal, GoalConnection
from ..queries.sharing import THROUGH_WORKER, contact_choices
from ..rules.facts import AttendanceFacts, SharingFacts
from ..rules.following import shortened
from ..states import CaseState, NextKind, TaskKind
from .history import case_in_hand, in_working_days, made_before, plan_next, remember, require_started, save_next
from .plans import goal_in_hand
from .tasks import finish_tasks_about

EMERGENCY = SharingTopic.EMERGENCY_CONTACT
NONE_TO_SHARE = "Write the emergency contact that they agree to share, or take the tick below away."
NO_EMERGENCY_CONTACT = "They have not agreed that groups have their emergency contact. Ask them, or leave it empty."


@transaction.atomic
def connect(
    goal: Goal, *, service_id: UUID, sharing: SharingFacts, although_full: str = "", token: str = "", by: Actor
) -> Connection:
    """Connect the person to a service for one of their goals, sharing only what they agreed.

    A group without a free place is asked only with a reason, which it reads and which is counted.
    """
    access.require(access.can_connect(by), "connect people to services")
    goal = goal_in_hand(goal, by)
    door = f"connect:{goal.pk}"
    if earlier := made_before(
        Connection, door, token, {**asdict(sharing), "service": str(service_id), "although_full": although_full}
    ):
        return earlier
    card = card_of(service_id)
    check_sharing(goal.case, sharing)
    check_not_connected(goal.case, card)
    why = reason_although_full(card, although_full)
    connection = connections.propose(facts=facts_of(goal.case, card, sharing), by=by)
    GoalConnection.objects.create(goal=goal, connection=connection, scheme_id=goal.scheme_id)
    keep_agreement(goal.case, card, sharing, by)
    write_in_ledger(connection, card, sharing, by)
    connection = connections.send(connection, although_full=why, by=by)
    follow_sending(goal.case, card)
    remember(door, token, connection)
    return connection


def card_of(service_id: UUID) -> ServiceCard:
    card = service_card(service_id)
    if card is None or not card.is_published:
        raise Invalid("This service is no longer listed. Choose another one.", field="service")
    if not card.runs:
        raise Invalid(f"{card.name} does not run at the moment. Choose another one.", field="service")
    if not card.is_referable:
        raise Invalid(
            f"{card.name} does not take people from link workers. {card.referral_note}".strip(), field="service"
        )
    return card


def reason_although_full(card: ServiceCard, given: str) -> str:
    """Why somebody is sent to a group that has no free place; nothing when it has one, or nobody knows."""
    if not card.full:
        return ""
    if given not in vocabulary.REASONS_ALTHOUGH_FULL:
        raise Invalid(f"{card.name} has no free place. Choose why you ask them all the same.", field="although_full")
    return given


def check_sharing(case: Case, sharing: SharingFacts) -> None:
    """Nothing leaves without the person's agreement, and no way to reach them that they did not say is safe."""
    if not sharing.agreed:
        raise Invalid(
            "Go through the preview with the person first. Nothing is sent unless they agree.", field="agreed"
        )
    if not sharing.agreed_how.strip():
        raise Invalid("Say how they agreed, for example on the telephone.", field="agreed_how")
    if not sharing.name_shared.strip():
        raise Invalid("Enter the name the group should use.", field="name_shared")
    if not sharing.support_need.strip():
        raise Invalid("Write what would help, in words the person agreed.", field="support_need")
    if sharing.contact_shared not in dict(contact_choices(case.person_id)):
        raise Invalid("Choose a way to reach them that is safe, or go through the link worker.", field="contact_shared")
    if sharing.emergency_agreed and not sharing.emergency_contact.strip():
        raise Invalid(NONE_TO_SHARE, field="emergency_contact")
    if sharing.emergency_contact.strip() and not (sharing.emergency_agreed or said_yes(case, EMERGENCY)):
        raise Invalid(NO_EMERGENCY_CONTACT, field="emergency_contact")


def said_yes(case: Case, topic: SharingTopic) -> bool:
    return sharing_of(case.person_id)[topic] is True


def keep_agreement(case: Case, card: ServiceCard, sharing: SharingFacts, by: Actor) -> None:
    """What was agreed about this group. Somebody who said no to groups in general has said yes to this one alone."""
    how, person = f"{sharing.agreed_how} ({card.name})"[:200], case.person
    if sharing_of(case.person_id)[SharingTopic.PROVIDERS] is not False:
        people.choose_sharing(person, topic=SharingTopic.PROVIDERS, agreed=True, how=how, by=by)


def check_not_connected(case: Case, card: ServiceCard) -> None:
    open_now = Connection.objects.filter(
        person_id=case.person_id, service_id=card.service_id, state__in=[s.value for s in connection_states.OPEN]
    )
    if open_now.exists():
        raise Conflict(f"{case.person.called} is connected to {card.name} already.")


def facts_of(case: Case, card: ServiceCard, sharing: SharingFacts) -> ConnectionFacts:
    if case.worker is None:
        raise NotAllowed("Nobody has this case yet. Give it to a worker first.")
    return ConnectionFacts(
        scheme_id=case.scheme_id,
        provider_id=card.organisation_id,
        person_id=case.person_id,
        service_id=card.service_id,
        service_name=card.name,
        worker_id=case.worker.pk,
        worker_name=case.worker.name,
        name_shared=sharing.name_shared.strip(),
        contact_shared=sharing.contact_shared,
        support_need=sharing.support_need.strip(),
        access_and_language=sharing.access_and_language.strip(),
        emergency_contact=sharing.emergency_contact.strip(),
        call_worker_first=sharing.call_worker_first or sharing.contact_shared == THROUGH_WORKER,
    )


def write_in_ledger(connection: Connection, card: ServiceCard, sharing: SharingFacts, by: Actor) -> None:
    people.log_disclosure(
        person_id=connection.person_id,
        scheme_id=connection.scheme_id,
        recipient=card.organisation_name,
        fields=sharing.names(),
        basis=f"The person agreed: {sharing.agreed_how}"[:200],
        purpose=f"To go to {card.name}"[:200],
        about_id=connection.pk,
        by=by,
    )


def follow_sending(case: Case, card: ServiceCard) -> None:
    wait = settings_of(case.scheme_id).escalate_working_days
    plan_next(case, waiting_for(case, card.name), in_working_days(wait), NextKind.ANSWER)
    save_next(case)


def waiting_for(case: Case, service_name: str) -> str:
    """The next action while a group has not answered."""
    return f"Hear whether {shortened(service_name, 120)} can take {case.person.called}"[:200]


def connection_in_hand(connection: Connection, by: Actor, *, closed_too: bool = False) -> tuple[Connection, Case]:
    """The connection and its case, locked, for the worker of the case."""
    link = GoalConnection.objects.select_related("goal").filter(connection_id=connection.pk).first()
    if link is None:
        raise NotAllowed("This connection belongs to no goal of yours.")
    case = case_in_hand(link.goal.case_id, by)
    if not (closed_too and case.state == CaseState.CLOSED):
        require_started(case)
    return Connection.objects.get(pk=connection.pk), case


@transaction.atomic
def withdraw_connection(connection: Connection, *, reason: str, by: Actor) -> Connection:
    """Take back a connection; the group is told and the place is free again."""
    found, _ = connection_in_hand(connection, by)
    if not reason.strip():
        raise Invalid("Say why, in a few words.", field="reason")
    finish_tasks_about(found.pk, list(TaskKind), by=by)
    return connections.withdraw(found, reason=reason, by=by)


@transaction.atomic
def record_answer(
    connection: Connection,
    *,
    answer: str,
    first_session_on: date | None = None,
    reason: str = "",
    words: str = "",
    by: Actor,
) -> Connection:
    """Key in what a group said on the telephone: yes and from when, a waiting list, or no with its reason."""
    found, _ = connection_in_hand(connection, by)
    if answer == "accept":
        return connections.accept(found, first_session_on=first_session_on, words=words, by=by)
    if answer == "waitlist":
        return connections.waitlist(found, words=words, by=by)
    return connections.decline(found, reason=reason, words=words, by=by)


@transaction.atomic
def record_attendance(connection: Connection, *, facts: AttendanceFacts, by: Actor) -> None:
    """Key in whether the person came, as they or the group told the worker."""
    found, _ = connection_in_hand(connection, by)
    connections.mark_attendance(found, **asdict(facts), by=by)


@transaction.atomic
def end_connection(connection: Connection, *, ending: str, words: str = "", by: Actor) -> Connection:
    """The person finished with a group: how it ended."""
    found, _ = connection_in_hand(connection, by)
    return connections.end(found, ending=ending, words=words, by=by)


@transaction.atomic
def record_feedback(connection: Connection, *, feedback: Feedback, by: Actor) -> PersonFeedback:
    """Keep how the group was for the person, in their own words."""
    found, _ = connection_in_hand(connection, by)
    return connections.record_feedback(found, feedback=feedback, by=by)


@transaction.atomic
def write_to_provider(connection: Connection, *, text: str, token: str = "", by: Actor) -> Question:
    """Answer or ask the group about this connection. What it asked after the case closed is answered too."""
    found, _ = connection_in_hand(connection, by, closed_too=True)
    door = f"write:{found.pk}"
    if earlier := made_before(Question, door, token, text):
        return earlier
    question = connections.ask(found, text=text.strip(), from_provider=False, by=by)
    finish_tasks_about(found.pk, [TaskKind.QUESTION], by=by)
    remember(door, token, question)
    return question
