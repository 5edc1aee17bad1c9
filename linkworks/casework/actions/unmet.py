"""When nothing fits: what was missing, so that somebody can do something about it."""

from dataclasses import asdict

from django.db import transaction

from linkworks.core import clock, vocabulary
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.core.states import after

from ..models import Case, Goal, UnmetMove, UnmetNeed
from ..rules.facts import UnmetFacts
from ..states import UNMET_MOVES
from ..states import UnmetMove as Move
from .history import (
    case_in_hand,
    in_working_days,
    made_before,
    plan_next,
    remember,
    require_started,
    save_next,
    signed,
    written_by,
)


@transaction.atomic
def record_unmet_need(case: Case, *, facts: UnmetFacts, token: str = "", by: Actor) -> UnmetNeed:
    """Note that nothing fitted, and why. It is counted, and stays in sight until it is resolved."""
    case = case_in_hand(case, by)
    require_started(case)
    door = f"unmet:{case.pk}"
    if earlier := made_before(UnmetNeed, door, token, asdict(facts)):
        return earlier
    check(case, facts)
    unmet = UnmetNeed.objects.create(
        case=case,
        scheme_id=case.scheme_id,
        goal_id=facts.goal_id,
        need=facts.need,
        reason=facts.reason,
        note=facts.note.strip()[:500],
        **written_by(by),
    )
    write(unmet, Move.RECORD, by, reason=facts.note)
    plan_next(case, f"Tell {case.person.called} what we could not find, and what we can do", in_working_days(3))
    save_next(case)
    remember(door, token, unmet)
    return unmet


def check(case: Case, facts: UnmetFacts) -> None:
    if facts.need not in vocabulary.NEEDS:
        raise Invalid("Choose what they needed.", field="need")
    if facts.reason not in vocabulary.UNMET_REASONS:
        raise Invalid("Choose why nothing fits.", field="reason")
    if facts.goal_id and not Goal.objects.filter(pk=facts.goal_id, case=case).exists():
        raise Invalid("Choose one of this person’s goals.", field="goal")


def write(unmet: UnmetNeed, move: Move, by: Actor, reason: str = "") -> None:
    UnmetMove.objects.create(
        unmet_need=unmet, scheme_id=unmet.scheme_id, move=move.value, to_state=unmet.state, reason=reason, **signed(by)
    )


@transaction.atomic
def resolve_unmet_need(unmet: UnmetNeed, *, resolution: str, by: Actor) -> UnmetNeed:
    """Something was found after all, or the need has gone: what happened."""
    case = case_in_hand(unmet.case_id, by)
    require_started(case)
    found = UnmetNeed.objects.select_for_update().get(pk=unmet.pk)
    if not resolution.strip():
        raise Invalid("Say what was found, or what changed.", field="resolution")
    found.state = after(UNMET_MOVES, found.state, Move.RESOLVE).value
    found.resolved_at, found.resolution = clock.now(), resolution.strip()[:300]
    found.save()
    write(found, Move.RESOLVE, by, reason=found.resolution)
    return found
