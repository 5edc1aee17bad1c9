"""The lists, held against a slow look at every row; and the search boxes, with what people really type."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from linkworks.casework import actions, queries
from linkworks.casework.models import Case
from linkworks.casework.presenters import sheets
from linkworks.casework.queries.cases import earlier_cases
from linkworks.casework.rules.following import Due, due
from linkworks.casework.states import CaseState
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.people.models import Person
from linkworks.referrals.rules import Reach
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.casework import do

NAMES = ["Ada Appiah", "Bea Brown", "Cyd Cole", "Dot Diaz", "Eve Ebanks", "Flo Ford", "Gil Grey", "Hal Hunt"]


@dataclass
class Rows:
    """Eight cases in every state, some with a task, as they were made."""

    cases: list[Case]
    tasks: dict[Any, date]
    mine: Any

    def first_due(self, case: Case) -> date:
        days = [day for day in (case.next_action_on, self.tasks.get(case.pk)) if day]
        return min(days) if days else date.max

    def open(self) -> list[Case]:
        return [each for each in self.cases if each.state != "closed"]


def copied(case: Case, name: str, **columns: Any) -> Case:
    person = Person.objects.get(pk=case.person_id)
    given, family = name.split()
    person.id, person.nhs_number, person.given_name, person.family_name = uuid4(), "", given, family
    person.save(force_insert=True)
    copy = Case.objects.get(pk=case.pk)
    copy.id, copy.reference, copy.person = uuid4(), f"C-{given.upper()}3-{family.upper()[:4]:X<4}", person
    for column, value in columns.items():
        setattr(copy, column, value)
    copy.save(force_insert=True)
    return copy


@pytest.fixture
def rows(cast: Cast) -> Rows:
    today = clock.today()
    first, me, colleague = make.active(cast), cast.link_worker, cast.colleague
    ended = {"closed_at": clock.now(), "close_reason": "goals-met", "next_action_on": None, "next_action": ""}
    plan: list[tuple[str, Any, int, dict[str, Any]]] = [
        ("active", me, -2, {}),
        ("active", me, 0, {}),
        ("active", colleague, -9, {}),
        ("allocated", me, -1, {"first_contact_by": today - timedelta(days=1)}),
        ("allocated", colleague, 5, {"first_contact_by": today}),
        ("waiting", None, 1, {"first_contact_by": today - timedelta(days=4)}),
        ("paused", me, 21, {}),
        ("closed", me, 0, ended),
    ]
    made = [
        copied(first, name, **{"state": state, "worker": who, "next_action_on": today + timedelta(days=days), **more})
        for name, (state, who, days, more) in zip(NAMES, plan, strict=True)
    ]
    tasks = {made[6].pk: today - timedelta(days=3), made[1].pk: today + timedelta(days=3), made[5].pk: today}
    for case_id, day in tasks.items():
        case = next(each for each in made if each.pk == case_id)
        actions.tasks.make_task(case, kind=make_kind("to-do"), title="Ring", due_on=day, dedupe=str(case_id))
    Case.objects.filter(pk=first.pk).update(state="closed", worker=colleague, **ended)
    return Rows([*made, make.fresh(first)], tasks, me)


def make_kind(kind: str) -> Any:
    from linkworks.casework.states import TaskKind

    return TaskKind(kind)


def listed(by: Actor, **asked: str) -> list[Any]:
    return [case.pk for case in do(by, lambda *, by: list(queries.caseload(by, **asked)))]


def test_the_caseload_is_what_a_look_at_every_case_finds(rows: Rows, manager: Actor) -> None:
    today = clock.today()
    early = ("waiting", "allocated")
    wanted = {
        "": rows.open(),
        "overdue": [each for each in rows.open() if rows.first_due(each) < today],
        "late": [each for each in rows.open() if each.state in early and each.first_contact_by < today],
    }
    for asked, cases in wanted.items():
        expected = sorted(cases, key=lambda each: (rows.first_due(each), each.person.family_name, each.pk))
        assert (asked, listed(manager, due=asked)) == (asked, [each.pk for each in expected])


@pytest.mark.parametrize("state", [state.value for state in CaseState])
def test_by_state(rows: Rows, manager: Actor, state: str) -> None:
    assert set(listed(manager, state=state)) == {each.pk for each in rows.cases if each.state == state}


def test_a_worker_finds_their_own_and_nobodys(rows: Rows, worker: Actor) -> None:
    reached = {each.pk for each in rows.open() if each.worker in (rows.mine, None)}
    assert set(listed(worker)) == reached
    assert set(listed(worker, worker="me")) == {each.pk for each in rows.open() if each.worker == rows.mine}


def test_the_numbers_are_those_of_the_lists_behind_them(rows: Rows, manager: Actor) -> None:
    team = do(manager, lambda *, by: queries.team_of(by))
    assert team.waiting == len(do(manager, lambda *, by: queries.waiting(by)))
    assert team.overdue == len(listed(manager, due="overdue"))
    assert team.promises_missed == len(listed(manager, due="late"))
    assert team.open_cases == len(listed(manager)) == len(rows.open())


def test_the_morning_is_what_a_look_at_every_case_and_task_finds(rows: Rows, worker: Actor) -> None:
    today = clock.today()
    found = do(worker, lambda *, by: queries.today_of(by))
    mine = [each for each in rows.open() if each.worker == rows.mine]
    assert (found.caseload, found.waiting, found.concerns) == (len(mine), 1, 0)
    for group, name in ((Due.OVERDUE, "overdue"), (Due.TODAY, "today"), (Due.SOON, "soon")):
        cases = {
            (each.pk, None)
            for each in mine
            if due(each.next_action_on, today) == group  # type: ignore[arg-type]
            and (each.state != "allocated" or group == Due.OVERDUE)
        }
        own = {each.pk for each in mine}
        tasks = {(case, "task") for case, day in rows.tasks.items() if case in own and due(day, today) == group}
        shown = getattr(found, name)
        assert {(item.case_id, "task" if item.task_id else None) for item in shown} == cases | tasks
        assert [item.on for item in shown] == sorted(item.on for item in shown)
    new = [each for each in mine if each.state == "allocated" and due(each.next_action_on, today) != Due.OVERDUE]  # type: ignore[arg-type]
    assert [item.case_id for item in found.new] == [each.pk for each in new]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("appiah", ["Ada"]),
        ("ADA app", ["Ada"]),
        ("ada brown", []),
        ("C-ADA3-APPI", ["Ada"]),
        ("c ada3 appi", ["Ada"]),
        ("ADA3APPI", ["Ada"]),
        ("ada3-appi", ["Ada"]),
        ("cada3appi", ["Ada"]),
        ("zzz", []),
        ("%", []),
        ("_", []),
        ("-", []),
        ("!!!", []),
        ("ada -", []),
        ("\\", []),
        ("  ", None),
    ],
)
def test_what_people_type_finds_whom_they_mean(rows: Rows, manager: Actor, typed: str, names: list[str] | None) -> None:
    found = do(manager, lambda *, by: [case.person.given_name for case in queries.caseload(by, words=typed)])
    assert found == names or (names is None and len(found) == len(rows.open()))


@pytest.mark.parametrize("typed", ["SE15 5DD", "se155dd", "SE15", "se15 5", "5DD"])
def test_a_postcode_finds_those_who_live_there(rows: Rows, manager: Actor, typed: str) -> None:
    Person.objects.filter(given_name="Bea").update(postcode="N1 9AA")
    found = set(listed(manager, words=typed))
    assert found == {each.pk for each in rows.open() if each.person.given_name != "Bea"}


def test_the_spreadsheet_has_the_rows_of_the_list_in_its_order(rows: Rows, manager: Actor) -> None:
    (_, *lines) = do(manager, lambda *, by: list(sheets.caseload(queries.caseload(by, due="overdue"))))
    shown = [Case.objects.get(pk=each).reference for each in listed(manager, due="overdue")]
    assert [line[0] for line in lines] == shown
    assert all(len(line) == 8 for line in lines)


class TestASecondCase:
    """Somebody comes back: each case tells its own story."""

    def two(self, cast: Cast, manager: Actor) -> tuple[Case, Case]:
        first = make.closed(cast)
        sender = cast.actor(cast.referrer)
        again = do(sender, lambda *, by: referrals.sent(by, cast.scheme.id, in_their_words="It is lonely again."))
        second = do(manager, actions.open_from_referral, again, person_id=first.person_id)
        return make.fresh(first), make.fresh(second)

    def test_it_follows_the_first_one(self, cast: Cast, manager: Actor) -> None:
        first, second = self.two(cast, manager)
        assert second.previous_id == first.pk
        assert [each.pk for each in do(manager, lambda *, by: earlier_cases(second, by))] == [first.pk]
        assert do(manager, lambda *, by: earlier_cases(first, by)) == []
        assert queries.open_case_of(first.person_id) == second

    def test_its_story_begins_with_its_own_referral(self, cast: Cast, manager: Actor) -> None:
        first, second = self.two(cast, manager)
        told = {case.pk: [e.text for e in queries.timeline(case) if e.kind == "referral"] for case in (first, second)}
        assert told[second.pk] == ["It is lonely again."]
        assert told[first.pk] == ["The evenings are long since Alf died."]

    def test_only_the_referrer_of_the_second_hears_of_the_second(
        self, cast: Cast, manager: Actor, worker: Actor, job: Actor
    ) -> None:
        from linkworks.referrals.models import Progress, Referral

        _, second = self.two(cast, manager)
        do(manager, actions.allocate, second, worker_id=cast.link_worker.pk)
        do(worker, actions.close, second, reason="moved-away")
        do(job, actions.tell_finished, second.pk)
        heard = set(Progress.objects.filter(step="case-finished").values_list("referral_id", flat=True))
        assert heard == {Referral.objects.get(in_their_words="It is lonely again.").pk}


@pytest.mark.parametrize(
    ("name", "born", "found"), [("Jean Marlow", 1951, 1), ("Jean Marlow", 1952, 0), ("Zoe Quaye", 1951, 0)]
)
def test_known_people_are_offered_and_never_of_another_scheme(
    cast: Cast, worker: Actor, name: str, born: int, found: int
) -> None:
    from tests.factories import people

    mine = people.person(cast.scheme.id)
    people.person(cast.other_scheme.id)
    given, family = name.split()
    facts = {"given_name": given, "family_name": family, "born_on": date(born, 6, 3), "postcode": "SE1 1AA"}
    facts["contact_channels"] = (Reach("email", "someone@example.org", may_leave_message=True),)
    referral = do(cast.actor(cast.referrer), lambda *, by: referrals.sent(by, cast.scheme.id, **facts))
    offered = do(worker, lambda *, by: queries.known_people(referral, by))
    assert [each.match.person_id for each in offered] == [mine.pk] * found
