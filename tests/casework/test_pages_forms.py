"""Each form: sent well it is done; sent badly it says what is wrong and keeps what was typed; pressed twice it is done once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import CaseMeasure, Contact, Step
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection, Question
from linkworks.core import clock
from linkworks.core.actor import Actor
from tests.casework.everything import rows
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do
from tests.factories.connections import make_service

AHEAD = clock.today() + timedelta(days=100)


def day(name: str, year: str = "") -> dict[str, str]:
    """The first of March of a year that is over; without one a day that lies ahead, whenever this runs."""
    when = date(int(year), 3, 1) if year else AHEAD
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def send(cast: Cast, page: str, key: Any, answers: dict[str, Any], who: Any = None) -> Any:
    return cast.client(who or cast.link_worker).post(reverse(f"casework:{page}", args=[key]), answers)


# page → (what makes the case, answers that hold, answers that do not, what the page then says, words that stay on it)
GOOD_AND_BAD: dict[str, tuple[Any, dict[str, Any], dict[str, Any], str, str]] = {
    "contact": (
        make.active,
        {"how": "phone", "result": "spoke", "note": "Well", "next_action": "Ring", "next_action_pick": "week"},
        {"how": "phone", "note": "Half a note"},
        "Choose what came of it",
        "Half a note",
    ),
    "conversation": (
        make.allocated,
        {"what_matters": "My garden", "strengths": "Patience", "complexity": "2", **day("held_on", "2026")},
        {"what_matters": "My garden", "complexity": "2", **day("held_on", "2026")},
        "Everybody brings something",
        "My garden",
    ),
    "goal-new": (
        make.active,
        {"words": "I want to sing"},
        {"words": "", "needs": ["creativity"]},
        "own words",
        "creativity",
    ),
    "agree": (
        lambda cast: make.with_goal(cast)[0],
        {"agreed_how": "In person", **day("review_on")},
        {"agreed_how": "In person", **day("review_on", "2020")},
        "must be",
        "2020",
    ),
    "unmet": (
        make.active,
        {"need": "loneliness", "reason": "too-far"},
        {"need": "loneliness", "note": "Sundays"},
        "Choose why nothing fits",
        "Sundays",
    ),
    "task-new": (
        make.active,
        {"title": "Ring", "due_pick": "week"},
        {"title": "Ring Joan"},
        "Choose when",
        "Ring Joan",
    ),
    "pause": (
        make.active,
        {"reason": "Away", **day("until")},
        {"reason": "Away in spring"},
        "Enter a day",
        "Away in spring",
    ),
    "close": (
        make.reviewed,
        {"reason": "goals-met", "missing_because": "Chose not to"},
        {"reason": "goals-met", "summary": "She sings now"},
        "Record the closing answers first",
        "She sings now",
    ),
    "reopen": (
        make.closed,
        {"reason": "She rang"},
        {"reason": ""},
        "Say why it is opened again",
        "Open this case again",
    ),
    "details": (
        make.active,
        {"given_name": "Jean", "family_name": "Marlowe", "language": "en"},
        {"given_name": "", "family_name": "Kept-Name", "language": "en"},
        "Enter the first name",
        "Kept-Name",
    ),
    "channels": (
        make.active,
        {"kind": "text", "mobile": "07700 900123", "is_safe": "yes"},
        {"kind": "text", "mobile": "07700 900123", "best_times": "Evenings only"},
        "Ask whether it is safe",
        "Evenings only",
    ),
    "sharing": (
        make.active,
        {"referrer-feedback": "yes", "how": "In person"},
        {"referrer-feedback": "yes"},
        "Choose how they said so",
        "referrer-feedback",
    ),
    "concern": (
        make.active,
        {"what_happened": "A bruise", "immediate_danger": "no", "person_knows": "yes"},
        {"what_happened": "A bruise on her arm", "person_knows": "yes"},
        "Say whether anybody is in danger",
        "A bruise on her arm",
    ),
}


@pytest.mark.parametrize("page", GOOD_AND_BAD)
class TestEveryForm:
    def test_sent_well(self, cast: Cast, page: str) -> None:
        stage, good, *_ = GOOD_AND_BAD[page]
        response = send(cast, page, stage(cast).pk, good)
        assert response.status_code == 302, response.content.decode()

    def test_sent_badly(self, cast: Cast, page: str) -> None:
        stage, _, bad, said, kept = GOOD_AND_BAD[page]
        response = send(cast, page, stage(cast).pk, bad)
        html = response.content.decode()
        assert response.status_code == 400
        assert said in html
        assert kept in html
        assert "Error: " in html

    def test_pressed_twice(self, cast: Cast, page: str) -> None:
        stage, good, *_ = GOOD_AND_BAD[page]
        case, answers = stage(cast), {**good, "form_token": "the-same-token"}
        assert send(cast, page, case.pk, answers).status_code == 302
        once = rows()
        send(cast, page, case.pk, answers)
        assert rows() == once

    def test_a_stranger_finds_nothing(self, cast: Cast, page: str) -> None:
        stage, good, *_ = GOOD_AND_BAD[page]
        assert send(cast, page, stage(cast).pk, good, cast.outsider).status_code == 404

    def test_wrong_role(self, cast: Cast, page: str) -> None:
        stage, good, *_ = GOOD_AND_BAD[page]
        assert send(cast, page, stage(cast).pk, good, cast.referrer).status_code == 403

    def test_wrong_method(self, cast: Cast, page: str) -> None:
        stage, *_ = GOOD_AND_BAD[page]
        address = reverse(f"casework:{page}", args=[stage(cast).pk])
        assert cast.client(cast.link_worker).delete(address).status_code == 405


class TestContact:
    def test_a_try_needs_no_next_action(self, cast: Cast) -> None:
        case = make.allocated(cast)
        send(cast, "contact", case.pk, {"how": "phone", "result": "no-answer"})
        assert make.fresh(case).next_action == "Try Jean again"

    def test_a_note_needs_no_result(self, cast: Cast) -> None:
        case = make.active(cast)
        assert send(cast, "contact", case.pk, {"how": "note", "note": "A letter came"}).status_code == 302
        assert Contact.objects.get(case=case).result == "note-only"

    def test_a_next_action_needs_a_day(self, cast: Cast) -> None:
        answers = {"how": "phone", "result": "left-message", "next_action": "Ring again"}
        assert "Choose when" in send(cast, "contact", make.active(cast).pk, answers).content.decode()

    def test_another_day(self, cast: Cast) -> None:
        case = make.active(cast)
        answers = {
            "how": "phone",
            "result": "spoke",
            "next_action": "Ring",
            "next_action_pick": "other",
            **day("next_action_other"),
        }
        send(cast, "contact", case.pk, answers)
        assert make.fresh(case).next_action_on == AHEAD

    def test_an_earlier_day(self, cast: Cast) -> None:
        case = make.active(cast)
        send(cast, "contact", case.pk, {"how": "phone", "result": "no-answer", **day("happened_on", "2026")})
        assert Contact.objects.get(case=case).happened_at.date().isoformat() == "2026-03-01"


class TestPlan:
    def test_a_goal_is_changed_and_takes_a_step(self, cast: Cast) -> None:
        _, goal = make.with_goal(cast)
        assert send(cast, "goal", goal.pk, {"words": "I want to cook"}).status_code == 302
        assert send(cast, "step-new", goal.pk, {"what": "Walk there", "who": "Me"}).status_code == 302
        goal.refresh_from_db()
        assert (goal.words, goal.steps.count()) == ("I want to cook", 2)
        assert send(cast, "step-new", goal.pk, {"what": "Walk there"}).status_code == 400

    def test_a_step_is_done_and_taken_out(self, cast: Cast) -> None:
        _, goal = make.with_goal(cast)
        step = Step.objects.get(goal=goal)
        send(cast, "step-done", step.pk, {})
        assert Step.objects.get(pk=step.pk).done_at is not None
        assert send(cast, "step-done", step.pk, {}, cast.outsider).status_code == 404
        send(cast, "step-remove", step.pk, {})
        assert not Step.objects.exists()

    def test_the_review_asks_about_each_open_goal(self, cast: Cast) -> None:
        case, goal, _ = make.planned(cast)
        answers = {f"move-{goal.pk}": "achieve", f"words-{goal.pk}": "Every week", **day("review_on")}
        assert send(cast, "review", case.pk, answers).status_code == 302
        goal.refresh_from_db()
        assert (goal.state, goal.review_words) == ("achieved", "Every week")
        assert send(cast, "review", make.planned(cast, given_name="Ada")[0].pk, day("review_on")).status_code == 400

    def test_wellbeing_answers_are_kept(self, cast: Cast) -> None:
        case = make.active(cast)
        answers = {**{name: str(value) for name, value in make.FOUR_ANSWERS.items()}, "how_asked": "telephone"}
        client = cast.client(cast.link_worker)
        address = reverse("casework:measures", args=[case.pk, "end"])
        sent = client.post(address, {**answers, **day("asked_on", "2026")})
        assert sent.headers["Location"] == reverse("casework:close", args=[case.pk])
        assert client.post(address, day("asked_on", "2026")).status_code == 400
        assert CaseMeasure.objects.get(case=case).stage == "end"


class TestConnect:
    ANSWERS = {
        "name_shared": "Jean",
        "contact_shared": "Through the link worker",
        "support_need": "Eating with others",
        "agreed": "on",
        "agreed_how": "In person",
    }

    def send(self, cast: Cast, **changes: str) -> Any:
        _, goal, _ = make.planned(cast)
        address = reverse("casework:connect", args=[goal.pk, make.service(cast).pk])
        return cast.client(cast.link_worker).post(address, {**self.ANSWERS, **changes})

    def test_sent(self, cast: Cast) -> None:
        assert self.send(cast).status_code == 302
        assert Connection.objects.get().state == "sent"

    @pytest.mark.parametrize(
        ("email", "has_account", "said"),
        [
            ("lunch@kettle.example.org", False, "Sent to Tuesday lunch club"),
            ("", True, "Sent to Tuesday lunch club"),
            ("", False, "Ring them, then record their answer"),
        ],
    )
    def test_it_is_sent_only_where_there_is_somebody_to_write_to(
        self, cast: Cast, email: str, has_account: bool, said: str
    ) -> None:
        _, goal, _ = make.planned(cast)
        group = cast.provider if has_account else cast.host
        place = make_service(group, referral_email=email)
        address = reverse("casework:connect", args=[goal.pk, place.pk])
        page = cast.client(cast.link_worker).post(address, self.ANSWERS, follow=True).content.decode()
        assert said in page
        assert ("Sent to Tuesday" in page) is (said.startswith("Sent"))

    def test_not_without_their_yes(self, cast: Cast) -> None:
        response = self.send(cast, agreed="")
        assert response.status_code == 400
        assert "Nothing is sent unless they agree" in response.content.decode()
        assert not Connection.objects.exists()

    def test_a_service_that_is_not_there(self, cast: Cast) -> None:
        _, goal, _ = make.planned(cast)
        address = reverse("casework:connect", args=[goal.pk, cast.scheme.id])
        assert cast.client(cast.link_worker).get(address).status_code == 404

    def test_the_search_keeps_what_was_asked(self, cast: Cast) -> None:
        _, goal, _ = make.planned(cast)
        address = reverse("casework:goal-match", args=[goal.pk])
        html = cast.client(cast.link_worker).get(address, {"words": "chair yoga", "within": "8"}).content.decode()
        assert "chair yoga" in html
        assert "Nothing fits" in html

    @pytest.mark.parametrize(
        ("page", "answers", "state"),
        [
            ("connection-answer", {"answer": "waitlist"}, "waitlisted"),
            ("connection-answer", {"answer": "decline", "reason": "full"}, "declined"),
            ("connection-withdraw", {"reason": "She moved"}, "withdrawn"),
        ],
    )
    def test_what_was_said_by_telephone(self, cast: Cast, page: str, answers: dict, state: str) -> None:
        _, _, connection = make.connected(cast)
        assert send(cast, page, connection.pk, answers).status_code == 302
        connection.refresh_from_db()
        assert connection.state == state

    def test_going_and_ending(self, cast: Cast, provider: Actor) -> None:
        _, _, connection = make.connected(cast)
        do(provider, connections.accept, connection)
        send(cast, "connection-attendance", connection.pk, {"attended": "yes", **day("session_on", "2026")})
        assert send(cast, "connection-end", connection.pk, {"ending": "completed"}).status_code == 302
        connection.refresh_from_db()
        assert connection.state == "ended"

    @pytest.mark.parametrize(
        "page", ["connection-answer", "connection-attendance", "connection-end", "connection-withdraw"]
    )
    def test_nothing_said_is_said_to_be_missing(self, cast: Cast, page: str) -> None:
        _, _, connection = make.connected(cast)
        assert send(cast, page, connection.pk, {"session_on_day": "1"}).status_code == 400

    def test_a_message(self, cast: Cast) -> None:
        _, _, connection = make.connected(cast)
        assert send(cast, "connection-write", connection.pk, {"text": "She walks with a stick"}).status_code == 302
        assert Question.objects.get().text == "She walks with a stick"
        assert send(cast, "connection-write", connection.pk, {"text": ""}).status_code == 400

    def test_an_unmet_need_is_resolved(self, cast: Cast, worker: Actor) -> None:
        unmet = do(worker, actions.record_unmet_need, make.active(cast), facts=make.UNMET)
        assert send(cast, "unmet-resolve", unmet.pk, {"resolution": ""}).status_code == 400
        assert send(cast, "unmet-resolve", unmet.pk, {"resolution": "A table began"}).status_code == 302
        assert send(cast, "unmet-resolve", unmet.pk, {"resolution": "x"}, cast.outsider).status_code == 404
