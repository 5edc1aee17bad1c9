"""The same form sent twice, the same button pressed twice, and the same form with other words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from linkworks.casework import actions
from linkworks.casework.models import Task
from linkworks.casework.rules.facts import GoalReview, MeasureFacts
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, LinkworksError
from tests.casework.everything import World, rows, world
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

Act = Callable[[World, Actor, str, bool], Any]
MEASURE = MeasureFacts(measure_id="ons4", stage="review", answers=make.FOUR_ANSWERS)


def wish(other: bool) -> Any:
    return replace(make.WISH, words="I want to sing") if other else make.WISH


# (it, by, token, whether other words are sent)
SENT: dict[str, Act] = {
    "contact": lambda it, by, token, other: actions.record_contact(
        it.case, facts=make.spoke(note="Other" if other else "Same"), token=token, by=by),
    "goal": lambda it, by, token, other: actions.set_goal(it.case, facts=wish(other), token=token, by=by),
    "step": lambda it, by, token, other: actions.add_step(
        it.goal, facts=replace(make.STEP, what="Walk" if other else "Ring"), token=token, by=by),
    "gap": lambda it, by, token, other: actions.record_unmet_need(
        it.case, facts=replace(make.UNMET, note="Other" if other else ""), token=token, by=by),
    "measure": lambda it, by, token, other: actions.record_measure(
        it.case, facts=replace(MEASURE, stage="end" if other else "review"), token=token, by=by),
    "task": lambda it, by, token, other: actions.add_task(
        it.case, title="Walk" if other else "Ring", due_on=clock.today(), token=token, by=by),
    "concern": lambda it, by, token, other: actions.raise_concern(
        it.case, facts=replace(make.WORRY, what_happened="Another" if other else "One"), token=token, by=by),
    "message": lambda it, by, token, other: actions.write_to_provider(
        it.connection, text="Other" if other else "Same", token=token, by=by),
    "connect": lambda it, by, token, other: actions.connect(
        it.goal, service_id=it.ids["service_id"], token=token, by=by,
        sharing=replace(make.SHARED, name_shared="Other" if other else "Jean")),
}  # fmt: skip


@pytest.mark.parametrize("name", SENT)
class TestAForm:
    def send(self, it: World, by: Actor, name: str, token: str, other: bool = False) -> Any:
        return do(by, lambda *, by: SENT[name](it, by, token, other))

    def test_sent_twice_it_gives_what_it_made(self, cast: Cast, worker: Actor, name: str) -> None:
        it = world(cast)
        first = self.send(it, worker, name, "one")
        made = rows()
        second = self.send(it, worker, name, "one")
        assert second.pk == first.pk
        assert rows() == made

    def test_sent_again_with_other_words_it_says_so_and_changes_nothing(
        self, cast: Cast, worker: Actor, name: str
    ) -> None:
        it = world(cast)
        self.send(it, worker, name, "one")
        made = rows()
        with pytest.raises(Conflict, match="already sent"):
            self.send(it, worker, name, "one", other=True)
        assert rows() == made

    def test_two_forms_make_two(self, cast: Cast, worker: Actor, name: str) -> None:
        it = world(cast)
        first = self.send(it, worker, name, "one")
        if name == "connect":
            with pytest.raises(Conflict, match="connected to"):
                self.send(it, worker, name, "two")
        else:
            assert self.send(it, worker, name, "two").pk != first.pk

    def test_without_a_token_nothing_is_lost(self, cast: Cast, worker: Actor, name: str) -> None:
        it = world(cast)
        first = self.send(it, worker, name, "")
        if name != "connect":
            second = self.send(it, worker, name, "", other=True)
            assert second is not None and second.pk != first.pk

    def test_a_form_that_was_refused_can_be_mended_and_sent_again(self, cast: Cast, worker: Actor, name: str) -> None:
        it = world(cast)
        before = rows()
        nobody = cast.actor(cast.outsider)
        with pytest.raises(LinkworksError):
            self.send(it, nobody, name, "one")
        assert rows() == before
        assert self.send(it, worker, name, "one") is not None


class TestAButton:
    def test_a_task_ticked_twice_keeps_when_and_who(self, cast: Cast, worker: Actor, manager: Actor) -> None:
        it = world(cast)
        task = Task.objects.get(pk=it.ids["task_id"])
        first = do(worker, actions.finish_task, task)
        second = do(manager, actions.finish_task, task)
        assert (second.done_at, second.done_by) == (first.done_at, "Amara Boateng")

    def test_a_step_done_twice_keeps_when(self, cast: Cast, worker: Actor) -> None:
        it = world(cast)
        first = do(worker, actions.finish_step, it.ids["step_id"]).done_at
        assert do(worker, actions.finish_step, it.ids["step_id"]).done_at == first

    def test_a_step_taken_out_twice_says_it_is_gone(self, cast: Cast, worker: Actor) -> None:
        it = world(cast)
        do(worker, actions.remove_step, it.ids["step_id"])
        with pytest.raises(LinkworksError, match="no longer in the plan"):
            do(worker, actions.remove_step, it.ids["step_id"])

    @pytest.mark.parametrize("move", ["achieve", "achieve-partly", "miss", "drop"])
    def test_a_goal_reviewed_twice_is_refused_and_its_words_stay(self, cast: Cast, worker: Actor, move: str) -> None:
        it = world(cast)
        do(worker, actions.review_goals, it.case, reviews=[GoalReview(it.goal.pk, move, "First")])
        with pytest.raises(LinkworksError):
            do(worker, actions.review_goals, it.case, reviews=[GoalReview(it.goal.pk, move, "Second")])
        it.goal.refresh_from_db()
        assert it.goal.review_words == "First"

    def test_the_same_plan_is_agreed_once(self, cast: Cast, worker: Actor) -> None:
        it = world(cast)
        do(worker, actions.start_plan, it.case)
        do(worker, actions.agree_plan, it.case, how="In person")
        with pytest.raises(LinkworksError, match="no new version"):
            do(worker, actions.agree_plan, it.case, how="In person")
        assert sorted(it.case.plans.values_list("version", "state")) == [(1, "superseded"), (2, "agreed")]

    def test_a_gap_is_resolved_once(self, cast: Cast, worker: Actor) -> None:
        it = world(cast)
        unmet = it.case.unmet_needs.get()
        do(worker, actions.resolve_unmet_need, unmet, resolution="A new group")
        with pytest.raises(LinkworksError):
            do(worker, actions.resolve_unmet_need, unmet, resolution="Another")
        unmet.refresh_from_db()
        assert unmet.resolution == "A new group"

    @pytest.mark.parametrize("answer", ["accept", "waitlist", "decline"])
    def test_an_answer_keyed_in_after_the_group_answered_is_refused(
        self, cast: Cast, worker: Actor, provider: Actor, answer: str
    ) -> None:
        it = world(cast)
        do(provider, connections.decline, it.connection, reason="full")
        before = rows()
        with pytest.raises(LinkworksError):
            do(worker, actions.record_answer, it.connection, answer=answer, reason="cost")
        assert rows() == before
        it.connection.refresh_from_db()
        assert it.connection.decline_reason == "full"

    @pytest.mark.parametrize("words", ["", "   ", "\n\t"])
    def test_only_spaces_are_never_a_reason(self, cast: Cast, worker: Actor, words: str) -> None:
        it = world(cast)
        unmet = it.case.unmet_needs.get()
        before = rows()
        for act in (
            lambda by: actions.withdraw_connection(it.connection, reason=words, by=by),
            lambda by: actions.resolve_unmet_need(unmet, resolution=words, by=by),
            lambda by: actions.hand_over(it.case, worker_id=cast.colleague.pk, note=words, by=by),
            lambda by: actions.pause(it.case, until=clock.today() + make.timedelta(days=2), reason=words, by=by),
            lambda by: actions.set_next_action(it.case, action=words, on=clock.today(), by=by),
            lambda by: actions.add_task(it.case, title=words, due_on=clock.today(), by=by),
            lambda by: actions.raise_concern(it.case, facts=replace(make.WORRY, what_happened=words), by=by),
        ):
            with pytest.raises(Invalid):
                do(worker, lambda *, by, act=act: act(by))
        assert rows() == before
