"""How nearly a name is what somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import likeness

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("typed", "name", "is_alike"),
    [
        ("penywise", "Pennywise", True),
        ("kettel company", "Kettle and Company", True),
        ("pennywise", "Wise pennies", False),
        ("choir", "Chess", False),
        ("bereavement tea", "Bereavement café", True),
        ("", "Tea", False),
    ],
)
def test_a_name_is_alike(typed: str, name: str, is_alike: bool) -> None:
    assert likeness.is_alike(likeness.bare_words(typed), likeness.bare_words(name)) is is_alike


@given(WORDS, WORDS)
def test_likeness_is_a_share(asked: list[str], name: list[str]) -> None:
    assert 0.0 <= likeness.likeness(asked, name) <= 1.0
    assert likeness.likeness(asked, asked) == 1.0
    assert likeness.likeness(asked, [*name, *asked]) >= likeness.likeness(asked, name)
    assert len(likeness.threes_of(asked)) <= likeness.MOST_THREES


def test_words_are_letters_and_digits() -> None:
    assert likeness.bare_words("Men's shed, No. 9!") == ["men", "s", "shed", "no", "9"]
    assert likeness.threes("tea") == {"  t", " te", "tea", "ea "}
