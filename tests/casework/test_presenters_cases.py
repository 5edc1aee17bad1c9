"""A case and its goals in words, for every combination of states: nothing a computer would say."""

from datetime import date, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework.presenters import case as words
from linkworks.casework.presenters import connection as connection_words
from linkworks.casework.presenters import plan
from linkworks.casework.queries.offered import Sessions
from linkworks.casework.states import CaseState, GoalState, UnmetState
from linkworks.connections.states import Attended, NonAttendance, State
from linkworks.core import clock, vocabulary
from linkworks.directory.queries import Going
from tests.casework.spoken import day_words, not_words, texts
from tests.factories.casework import a_moment

TODAY = date(2026, 11, 23)  # a Monday
NOON = a_moment(TODAY)


def person(**changes: Any) -> Any:
    facts = {
        "full_name": "Jean Marlow", "given_name": "Jean", "chosen_name": "", "called": "Jean", "pronouns": "",
        "born_on": None, "restriction": "normal", "needs_interpreter": False, "language": "en", "died_on": None,
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **changes})


def a_case(state: str = "active", **changes: Any) -> Any:
    facts = {
        "pk": uuid4(), "state": state, "person": person(), "reference": "C-7QK2-98MD", "close_reason": "",
        "worker": SimpleNamespace(name="Amara Boateng"),
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **changes})


def a_file(state: str = "active", **changes: Any) -> Any:
    facts: dict[str, Any] = {
        "case": a_case(state), "has_open_concern": False, "conversation": None, "goals": [], "plan": None, "draft": None,
        "stages": set(), "asked": {"start", "end"}, "sessions": Sessions(1, 8),
        "channels": [], "sharing": {}, "tries": SimpleNamespace(may_close=False, made=0), "measures": [],
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **changes})


def a_connection(state: str, **changes: Any) -> Any:
    facts: dict[str, Any] = {
        "pk": uuid4(), "state": state, "service_name": "Tuesday lunch club", "decline_reason": "", "decline_words": "",
        "first_session_on": None, "sent_at": NOON, "ending": "", "service_id": uuid4(), "name_shared": "Jean",
        "reference": "K-1234-5678", "contact_shared": "Through the link worker", "support_need": "Company",
        "access_and_language": "", "emergency_contact": "", "call_worker_first": False,
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **changes})


@pytest.mark.parametrize("state", list(CaseState))
def test_the_tags_of_a_case_say_how_it_stands_and_that_a_concern_is_open(state: CaseState) -> None:
    for is_open in (True, False):
        shown = words.case_tags(a_file(state.value, has_open_concern=is_open))
        assert not not_words(shown)
        assert ("Safeguarding concern open" in texts_of(shown)) is is_open
        assert len(shown) == 1 + is_open


def texts_of(shown: Any) -> list[str]:
    return list(texts(shown))


class TestSubtitle:
    @pytest.mark.parametrize("chosen", ["", "Jean", "Jeannie"])
    @pytest.mark.parametrize("pronouns", ["", "she/her"])
    @pytest.mark.parametrize("born", [None, date(1951, 6, 3), date(2026, 11, 23), date(2000, 2, 29)])
    def test_every_combination_begins_with_a_capital_and_has_no_gap(
        self, chosen: str, pronouns: str, born: date | None
    ) -> None:
        line = words.subtitle(
            a_file(case=a_case(person=person(chosen_name=chosen, pronouns=pronouns, born_on=born))), TODAY
        )
        said, _, reference = line.rpartition('<span class="app-unbroken">')
        assert reference == "C-7QK2-98MD</span>", "a browser would break it at a hyphen"
        assert said[:1] == said[:1].upper() and (said.endswith(", ") or not said)
        assert ", ," not in line and "None" not in line
        assert ("Called Jeannie" in line) is (chosen == "Jeannie")
        assert ("born" in line.lower()) is (born is not None)

    def test_what_was_typed_is_text(self) -> None:
        odd = a_file(case=a_case(person=person(chosen_name="<b>Jo</b>", pronouns="a & b")))
        assert "<b>" not in words.subtitle(odd, TODAY) and "a &amp; b" in words.subtitle(odd, TODAY)

    @pytest.mark.parametrize(("born", "age"), [(date(1951, 11, 23), 75), (date(1951, 11, 24), 74), (TODAY, 0)])
    def test_the_age_is_of_today(self, born: date, age: int) -> None:
        assert f"(age {age})" in words.subtitle(a_file(case=a_case(person=person(born_on=born))), TODAY)


@pytest.mark.parametrize("reason", ["", *vocabulary.CLOSE_REASONS])
def test_why_it_finished_is_said_in_words(reason: str) -> None:
    said = words.close_words(a_case("closed", close_reason=reason))
    assert bool(said) is bool(reason)
    assert said != reason or not reason
    assert not not_words(said)


class TestGoal:
    def goal(self, state: str, **changes: Any) -> Any:
        facts: dict[str, Any] = {
            "pk": uuid4(), "case_id": uuid4(), "words": "I want to sing", "state": state, "needs": [], "benefit": "",
            "review_words": "",
        }  # fmt: skip
        return SimpleNamespace(**{**facts, **changes})

    @pytest.mark.parametrize("state", list(GoalState))
    @pytest.mark.parametrize("benefit", ["", *vocabulary.BENEFITS])
    def test_every_state_and_benefit(self, state: GoalState, benefit: str) -> None:
        goal = self.goal(state.value, needs=list(vocabulary.NEEDS), benefit=benefit)
        shown = words.goal_view(SimpleNamespace(goal=goal, steps=[], connections=[], unmet=[]))
        assert not not_words(shown)
        assert shown["is_open"] is (state == GoalState.OPEN)
        assert bool(shown["benefit"]) is bool(benefit)
        assert shown["about"].count("; ") == len(vocabulary.NEEDS) - 1

    def test_its_doors_lead_to_this_goal_and_this_case(self) -> None:
        goal = self.goal("open")
        shown = words.goal_view(SimpleNamespace(goal=goal, steps=[], connections=[], unmet=[]))
        for name in ("match_href", "change_href", "step_href"):
            assert str(goal.pk) in shown[name]
        assert str(goal.case_id) in shown["unmet_href"] and str(goal.pk) in shown["unmet_href"]

    @given(st.none() | st.dates(date(2020, 1, 1), date(2032, 1, 1)), st.booleans())
    def test_a_step_is_done_or_not_and_its_day_has_a_name(self, due: date | None, done: bool) -> None:
        step = SimpleNamespace(pk=uuid4(), what="Ring", who="Me", due_on=due, done_at=NOON if done else None)
        shown = words.step_view(step)
        assert shown["done"] is done
        assert not not_words(shown)
        assert shown["due"] == (f"{due:%a} {due.day} {due:%b} {due.year}" if due else "")


class TestConnectionLine:
    @pytest.mark.parametrize("state", list(State))
    @pytest.mark.parametrize("reason", vocabulary.DECLINE_REASONS)
    @pytest.mark.parametrize("said", ["", "Come back in spring"])
    def test_every_state_and_reason(self, state: State, reason: str, said: str) -> None:
        with clock.at(NOON):
            shown = words.connection_line(a_connection(state.value, decline_reason=reason, decline_words=said))
        assert not not_words({**shown, "detail": shown["detail"] or "-"})
        assert shown["tag"] is not None
        assert (said in shown["detail"]) is (state == State.DECLINED or not said)

    @pytest.mark.parametrize("ending", vocabulary.ENDINGS)
    def test_every_ending(self, ending: str) -> None:
        detail = words.connection_line(a_connection("ended", ending=ending))["detail"]
        assert detail and detail != ending
        assert not not_words(detail)

    @pytest.mark.parametrize("days", range(-12, 1))
    def test_since_when_we_wait(self, days: int) -> None:
        with clock.at(NOON):
            line = words.connection_line(a_connection("sent", sent_at=NOON + timedelta(days=days)))
        expected = {0: "Sent today", -1: "Sent yesterday"}.get(days, f"Sent {-days} days ago")
        assert line["detail"] == expected

    def test_the_first_session_has_its_weekday(self) -> None:
        line = words.connection_line(a_connection("accepted", first_session_on=date(2026, 12, 1)))
        assert line["detail"] == "First session Tue 1 Dec 2026"
        assert words.connection_line(a_connection("accepted"))["detail"] == ""


@pytest.mark.parametrize("state", list(UnmetState))
@pytest.mark.parametrize("need", vocabulary.NEEDS)
def test_what_could_not_be_found_is_said_for_every_need_and_reason(state: UnmetState, need: str) -> None:
    for reason in vocabulary.UNMET_REASONS:
        unmet = SimpleNamespace(
            pk=uuid4(), need=need, reason=reason, note="", state=state.value, resolution="A new group"
        )
        shown = words.unmet_line(unmet)
        assert ": " in shown["text"]
        assert not not_words(shown)
        assert shown["resolved"] == ("A new group" if state == UnmetState.RESOLVED else "")


@pytest.mark.parametrize("asked", list(product([True, False], repeat=5)))
def test_what_is_still_to_do_is_exactly_what_is_missing(asked: tuple[bool, ...]) -> None:
    talked, measured, safe, shared, planned = asked
    file = a_file(
        conversation=object() if talked else None,
        stages={"start"} if measured else {"review"},
        channels=[SimpleNamespace(is_safe=False if safe else None)],
        sharing={"research": False if shared else None},
        plan=object() if planned else None,
    )
    shown = words.to_complete(file)
    assert [each["tag"] is None for each in shown] == list(asked)
    assert all(str(file.case.pk) in each["href"] for each in shown)
    assert not not_words(shown)


def test_a_plan_with_changes_is_not_yet_agreed() -> None:
    (*_, last) = words.to_complete(a_file(plan=object(), draft=object()))
    assert last["tag"] is not None


class TestDoors:
    """What can be done about a connection, by where it and its case stand."""

    OPEN_DOORS = {
        State.PROPOSED: 1, State.SENT: 2, State.ACCEPTED: 4, State.WAITLISTED: 2, State.ATTENDING: 3,
        State.DECLINED: 0, State.WITHDRAWN: 0, State.ENDED: 1,
    }  # fmt: skip

    @pytest.mark.parametrize("state", list(State))
    def test_as_many_as_there_are_moves(self, state: State) -> None:
        file: Any = SimpleNamespace(connection=a_connection(state.value))
        doors = words.connection_doors(file)
        assert len(doors) == self.OPEN_DOORS[state]
        assert all(str(file.connection.pk) in each["href"] for each in doors)
        assert not not_words(doors)


@pytest.mark.parametrize("given_facts", list(product(["", "Step-free"], ["", "Her son"], [True, False])))
def test_the_seven_fields_are_always_all_shown(given_facts: tuple[str, str, bool]) -> None:
    access, emergency, first = given_facts
    seen = a_connection("sent", access_and_language=access, emergency_contact=emergency, call_worker_first=first)
    file: Any = SimpleNamespace(connection=seen)
    rows = words.shared_rows(file)
    assert len(rows) == 7
    assert all(value for _, value in rows)
    assert dict(rows)["Emergency contact"] == (emergency or "Not shared")
    assert dict(rows)["Call the link worker first"] == ("Yes" if first else "No")


@pytest.mark.parametrize("attended", list(Attended))
@pytest.mark.parametrize("absence", ["", *NonAttendance])
def test_who_came_in_words_with_the_day(attended: Attended, absence: str) -> None:
    mark = SimpleNamespace(
        attended=str(attended), absence=str(absence), session_on=TODAY, notes="", marked_by_name="Maggie Flynn"
    )
    row = connection_words.attendance_row(mark)
    assert row[0] == day_words(TODAY)
    assert not not_words(row)
    assert row[1]["tag"]["text"] != "Not marked"


class TestPlanStatus:
    def plan(self, **changes: Any) -> Any:
        facts = {
            "version": 2,
            "agreed_at": datetime(2026, 11, 20, 10, tzinfo=clock.LONDON),
            "agreed_how": "On the telephone",
            "review_on": TODAY,
        }
        return SimpleNamespace(**{**facts, **changes})

    @pytest.mark.parametrize("has_draft", [True, False])
    @pytest.mark.parametrize("has_plan", [True, False])
    @pytest.mark.parametrize("review", [None, TODAY])
    def test_every_standing(self, has_draft: bool, has_plan: bool, review: date | None) -> None:
        view: Any = SimpleNamespace(
            draft=object() if has_draft else None, plan=self.plan(review_on=review) if has_plan else None
        )
        shown = plan.status(view)
        assert not not_words(shown)
        assert shown["to_agree"] is has_draft
        assert shown["words"].endswith(".")
        assert ("Friday 20 November 2026" in shown["words"]) is has_plan
        assert ("Monday 23 November 2026" in shown["words"]) is (has_plan and not has_draft and review is not None)

    @pytest.mark.parametrize("state", list(State))
    def test_on_paper_nobody_is_told_they_are_expected_before_a_yes(self, state: State) -> None:
        card = SimpleNamespace(
            going=Going(on=TODAY), status="active", ask_for="", getting_there="", first_visit="", phone="", cost="Free",
        )  # fmt: skip
        connection = a_connection(state.value)
        shown = plan.place_on_paper(connection, SimpleNamespace(places={connection.service_id: card}))  # type: ignore[arg-type]
        assert not not_words(shown)
        assert ("expecting you" in shown["standing"]) is (state not in (State.SENT, State.WAITLISTED))
        assert shown["ask_for"] == "Say that you are Jean"
