"""What is listed as said of oneself is heard when a daughter, a neighbour or a receptionist says it of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import lay, others

LISTED = sorted({each.listed for some in lay.lay().by_first.values() for each in some})


@pytest.mark.parametrize(
    ("of_oneself", "of_another"),
    [
        ("I am on my own", "mum is on her own"),
        ("I live by myself", "he lives by himself"),
        ("nobody talks to me", "nobody talks to them"),
        ("my boyfriend wont let me out", "her boyfriend wont let her out"),
        ("I can't read my post", "they can't read their post"),
    ],
)
def test_the_same_is_heard_as_loud_of_another(of_oneself: str, of_another: str) -> None:
    heard, of_others = lay.heard(of_oneself), lay.heard(of_another)
    assert heard.needs
    assert next(iter(heard.needs)) in of_others.needs
    assert of_others.loudness >= heard.loudness


def test_what_is_listed_of_another_keeps_its_own_meaning() -> None:
    """Who gives "her tablets" cares for her; whose own tablets they are may be ill."""
    assert "caring" in lay.heard("her tablets").needs
    assert "caring" not in lay.heard("my tablets").needs


def test_what_is_said_of_nobody_is_said_once() -> None:
    assert list(others.as_others_say(("red", "letter"))) == []


@given(st.sampled_from(LISTED))
def test_only_who_it_is_said_of_changes(listed: tuple[str, ...]) -> None:
    said = list(others.as_others_say(listed))
    own = [at for at, word in enumerate(listed) if word in others.OF_ONESELF]
    assert len(said) == (len(others.OF_OTHERS) if own else 0)
    for each in said:
        assert len(each) == len(listed)
        assert [at for at, (one, other) in enumerate(zip(listed, each, strict=True)) if one != other] == own
