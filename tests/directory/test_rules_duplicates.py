"""Which two listings a person should look at, and which they should not."""

import random
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkworks.directory.rules import duplicates
from linkworks.directory.rules.duplicates import Sketch

CLUB = Sketch(
    id="a",
    name="Tuesday Lunch Club",
    organisation="Kettle and Company",
    postcodes=("SE15 5DD",),
    phone="020 7946 0111",
    url="https://kettle.org.example",
    source="s1",
)
CHARITY = structs.replace(CLUB, charity="1123456")


def other(postcode: str | None = None, **facts: Any) -> Sketch:
    at = {} if postcode is None else {"postcodes": (postcode,) if postcode else ()}
    return structs.replace(CLUB, **{"id": "b", "source": "s2", **at, **facts})


@pytest.mark.parametrize(
    ("second", "reasons"),
    [
        (other(), ("the same name", "the same place", "the same telephone number", "the same web address", "the same organisation")),
        (other(phone="", url="", organisation="Other"), ("the same name", "the same place")),
        (other(postcode="", url="", organisation=""), ("the same name", "the same telephone number")),
        (other(name="The Tuesday lunch club", postcode="", phone=""), ("the same name", "the same web address", "the same organisation")),
        (other(name="Tuesday's lunches", url="", organisation=""), ("a similar name", "the same place", "the same telephone number")),
        (other(phone="+44 20 7946 0111", postcode="", url="", organisation=""), ("the same name", "the same telephone number")),
        (other(url="http://Kettle.org.example/", postcode="", phone="", organisation=""), ("the same name", "the same web address")),
    ],
)  # fmt: skip
def test_alike(second: Sketch, reasons: tuple[str, ...]) -> None:
    [found] = duplicates.alike([second, CLUB])
    assert (found.one, found.other) == ("a", "b")
    assert found.reasons == reasons


@pytest.mark.parametrize(
    "second",
    [
        other(name="Debt advice"),  # one hall, one number, another thing
        other(name="Knitting circle", organisation="Kettle and Company"),
        other(postcode="N1 1AA", phone="", url="", organisation="Elsewhere"),  # a lunch club somewhere else
        other(name="Wednesday supper", postcode=""),
    ],
)
def test_not_alike(second: Sketch) -> None:
    assert duplicates.alike([CLUB, second]) == []


def test_within_one_list_more_is_asked_for() -> None:
    """A council that lists two sessions of a club meant to."""
    near = other(name="Tuesday lunches", source="s1", organisation="", url="", phone="")
    assert duplicates.alike([CLUB, near]) == []
    assert duplicates.alike([CLUB, other(source="s1")]) != []


def test_a_number_that_everybody_has_says_nothing() -> None:
    switchboard = [Sketch(f"{n:03}", f"Club {n:03}", phone="020 7946 0999", source=str(n)) for n in range(30)]
    assert duplicates.pairs(switchboard) == set()


def test_three_of_a_kind_are_three_pairs() -> None:
    three = [other(id=each, source=each) for each in "cab"]
    assert [(each.one, each.other) for each in duplicates.alike(three)] == [("a", "b"), ("a", "c"), ("b", "c")]


NOTHING_ELSE = {"phone": "", "url": "", "organisation": ""}
CHARITY_SAID = "the same charity number"


@pytest.mark.parametrize(
    ("second", "reasons"),
    [
        # Its number finds what neither the place nor the telephone does.
        (other(postcode="", name="Tuesday Lunches", charity="1123456", **NOTHING_ELSE), ("a similar name", CHARITY_SAID)),
        # With a place as well, it is said beside it.
        (other(charity="1123456", **NOTHING_ELSE), ("the same name", "the same place", CHARITY_SAID)),
        # One organisation and two of its lunch clubs: the number alone does not make them one.
        (other(postcode="N1 1AA", charity="1123456", **NOTHING_ELSE), None),
        (other(postcode="N1 1AA", charity="1123456", phone="", url=""), None),
        # Another name is another service, whoever runs it.
        (other(name="Debt advice", charity="1123456"), None),
        # Another number is another body: the hall and the name of the club are not enough then.
        (other(charity="1199999", **NOTHING_ELSE), None),
        # Everything else alike still asks a person: numbers are mistyped.
        (other(charity="1199999"), duplicates.alike([CLUB, other()])[0].reasons),
        # Two halls, of which one is the same, are no other place.
        (other(postcodes=("N1 1AA", "SE15 5DD"), charity="1123456", **NOTHING_ELSE), ("the same name", "the same place", CHARITY_SAID)),
    ],
)  # fmt: skip
def test_a_number_is_weighed_with_the_rest(second: Sketch, reasons: tuple[str, ...] | None) -> None:
    found = duplicates.alike([CHARITY, second])
    assert [each.reasons for each in found] == ([reasons] if reasons else [])


@pytest.mark.parametrize(
    ("one", "second", "are_alike"),
    [
        ("Stay and play 0 to 2", "Stay and play 3 to 5", False),
        ("Larkspur pastime 1", "Larkspur pastime 2", False),
        ("Tuesday lunch club", "Thursday lunch club", False),
        ("Tuesday lunch club", "Tuesday’s lunches", True),
        ("Gardening morning", "Gardening mornings 2", True),  # only one of them says a number: it may be the same
        ("Over 60s lunch", "Over 60s lunches", True),
        ("Sunday lunch club", "Sundays lunch club", True),
    ],
)
def test_numbers_and_weekdays_tell_apart_what_is_named_alike(one: str, second: str, are_alike: bool) -> None:
    pair = structs.replace(CLUB, name=one), other(name=second)
    assert bool(duplicates.alike(pair)) is are_alike


def test_a_companys_number_counts_as_much() -> None:
    one, second = (structs.replace(each, company="01234567") for each in (CLUB, other(postcode="", **NOTHING_ELSE)))
    assert duplicates.alike([one, second])[0].reasons == ("the same name", "the same company number")


SKETCHES = st.builds(
    Sketch,
    id=st.uuids().map(str),
    name=st.sampled_from(["Lunch club", "Lunch clubs", "The lunch club", "Debt advice", ""])
    | st.text("abn ", max_size=9),
    organisation=st.sampled_from(["", "Kettle", "Elm Tree"]),
    postcodes=st.lists(st.sampled_from(["SE15 5DD", "N1 1AA", "E1 6AN"]), max_size=2, unique=True).map(tuple),
    phone=st.sampled_from(["", "020 7946 0111", "+44 20 7946 0111", "020 7946 0222"]),
    url=st.sampled_from(["", "https://kettle.org.example", "http://Kettle.org.example/"]),
    source=st.sampled_from(["", "s1", "s2"]),
    charity=st.sampled_from(["", "1123456", "SC012345"]),
    company=st.sampled_from(["", "01234567", "SC012345"]),
)


@given(SKETCHES, SKETCHES)
def test_two_are_as_alike_as_the_other_way_round(one: Sketch, second: Sketch) -> None:
    assert duplicates.compared(one, second) == duplicates.compared(second, one)


def test_which_name_comes_first_makes_no_difference() -> None:
    names = "Craft garden", "Friday garden"  # the ratio of these is 0.72 one way and 0.64 the other
    assert duplicates.name_points(*names) == duplicates.name_points(*reversed(names))


@given(st.lists(SKETCHES, max_size=8, unique_by=lambda each: each.id), st.randoms())
def test_the_order_does_not_matter_and_none_is_missed(sketches: list[Sketch], dice: random.Random) -> None:
    shuffled = dice.sample(sketches, len(sketches))
    every_pair = [duplicates.compared(*pair) for pair in combinations(sketches, 2)]
    by_hand = sorted((each for each in every_pair if each), key=lambda each: (each.one, each.other))
    assert duplicates.alike(sketches) == duplicates.alike(shuffled) == by_hand


@given(SKETCHES, SKETCHES)
def test_where_places_differ_the_organisation_alone_never_says_enough(one: Sketch, second: Sketch) -> None:
    apart = (
        structs.replace(one, postcodes=("SE15 5DD",), phone=""),
        structs.replace(second, postcodes=("N1 1AA",), url=""),
    )
    assert duplicates.compared(*apart) is None


@given(SKETCHES, SKETCHES, st.sampled_from(["charity", "company"]))
def test_a_number_they_share_never_makes_them_less_alike(one: Sketch, second: Sketch, which: str) -> None:
    if duplicates.compared(one, second):
        shared = [structs.replace(each, **{which: "7654321"}) for each in (one, second)]
        assert duplicates.compared(*shared)


@pytest.mark.parametrize(
    ("name", "plain"), [("The Club", "the club"), ("St. Mary’s Lunch Club", "st marys lunch"), ("", "")]
)
def test_names_without_their_small_words(name: str, plain: str) -> None:
    assert duplicates.plain(name) == plain
