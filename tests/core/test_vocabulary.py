"""The words: every id is there once, labelled for people, and points at ids that exist."""

import re

import pytest

from linkworks.core import vocabulary

SIZES = {
    "advice_levels": 3,
    "categories": 5,
    "course_levels": 6,
    "kinds": 45,
    "needs": 34,
    "benefits": 12,
    "referrer_types": 23,
    "pathways": 8,
    "triage_levels": 5,
    "decline_reasons": 11,
    "reasons_although_full": 5,
    "endings": 8,
    "non_attendance": 3,
    "unmet_reasons": 9,
    "close_reasons": 9,
    "access_needs": 16,
    "place_kinds": 17,
    "person_attributes": 13,
    "languages": 22,
}
EVERY_WORD = [
    pytest.param(word, id=f"{name}-{word.id}") for name, words in vocabulary.LISTS.items() for word in words.values()
]


def test_each_list_is_whole() -> None:
    assert {name: len(words) for name, words in vocabulary.LISTS.items()} == SIZES


@pytest.mark.parametrize("word", EVERY_WORD)
def test_every_word_can_be_shown(word: vocabulary.Word) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+|-[0-9])*", word.id)
    assert word.label
    assert word.label[0].isupper()
    assert word.label != word.id
    assert word.short
    assert not word.label.endswith(".")


def test_every_kind_belongs_to_categories_that_exist() -> None:
    for kind in vocabulary.KINDS.values():
        assert kind.categories
        assert set(kind.categories) <= set(vocabulary.CATEGORIES)


def test_every_reason_to_decline_says_who_decides_and_what_follows() -> None:
    for reason in vocabulary.DECLINE_REASONS.values():
        assert reason.by in {"provider", "person", "either"}
        assert reason.what_next


def test_a_label_is_said_in_plain_words() -> None:
    assert vocabulary.label("needs", "bereavement") == "Someone has died, grief"
    assert vocabulary.NEEDS["loneliness"].short == "loneliness"
    assert vocabulary.labels("languages", ["bn", "bsl"]) == ["Bengali", "British Sign Language"]


def test_an_id_that_left_the_list_is_still_readable() -> None:
    assert vocabulary.label("kinds", "old-fashioned-tea") == "Old fashioned tea"


def test_choices_keep_the_order_of_the_list() -> None:
    assert vocabulary.choices("categories")[0] == ("connected", "Meeting people")
    assert [each for each, _ in vocabulary.choices("needs")] == list(vocabulary.NEEDS)


def test_only_known_ids_are_kept_once_and_in_order() -> None:
    assert vocabulary.known("needs", ["benefits", "nothing", "loneliness", "benefits"]) == ["loneliness", "benefits"]


def test_categories_follow_from_kinds() -> None:
    assert vocabulary.categories_of(["dance", "unknown", "debt-advice"]) == ["creative", "supported", "active"]


def test_the_words_cannot_be_changed_while_running() -> None:
    with pytest.raises(TypeError):
        vocabulary.NEEDS["new"] = vocabulary.NEEDS["loneliness"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("label", "inside"),
    [("GP", "GP"), ("English classes", "English classes"), ("Lunch club", "lunch club"), ("LGBTQ+", "LGBTQ+")],
)
def test_a_label_inside_a_sentence_keeps_the_capitals_that_mean_something(label: str, inside: str) -> None:
    assert vocabulary.lower_first(label) == inside
