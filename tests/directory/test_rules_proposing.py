"""How a change looks, word by word, and what of it waits."""

from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import editing, proposing
from linkworks.directory.rules.proposing import GONE, NEW, SAME, Piece, difference

WORDS = st.lists(st.sampled_from(["a", "hot", "lunch", "on", "Tuesday", "Friday", "£3"]), max_size=8).map(" ".join)


def test_a_change_is_seen_word_by_word() -> None:
    assert difference("A hot lunch on Tuesday", "A hot lunch on Friday") == [
        Piece(SAME, "A hot lunch on"), Piece(GONE, "Tuesday"), Piece(NEW, "Friday"),
    ]  # fmt: skip
    assert difference("", "New") == [Piece(NEW, "New")]
    assert difference("Old", "") == [Piece(GONE, "Old")]
    assert difference("", "") == []


@given(WORDS, WORDS)
def test_both_sides_can_be_read_in_full(was: str, becomes: str) -> None:
    pieces = difference(was, becomes)
    assert " ".join(each.text for each in pieces if each.kind != NEW) == was
    assert " ".join(each.text for each in pieces if each.kind != GONE) == becomes


@given(WORDS)
def test_nothing_changed_shows_nothing_new(words: str) -> None:
    assert all(each.kind == SAME for each in difference(words, words))


def test_every_fact_a_group_changes_is_one_or_the_other() -> None:
    assert not set(proposing.WAITS) & set(proposing.AT_ONCE)
    assert set(proposing.WAITS) | set(proposing.AT_ONCE) <= set(proposing.LABELS)
    left_to_stewards = set(editing.FACTS) - set(proposing.WAITS) - set(proposing.AT_ONCE)
    assert left_to_stewards == {"needs", "categories", "is_referable"}


def test_only_what_is_different_counts() -> None:
    before = {"name": "Lunch", "phone": "", "email": "a@b.org"}
    after = {"name": " Lunch ", "phone": None, "email": "c@d.org"}
    assert proposing.different(before, after, proposing.WAITS) == ["email"]
