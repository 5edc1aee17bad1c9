"""A small world of two schemes with everything in it, and each list held against a slow look at every row."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkworks.casework import access, queries
from linkworks.casework.models import Case, Concern, Task
from linkworks.casework.presenters import sheets
from linkworks.casework.queries.cases import earlier_cases
from linkworks.casework.rules.caseload import WEIGHTS
from linkworks.casework.states import CaseState, TaskKind
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.people.models import Person
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories import referrals
from tests.factories.casework import do

STATES = list(CaseState)
SEEDS = range(6)


@dataclass
class Made:
    """Every row, as it was made."""

    cases: list[Case] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def of(self, scheme_id: UUID) -> list[Case]:
        return [each for each in self.cases if each.scheme_id == scheme_id and each.state != "closed"]


class Maker:
    """Rolls dice and makes cases that could be, straight into the tables."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.dice, self.made = cast, Random(seed), Made()
        self.staff = {
            cast.scheme.pk: [cast.link_worker, cast.colleague, cast.manager],
            cast.other_scheme.pk: [cast.outsider, cast.outside_manager],
        }

    def world(self) -> Made:
        for number in range(18):
            scheme = self.dice.choice([self.cast.scheme, self.cast.scheme, self.cast.other_scheme])
            self.case(scheme, number)
        return self.made

    def case(self, scheme: Any, number: int) -> None:
        state = self.dice.choice(STATES)
        restriction = self.dice.choice(["normal"] * 4 + ["protected"])
        person = Person.objects.create(
            id=uuid4(), scheme=scheme, given_name=f"P{number}", family_name="World", restriction=restriction
        )
        referral = referrals.stored(scheme.pk, state="accepted", sent_at=clock.now(), person=person)
        ended = {"closed_at": clock.now(), "close_reason": "goals-met", "next_action": "", "next_action_on": None}
        case = Case.objects.create(
            scheme=scheme, reference=f"C-W{number:03}-{uuid4().hex[:4].upper()}", person=person, referral=referral,
            state=state.value, worker=None if state == "waiting" else self.dice.choice(self.staff[scheme.pk]),
            complexity=self.dice.choice([1, 2, 3]), opened_at=clock.now(), first_contact_by=self.day(),
            **(ended if state == "closed" else {"next_action": "Ring", "next_action_on": self.day()}),
        )  # fmt: skip
        self.made.cases.append(case)
        for each in range(self.dice.choice([0, 0, 1, 2])):
            self.made.tasks.append(self.task(case, each))

    def day(self) -> date:
        return clock.today() + timedelta(days=self.dice.choice([-9, -1, 0, 0, 1, 6, 7, 8, 30]))

    def task(self, case: Case, number: int) -> Task:
        return Task.objects.create(
            case=case, scheme=case.scheme, worker=case.worker, kind=self.dice.choice(list(TaskKind)).value, title="Do",
            due_on=self.day(), dedupe=f"{case.pk}:{number}", done_at=self.dice.choice([None, None, clock.now()]),
        )  # fmt: skip


@pytest.fixture(params=SEEDS)
def made(request: Any, cast: Cast) -> Made:
    return Maker(cast, request.param).world()


def known(actor: Actor, case: Case) -> bool:
    """Whether somebody may know of a case, said slowly."""
    if case.scheme_id not in actor.schemes:
        return False
    mine = case.worker_id == actor.user_id
    lead = access.leads_safeguarding(actor)
    team = access.sees_team(actor) or lead
    in_sight = case.person.restriction == "normal" or lead
    return mine or (in_sight and (team or case.worker_id is None))


WHO = ["link_worker", "colleague", "manager", "safeguarding_lead", "outsider", "outside_manager"]


def test_the_morning_of_everybody(cast: Cast, made: Made) -> None:
    today = clock.today()
    for who in WHO:
        actor = cast.actor(getattr(cast, who))
        mine = [each for each in made.cases if each.worker_id == actor.user_id and each.state != "closed"]
        found = do(actor, lambda *, by: queries.today_of(by))
        assert found.caseload == len(mine)
        # Whoever is new and late stands under what is late, as in the caseload.
        new = {each.pk for each in mine if each.state == "allocated" and each.next_action_on >= today}
        assert {item.case_id for item in found.new} == new
        placed = [("overdue", lambda on: on < today), ("today", lambda on: on == today),
                  ("soon", lambda on: today < on <= today + timedelta(days=7))]  # fmt: skip
        tasks = [each for each in made.tasks if each.worker_id == actor.user_id and each.done_at is None]
        own_list = {"question", "no-show"}
        for name, belongs in placed:
            cases = [each.pk for each in mine if each.pk not in new and belongs(each.next_action_on)]
            theirs = [each.case_id for each in tasks if each.kind not in own_list and belongs(each.due_on)]
            items = getattr(found, name)
            assert sorted(item.case_id for item in items) == sorted([*cases, *theirs]), (who, name)
            assert [item.on for item in items] == sorted(item.on for item in items)
        asked = sorted(each.pk for each in tasks if each.kind == "question")
        assert sorted(item.task_id for item in found.questions if item.task_id) == asked
        missed = sorted(each.pk for each in tasks if each.kind == "no-show")
        assert sorted(item.task_id for item in found.no_shows if item.task_id) == missed


def test_how_the_team_stands(cast: Cast, made: Made) -> None:
    today = clock.today()
    for who in WHO:
        actor = cast.actor(getattr(cast, who))
        seen = [each for each in made.cases if each.state != "closed" and known(actor, each)]
        first = {
            each.pk: min([each.next_action_on, *(t.due_on for t in made.tasks if t.case == each and not t.done_at)])
            for each in seen
        }
        found = do(actor, lambda *, by: queries.team_of(by))
        early = [each for each in seen if each.state in ("waiting", "allocated")]
        assert (found.open_cases, found.waiting, found.promises_missed, found.overdue) == (
            len(seen),
            sum(each.state == "waiting" for each in seen),
            sum(each.first_contact_by < today for each in early),
            sum(day < today for day in first.values()),
        ), who


def test_whom_the_caseload_shows(cast: Cast, made: Made) -> None:
    for who in WHO:
        actor = cast.actor(getattr(cast, who))
        for state in ("", *STATES):
            rows = do(actor, lambda *, by, state=state: list(queries.caseload(by, state=str(state))))
            expected = {
                each.pk
                for each in made.cases
                if known(actor, each) and (each.state == state if state else each.state != "closed")
            }
            assert {row.pk for row in rows} == expected, (who, state)
        sheet = do(actor, lambda *, by: list(sheets.caseload(queries.caseload(by))))
        open_now = {each.reference for each in made.cases if each.state != "closed" and known(actor, each)}
        assert {line[0] for line in sheet[1:]} == open_now


def test_who_waits_for_a_worker(cast: Cast, made: Made) -> None:
    for who in ("manager", "outside_manager", "safeguarding_lead"):
        actor = cast.actor(getattr(cast, who))
        found = do(actor, lambda *, by: list(queries.waiting(by)))
        expected = [each for each in made.cases if each.state == "waiting" and known(actor, each)]
        assert {case.pk for case in found} == {each.pk for each in expected}
        assert [case.first_contact_by for case in found] == sorted(each.first_contact_by for each in expected)


def test_what_each_worker_carries(cast: Cast, made: Made) -> None:
    for scheme in (cast.scheme, cast.other_scheme):
        for worker in queries.workers(scheme.pk):
            carried = [
                each
                for each in made.of(scheme.pk)
                if each.worker_id == worker.id and each.state not in ("paused", "closed")
            ]
            assert sorted(worker.complexities) == sorted(each.complexity for each in carried)
            assert worker.weight == sum(WEIGHTS[each.complexity] for each in carried)
        names = [worker.name for worker in queries.workers(scheme.pk)]
        assert names == sorted(names)


def test_goals_tasks_and_plans_are_seen_with_their_case_or_not_at_all(cast: Cast, made: Made) -> None:
    for who in WHO:
        actor = cast.actor(getattr(cast, who))
        seen = do(actor, lambda *, by: set(access.visible_tasks(by).values_list("pk", flat=True)))
        assert seen == {each.pk for each in made.tasks if known(actor, each.case)}, who


def test_what_somebody_has_open_and_had_before(cast: Cast, made: Made) -> None:
    people = [each.person_id for each in made.cases]
    found = queries.cases.open_cases_of(people)
    assert found == {each.person_id: each for each in made.cases if each.state != "closed"}
    for case in made.cases:
        assert queries.open_case_of(case.person_id) == found.get(case.person_id)
    for who in WHO:
        actor = cast.actor(getattr(cast, who))
        for case in (each for each in made.cases if each.scheme_id in actor.schemes):
            again = Case(person_id=case.person_id, scheme_id=case.scheme_id, opened_at=clock.now())
            earlier = do(actor, lambda *, by, again=again: earlier_cases(again, by))
            wanted = [(case.pk, known(actor, case))] if case.state == "closed" else []
            assert [(each.pk, each.opens) for each in earlier] == wanted, who


def test_which_concerns_wait(cast: Cast, made: Made) -> None:
    for case in made.cases[:6]:
        for state, escalations in (("raised", 0), ("acknowledged", 0), ("raised", 1)):
            Concern.objects.create(
                scheme=case.scheme, person=case.person, case=case, owner=cast.safeguarding_lead, state=state,
                what_happened="x", raised_by="somebody", raised_by_name="Somebody", raised_at=clock.now(),
                escalations=escalations,
            )  # fmt: skip
    for who in WHO:
        actor = cast.actor(getattr(cast, who))
        here = [each for each in Concern.objects.select_related("person") if each.scheme_id in actor.schemes]
        normal = [each for each in here if each.person.restriction == "normal"]
        told = [each for each in here if each.escalations]
        expected = {"safeguarding_lead": here, "manager": {*normal, *told}, "outside_manager": {*normal, *told}}.get(
            who, []
        )
        found = do(actor, lambda *, by: {each.pk for each in queries.concerns_of(by)})
        assert found == {each.pk for each in expected}, who


def test_a_referral_of_another_scheme_is_in_nobodys_inbox_here(cast: Cast) -> None:
    from linkworks.referrals.queries import inbox

    for scheme in (cast.scheme, cast.other_scheme):
        for number in range(3):
            referrals.stored(scheme.pk, given_name=f"Ada {number}", state="sent", sent_at=clock.now())
    for who in ("link_worker", "manager", "outsider"):
        actor = cast.actor(getattr(cast, who))
        found = do(actor, lambda *, by: {each.pk for each in inbox(by)})
        assert found == {each.pk for each in Referral.objects.filter(state="sent") if each.scheme_id in actor.schemes}


def test_the_factory_makes_worlds_worth_looking_at(made: Made) -> None:
    assert len(made.cases) == 18
    assert len({each.state for each in made.cases}) > 2
