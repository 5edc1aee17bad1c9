"""Rows and cards in words: each day with its weekday, each state said, and the one click that comes next."""

from datetime import date, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework.presenters import lists
from linkworks.casework.queries.today import Item, Team, Today
from linkworks.casework.rules.caseload import COMPLEXITY_WORDS, Suggestion, Worker
from linkworks.casework.rules.following import due
from linkworks.casework.states import CaseState, ConcernMove, ConcernState, TaskKind
from linkworks.core import clock, vocabulary
from tests.casework.spoken import not_words, texts
from tests.factories.casework import a_moment

TODAY = date(2026, 11, 23)  # a Monday
NOON = a_moment(TODAY)
NEAR = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


def item(days: int = 0, **changes: Any) -> Item:
    on = TODAY + timedelta(days=days)
    facts: dict[str, Any] = {"case_id": uuid4(), "name": "Jean Marlow", "what": "Ring", "on": on, "due": due(on, TODAY)}
    return Item(**{**facts, **changes})


class TestThingsOfAMorning:
    @pytest.mark.parametrize("kind", ["", *TaskKind])
    @pytest.mark.parametrize("about", [None, uuid4()])
    def test_every_kind_has_its_next_click(self, kind: str, about: UUID | None) -> None:
        one = item(kind=str(kind), connection_id=about, task_id=uuid4() if kind else None)
        with clock.at(NOON):
            card = lists.item_card(one)
        assert not not_words({name: value for name, value in card.items() if name != "day"})
        assert str(about or one.case_id) in card["action"]["href"]
        assert card["task_id"] == one.task_id
        assert bool(card["tags"]) is (kind not in ("", TaskKind.TO_DO))

    @given(NEAR)
    def test_the_day_begins_with_its_weekday(self, on: date) -> None:
        with clock.at(NOON):
            card = lists.item_card(item(on=on))
        assert card["day"] == f"{on:%a} {on.day} {on:%b}"
        assert card["days"]

    @given(st.lists(st.sampled_from(["questions", "no_shows", "overdue", "today", "new", "soon"]), max_size=12))
    def test_each_list_is_there_once_and_only_when_something_is_in_it(self, filled: list[str]) -> None:
        found = Today()
        for name in filled:
            getattr(found, name).append(item())
        with clock.at(NOON):
            shown = lists.today_sections(found)
        assert {each["id"].replace("-", "_") for each in shown} == set(filled)
        assert sum(len(each["cards"]) for each in shown) == len(filled)
        assert not not_words([each["title"] for each in shown])

    @given(st.lists(st.integers(0, 3), min_size=5, max_size=5))
    def test_a_number_leads_somewhere_only_when_there_is_something(self, sizes: list[int]) -> None:
        names = ("overdue", "today", "new", "no_shows", "questions")
        found = Today(**{name: [item()] * size for name, size in zip(names, sizes, strict=True)})
        shown = lists.today_stats(found)
        assert [each["number"] for each in shown] == sizes
        sections = {each["id"] for each in sections_of(found)}
        for each in shown:
            assert (each["href"] is None) is (each["number"] == 0)
            assert each["href"] is None or each["href"].removeprefix("#") in sections

    @given(st.lists(st.integers(0, 9), min_size=5, max_size=5))
    def test_the_teams_numbers_are_never_mixed_up(self, counts: list[int]) -> None:
        team = Team(*counts)
        said = {each["label"]: each["number"] for each in lists.team_stats(team)}
        assert said == {
            "Referrals to decide": team.to_decide,
            "Waiting for a worker": team.waiting,
            "First contact late": team.promises_missed,
            "Overdue": team.overdue,
            "Open cases": team.open_cases,
        }


def sections_of(found: Today) -> list[dict[str, Any]]:
    with clock.at(NOON):
        return lists.today_sections(found)


def a_case(**changes: Any) -> Any:
    facts: dict[str, Any] = {
        "pk": uuid4(), "reference": "C-7QK2-98MD", "state": "active", "complexity": 2,
        "person": SimpleNamespace(full_name="Jean Marlow", language="en"), "worker": SimpleNamespace(name="Amara"),
        "next_action": "Ring", "next_action_on": TODAY, "soonest_task": None, "soonest_task_on": None,
        "first_contact_by": TODAY, "opened_at": NOON, "referral": SimpleNamespace(needs=[]),
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **changes})


class TestCaseload:
    @pytest.mark.parametrize("state", list(CaseState))
    @pytest.mark.parametrize("with_worker", [True, False])
    @pytest.mark.parametrize("has_worker", [True, False])
    def test_a_row_for_every_state(self, state: CaseState, with_worker: bool, has_worker: bool) -> None:
        ended = {"next_action": "", "next_action_on": None} if state == CaseState.CLOSED else {}
        worker = SimpleNamespace(name="Amara") if has_worker else None
        with clock.at(NOON):
            row = lists.caseload_row(a_case(state=state.value, worker=worker, **ended), with_worker=with_worker)
        assert not not_words(row)
        assert len(row) == 3 + with_worker
        assert not with_worker or row[3] == ("Amara" if has_worker else "Nobody yet")
        assert ("Nothing: closed" in row[2].values()) is (state == CaseState.CLOSED)

    @given(NEAR, st.none() | NEAR)
    def test_what_comes_first_is_what_is_due_first(self, on: date, task_on: date | None) -> None:
        task = {"soonest_task": "Task", "soonest_task_on": task_on} if task_on else {}
        what, when = lists.soonest(a_case(next_action_on=on, **task))
        assert when == min(day for day in (on, task_on) if day)
        assert what == ("Task" if task_on and task_on < on else "Ring")

    @given(NEAR)
    def test_overdue_is_said_exactly_when_the_day_has_gone(self, on: date) -> None:
        with clock.at(NOON):
            cell = lists.due_cell("Ring", on)
        assert cell["note"].startswith("Overdue: ") is (on < TODAY)
        assert f"{on:%a} {on.day} {on:%b} {on.year}" in cell["note"]


class TestReferrals:
    @pytest.mark.parametrize("referrer_type", vocabulary.REFERRER_TYPES)
    @pytest.mark.parametrize("door", ["self", "account", "guest", "staff"])
    @pytest.mark.parametrize("names", list(product(["", "Dr Nair"], ["", "The Rye Lane Surgery"])))
    def test_somebody_always_sent_it(self, referrer_type: str, door: str, names: tuple[str, str]) -> None:
        who, place = names
        referral = SimpleNamespace(
            door=door, referrer_type=referrer_type, referrer_name=who, from_organisation_name=place
        )
        said = lists.sender(referral)
        assert said
        assert said != referrer_type or not referrer_type.islower()
        assert (said == "Themselves") is (door == "self")

    @pytest.mark.parametrize("needs", [[], list(vocabulary.NEEDS), ["loneliness"]])
    def test_a_row(self, needs: list[str]) -> None:
        referral = SimpleNamespace(
            pk=uuid4(),
            given_name="Jean",
            family_name="",
            reference="R-1",
            door="self",
            needs=needs,
            sent_at=NOON,
            in_their_words="",
        )
        with clock.at(NOON):
            row = lists.referral_row(referral)
        assert not not_words(row)
        assert row[2]
        assert "Mon 23 Nov 2026" in list(texts(row))


class TestAllocation:
    @pytest.mark.parametrize("days", [-30, -1, 0, 1, 2, 3, 30])
    @pytest.mark.parametrize("complexity", [1, 2, 3])
    @pytest.mark.parametrize("language", ["en", "pl", "so"])
    def test_how_a_promise_stands_is_said_once(self, days: int, complexity: int, language: str) -> None:
        promised = TODAY + timedelta(days=days)
        person = SimpleNamespace(full_name="Jean Marlow", language=language)
        with clock.at(NOON):
            card = lists.waiting_card(a_case(first_contact_by=promised, complexity=complexity, person=person), None)
        assert not not_words(card)
        assert (card["tone"] == "overdue") is (days < 0)
        assert len(card["tags"]) == (1 if days <= 2 else 0)
        assert dict(card["facts"])["Support needed"] == COMPLEXITY_WORDS[complexity]
        assert bool(dict(card["facts"])["Language"]) is (language != "en")

    @given(st.floats(0, 50), st.lists(st.sampled_from([1, 2, 3]), max_size=20).map(tuple))
    def test_a_row_of_the_team_never_says_infinite(self, hours: float, carried: tuple[int, ...]) -> None:
        row = lists.worker_row(Worker(uuid4(), "Amara", round(hours, 1), carried))
        assert not not_words([str(cell) for cell in row])

    def test_somebody_without_hours_is_said_to_have_none(self) -> None:
        assert "No hours" in lists.worker_row(Worker(uuid4(), "Amara", 0.0, (1, 2)))

    @given(st.lists(st.sampled_from([0.0, 15.0, 37.5]), min_size=1, max_size=5), st.data())
    def test_the_suggested_worker_is_first_and_everybody_can_be_chosen(self, hours: list[float], data: Any) -> None:
        team = [Worker(UUID(int=number), f"Worker {number}", each) for number, each in enumerate(hours)]
        best = data.draw(st.sampled_from([None, *team]))
        suggestion = Suggestion(best, ("Has 0 open cases in 15 hours a week",)) if best else None
        choices, hints = lists.worker_choices(team, suggestion)
        assert {value for value, _ in choices} == {str(each.id) for each in team} == set(hints)
        assert best is None or choices[0][0] == str(best.id)
        assert [hint.startswith("Suggested") for hint in hints.values()].count(True) == (best is not None)
        assert not not_words(list(hints.values()))


class TestConcerns:
    @pytest.mark.parametrize("state", list(ConcernState))
    @pytest.mark.parametrize("danger", [True, False])
    def test_a_card_says_how_it_stands_and_whether_somebody_is_in_danger(
        self, state: ConcernState, danger: bool
    ) -> None:
        concern = SimpleNamespace(
            pk=uuid4(), state=state.value, immediate_danger=danger, raised_at=NOON, raised_by_name="Amara",
            person=SimpleNamespace(full_name="Jean Marlow"), owner=SimpleNamespace(name="Helen"), what_happened="x" * 900,
        )  # fmt: skip
        card = lists.concern_card(concern)
        assert not not_words(card)
        assert ("In danger now" in list(texts(card))) is danger
        assert (card["tone"] == "overdue") is (state == ConcernState.RAISED)
        assert len(card["text"]) <= 280
        assert "Monday 23 November 2026" in card["meta"]

    @pytest.mark.parametrize("move", [*ConcernMove, "unheard-of"])
    def test_a_line_of_its_history(self, move: str) -> None:
        line = lists.concern_line(
            SimpleNamespace(move=str(move), made_at=NOON, made_by_name="Helen", reason="Not acknowledged")
        )
        assert not not_words(line)
        assert line["title"]


class TestThingsToDo:
    @given(NEAR, st.lists(st.tuples(NEAR, st.sampled_from(list(TaskKind)), st.booleans()), max_size=6))
    def test_soonest_first_and_nothing_left_out(self, on: date, made: list[tuple[date, TaskKind, bool]]) -> None:
        tasks = [
            SimpleNamespace(
                pk=uuid4(),
                title="Ring",
                due_on=day,
                kind=kind.value,
                dedupe="own:1",
                case_id=uuid4(),
                about_connection_id=uuid4() if about else None,
            )
            for day, kind, about in made
        ]
        with clock.at(NOON):
            shown = lists.things_to_do(a_case(next_action_on=on), tasks)
        assert [each["on"] for each in shown] == sorted([on, *(day for day, _, _ in made)])
        assert all(each["late"] is (each["on"] < TODAY) for each in shown)
        assert sum("task_id" in each for each in shown) == len(made)
        assert all(bool(each["href"]) is about for each, (_, _, about) in self.pairs(shown, tasks, made))

    @staticmethod
    def pairs(shown: list[Any], tasks: list[Any], made: list[Any]) -> list[tuple[Any, Any]]:
        by_id = {each["task_id"]: each for each in shown if "task_id" in each}
        return [(by_id[task.pk], one) for task, one in zip(tasks, made, strict=True)]

    def test_nothing_when_the_case_is_closed(self) -> None:
        assert lists.things_to_do(a_case(next_action_on=None), []) == []


def test_a_moment_just_after_midnight_is_said_on_its_own_day() -> None:
    """In summer half past eleven in the evening of UTC is already the next day in London."""
    late = datetime(2026, 7, 31, 23, 30, tzinfo=clock.LONDON).astimezone(clock.LONDON) + timedelta(hours=1)
    with clock.at(NOON):
        card = lists.waiting_card(a_case(opened_at=late), None)
    assert "Since Sat 1 Aug 2026" in card["meta"]
