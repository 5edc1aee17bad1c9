"""The made-up buildings: of many kinds, each the same for all who meet in it, and two of them full of groups."""

from collections import Counter, defaultdict

import pytest

from linkworks.core import vocabulary
from linkworks.demo import activities
from linkworks.demo.world import World, told
from linkworks.directory.rules import place_kinds, same_place
from linkworks.directory.rules.facts import PlaceFacts
from linkworks.organisations.rules import places

SOUTHWARK = "E09000028"
POSTCODES = {code: [f"SE{n % 28 + 1}{n % 9}DD" for n in range(60)] for code in places.boroughs()}


@pytest.fixture(scope="module")
def met() -> list[tuple[str, str, PlaceFacts]]:
    """The borough, the kind of activity and the building of each group that the demo makes."""
    world = World(postcodes=POSTCODES)
    plan = activities.planned(world, 1.0)
    return [
        (borough, kind, activities.facts(world, borough, kind, name, told("activities")[kind]).places[0])
        for borough, kind, name in plan
    ]


def test_there_is_something_of_most_kinds_and_where_people_are_treated(met: list) -> None:
    kinds = Counter(place.place_kind for _, _, place in met)
    assert set(kinds) - {""} <= set(vocabulary.PLACE_KINDS)
    for kind in (
        "park",
        "leisure-centre",
        "museum",
        "arts-venue",
        "swimming-pool",
        "library",
        "gp-surgery",
        "health-centre",
    ):
        assert kinds[kind], kind


def test_each_building_is_one_place_however_many_meet_there(met: list) -> None:
    doors = defaultdict(set)
    groups: Counter[str] = Counter()
    for borough, _, place in met:
        key = same_place.key(place)
        assert key, place
        doors[key].add((place.name, place.address_1, place.postcode, place.place_kind))
        groups[key] += borough == SOUTHWARK
    assert {len(each) for each in doors.values()} == {1}
    assert len([key for key, count in groups.items() if count >= 3]) >= 2, "several groups meet in one building"


def test_a_kind_of_group_meets_where_such_groups_meet(met: list) -> None:
    for _, kind, place in met:
        hall = activities.HELD_AT.get(kind)
        assert hall is None or place.name.endswith(hall), (kind, place.name)


def test_what_a_building_is_called_never_says_another_kind(met: list) -> None:
    for _, _, place in met:
        assert place_kinds.named(place.name) in {"", place.place_kind}, place.name


def test_the_made_up_councils_list_names_its_buildings_and_they_say_what_they_are() -> None:
    (listed, _) = told("lists")["lists"]
    assert set(listed["at"]) <= {row[0] for row in listed["rows"]}
    kinds = {place_kinds.named(name) for name in listed["at"].values()}
    assert kinds == {"family-centre", "leisure-centre", "library", "garden", "park"}
