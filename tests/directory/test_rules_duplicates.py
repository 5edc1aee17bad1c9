"""Which two listings a person should look at, and which they should not."""

import pytest

from linkworks.directory.rules import duplicates
from linkworks.directory.rules.duplicates import Sketch

CLUB = Sketch(
    "a", "Tuesday Lunch Club", "Kettle and Company", "SE15 5DD", "020 7946 0111", "https://kettle.org.example", "s1"
)


def other(**facts: str) -> Sketch:
    known = {name: getattr(CLUB, name) for name in CLUB.__struct_fields__}
    return Sketch(**{**known, "id": "b", "source": "s2", **facts})


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


@pytest.mark.parametrize(
    ("name", "plain"), [("The Club", "the club"), ("St. Mary’s Lunch Club", "st marys lunch"), ("", "")]
)
def test_names_without_their_small_words(name: str, plain: str) -> None:
    assert duplicates.plain(name) == plain
