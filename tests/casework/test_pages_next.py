"""What is next, and the click that does it: on Today, on the case, and after a review."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Case
from linkworks.casework.presenters import doors
from linkworks.casework.rules.facts import GoalReview
from linkworks.casework.states import NextKind
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.core.actor import Actor
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def page(cast: Cast, name: str, *key: Any, who: Any = None) -> str:
    response = cast.client(who or cast.link_worker).get(reverse(f"casework:{name}", args=key))
    assert response.status_code == 200
    return response.content.decode()


def due_now(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(next_action_on=clock.today())


# what happened to the case → what kind of thing is next, the page that does it, and what its button says
STAGES: list[tuple[Any, NextKind, str, str]] = [
    (lambda cast: make.active(cast), NextKind.PLAN, "plan", "Make the plan"),
    (lambda cast: make.planned(cast)[0], NextKind.FIND, "plan", "Find support"),
    (lambda cast: make.connected(cast)[0], NextKind.ANSWER, "case", "Open the case"),
    (lambda cast: make.reviewed(cast), NextKind.FINISH, "close", "Close the case"),
    (lambda cast: make.contacting(cast, tries=1), NextKind.CONTACT, "contact", "Record a contact"),
    (lambda cast: make.contacting(cast, tries=3), NextKind.DECIDE, "close-unreached", "Decide whether to close"),
    (lambda cast: make.paused(cast), NextKind.CONTACT, "contact", "Record a contact"),
]


@pytest.mark.parametrize(("stage", "kind", "name", "words"), STAGES)
def test_the_button_of_a_row_does_what_the_row_says(
    cast: Cast, stage: Any, kind: NextKind, name: str, words: str
) -> None:
    case = stage(cast)
    due_now(case)
    said = page(cast, "today")
    assert case.next_kind == kind
    assert case.next_action in said.replace("&#39;", "'") or "“" in case.next_action
    assert f'href="{reverse(f"casework:{name}", args=[case.pk])}">{words}' in said
    assert ("Record a contact" in said) == (words == "Record a contact")


@pytest.mark.parametrize("kind", list(NextKind))
def test_every_kind_of_next_has_a_page_and_words(kind: NextKind) -> None:
    click = doors.next_click("7d1f2f3e-0000-4000-8000-000000000000", kind)
    assert click["text"] and "7d1f2f3e" in click["href"]


def test_a_task_of_ones_own_opens_the_case(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    do(worker, actions.add_task, case, title="Find her reading glasses", due_on=clock.today(), token="one")
    assert f'href="{reverse("casework:case", args=[case.pk])}">Open the case' in page(cast, "today")


def test_what_a_worker_writes_themselves_is_done_by_a_contact(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    do(worker, actions.set_next_action, case, action="Ring her sister", on=clock.today())
    due_now(case)
    assert make.fresh(case).next_kind == NextKind.OWN
    assert f'href="{reverse("casework:contact", args=[case.pk])}">Record a contact' in page(cast, "today")


def test_a_contact_without_a_next_action_leaves_what_was_next(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    do(worker, actions.record_contact, case, facts=make.spoke(next_action="", next_action_on=None))
    now = make.fresh(case)
    assert (now.next_action, now.next_kind) == ("Make a plan with Jean", NextKind.PLAN)


def test_a_contact_stays_one_click_away_on_the_case(cast: Cast) -> None:
    case = make.active(cast)
    said = page(cast, "case", case.pk)
    assert reverse("casework:contact", args=[case.pk]) in said and "Make the plan" in said
    assert "Record a contact" not in page(cast, "case", make.closed(cast).pk)
    assert page(cast, "case", make.contacting(cast, given_name="Ada").pk).count("Record a contact") == 1


def test_while_a_group_thinks_one_can_still_write_a_contact(cast: Cast) -> None:
    case, _, _ = make.connected(cast)
    assert page(cast, "case", case.pk).count("Record a contact") == 1


def test_an_answer_makes_the_review_next(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    do(job, actions.follow_connection, connection.pk)
    assert make.fresh(case).next_kind == NextKind.REVIEW


class TestAfterAReview:
    def test_with_a_goal_open_the_next_review_is_next(self, cast: Cast, worker: Actor) -> None:
        case, _, _ = make.planned(cast)
        day = clock.today() + timedelta(days=41)
        case = do(worker, actions.review_goals, case, reviews=[], review_on=day)
        assert (case.next_action, case.next_action_on, case.next_kind) == (
            "Review the plan with Jean", day, NextKind.REVIEW,
        )  # fmt: skip

    @pytest.mark.parametrize("move", ["achieve", "achieve-partly", "miss", "drop"])
    def test_with_nothing_left_to_work_on_finishing_does_not_wait_weeks(
        self, cast: Cast, worker: Actor, move: str
    ) -> None:
        case, goal, _ = make.planned(cast)
        case = do(worker, actions.review_goals, case, reviews=[GoalReview(goal.pk, move, "So it was.")])
        assert case.next_action == "Finish with Jean, or set a new goal"
        assert case.next_action_on == clock.add_working_days(clock.today(), 3)

    def test_one_goal_reached_of_two_goes_on(self, cast: Cast, worker: Actor) -> None:
        case, goal, _ = make.planned(cast)
        do(worker, actions.set_goal, case, facts=make.WISH)
        case = do(worker, actions.review_goals, case, reviews=[GoalReview(goal.pk, "achieve")])
        assert case.next_kind == NextKind.REVIEW

    def test_what_is_said_after_the_review(self, cast: Cast) -> None:
        case, goal, _ = make.planned(cast)
        make.answers(cast, case, "review")
        later = clock.today() + timedelta(days=42)
        day = {"review_on_day": later.day, "review_on_month": later.month, "review_on_year": later.year}
        client = cast.client(cast.link_worker)
        address = reverse("casework:review", args=[case.pk])
        response = client.post(address, {f"move-{goal.pk}": "achieve", **day}, follow=True)
        said = response.content.decode()
        assert "The review was kept." in said and "questions again" not in said
        assert "Close the case" in said
