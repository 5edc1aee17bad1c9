from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from linkworks.messaging.rules import Reach, way_of, why_not
from linkworks.messaging.states import Way

SAFE = Reach(kind="email", value="sam@home.example.org", is_safe=True)


def test_a_safe_channel_lets_through() -> None:
    assert why_not(SAFE, address=SAFE.value) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"is_safe": None}, "not been asked"),
        ({"is_safe": False}, "not safe"),
        ({"has_ended": True}, "no longer use"),
        ({"has_died": True}, "died"),
        ({"kind": "phone"}, "speaking"),
        ({"kind": "through-someone"}, "speaking"),
        ({"value": "other@home.example.org"}, "address changed"),
    ],
)
def test_every_other_holds_back_and_says_why(change: dict[str, object], said: str) -> None:
    assert said in why_not(replace(SAFE, **change), address=SAFE.value)


def test_death_is_said_before_anything_else() -> None:
    assert "died" in why_not(replace(SAFE, has_died=True, is_safe=False, has_ended=True), address="")


@settings(max_examples=10_000, deadline=None)
@given(
    reach=some.builds(
        Reach,
        kind=some.sampled_from(["phone", "text", "email", "letter", "through-someone", "carrier-pigeon"]),
        value=some.sampled_from(["a", "b"]),
        is_safe=some.sampled_from([True, False, None]),
        has_ended=some.booleans(),
        has_died=some.booleans(),
    ),
    address=some.sampled_from(["a", "b"]),
)
def test_only_safe_channels_of_the_living_let_through(reach: Reach, address: str) -> None:
    opened = why_not(reach, address=address) == ""
    assert opened == (
        reach.is_safe is True
        and not reach.has_ended
        and not reach.has_died
        and reach.kind in {"text", "email", "letter"}
        and reach.value == address
    )


def test_ways() -> None:
    assert [way_of(kind) for kind in ("email", "text", "letter", "phone", "through-someone")] == [
        Way.EMAIL,
        Way.TEXT,
        Way.LETTER,
        None,
        None,
    ]
