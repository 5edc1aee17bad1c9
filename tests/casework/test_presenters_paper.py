"""The plan on paper, the banner and the next step: what somebody holds in their hands must be true."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from linkworks.casework import actions, queries
from linkworks.casework.presenters import case as case_words
from linkworks.casework.presenters import people, plan, timeline, wording
from linkworks.casework.queries.timeline import Event
from linkworks.casework.states import CaseState, GoalState, NextKind, TaskKind
from linkworks.connections import actions as connections
from linkworks.connections.states import State
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.directory.queries import service_cards
from linkworks.directory.rules.facts import SessionFacts
from linkworks.organisations.models import Scheme
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import directory
from tests.factories.casework import do


def sheet(cast: Cast, case: Any) -> dict[str, Any]:
    return plan.sheet(queries.plan_view(make.fresh(case)), Scheme.objects.get(pk=cast.scheme.pk))


class TestPaper:
    def test_where_to_go_is_on_it_while_they_are_expected(self, cast: Cast) -> None:
        case, _, connection = make.connected(cast)
        (goal,) = sheet(cast, case)["goals"]
        assert [place["name"] for place in goal["places"]] == [connection.service_name]
        assert [step["what"] for step in goal["steps"]] == [make.STEP.what]

    def test_a_group_that_said_no_is_not_where_to_go(self, cast: Cast, provider: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(provider, connections.decline, connection, reason="full")
        assert sheet(cast, case)["goals"][0]["places"] == []

    def test_asked_again_after_a_no_it_is_there_once(self, cast: Cast, worker: Actor, provider: Actor) -> None:
        case, goal, connection = make.connected(cast)
        do(provider, connections.decline, connection, reason="full")
        again = {"service_id": connection.service_id, "sharing": make.SHARED}
        second = do(worker, actions.connect, goal, **again)
        do(provider, connections.accept, second)
        places = sheet(cast, case)["goals"][0]["places"]
        assert len(places) == 1

    def test_a_goal_that_is_over_is_not_on_it(self, cast: Cast) -> None:
        assert sheet(cast, make.reviewed(cast))["goals"] == []

    def test_what_is_not_agreed_yet_says_it_is_a_draft(self, cast: Cast, worker: Actor) -> None:
        case, _ = make.with_goal(cast)
        assert sheet(cast, case)["is_draft"] is True
        do(worker, actions.agree_plan, case, how="In person")
        assert (sheet(cast, case)["is_draft"], sheet(cast, case)["version"]) == (False, 1)
        do(worker, actions.set_goal, case, facts=make.WISH)
        assert sheet(cast, case)["is_draft"] is True

    @pytest.mark.parametrize(("days", "first"), [(-1, False), (0, True), (1, True)])
    def test_the_first_time_is_said_while_it_lies_ahead(self, days: int, first: bool) -> None:
        said = plan.when_on_paper(plan.to_come(clock.today() + timedelta(days=days)), "Next Tuesday")
        assert (said != "Next Tuesday") is first

    @time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=clock.LONDON), tick=False)
    @pytest.mark.parametrize(
        ("first", "when", "where"),
        [
            (None, "Tuesday 24 November 2026, from 10am, at Hall B", "Hall B"),
            (date(2026, 11, 26), "First time: Thursday 26 November 2026", "Hall A"),
            (date(2026, 11, 19), "Tuesday 24 November 2026, from 10am, at Hall B", "Hall B"),
        ],
    )
    def test_of_a_group_in_two_halls_they_are_sent_to_the_one_of_that_day(
        self, cast: Cast, first: date | None, when: str, where: str
    ) -> None:
        halls = tuple(directory.place(name=f"Hall {each}", address_1=f"{each} Road") for each in "AB")
        times = tuple(
            SessionFacts(freq="WEEKLY", byday=day, opens_at=time(10), place=number)
            for number, day in enumerate(["TH", "TU"])
        )
        place = self.paper(directory.service(places=halls, sessions=times), first_session_on=first)
        assert place["when"] == when
        assert place["where"].startswith(where)
        assert place["where"].count("SE15 5DD") == 1

    @pytest.mark.parametrize("status", ["temporarily closed", "inactive", "defunct"])
    def test_nobody_is_sent_to_a_group_that_closed(self, cast: Cast, status: str) -> None:
        place = self.paper(directory.service(status=status), first_session_on=clock.today() + timedelta(days=2))
        assert place["when"] == ""
        assert place["standing"].endswith("Ask before you go.")
        assert "expecting you" not in place["standing"]

    def paper(self, service: Any, **connection: Any) -> dict[str, str]:
        made = SimpleNamespace(
            service_id=service.id, service_name=service.name, state="accepted", name_shared="", **connection
        )
        return plan.place_on_paper(made, SimpleNamespace(places=service_cards([service.id])))  # type: ignore[arg-type]


@dataclass
class Way:
    """A way to reach somebody, as the banner needs it."""

    kind: str = "phone"
    value: str = "02079460001"
    is_safe: bool | None = True
    may_leave_message: bool = False
    may_say_who_is_calling: bool = False
    is_preferred: bool = False
    best_times: str = ""
    pk: str = "one"


class TestReaching:
    @pytest.mark.parametrize(
        ("kind", "value", "href"),
        [
            ("phone", "020 7946 0001", "tel:02079460001"),
            ("text", "07700 900123", "sms:07700900123"),
            ("email", "jean@example.org", "mailto:jean@example.org"),
            ("letter", "1 Rye Lane", ""),
            ("through-someone", "Her daughter", ""),
        ],
    )
    @pytest.mark.parametrize("is_safe", [True, False, None])
    def test_one_press_reaches_only_what_is_safe(self, kind: str, value: str, href: str, is_safe: bool | None) -> None:
        found = people.reach_of(Way(kind, value, is_safe))
        assert found.href == (href if is_safe else "")
        assert found.is_safe is is_safe

    @pytest.mark.parametrize("is_safe", [False, None])
    def test_leaving_a_message_is_never_spoken_of_where_it_is_not_safe(self, is_safe: bool | None) -> None:
        told = people.reach_of(Way(is_safe=is_safe, may_leave_message=True, may_say_who_is_calling=True))
        assert "message" not in told.notes

    @pytest.mark.parametrize(("may", "says"), [(True, "may leave"), (False, "do not leave")])
    def test_whether_a_message_may_be_left_is_always_said(self, may: bool, says: str) -> None:
        assert says in people.reach_of(Way(may_leave_message=may)).notes.lower()


def person(**changes: Any) -> Any:
    facts = {
        "restriction": "normal", "needs_interpreter": False, "language": "en", "died_on": None, "full_name": "Jean",
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **changes})


class TestWarnings:
    def said(self, about: Any, *ways: Way) -> list[str]:
        return people.warnings_of(about, [people.reach_of(each) for each in ways])

    def test_a_plain_record_has_none(self) -> None:
        assert self.said(person(), Way()) == []

    def test_no_safe_way_is_said(self) -> None:
        assert len(self.said(person())) == 1
        assert len(self.said(person(), Way(is_safe=None))) == 1

    def test_each_unsafe_way_is_named(self) -> None:
        said = self.said(person(), Way(), Way(is_safe=False, kind="email", value="shared@example.org"))
        assert len(said) == 1
        assert "shared@example.org" in said[0]

    @pytest.mark.parametrize("changes", [
        {"restriction": "protected"}, {"restriction": "sealed"}, {"needs_interpreter": True, "language": "so"},
        {"died_on": date(2026, 11, 1)},
    ])  # fmt: skip
    def test_what_must_not_be_overlooked(self, changes: dict[str, Any]) -> None:
        assert len(self.said(person(**changes), Way())) == 1


@pytest.mark.parametrize("state", list(CaseState))
@pytest.mark.parametrize("kind", list(NextKind))
def test_there_is_always_one_next_step_and_its_page_exists(state: CaseState, kind: NextKind) -> None:
    file: Any = SimpleNamespace(case=SimpleNamespace(state=state.value, pk=uuid4(), next_kind=kind.value))
    step = case_words.primary(file)
    assert step["text"]
    ends = {CaseState.CLOSED: "/reopen", CaseState.WAITING: "/allocate"}
    assert step["href"].endswith(ends.get(state, "")) and str(file.case.pk) in step["href"]


class TestWords:
    """No state is ever shown as the computer knows it."""

    @pytest.mark.parametrize("state", list(CaseState))
    def test_every_state_of_a_case_has_a_tag(self, state: CaseState) -> None:
        assert wording.tag(wording.CASE_TAGS, state) is not None

    @pytest.mark.parametrize("state", list(GoalState))
    def test_every_state_of_a_goal_has_a_tag(self, state: GoalState) -> None:
        assert wording.tag(wording.GOAL_TAGS, state) is not None

    @pytest.mark.parametrize("state", list(State))
    def test_every_state_of_a_connection_has_a_tag(self, state: State) -> None:
        assert wording.tag(wording.CONNECTION_TAGS, state) is not None

    @pytest.mark.parametrize("kind", [kind for kind in TaskKind if kind != TaskKind.TO_DO])
    def test_every_kind_of_task_has_a_tag(self, kind: TaskKind) -> None:
        assert wording.tag(wording.TASK_TAGS, kind) is not None

    @pytest.mark.parametrize("kind", sorted(timeline.TITLES))
    @pytest.mark.parametrize("about", ["Kettle", "{about}", "{0}", "%s", "loneliness"])
    def test_a_line_of_history_takes_any_words(self, kind: str, about: str) -> None:
        event = Event(clock.now(), kind, "nonsense", "Amara", text="{why}", about=about, about_id=uuid4())
        line = timeline.line(event)
        assert line["by"] == "Amara"
        assert line["title"]

    def test_a_name_with_braces_is_shown_as_it_is(self) -> None:
        event = Event(clock.now(), "goal", "set", "Amara", about="I want {more}", about_id=uuid4())
        assert "I want {more}" in timeline.line(event)["title"]

    def test_the_history_of_a_real_case_has_no_unknown_lines(self, cast: Cast, worker: Actor, provider: Actor) -> None:
        case, _, connection = make.connected(cast)
        make.answers(cast, case, "start")
        do(provider, connections.waitlist, connection)
        do(provider, connections.accept, connection)
        unmet = do(worker, actions.record_unmet_need, case, facts=replace(make.UNMET, note=""))
        do(worker, actions.resolve_unmet_need, unmet, resolution="A new group")
        do(worker, actions.pause, case, until=clock.today() + timedelta(days=3), reason="Away")
        do(worker, actions.resume, case)
        titles = [timeline.line(each)["title"] for each in queries.timeline(make.fresh(case))]
        assert not [title for title in titles if title.endswith(" changed") or title in ("Case changed", "Message")]
