"""The main job through the actions, once, from a referral to how it went."""

from linkworks.casework import actions
from linkworks.casework.models import Case, Goal
from linkworks.casework.states import CaseState
from linkworks.connections import actions as connections
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def test_from_referral_to_outcome(cast: Cast) -> None:
    case, goal, connection = make.connected(cast)
    worker, provider = cast.actor(cast.link_worker), cast.actor(cast.provider_coordinator)
    make.answers(cast, case, "start")
    do(provider, connections.accept, connection)
    do(worker, actions.review_goals, case, reviews=[make.GoalReview(goal.id, "achieve", "I go every week")])
    make.answers(cast, case, "end", satisfied=8)

    closed = do(worker, actions.close, case, reason="goals-met", summary="Goes to lunch.")

    assert closed.state == CaseState.CLOSED
    assert Goal.objects.get(pk=goal.pk).state == "achieved"
    assert [move.move for move in Case.objects.get(pk=case.pk).moves.all()] == ["open", "allocate", "begin", "close"]
