"""A page asks the database as much for a long story as for a short one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from linkworks.casework import actions
from linkworks.casework.rules.facts import GoalFacts, StepFacts
from linkworks.connections.models import Question
from linkworks.core import clock
from linkworks.core.actor import Actor
from tests.casework.everything import World, world
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import people, referrals
from tests.factories.casework import do

Grow = Callable[[Cast, World, Actor, int], Any]


def more_goals(cast: Cast, it: World, worker: Actor, number: int) -> None:
    goal = do(worker, actions.set_goal, it.case, facts=GoalFacts(words=f"Goal {number}", needs=("loneliness",)))
    do(worker, actions.add_step, goal, facts=StepFacts(what="Ring", who="Me"))
    do(worker, actions.record_unmet_need, it.case, facts=make.UNMET)
    do(worker, actions.add_task, it.case, title=f"Task {number}", due_on=clock.today(), token=f"grow-{number}")


def more_talk(cast: Cast, it: World, worker: Actor, number: int) -> None:
    Question.objects.create(
        connection=it.connection, scheme_id=it.connection.scheme_id, provider_id=it.connection.provider_id,
        text=f"Question {number}", from_provider=bool(number % 2), asked_by="test", asked_by_name="Maggie",
        asked_at=clock.now() - timedelta(minutes=number),
    )  # fmt: skip


def more_ways(cast: Cast, it: World, worker: Actor, number: int) -> None:
    do(worker, actions.set_channel, it.case, kind="text", value=f"07700 90010{number}", is_safe=True)


def more_services(cast: Cast, it: World, worker: Actor, number: int) -> None:
    make.service(cast, name=f"Lunch club {number}", needs=["loneliness"])


def more_alike(cast: Cast, it: World, worker: Actor, number: int) -> None:
    people.channel(people.person(cast.scheme.id, family_name=f"Other {number}"))


def more_inbox(cast: Cast, it: World, worker: Actor, number: int) -> None:
    referrals.stored(cast.scheme.id, given_name=f"Ada {number}", state="sent", sent_at=clock.now())


def more_moves(cast: Cast, it: World, worker: Actor, number: int) -> None:
    from linkworks.casework.models import Concern, ConcernMove

    concern = Concern.objects.get(pk=it.ids["concern_id"])
    ConcernMove.objects.create(
        concern=concern, scheme_id=concern.scheme_id, move="escalate", to_state="raised", made_by="t", made_by_name="T",
        made_at=clock.now(),
    )  # fmt: skip


def more_groups(cast: Cast, it: World, worker: Actor, number: int) -> None:
    place = make.service(cast, name=f"Choir {number}", needs=["loneliness"])
    do(worker, actions.connect, it.goal, service_id=place.id, sharing=make.SHARED)


GROWING: list[tuple[str, str, Grow]] = [
    ("plan", "link_worker", more_goals),
    ("plan-print", "link_worker", more_goals),
    ("plan", "link_worker", more_groups),
    ("plan-print", "link_worker", more_groups),
    ("case", "link_worker", more_groups),
    ("review", "link_worker", more_goals),
    ("agree", "link_worker", more_goals),
    ("connection", "link_worker", more_talk),
    ("channels", "link_worker", more_ways),
    ("contact", "link_worker", more_ways),
    ("connect", "link_worker", more_ways),
    ("goal-match", "link_worker", more_services),
    ("accept", "link_worker", more_alike),
    ("inbox-referral", "link_worker", more_alike),
    ("inbox", "manager", more_inbox),
    ("concern-answer", "safeguarding_lead", more_moves),
]


@pytest.mark.parametrize(("page", "who", "grow"), GROWING, ids=[f"{name}-{grow.__name__}" for name, _, grow in GROWING])
def test_queries_do_not_grow(cast: Cast, worker: Actor, page: str, who: str, grow: Grow) -> None:
    it = world(cast)
    client, address = cast.client(getattr(cast, who)), it.address(page)
    grow(cast, it, worker, 0)

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(database) as seen:
            response = client.get(address)
        assert response.status_code == 200
        return len(seen), len(response.content)

    asked()
    few, short = asked()
    for number in range(1, 5):
        grow(cast, it, worker, number)
    many, long = asked()
    assert many == few
    assert long > short or page in ("contact", "accept", "inbox-referral", "goal-match"), "and the page did grow"


def test_a_case_page_asks_for_nothing_twice(cast: Cast, worker: Actor) -> None:
    it = world(cast)
    client, address = cast.client(cast.link_worker), it.address("case")
    make.answers(cast, it.case, "start")
    client.get(address)
    with CaptureQueriesContext(database) as seen:
        assert client.get(address).status_code == 200
    asked = [each["sql"] for each in seen.captured_queries if each["sql"].startswith('SELECT "')]
    tables = [sql.split("FROM", 1)[1].split(" WHERE", 1)[0].strip() for sql in asked]
    assert len(asked) > 20 and {each for each in tables if tables.count(each) > 1} == set()
    assert len(seen) <= 37, "one page, one round of questions: what is new is read with what is there"
