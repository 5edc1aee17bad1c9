"""The links that narrow what was found, and those that take a choice back: which are offered, in which order, and whereto."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.presenters.narrowing import GROUPS, Asked, chosen, leaving_out, narrowing
from linkworks.directory.presenters.narrowing import WITHOUT as WORDS
from linkworks.directory.queries.index import ids
from linkworks.directory.queries.relaxing import WITHOUT

NAMES = [name for name, *_ in GROUPS]
TYPED = st.dictionaries(
    st.sampled_from([*NAMES, "q", "postcode", "distance", "page"]), st.text("aé &=#?+%/", max_size=6), max_size=6
)


def counts(**told: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Nothing of anything but what is said here."""
    return {group: dict.fromkeys(listed, 0) | dict(told.get(group, {})) for group, listed in ids.lists().items()}


def asked(typed: Mapping[str, str]) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update(dict(typed))
    return made


def groups(typed: str = "q=tea", near: Any = (), **told: Mapping[str, int]) -> dict[str, list[dict[str, Any]]]:
    return {each["heading"]: each["links"] for each in narrowing(QueryDict(typed), counts(**told), near)}


@given(TYPED, st.sampled_from(NAMES), st.text("aé &=#", min_size=1, max_size=5))
def test_a_link_asks_the_same_and_one_thing_more(typed: dict[str, str], name: str, value: str) -> None:
    """Whatever was typed: nothing of it is lost or mixed up, and the list starts at its first page."""
    led = QueryDict(Asked(asked(typed)).but(name, value).removeprefix("?"))
    assert led.dict() == {**{key: each for key, each in typed.items() if key != "page"}, name: value}


@given(TYPED, st.sampled_from(NAMES))
def test_taking_it_back_leaves_the_rest(typed: dict[str, str], name: str) -> None:
    led = QueryDict(Asked(asked(typed)).but(name).removeprefix("?"))
    assert led.dict() == {key: each for key, each in typed.items() if key not in {name, "page"}}


def test_what_is_offered_twice_in_an_address_is_taken_back_whole() -> None:
    assert Asked(QueryDict("day=MO&day=TU&q=tea")).but("day") == "?q=tea"
    assert Asked(QueryDict("day=MO&day=TU&q=tea")).but("day", "WE") == "?q=tea&day=WE"


def test_what_would_leave_nothing_is_not_offered() -> None:
    assert groups() == {}
    assert groups(needs={"housing": 0}, is_free={"yes": 0}, near=[("1", "1 mile", 0)]) == {}


def test_the_commonest_come_first_and_at_most_eight() -> None:
    needs = {each: number for number, each in enumerate(list(vocabulary.NEEDS)[:12], 1)}
    links = groups(needs=needs)["What would help"]
    assert [each.left for each in links] == ["12", "11", "10", "9", "8", "7", "6", "5"]
    assert links[0].text == vocabulary.label("needs", list(needs)[-1])


def test_days_are_in_the_order_of_the_week_and_without_their_parts() -> None:
    links = groups(times={"SU": 9, "MO": 1, "TH": 5, "TH-evening": 5, "MO-morning": 1})["When"]
    assert [(each.text, each.left) for each in links] == [("Monday", "1"), ("Thursday", "5"), ("Sunday", "9")]


def test_large_numbers_are_written_as_people_write_them() -> None:
    assert groups(is_free={"yes": 12345})["Cost"] == [("Free", "12,345", "?q=tea&free=yes")]


@pytest.mark.parametrize(("name", "counted", "heading"), [each[:3] for each in GROUPS])
def test_a_group_that_was_chosen_from_is_not_offered_again(name: str, counted: str, heading: str) -> None:
    value = ids.lists()[counted][0]
    assert heading in groups("q=tea", **{counted: {value: 3}})
    assert heading not in groups(f"q=tea&{name}={value}", **{counted: {value: 3}})


def test_distances_come_first_in_the_order_given() -> None:
    near = [("1", "1 mile", 2), ("3", "3 miles", 0), ("5", "5 miles", 7)]
    offered = groups("postcode=SE15+5DD", near, needs={"housing": 4})
    assert list(offered) == ["Distance", "What would help"]
    assert [each.href for each in offered["Distance"]] == [
        "?postcode=SE15+5DD&distance=1",
        "?postcode=SE15+5DD&distance=5",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("day=TU&free=yes", ["Tuesday", "Free"]),
        ("language=bn", [vocabulary.label("languages", "bn")]),
        ("access=step-free", [vocabulary.label("access_needs", "step-free")]),
        ("day=XX&free=perhaps&language=klingon&access=wings", []),
        ("day=TU-evening", []),
        ("need=housing&category=connected", []),
        ("", []),
    ],
)
def test_what_was_chosen_is_said_with_the_way_back(typed: str, said: list[str]) -> None:
    taken = chosen(QueryDict(f"q=tea&{typed}"), counts())
    assert [each["text"] for each in taken] == said
    for each in taken:
        left = QueryDict(each["href"].removeprefix("?")).dict()
        assert left.items() < QueryDict(f"q=tea&{typed}").dict().items()
        assert left["q"] == "tea"


def test_everything_that_can_be_left_out_has_its_words() -> None:
    assert set(WORDS) == set(WITHOUT)
    said = leaving_out(QueryDict("q=tea&free=yes"), {"free": 1, "q": 1200})
    assert [each["text"] for each in said] == [
        "Whether free or not: 1 service",
        "Leaving the words out: 1,200 services",
    ]
    assert [each["href"] for each in said] == ["?q=tea", "?free=yes"]


def test_any_distance_is_asked_for_in_so_many_words() -> None:
    """Left out altogether, the form would put its usual distance back."""
    (said,) = leaving_out(QueryDict("postcode=SE15+5DD&distance=1&page=3"), {"distance": 4})
    assert QueryDict(said["href"].removeprefix("?")).dict() == {"postcode": "SE15 5DD", "distance": ""}
