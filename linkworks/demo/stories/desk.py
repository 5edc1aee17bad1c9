"""What waits at the stewards' desk: the lists of other bodies as they were read, and what people said of listings."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from django.utils import timezone

from linkworks.core import clock, tenancy
from linkworks.core.actor import PUBLIC, Actor
from linkworks.directory import actions, queries
from linkworks.directory.access import claim_actor, claim_token
from linkworks.directory.models import (
    Claim,
    DuplicatePair,
    HeldFact,
    ImportRun,
    ListingReport,
    ProposedEdit,
    RefreshRequest,
    Service,
    Source,
)
from linkworks.directory.rules.refreshing import Reached
from linkworks.directory.states import Schedule

from ..world import MAKER, World, told
from .telling import at_a_time

DATED = (Claim, DuplicatePair, HeldFact, ImportRun, ListingReport, ProposedEdit, RefreshRequest)
DAYS_AGO = {"rows": 40, "later": 9, "last": 2}
CHANGED_ITS_NUMBER, ASKED, GAVE_UP = 4, 60, 30
Step = Callable[[], Any]


def build(world: World) -> None:
    """The longest ago first."""
    for days_ago, by, step in sorted(told_steps(world), key=lambda each: -each[0]):
        tell(days_ago, by, step)


def told_steps(world: World) -> Iterator[tuple[int, Actor, Step]]:
    """What happened: how many days ago, by whom, and what."""
    yield from readings(world, world.actor(world.characters["steward"]))
    yield from what_was_said(world)
    yield from in_vain()
    yield CHANGED_ITS_NUMBER, MAKER, partial(change_number, world)
    for kind in told("lists")["silent"]:
        yield ASKED, MAKER, partial(ask, world, kind)
        yield GAVE_UP, MAKER, partial(give_up, world, kind)


def readings(world: World, steward: Actor) -> Iterator[tuple[int, Actor, Step]]:
    for listed in told("lists")["lists"]:
        yield DAYS_AGO["rows"] + 1, steward, partial(take_on, listed, steward)
        for reading in (name for name in DAYS_AGO if name in listed):
            yield DAYS_AGO[reading], steward, partial(give, world, listed, reading, steward)


def what_was_said(world: World) -> Iterator[tuple[int, Actor, Step]]:
    for kind, reason, words, days_ago in told("lists")["reports"]:
        yield days_ago, PUBLIC, partial(report, world, kind, reason, words)
    for kind, name, job, days_ago in told("lists")["claims"]:
        yield days_ago, PUBLIC, partial(claim, world, kind, name, job)


def in_vain() -> Iterator[tuple[int, Actor, Step]]:
    """Searches that found nothing, and what did not fit, over some weeks."""
    for words, times in told("lists")["searches"]:
        yield from (
            (1 + 2 * turn, PUBLIC, partial(actions.note_empty_search, words, by=PUBLIC)) for turn in range(times)
        )
    for reason, need, times in told("lists")["nothing_fits"]:
        yield from ((2 + 3 * turn, PUBLIC, partial(nothing_fits, reason, need, turn)) for turn in range(times))


def tell(days_ago: int, by: Actor, step: Step) -> None:
    """One thing that happened, at ten in the morning of its day."""
    began = timezone.now()
    moment = datetime.combine(clock.today() - days_ago * clock.DAY, time(10), clock.LONDON)
    with at_a_time(moment), tenancy.context(by):
        step()
    with tenancy.context(MAKER):
        for model in DATED:
            model.objects.filter(created_at__gte=began).update(created_at=moment)


def take_on(listed: Mapping[str, Any], by: Actor) -> None:
    facts = {
        "name": listed["name"],
        "address": "",
        "licence": listed["licence"],
        "owner": "",
        "schedule": Schedule.OFF.value,
    }
    made = actions.add_source(facts=facts, by=by)
    Source.objects.filter(id=made.id).update(is_fictional=True)


def give(world: World, listed: Mapping[str, Any], reading: str, by: Actor) -> None:
    """A file with the list as it stood then."""
    changes: dict[int, Mapping[str, str]] = {}
    for name in list(DAYS_AGO)[1 : list(DAYS_AGO).index(reading) + 1]:
        changes |= listed[name]
    at, first = listed.get("at", {}), dict[str, int]()
    rows = []
    for number, each in enumerate(listed["rows"]):
        building = at.get(each[0], "")
        door = first.setdefault(building, number) if building else number
        rows.append(row_of(world, door, each, changes.get(each[0], {}), building))
    source = Source.objects.get(name=listed["name"])
    actions.ask_to_read(source, file=json.dumps({"content": rows}).encode(), file_name="list.json", by=by)


def row_of(world: World, number: int, row: list[Any], changed: Mapping[str, str], building: str) -> dict[str, Any]:
    """A row as Outpost sends it; `number` decides in which street."""
    key, name, about, owner, phone, day, opens, closes = row
    postcodes = sorted(world.postcodes["E09000028"])
    postcode = postcodes[number * len(postcodes) // 20]
    street = told("london")["places"][number % len(told("london")["places"])]
    at = {"city": "London", "postal_code": f"{postcode[:-3]} {postcode[-3:]}"}
    return {
        "id": key,
        "name": changed.get("name", name),
        "description": changed.get("about", about),
        "organisation": {"id": owner, "name": owner},
        "contacts": [{"name": "Office", "phone": changed.get("phone", phone)}],
        "locations": [{"name": building, "address_1": f"{3 + 4 * number} {street} Street", **at}],
        "regular_schedules": [{"weekday": day, "opens_at": opens, "closes_at": closes}],
    }  # fmt: skip


def listing(world: World, kind: str) -> Service:
    """One of the activities of a kind that nobody can be in the demo."""
    groups = [each for each in world.groups if each.service.kinds[0] == kind]
    return min(groups, key=lambda each: each.coordinator is not None).service


def report(world: World, kind: str, reason: str, words: str) -> None:
    actions.report_listing(listing(world, kind).id, reason=reason, words=words, token="", by=PUBLIC)


def claim(world: World, kind: str, name: str, job: str) -> None:
    """They ask, and open the link in their e-mail."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    made = actions.claim_organisation(listing(world, kind).id, name=name, job=job, email=email, token="", by=PUBLIC)
    actions.verify_claim(made, by=claim_actor(claim_token(made)) or PUBLIC)


def nothing_fits(reason: str, need: str, turn: int) -> None:
    actions.say_nothing_fits(
        reason=reason, need=need, borough_code="E09000028", words="", token=f"{reason}{turn}", by=PUBLIC
    )


def ask(world: World, kind: str) -> None:
    service = listing(world, kind)
    actions.ask_group(service, reached=Reached("email", service.email), by=MAKER)


def give_up(world: World, kind: str) -> None:
    """Nobody answered."""
    actions.lapse(listing(world, kind).refresh_requests.get(), by=MAKER)


def change_number(world: World) -> None:
    """A co-ordinator puts the telephone number right, which waits for a steward."""
    known = [(each.coordinator, each.service) for each in world.groups if each.coordinator]
    user, made = next(each for each in known if each[1].kinds == ["social-group"])
    by, service = world.actor(user), Service.objects.get(id=made.id)
    facts = queries.own_facts(service)
    seen = facts.pop("seen")
    with tenancy.context(by):
        actions.edit_own(service, facts=facts | {"phone": "020 7946 0777"}, seen=seen, by=by)
