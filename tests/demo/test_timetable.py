"""A made-up group meets when its own words say: nobody believes a lunch club at six, or a Fix-It Friday on a Monday."""

from datetime import time

import pytest

from linkworks.demo import timetable
from linkworks.demo.world import World, told
from linkworks.directory.rules.facts import SessionFacts
from linkworks.directory.rules.sessions import DAYS

NAMED = [(kind, name) for kind, each in told("activities").items() for name in each["names"]]


def meets(kind: str, name: str, seed: int = 1) -> SessionFacts:
    world = World()
    world.dice.seed(seed)
    return timetable.session(world, name, told("activities")[kind])


@pytest.mark.parametrize(("kind", "name"), NAMED)
def test_a_day_in_the_name_is_the_day(kind: str, name: str) -> None:
    named = [day for day in DAYS.values() if day in name]
    for seed in range(5):
        assert not named or DAYS[meets(kind, name, seed).byday] == named[0]


@pytest.mark.parametrize(
    ("kind", "name", "opens", "closes"),
    [
        ("lunch-club", "Second Helpings", time(12), time(15)),
        ("lunch-club", "Wednesday Plates", time(12), time(15)),
        ("hobby-club", "Chess under the Clock", time(18), time(21)),
        ("faith-group", "Open Door Fellowship Lunch", time(12), time(14)),
        ("faith-group", "Many Faiths Supper", time(18), time(20)),
        ("gentle-movement", "Chair Yoga at Eleven, Thistledown", time(11), time(13)),
        ("addiction-support", "The Other Road", time(9), time(11)),
        ("legal-advice", "Plain Law Evenings", time(18), time(20)),
    ],
)
def test_so_is_the_hour_that_its_name_or_its_kind_says(kind: str, name: str, opens: time, closes: time) -> None:
    for seed in range(5):
        assert (meets(kind, name, seed).opens_at, meets(kind, name, seed).closes_at) == (opens, closes)


def test_who_says_nothing_of_it_meets_on_any_day_and_at_any_hour() -> None:
    some = [meets("peer-support", "Been There Too", seed) for seed in range(60)]
    assert {each.byday for each in some} == set(timetable.DRAWN_DAYS)
    assert {each.opens_at.hour for each in some if each.opens_at} == set(timetable.DRAWN_HOURS)


@pytest.mark.parametrize("name", ["Been There Too", "The Tuesday Table"])
def test_a_name_of_its_own_changes_nothing_of_the_next_group(name: str) -> None:
    world, other = World(), World()
    world.dice.seed(3)
    other.dice.seed(3)
    timetable.session(world, name, {})
    timetable.session(other, "Anything", {"at": 12})
    assert world.dice.random() == other.dice.random()
