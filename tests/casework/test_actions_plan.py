"""Goals, steps and versions of a plan that are kept word for word."""

from datetime import timedelta

import pytest

from linkworks.casework import actions
from linkworks.casework.models import Goal, GoalMove, Plan, PlanMove, Step
from linkworks.casework.states import PlanState
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def test_a_goal_starts_a_draft(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    goal = do(worker, actions.set_goal, case, facts=make.WISH)
    plan = Plan.objects.get(case=case)
    assert (goal.words, goal.needs, goal.benefit) == (make.WISH.words, ["loneliness"], "social-contact")
    assert (plan.version, plan.state) == (1, PlanState.DRAFT)
    assert [move.move for move in GoalMove.objects.filter(goal=goal)] == ["set"]


def test_goals_keep_their_order(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    for words in ("First", "Second", "Third"):
        do(worker, actions.set_goal, case, facts=make.GoalFacts(words=words))
    assert list(Goal.objects.filter(case=case).values_list("words", flat=True)) == ["First", "Second", "Third"]


def test_a_goal_pressed_twice_is_set_once(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    goals = {do(worker, actions.set_goal, case, facts=make.WISH, token="same").pk for _ in range(2)}
    assert len(goals) == Goal.objects.filter(case=case).count() == 1


def test_a_goal_needs_words(cast: Cast, worker: Actor) -> None:
    with pytest.raises(Invalid, match="own words"):
        do(worker, actions.set_goal, make.active(cast), facts=make.GoalFacts(words=" "))


@pytest.mark.parametrize("stage", [make.waiting, make.closed])
def test_no_goals_without_a_worker_or_after_closing(cast: Cast, worker: Actor, stage) -> None:
    with pytest.raises(NotAllowed):
        do(worker, actions.set_goal, stage(cast), facts=make.WISH)


class TestSteps:
    def test_who_does_what_by_when(self, cast: Cast, worker: Actor) -> None:
        _, goal = make.with_goal(cast)
        step = Step.objects.get(goal=goal)
        assert (step.what, step.who, step.done_at) == ("Ring the lunch club", "My link worker", None)

    def test_done_once(self, cast: Cast, worker: Actor) -> None:
        _, goal = make.with_goal(cast)
        step = Step.objects.get(goal=goal)
        first = do(worker, actions.finish_step, step.pk).done_at
        assert do(worker, actions.finish_step, step.pk).done_at == first

    def test_taken_out_of_the_draft_and_kept_in_what_was_agreed(self, cast: Cast, worker: Actor) -> None:
        case, goal, plan = make.planned(cast)
        do(worker, actions.remove_step, Step.objects.get(goal=goal).pk)
        assert not Step.objects.filter(goal=goal).exists()
        plan.refresh_from_db()
        assert plan.as_agreed["goals"][0]["steps"][0]["what"] == "Ring the lunch club"
        assert Plan.objects.get(case=case, state="draft").version == 2

    @pytest.mark.parametrize(("what", "who", "field"), [(" ", "Me", "what"), ("Walk", " ", "who")])
    def test_both_are_needed(self, cast: Cast, worker: Actor, what: str, who: str, field: str) -> None:
        _, goal = make.with_goal(cast)
        with pytest.raises(Invalid) as problem:
            do(worker, actions.add_step, goal, facts=make.StepFacts(what=what, who=who))
        assert problem.value.field == field

    def test_a_step_that_went_says_so(self, cast: Cast, worker: Actor) -> None:
        _, goal = make.with_goal(cast)
        step = Step.objects.get(goal=goal)
        do(worker, actions.remove_step, step.pk)
        with pytest.raises(NotAllowed, match="no longer in the plan"):
            do(worker, actions.finish_step, step.pk)


class TestAgree:
    def test_this_version_is_kept_word_for_word(self, cast: Cast, worker: Actor, queued) -> None:
        _, goal, plan = make.planned(cast)
        assert (plan.state, plan.version, plan.agreed_how) == (PlanState.AGREED, 1, "On the telephone")
        assert plan.as_agreed["what_matters"] == make.TALK.what_matters
        assert plan.as_agreed["goals"][0]["words"] == make.WISH.words
        do(worker, actions.change_goal, goal, facts=make.GoalFacts(words="Something else"))
        plan.refresh_from_db()
        assert plan.as_agreed["goals"][0]["words"] == make.WISH.words
        assert queued("casework.tell_plan_agreed") == [[str(plan.pk)]]

    def test_the_next_version_supersedes_it(self, cast: Cast, worker: Actor) -> None:
        case, goal, first = make.planned(cast)
        do(worker, actions.change_goal, goal, facts=make.GoalFacts(words="Something else"))
        second = do(worker, actions.agree_plan, case, how="In person")
        first.refresh_from_db()
        assert (first.state, second.state, second.version) == (PlanState.SUPERSEDED, PlanState.AGREED, 2)
        moves = PlanMove.objects.filter(plan__case=case).order_by("made_at").values_list("move", flat=True)
        assert list(moves) == ["draft", "agree", "draft", "supersede", "agree"]

    def test_reviewed_in_the_schemes_weeks_unless_said(self, cast: Cast, worker: Actor) -> None:
        _, _, plan = make.planned(cast)
        assert plan.review_on == clock.working_day(clock.today() + timedelta(weeks=6))

    def test_next_comes_finding_support(self, cast: Cast, worker: Actor) -> None:
        case, _, _ = make.planned(cast)
        assert case.next_action == f"Find support for “{make.WISH.words}”"

    def test_not_without_a_goal(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        do(worker, actions.start_plan, case)
        with pytest.raises(Invalid, match="at least one goal"):
            do(worker, actions.agree_plan, case, how="In person")

    def test_not_before_the_conversation(self, cast: Cast, worker: Actor) -> None:
        case = make.allocated(cast)
        do(worker, actions.set_goal, case, facts=make.WISH)
        with pytest.raises(Invalid, match="first conversation"):
            do(worker, actions.agree_plan, case, how="In person")

    def test_not_twice(self, cast: Cast, worker: Actor) -> None:
        case, _, _ = make.planned(cast)
        with pytest.raises(NotAllowed, match="no new version"):
            do(worker, actions.agree_plan, case, how="In person")

    def test_how_and_a_day_to_come_are_needed(self, cast: Cast, worker: Actor) -> None:
        case, _ = make.with_goal(cast)
        with pytest.raises(Invalid, match="how the person agreed"):
            do(worker, actions.agree_plan, case, how=" ")
        with pytest.raises(Invalid, match="after today"):
            do(worker, actions.agree_plan, case, how="In person", review_on=clock.today())

    @pytest.mark.parametrize("who", ["colleague", "outsider", "referrer", "provider_coordinator"])
    def test_others_cannot(self, cast: Cast, who: str) -> None:
        case, _ = make.with_goal(cast)
        with pytest.raises(NotAllowed):
            do(cast.actor(getattr(cast, who)), actions.agree_plan, case, how="In person")


def test_starting_a_plan_twice_goes_on_with_the_same_draft(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    assert do(worker, actions.start_plan, case) == do(worker, actions.start_plan, case)


def test_a_reviewed_goal_takes_no_more_steps(cast: Cast, worker: Actor) -> None:
    case = make.reviewed(cast)
    with pytest.raises(NotAllowed, match="reviewed already"):
        do(worker, actions.add_step, Goal.objects.get(case=case), facts=make.STEP)
