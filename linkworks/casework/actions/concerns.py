"""Safeguarding concerns: always owned, never silent, escalated until somebody answers."""

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.connections.models import Question
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.later import later, on_its_own
from linkworks.core.states import after
from linkworks.messaging.actions import tell_user_about

from .. import access
from ..models import Case, Concern, ConcernMove
from ..queries.team import deputy, safeguarding_owner
from ..rules.facts import ConcernFacts
from ..rules.following import escalation_due
from ..states import CONCERN_MOVES, ConcernState
from ..states import ConcernMove as Move
from .events import case_of
from .history import locked_case, made_before, remember, signed

NOBODY = (
    "This scheme has no safeguarding lead and no team manager in Linkworks, so the concern cannot be given to anybody. "
    "Ring your safeguarding lead now, and ask your organisation administrator to add them."
)


@transaction.atomic
def raise_concern(case: Case, *, facts: ConcernFacts, token: str = "", by: Actor) -> Concern:
    """Raise a safeguarding concern. It goes to the safeguarding lead, who is told at once."""
    access.require(access.can_raise_concern(by), "raise a concern here")
    case = locked_case(case, by)
    door = f"concern:{case.pk}"
    if earlier := made_before(Concern, door, token, asdict(facts)):
        return earlier
    if not facts.what_happened.strip():
        raise Invalid("Write what you saw or heard, in the person’s own words where you can.", field="what_happened")
    owner = safeguarding_owner(case.scheme_id)
    if owner is None:
        raise Invalid(NOBODY)
    concern = Concern.objects.create(
        case=case,
        scheme_id=case.scheme_id,
        person_id=case.person_id,
        owner=owner,
        what_happened=facts.what_happened.strip(),
        immediate_danger=facts.immediate_danger,
        person_knows=facts.person_knows,
        raised_by=by.id,
        raised_by_name=by.name,
        raised_at=clock.now(),
    )
    write(concern, Move.RAISE, by)
    remember(door, token, concern)
    later("casework.tell_concern", concern.pk, scheme=concern.scheme_id)
    return concern


@transaction.atomic
def follow_worry(question_id: UUID, *, by: Actor) -> None:
    """What worries somebody at a group is a concern for the safeguarding lead, in their words and under their name.

    Where a scheme has nobody to lead, the person's worker has it: the group was told that it reached somebody.
    """
    worry = Question.objects.select_related("connection").filter(pk=question_id, is_worry=True).first()
    if worry is None or Concern.objects.filter(pk=question_id).exists():
        return
    case = case_of(worry.connection_id)
    owner = safeguarding_owner(worry.scheme_id) or (case.worker if case else None)
    if owner is None:
        raise Invalid(NOBODY)
    concern = Concern.objects.create(
        pk=worry.pk,
        case=case,
        scheme_id=worry.scheme_id,
        person_id=worry.connection.person_id,
        owner=owner,
        what_happened=worry.text,
        raised_by=worry.asked_by,
        raised_by_name=f"{worry.asked_by_name}, at {worry.connection.service_name}"[:200],
        raised_at=worry.asked_at,
    )
    write(concern, Move.RAISE, by)
    later("casework.tell_concern", concern.pk, scheme=concern.scheme_id)


def write(concern: Concern, move: Move, by: Actor, reason: str = "") -> None:
    ConcernMove.objects.create(
        concern=concern,
        scheme_id=concern.scheme_id,
        move=move.value,
        to_state=concern.state,
        reason=reason,
        **signed(by),
    )


def concern_in_hand(concern: Concern, by: Actor) -> Concern:
    found = access.visible_concerns(by).select_for_update(of=("self",)).filter(pk=concern.pk).first()
    if found is None or not access.may_answer(by, found):
        raise NotAllowed("Only the safeguarding lead or their deputy can answer a concern.")
    return found


@transaction.atomic
def acknowledge_concern(concern: Concern, *, by: Actor) -> Concern:
    """Take a concern in hand. Whoever acknowledges it owns it from now on."""
    found = concern_in_hand(concern, by)
    found.state = after(CONCERN_MOVES, found.state, Move.ACKNOWLEDGE).value
    found.acknowledged_at = clock.now()
    if by.user_id:
        found.owner_id = by.user_id
    found.save()
    write(found, Move.ACKNOWLEDGE, by)
    return found


@transaction.atomic
def close_concern(concern: Concern, *, what_was_done: str, by: Actor) -> Concern:
    """Close a concern, saying what was done."""
    found = concern_in_hand(concern, by)
    if not what_was_done.strip():
        raise Invalid("Write what was done, and who knows about it.", field="what_was_done")
    found.state = after(CONCERN_MOVES, found.state, Move.CLOSE).value
    found.closed_at, found.what_was_done = clock.now(), what_was_done.strip()
    found.save()
    write(found, Move.CLOSE, by, reason=found.what_was_done)
    return found


@transaction.atomic
def escalate_concerns(scheme_id: UUID, *, by: Actor) -> int:
    """Tell the deputy of concerns nobody acknowledged within an hour, after four, and then each working morning."""
    told = 0
    waiting = Concern.objects.select_for_update().filter(
        scheme_id=scheme_id, state=ConcernState.RAISED, raised_at__lte=clock.now() - timedelta(hours=1)
    )
    for concern in waiting:
        due = escalation_due((clock.now() - concern.raised_at).total_seconds() / 60, mornings_since(concern))
        if due > concern.escalations:
            with on_its_own("casework.escalate_concerns"):
                escalate(concern, due, by)
            told += 1
    return told


def mornings_since(concern: Concern) -> int:
    """How many working days have begun, at nine, since the last of the first day's two reminders."""
    day, until, count = (concern.raised_at + timedelta(hours=4)).astimezone(clock.LONDON), clock.now(), 0
    nine = day.replace(hour=9, minute=0, second=0, microsecond=0)
    while nine <= until:
        count += nine > day and clock.is_working_day(nine.date())
        nine += clock.DAY
    return count


WAITED = {1: "after 1 hour", 2: "after 4 hours"}


def escalate(concern: Concern, due: int, by: Actor) -> None:
    concern.escalations = due
    concern.save(update_fields=["escalations"])
    write(concern, Move.ESCALATE, by, reason=f"Not acknowledged {WAITED.get(due, 'on another morning')}")
    standing_in = deputy(concern.scheme_id)
    for user_id in {concern.owner_id, standing_in.pk if standing_in else concern.owner_id}:
        tell(concern, user_id, by, again=due)


@transaction.atomic
def tell_concern(concern_id: UUID, *, by: Actor) -> None:
    """Tell the owner of a concern that it waits for them."""
    concern = Concern.objects.get(pk=concern_id)
    tell(concern, concern.owner_id, by)


def tell(concern: Concern, user_id: UUID, by: Actor, *, again: int = 0) -> None:
    tell_user_about(
        concern,
        user_id=user_id,
        template="concern-raised",
        values={},
        link=reverse("casework:concern-answer", args=[concern.pk]),
        again=str(again),
        by=by,
    )
