"""The pages offer what can be done, all of it, and nothing that is refused."""

from typing import Any

import pytest
from django.template.loader import get_template
from django.urls import reverse

from linkworks.audit.models import RecordView
from linkworks.casework import actions
from linkworks.casework.models import Contact, Goal
from linkworks.connections.models import Connection
from linkworks.core.actor import Actor
from linkworks.people.actions import restrict
from linkworks.referrals import actions as referrals
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def shown(cast: Cast, name: str, *ids: Any, who: Any = None) -> str:
    page = cast.client(who or cast.link_worker).get(reverse(f"casework:{name}", args=ids))
    assert page.status_code == 200
    return str(page.content.decode())


def press(cast: Cast, name: str, *ids: Any, **answers: str) -> Any:
    return cast.client(cast.link_worker).post(reverse(f"casework:{name}", args=ids), answers, follow=True)


class TestWhyAReferralWasChanged:
    """A task says “read why”: the why stands in the case, for a protected person too."""

    @pytest.mark.parametrize("level", ["normal", "protected"])
    def test_what_was_put_right_and_why_and_that_it_was_taken_back(self, cast: Cast, lead: Actor, level: str) -> None:
        case = make.active(cast)
        if level != "normal":
            do(lead, restrict, case.person, level=level, reason="Safety")
        sender, referral = cast.actor(cast.referrer), Referral.objects.get(pk=case.referral_id)
        changes = {"anything_to_know": "Knock twice.", "postcode": "SE15 4AA"}
        do(sender, referrals.amend, referral, changes=changes, reason="She told me on Friday")
        do(sender, referrals.withdraw, Referral.objects.get(pk=referral.pk), reason="She changed her mind")
        page = shown(cast, "case", case.pk)
        assert page.count("She told me on Friday") == 1  # changed together, told in one line
        for words in ("to “Knock twice.”", "Postcode: from", "She changed her mind"):
            assert words in page

    def test_the_inbox_says_which_answer_was_put_right(self, cast: Cast) -> None:
        case = make.waiting(cast)
        sender, referral = cast.actor(cast.referrer), Referral.objects.get(pk=case.referral_id)
        do(sender, referrals.amend, referral, changes={"anything_to_know": "Knock."}, reason="She said")
        assert "Anything to know: from “nothing” to “Knock.”" in shown(cast, "inbox-referral", referral.pk)


class TestGoals:
    def test_a_reviewed_goal_is_taken_up_again(self, cast: Cast) -> None:
        case = make.reviewed(cast)
        goal = Goal.objects.get(case=case)
        assert reverse("casework:goal-reopen", args=[goal.pk]) in shown(cast, "case", case.pk)
        press(cast, "goal-reopen", goal.pk)
        goal.refresh_from_db()
        assert goal.state == "open"
        assert make.fresh(case).next_action == f"Review the plan with {case.person.called}"
        page = shown(cast, "case", case.pk)
        assert "Goal taken up again" in page
        assert reverse("casework:goal-reopen", args=[goal.pk]) not in page

    def test_the_day_of_the_review_stays(self, cast: Cast) -> None:
        case = make.reviewed(cast)
        before = case.plans.get(state="agreed").review_on
        press(cast, "goal-reopen", Goal.objects.get(case=case).pk)
        assert case.plans.get(state="agreed").review_on == before

    def test_an_open_goal_is_not_taken_up_twice(self, cast: Cast) -> None:
        _, goal = make.with_goal(cast)
        assert "cannot be changed in that way" in press(cast, "goal-reopen", goal.pk).content.decode()

    def test_a_wrong_step_is_taken_out_where_it_stands(self, cast: Cast) -> None:
        case, goal = make.with_goal(cast)
        step = goal.steps.get()
        assert f'action="{reverse("casework:step-remove", args=[step.pk])}"' in shown(cast, "plan", case.pk)
        press(cast, "step-remove", step.pk)
        assert not goal.steps.exists()


class TestConnection:
    def test_a_place_that_is_gone_is_keyed_in_as_their_no(self, cast: Cast, worker: Actor) -> None:
        _, _, connection = make.connected(cast)
        do(worker, actions.record_answer, connection, answer="accept")
        assert reverse("casework:connection-answer", args=[connection.pk]) in shown(cast, "connection", connection.pk)
        press(cast, "connection-answer", connection.pk, answer="decline", reason="full")
        assert Connection.objects.get(pk=connection.pk).state == "declined"
        assert "They said: " in shown(cast, "connection", connection.pk)

    def test_whoever_is_let_in_for_an_hour_finds_nothing_that_refuses(self, cast: Cast, lead: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(lead, restrict, case.person, level="protected", reason="Safety")
        typed = {"given_name": case.person.given_name, "family_name": case.person.family_name, "reason": "She rang"}
        born = case.person.born_on
        typed |= {"born_on_day": str(born.day), "born_on_month": str(born.month), "born_on_year": str(born.year)}
        cast.client(cast.colleague).post(reverse("casework:emergency"), typed)
        page = shown(cast, "connection", connection.pk, who=cast.colleague)
        for name in ("connection-answer", "connection-withdraw", "connection-write"):
            assert reverse(f"casework:{name}", args=[connection.pk]) not in page

    @pytest.mark.parametrize("name", ["connection", "connection-feedback", "connection-end", "connection-write"])
    def test_one_look_is_written_down_once(self, cast: Cast, name: str) -> None:
        _, _, connection = make.connected(cast)
        before = RecordView.objects.count()
        shown(cast, name, connection.pk)
        assert RecordView.objects.count() == before + 1


class TestClosing:
    def test_before_enough_tries_there_is_no_button_to_close(self, cast: Cast) -> None:
        case = make.contacting(cast, tries=1)
        page = shown(cast, "close-unreached", case.pk)
        assert "So far: 1 try." in page
        assert "Close the case" not in page

    def test_a_forgotten_tick_is_asked_for_on_the_page(self, cast: Cast) -> None:
        case = make.contacting(cast, tries=3)
        make.concern(cast, case)
        answer = press(cast, "close-unreached", case.pk)
        assert answer.status_code == 400
        assert "Tell the safeguarding lead, then tick the box" in answer.content.decode()

    def test_a_closed_case_takes_a_note_and_says_where(self, cast: Cast) -> None:
        case = make.closed(cast)
        assert reverse("casework:contact", args=[case.pk]) in shown(cast, "case", case.pk)
        page = shown(cast, "contact", case.pk)
        assert "A note can still be added" in page
        assert "Next now" not in page and 'name="how"' not in page
        press(cast, "contact", case.pk, note="She rang to say thank you")
        note = Contact.objects.get(case=case, how="note")
        assert (note.note, note.result) == ("She rang to say thank you", "note-only")
        assert make.fresh(case).state == "closed"


def test_a_side_column_is_made_once() -> None:
    made: list[int] = []
    page = get_template("casework/goal_match.jinja").template.environment.from_string(
        '{% extends "ui/detail_page.jinja" %}{% block main_column %}Main{% endblock %}'
        "{% block side_column %}<p>{{ made.append(1) or 'Side' }}</p>{% endblock %}"
    )
    assert page.render(made=made, page_title="A page").count("<p>Side</p>") == 1
    assert len(made) == 1
