"""Whoever referred hears what the person agreed to share, and no more, once."""

from typing import Any

import pytest

from linkworks.casework import actions
from linkworks.casework.models import Goal, Plan
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from linkworks.people.states import SharingTopic
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

PRIVATE = ("Jean", "Marlow", "loneliness", "lunch", "eat with other people")


def agree(cast: Cast, case: Any, agreed: bool = True) -> None:
    choices = {SharingTopic.REFERRER_FEEDBACK.value: agreed}
    do(cast.actor(cast.link_worker), actions.choose_sharing, case, choices=choices, how="In person")


def read(template: str) -> Message:
    return Message.objects.get(template=template, way="account")


def test_without_agreement_only_that_a_plan_was_made(cast: Cast, job: Actor) -> None:
    _, _, plan = make.planned(cast)
    do(job, actions.tell_plan_agreed, plan.pk)
    message = read("plan-agreed")
    assert message.user_id == cast.referrer.id
    assert not any(word in message.subject + message.body for word in PRIVATE)


def test_with_agreement_what_they_are_working_towards(cast: Cast, job: Actor) -> None:
    case, _, plan = make.planned(cast)
    agree(cast, case)
    do(job, actions.tell_plan_agreed, plan.pk)
    assert make.WISH.words in read("plan-agreed").body


def test_the_newest_choice_counts(cast: Cast, job: Actor) -> None:
    case, _, plan = make.planned(cast)
    agree(cast, case)
    agree(cast, case, agreed=False)
    do(job, actions.tell_plan_agreed, plan.pk)
    assert make.WISH.words not in read("plan-agreed").body


def test_told_once_whatever_later_versions_say(cast: Cast, worker: Actor, job: Actor) -> None:
    case, goal, first = make.planned(cast)
    do(job, actions.tell_plan_agreed, first.pk)
    do(worker, actions.change_goal, goal, facts=make.GoalFacts(words="Another"))
    second = do(worker, actions.agree_plan, case, how="In person")
    for plan in (second, first, Plan.objects.get(pk=second.pk)):
        do(job, actions.tell_plan_agreed, plan.pk)
    assert Message.objects.filter(template="plan-agreed", way="account").count() == 1


def test_finished_without_agreement_says_only_that(cast: Cast, job: Actor) -> None:
    case = make.closed(cast)
    do(job, actions.tell_finished, case.pk)
    assert not any(word in read("case-finished").body for word in (*PRIVATE, "Goals met"))


def test_finished_with_agreement_says_how_it_went(cast: Cast, worker: Actor, job: Actor) -> None:
    case = make.reviewed(cast)
    agree(cast, case)
    make.answers(cast, case, "end")
    case = do(worker, actions.close, case, reason="goals-met", summary="Goes to lunch every week.")
    do(job, actions.tell_finished, case.pk)
    body = read("case-finished").body
    for words in ("Goals met", make.WISH.words, "Goes to lunch every week."):
        assert words in body


def test_a_goal_with_a_full_stop_reads_as_one_line(cast: Cast, worker: Actor, job: Actor) -> None:
    case = make.reviewed(cast)
    Goal.objects.filter(case=case).update(words="I have tea once a week.")
    agree(cast, case)
    case = do(worker, actions.close, case, reason="goals-met", missing_because="She was away")
    do(job, actions.tell_finished, case.pk)
    assert "• I have tea once a week: achieved" in read("case-finished").body


def test_a_case_opened_again_meanwhile_is_not_finished(cast: Cast, worker: Actor, job: Actor) -> None:
    case = do(worker, actions.reopen, make.closed(cast), reason="She rang")
    do(job, actions.tell_finished, case.pk)
    assert not Message.objects.filter(template="case-finished").exists()


def test_the_e_mail_names_nobody(cast: Cast, job: Actor) -> None:
    case, _, plan = make.planned(cast)
    agree(cast, case)
    do(job, actions.tell_plan_agreed, plan.pk)
    for mail in Message.objects.filter(way="email"):
        assert not any(word in mail.subject + mail.body for word in PRIVATE)


def test_the_worker_hears_of_a_new_case_once(cast: Cast, job: Actor) -> None:
    case = make.allocated(cast)
    for _ in range(2):
        do(job, actions.tell_allocated, case.pk)
    assert Message.objects.get(template="case-allocated", way="account").user_id == cast.link_worker.id


def test_a_case_nobody_has_is_told_to_nobody(cast: Cast, job: Actor) -> None:
    do(job, actions.tell_allocated, make.waiting(cast).pk)
    assert not Message.objects.filter(template="case-allocated").exists()


@pytest.mark.parametrize("template", ["plan-agreed", "case-finished"])
def test_only_this_cases_referrers_hear(cast: Cast, job: Actor, template: str) -> None:
    first = make.closed(cast)
    do(job, actions.tell_finished, first.pk)
    before = Message.objects.filter(way="account").count()
    again = make.waiting(cast, person_id=first.person_id)
    do(cast.actor(cast.manager), actions.allocate, again, worker_id=cast.link_worker.id)
    closed = do(cast.actor(cast.link_worker), actions.close, again, reason="moved-away")
    do(job, actions.tell_finished, closed.pk)
    assert Message.objects.filter(way="account").count() == before + 1
