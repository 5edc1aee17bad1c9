"""A review and the end of a pause come back on their day, and what somebody wrote is never replaced by another hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Case, Contact, Plan, Task
from linkworks.casework.queries import today_of
from linkworks.casework.states import CaseState, NextKind
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.people.actions import change_details, restrict
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

from .test_cover import away
from .test_pages_restriction import JEAN

REVIEW, TAKE_UP, FORM = "Review the plan with Jean", "Take up again with Jean", "Bring the bus pass form"


def to_do(case: Case) -> list[tuple[str, date]]:
    return list(Task.objects.filter(case=case, done_at__isnull=True, kind="to-do").values_list("title", "due_on"))


def says_next(by: Actor, case: Case, words: str = FORM, days: int = 3) -> date:
    day = clock.add_working_days(clock.today(), days)
    do(by, actions.record_contact, case, facts=make.spoke(next_action=words, next_action_on=day))
    return day


def not_reached(by: Actor, case: Case) -> Any:
    return do(by, actions.record_contact, case, facts=make.NO_ANSWER)


def found_nothing(by: Actor, case: Case) -> Any:
    return do(by, actions.record_unmet_need, case, facts=make.UNMET)


def to_review(cast: Cast, by: Actor) -> Case:
    case, _, _ = make.planned(cast)
    return do(by, actions.review_goals, case, reviews=[], review_on=clock.today() + timedelta(days=42))


class TestTheReview:
    @pytest.mark.parametrize("overtaken", [says_next, not_reached, found_nothing])
    def test_it_stays_on_its_day_whatever_is_next(self, cast: Cast, worker: Actor, overtaken: Any) -> None:
        case = to_review(cast, worker)
        overtaken(worker, case)
        assert make.fresh(case).next_action != REVIEW
        assert (REVIEW, case.next_action_on) in to_do(case)
        Task.objects.filter(case=case, title=REVIEW).update(due_on=clock.today())
        assert REVIEW in [item.what for item in do(worker, lambda *, by: today_of(by)).today]

    def test_one_that_is_overdue_stays_too(self, cast: Cast, worker: Actor) -> None:
        case = to_review(cast, worker)
        day = clock.today() - timedelta(days=1)
        Case.objects.filter(pk=case.pk).update(next_action_on=day)
        Plan.objects.filter(case=case).update(review_on=day)
        says_next(worker, case)
        assert to_do(case) == [(REVIEW, day)]

    def test_while_support_is_looked_for_the_review_is_to_come(self, cast: Cast, worker: Actor) -> None:
        case, _, plan = make.planned(cast)
        assert make.fresh(case).next_kind == NextKind.FIND
        found_nothing(worker, case)
        says_next(worker, case)
        assert to_do(case) == [(REVIEW, plan.review_on)]

    def test_held_or_next_again_it_is_said_once(self, cast: Cast, worker: Actor) -> None:
        case = to_review(cast, worker)
        for days in (50, 60):
            says_next(worker, case)
            assert [title for title, _ in to_do(case)].count(REVIEW) == 1
            do(worker, actions.review_goals, case, reviews=[], review_on=clock.today() + timedelta(days=days))
            assert REVIEW not in dict(to_do(case))
        says_next(worker, case)
        assert (REVIEW, clock.today() + timedelta(days=60)) in to_do(case)


class TestThePause:
    @pytest.mark.parametrize("overtaken", [says_next, not_reached])
    def test_the_case_comes_back_on_its_day(self, cast: Cast, worker: Actor, overtaken: Any) -> None:
        case = make.paused(cast)
        overtaken(worker, case)
        overtaken(worker, case)
        assert make.fresh(case).state == CaseState.PAUSED
        assert (TAKE_UP, case.paused_until) in to_do(case)

    def test_taken_up_again_nothing_has_to_come_back(self, cast: Cast, worker: Actor) -> None:
        case = make.paused(cast)
        not_reached(worker, case)
        do(worker, actions.resume, case)
        assert TAKE_UP not in [title for title, _ in to_do(case)]

    def test_nothing_is_said_twice_while_it_is_next(self, cast: Cast, worker: Actor) -> None:
        case = make.paused(cast)
        assert (make.fresh(case).next_action, TAKE_UP in dict(to_do(case))) == (TAKE_UP, False)


class TestAnotherHand:
    def test_whoever_covers_does_not_replace_the_workers_words(
        self, cast: Cast, worker: Actor, colleague: Actor
    ) -> None:
        case = make.active(cast)
        day = says_next(worker, case)
        away(cast)
        says_next(colleague, case, "Ring the sister")
        assert make.fresh(case).next_action == "Ring the sister"
        assert to_do(case) == [(FORM, day)]
        says_next(worker, case, "Visit")
        assert make.fresh(case).next_action == "Visit" and to_do(case) == [(FORM, day)]

    def test_the_workers_words_survive_another_name(self, cast: Cast, worker: Actor) -> None:
        case = make.allocated(cast)
        do(worker, change_details, case.person, changes={"chosen_name": "Jeannie"})
        not_reached(worker, case)
        assert to_do(case) == []

    def test_somebody_in_for_an_hour_changes_nothing_of_the_case(
        self, cast: Cast, worker: Actor, lead: Actor, colleague: Actor
    ) -> None:
        case = make.allocated(cast)
        do(lead, restrict, case.person, level="protected", reason="Her brother works here")
        before = make.fresh(case)
        cast.client(cast.colleague).post(reverse("casework:emergency"), {**JEAN, "reason": "The line went dead"})
        day = says_next(colleague, case, "Ring her tonight")
        now = make.fresh(case)
        assert (now.state, now.next_action, now.next_action_on) == (
            before.state, before.next_action, before.next_action_on,
        )  # fmt: skip
        assert Contact.objects.filter(case=case).count() == 1
        assert list(Task.objects.filter(case=case).values_list("title", "due_on", "worker")) == [
            ("Ring her tonight", day, cast.link_worker.id)
        ]


class TestWaitingForAnswers:
    def test_another_groups_answer_is_next_when_one_has_answered(
        self, cast: Cast, worker: Actor, provider: Actor, job: Actor
    ) -> None:
        case, goal, first = make.connected(cast)
        do(worker, change_details, case.person, changes={"chosen_name": "Jeannie"})
        choir = make.service(cast, name="Choir")
        second = do(worker, actions.connect, goal, service_id=choir.pk, sharing=make.SHARED)
        for connection, words in ((second, "Hear whether Tuesday lunch club"), (first, "Review the plan")):
            do(provider, connections.accept, connection)
            do(job, actions.follow_connection, connection.pk)
            assert make.fresh(case).next_action.startswith(words)
