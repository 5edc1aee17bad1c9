"""The pages offer what can be done, all of it, and nothing that is refused."""

import re
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import get_template
from django.urls import reverse

from linkworks.audit.models import RecordView
from linkworks.casework import actions, forms
from linkworks.casework.models import Contact, Goal
from linkworks.casework.presenters.feedback import words_line
from linkworks.connections.models import Connection
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.directory.models import Schedule
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


class TestSaidOnce:
    def test_a_warning_stands_once_on_a_case_and_beside_each_form(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        do(worker, actions.set_channel, case, kind="text", value="07700 900123", is_safe=False)
        for name in ("case", "details"):
            assert shown(cast, name, case.pk).count("Do not use 07700 900123: it is not safe.") == 1, name

    def test_an_accepted_referral_does_not_point_at_its_own_case(self, cast: Cast) -> None:
        case = make.active(cast)
        assert "has an open case" not in shown(cast, "inbox-referral", case.referral_id)

    def test_one_that_joined_leads_to_the_case_for_whoever_may_open_it(self, cast: Cast) -> None:
        case = make.active(cast)
        make.waiting(cast, person_id=case.person_id)
        joined = Referral.objects.filter(person=case.person_id).exclude(pk=case.referral_id).get()
        address = reverse("casework:case", args=[case.pk])
        assert address in shown(cast, "inbox-referral", joined.pk)
        colleagues = shown(cast, "inbox-referral", joined.pk, who=cast.colleague)
        assert address not in colleagues and case.reference in colleagues


@pytest.mark.parametrize(("who", "opens"), [("link_worker", False), ("safeguarding_lead", True)])
def test_the_referral_of_somebody_protected_is_a_link_for_whoever_may_open_it(
    cast: Cast, lead: Actor, who: str, opens: bool
) -> None:
    case = make.active(cast)
    do(lead, restrict, case.person, level="protected", reason="Safety")
    address = reverse("casework:inbox-referral", args=[case.referral_id])
    assert (address in shown(cast, "case", case.pk, who=getattr(cast, who))) is opens
    assert (cast.client(getattr(cast, who)).get(address).status_code == 200) is opens


@pytest.mark.parametrize("state", ["", "raised", "acknowledged", "closed"])
def test_each_list_of_concerns_stands_under_a_tab(cast: Cast, state: str) -> None:
    page = cast.client(cast.safeguarding_lead).get(reverse("casework:concerns"), {"state": state}).content.decode()
    tabs = page.split("app-views", 1)[1].split("</nav>", 1)[0]
    assert tabs.count("aria-current") == 1


@pytest.mark.parametrize("name", ["AgreeForm", "PauseForm", "ReviewForm"])
def test_a_day_that_must_lie_ahead_is_tomorrow_or_later(name: str) -> None:
    form: Any = getattr(forms, name)
    question = next(field for field in form().fields.values() if getattr(field, "not_before", None))
    assert question.not_before() == clock.today() + clock.DAY


@pytest.mark.parametrize("first_day", [None, clock.today()])
def test_that_the_first_day_was_changed_is_asked_only_where_one_was_agreed(
    cast: Cast, worker: Actor, first_day: Any
) -> None:
    _, _, connection = make.connected(cast)
    do(worker, actions.record_answer, connection, answer="accept", first_session_on=first_day)
    page = shown(cast, "connection-attendance", connection.pk)
    assert ("The first day was changed" in page) is (first_day is not None)


@pytest.mark.parametrize("back", [0, 1, 3, 6, None])
def test_the_day_that_is_asked_about_is_the_last_on_which_the_group_met(
    cast: Cast, worker: Actor, back: int | None
) -> None:
    """A group of Thursdays is asked about on a Sunday: nobody went today."""
    _, _, connection = make.connected(cast)
    do(worker, actions.record_answer, connection, answer="accept")
    met = clock.today() - timedelta(days=back or 0)
    if back is not None:
        Schedule.objects.create(service_id=connection.service_id, freq="WEEKLY", byday=f"{met:%A}"[:2].upper())
    page = shown(cast, "connection-attendance", connection.pk)
    for part in ("day", "month", "year"):
        assert re.search(rf'name="session_on_{part}"[^>]* value="{getattr(met, part)}"', page), part


def test_words_said_after_midnight_belong_to_the_new_month_in_london() -> None:
    said: Any = SimpleNamespace(text="Warm", recorded_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert words_line(said)["by"] == "July 2026"


def test_that_there_were_more_openings_is_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["linkworks.casework.views.restriction"], "MOST_OPENINGS", 1)
    for _ in range(3):
        typed = {"given_name": "Nobody", "family_name": "Here", "reason": "She rang", "born_on_day": "1",
                 "born_on_month": "3", "born_on_year": "1951"}  # fmt: skip
        cast.client(cast.link_worker).post(reverse("casework:emergency"), typed)
    assert "And 2 earlier ones." in shown(cast, "kept-close", who=cast.safeguarding_lead)


@pytest.mark.parametrize(("who", "words"), [("link_worker", "Take this case"), ("manager", "Give to a worker")])
def test_who_cannot_give_a_case_is_offered_to_take_it(cast: Cast, who: str, words: str) -> None:
    case = make.waiting(cast)
    for name in ("case", "allocate"):
        assert words in shown(cast, name, case.pk, who=getattr(cast, who)), name
