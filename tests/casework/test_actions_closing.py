"""Reviewing, pausing, closing and taking a case up again."""

from datetime import timedelta

import pytest

from linkworks.casework import actions
from linkworks.casework.models import Goal, GoalMove, Plan, Task
from linkworks.casework.queries import closing_facts, tries_of
from linkworks.casework.rules.facts import GoalReview
from linkworks.casework.states import CaseState
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.messaging.models import Message
from linkworks.messaging.queries import reach_of
from linkworks.people.queries import channels_of
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


class TestReview:
    @pytest.mark.parametrize(
        ("move", "state"),
        [("achieve", "achieved"), ("achieve-partly", "partly-achieved"), ("miss", "not-achieved"), ("drop", "dropped")],
    )
    def test_how_a_goal_went(self, cast: Cast, worker: Actor, move: str, state: str) -> None:
        case, goal, _ = make.planned(cast)
        do(worker, actions.review_goals, case, reviews=[GoalReview(goal.pk, move, "I go every week.")])
        goal.refresh_from_db()
        assert (goal.state, goal.review_words) == (state, "I go every week.")
        assert GoalMove.objects.get(goal=goal, move=move).reason == "I go every week."

    def test_a_goal_may_go_on_with_a_word_about_it(self, cast: Cast, worker: Actor) -> None:
        case, goal, _ = make.planned(cast)
        do(worker, actions.review_goals, case, reviews=[GoalReview(goal.pk, "", "Slowly.")])
        goal.refresh_from_db()
        assert (goal.state, goal.review_words) == ("open", "Slowly.")

    def test_the_next_review_is_kept_on_the_plan_and_the_case(self, cast: Cast, worker: Actor) -> None:
        case, _, plan = make.planned(cast)
        day = clock.today() + timedelta(days=40)
        case = do(worker, actions.review_goals, case, reviews=[], review_on=day)
        plan.refresh_from_db()
        assert plan.review_on == case.next_action_on == day

    def test_once_reviewed_a_goal_is_not_reviewed_again(self, cast: Cast, worker: Actor) -> None:
        case = make.reviewed(cast)
        goal = Goal.objects.get(case=case)
        with pytest.raises(NotAllowed):
            do(worker, actions.review_goals, case, reviews=[GoalReview(goal.pk, "miss")])
        do(worker, actions.review_goals, case, reviews=[GoalReview(goal.pk, "reopen", "It stopped.")])
        goal.refresh_from_db()
        assert goal.state == "open"

    def test_only_the_persons_own_goals(self, cast: Cast, worker: Actor) -> None:
        case, _, _ = make.planned(cast)
        _, other, _ = make.planned(cast, given_name="Ada", nhs_number="")
        with pytest.raises(Invalid):
            do(worker, actions.review_goals, case, reviews=[GoalReview(other.pk, "achieve")])

    def test_the_day_is_still_to_come(self, cast: Cast, worker: Actor) -> None:
        case, _, _ = make.planned(cast)
        with pytest.raises(Invalid, match="after today"):
            do(worker, actions.review_goals, case, reviews=[], review_on=clock.today())


class TestPause:
    def test_until_a_day(self, cast: Cast, worker: Actor) -> None:
        case = make.paused(cast)
        assert (case.state, case.paused_until) == (CaseState.PAUSED, case.next_action_on)
        assert case.moves.last().reason == "Away with her sister"

    def test_and_on_again(self, cast: Cast, worker: Actor) -> None:
        case = do(worker, actions.resume, make.paused(cast))
        assert (case.state, case.paused_until) == (CaseState.ACTIVE, None)

    @pytest.mark.parametrize("stage", [make.waiting, make.paused, make.closed])
    def test_not_at_every_stage(self, cast: Cast, worker: Actor, stage) -> None:
        with pytest.raises(NotAllowed):
            do(worker, actions.pause, stage(cast), until=clock.today() + timedelta(days=5), reason="Away")

    @pytest.mark.parametrize("stage", [make.active, make.allocated, make.closed])
    def test_only_what_is_paused_is_taken_up(self, cast: Cast, worker: Actor, stage) -> None:
        with pytest.raises(NotAllowed):
            do(worker, actions.resume, stage(cast))

    def test_a_day_and_a_reason_are_needed(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        with pytest.raises(Invalid, match="after today"):
            do(worker, actions.pause, case, until=clock.today(), reason="Away")
        with pytest.raises(Invalid, match="why"):
            do(worker, actions.pause, case, until=clock.today() + timedelta(days=1), reason="")


class TestClose:
    def test_with_everything_done(self, cast: Cast, worker: Actor, queued) -> None:
        case = make.closed(cast)
        assert (case.state, case.close_reason, case.close_summary) == (
            CaseState.CLOSED,
            "goals-met",
            "Goes to lunch every week.",
        )
        assert case.closed_at is not None
        assert (case.next_action, case.next_action_on) == ("", None)
        assert queued("casework.tell_finished") == [[str(case.pk)]]

    def test_goals_first(self, cast: Cast, worker: Actor) -> None:
        case, _, _ = make.planned(cast)
        with pytest.raises(Invalid, match="1 goal has not been reviewed"):
            do(worker, actions.close, case, reason="goals-met")
        assert make.fresh(case).state == CaseState.ACTIVE

    def test_answers_or_why_not(self, cast: Cast, worker: Actor) -> None:
        case = make.reviewed(cast)
        with pytest.raises(Invalid) as problem:
            do(worker, actions.close, case, reason="goals-met")
        assert problem.value.field == "missing_because"
        closed = do(worker, actions.close, case, reason="goals-met", missing_because="Did not want to")
        assert closed.closing_measure_missing == "Did not want to"

    def test_no_group_is_left_waiting(self, cast: Cast, worker: Actor) -> None:
        case, goal, connection = make.connected(cast)
        do(worker, actions.review_goals, case, reviews=[GoalReview(goal.pk, "drop")])
        facts = {"reason": "person-chose-to-stop", "missing_because": "Chose not to"}
        with pytest.raises(Invalid, match="Tuesday lunch club"):
            do(worker, actions.close, case, **facts)
        do(worker, actions.close, case, **facts, withdraw_unanswered=True)
        assert Connection.objects.get(pk=connection.pk).state == "withdrawn"

    @pytest.mark.parametrize(("reason", "written_to"), [("deceased", False), ("moved-away", True)])
    def test_somebody_who_is_gone_holds_no_place(
        self, cast: Cast, worker: Actor, reason: str, written_to: bool
    ) -> None:
        case, _, connection = make.connected(cast)
        group = cast.actor(cast.provider_coordinator)
        do(group, connections.accept, connection)
        do(worker, actions.close, case, reason=reason, missing_because="They are gone.")
        connection.refresh_from_db()
        assert (connection.state, connection.ending) == ("ended", reason)
        (way, *_) = channels_of(case.person_id)
        assert reach_of(way.pk, cast.scheme.id).has_died is not written_to, "the dead are not written to"

    def test_open_tasks_end_with_it(self, cast: Cast, worker: Actor) -> None:
        case = make.reviewed(cast)
        do(worker, actions.add_task, case, title="Ring", due_on=clock.today(), token="t")
        do(worker, actions.close, case, reason="moved-away")
        assert not Task.objects.filter(case=case, done_at__isnull=True).exists()

    def test_a_reason_from_the_list(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(Invalid, match="Choose why"):
            do(worker, actions.close, make.reviewed(cast), reason="bored")

    def test_once(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(NotAllowed):
            do(worker, actions.close, make.closed(cast), reason="goals-met")

    @pytest.mark.parametrize("who", ["colleague", "outsider", "referrer", "provider_coordinator", "commissioner"])
    def test_others_cannot(self, cast: Cast, who: str) -> None:
        case = make.reviewed(cast)
        with pytest.raises(NotAllowed):
            do(cast.actor(getattr(cast, who)), actions.close, case, reason="moved-away")


class TestCouldNotContact:
    def test_a_letter_goes_where_letters_are_safe(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=3)
        do(worker, actions.set_channel, case, kind="letter", value="4 Choumert Road, SE15 5DD", is_safe=True)
        closed = do(worker, actions.close_could_not_contact, case)
        letter = Message.objects.get(about_id=case.pk, audience="person")
        assert (closed.state, closed.close_reason) == (CaseState.CLOSED, "could-not-contact")
        assert (letter.way, letter.template, letter.address) == (
            "letter",
            "could-not-reach",
            "4 Choumert Road, SE15 5DD",
        )
        assert "Dear Jean" in letter.body
        assert case.reference in letter.body

    @pytest.mark.parametrize("safe", [False, None])
    def test_and_nowhere_else(self, cast: Cast, worker: Actor, safe: bool | None) -> None:
        case = make.contacting(cast, tries=3)
        do(worker, actions.set_channel, case, kind="letter", value="4 Choumert Road", is_safe=safe)
        do(worker, actions.close_could_not_contact, case)
        assert not Message.objects.filter(about_id=case.pk, audience="person").exists()

    def test_not_before_the_schemes_tries(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=2)
        with pytest.raises(NotAllowed, match="Try 3 times"):
            do(worker, actions.close_could_not_contact, case)
        assert make.fresh(case).state == CaseState.CONTACTING


class TestReopen:
    def test_it_goes_on_with_its_history(self, cast: Cast, worker: Actor) -> None:
        case = do(worker, actions.reopen, make.closed(cast), reason="She rang again.")
        assert (case.state, case.closed_at, case.close_reason) == (CaseState.ACTIVE, None, "")
        assert case.next_action == "Call Jean"
        assert [each.move for each in case.moves.all()][-2:] == ["close", "reopen"]

    def test_a_reason_is_needed(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(Invalid):
            do(worker, actions.reopen, make.closed(cast), reason=" ")

    def test_not_beside_another_open_case(self, cast: Cast, worker: Actor) -> None:
        closed = make.closed(cast)
        make.waiting(cast, person_id=closed.person_id)
        with pytest.raises(NotAllowed, match="another open case"):
            do(worker, actions.reopen, closed, reason="Again")

    @pytest.mark.parametrize("stage", [make.allocated, make.active, make.paused])
    def test_only_what_is_closed(self, cast: Cast, worker: Actor, stage) -> None:
        with pytest.raises(NotAllowed):
            do(worker, actions.reopen, stage(cast), reason="Why not")

    def test_tries_are_counted_anew(self, cast: Cast, worker: Actor) -> None:
        case = do(worker, actions.close_could_not_contact, make.contacting(cast, tries=3))
        case = do(worker, actions.reopen, case, reason="She rang")
        assert tries_of(case).made == 0

    def test_the_first_endings_answers_do_not_count_for_the_second(self, cast: Cast, worker: Actor) -> None:
        case = make.closed(cast)
        assert closing_facts(case).has_closing_answers
        case = do(worker, actions.reopen, case, reason="She rang again.")
        assert not closing_facts(case).has_closing_answers
        make.answers(cast, case, "end")
        assert closing_facts(case).has_closing_answers

    def test_plans_stay_as_they_were(self, cast: Cast, worker: Actor) -> None:
        case = do(worker, actions.reopen, make.closed(cast), reason="She rang again.")
        assert Plan.objects.get(case=case).state == "agreed"
