"""Finding by what people type: which services come, which come first, and what words can never do."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkworks.directory.rules import words
from tests.context import EVERYTHING, acting
from tests.directory import asking
from tests.factories import directory as make

LISTED: dict[str, dict[str, Any]] = {
    "Rye Lane lunch club": {"description": "A hot meal and company.", "kinds": ("lunch-club",), "needs": ("loneliness", "food-access")},
    "Men's shed": {"description": "Mend, make and chat over tea.", "kinds": ("mens-shed",), "needs": ("loneliness",)},
    "Fable choir": {"description": "Singing for everybody, no auditions.", "kinds": ("choir",), "needs": ("creativity",)},
    "Pennywise": {"description": "Help with debts and bills.", "kinds": ("debt-advice",), "needs": ("money-debt",)},
    "After loss": {"description": "For people who are grieving.", "kinds": (), "needs": ("bereavement",)},
    "Peckham strollers": {"description": "A slow walk in the park.", "kinds": ("walking-group",), "needs": ("physical-activity",)},
    "Singing stroll": {"description": "Walk and sing.", "kinds": (), "needs": ("physical-activity",)},
}  # fmt: skip


@pytest.fixture(scope="module")
def listed(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock(), transaction.atomic():
        with acting(EVERYTHING):
            organisation = make.organisation("The Old Depot")
            for name, facts in LISTED.items():
                make.service(organisation, name=name, places=(), sessions=(), costs=(), **facts)
            yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("listed", "everything")


def names(typed: str, **asked: Any) -> list[str]:
    return [each.name for each in asking.found(words=typed, **asked)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lunch", "Rye Lane lunch club"),
        ("somewhere to have lunch", "Rye Lane lunch club"),
        ("LUNCHES", "Rye Lane lunch club"),
        ("meals", "Rye Lane lunch club"),
        ("choir", "Fable choir"),
        ("quire choirs", "Fable choir"),
        ("I'd like to sing", "Singing stroll"),
        ("mens shed", "Men's shed"),
        ("men’s shed", "Men's shed"),
        ("debt", "Pennywise"),
        ("I can't pay my bills", "Pennywise"),
        ("penywise", "Pennywise"),
        ("grieving", "After loss"),
        ("strollers", "Peckham strollers"),
        ("walking in peckham", "Peckham strollers"),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, first: str) -> None:
    assert names(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("singing stroll", {"Singing stroll"}),
        ("rye lane", {"Rye Lane lunch club"}),
        ("fable", {"Fable choir"}),
    ],
)
def test_those_with_all_the_words_leave_the_others_out(typed: str, found: set[str]) -> None:
    assert set(names(typed)) == found


def test_one_with_all_the_words_that_is_too_far_leaves_nobody_out() -> None:
    """Far away in the same box: every service near by would be gone for it."""
    corner = (make.PECKHAM[0] + 0.008, make.PECKHAM[1] + 0.013)
    organisation = make.organisation("Elsewhere")
    with transaction.atomic():
        make.service(organisation, name="Chair yoga", places=(make.place(at=corner),))
        make.service(organisation, name="Gentle yoga", places=(make.place(),))
        assert names("chair yoga", near=make.PECKHAM, within_km=1.0)[0] == "Gentle yoga"
        assert names("chair yoga", near=make.PECKHAM, within_km=5.0) == ["Chair yoga"]
        transaction.set_rollback(True)


@pytest.mark.parametrize("full", [True, False])
def test_two_words_for_a_goal_never_empty_the_page(full: bool) -> None:
    """Neither one far match nor one near takes away what answers the need of the goal."""
    organisation = make.organisation("Elsewhere")
    with transaction.atomic():
        facts = {"capacity_places": 1, "places_taken": int(full), "needs": ("physical-activity",)}
        make.service(
            organisation, name="Chair yoga", places=(make.place(at=make.CAMDEN if full else make.PECKHAM),), **facts
        )
        found = asking.match(
            needs=["loneliness"], words="chair yoga", latitude=make.PECKHAM[0], longitude=make.PECKHAM[1], within_km=5
        )
        shown = {each.name for each in found.found}
        assert {"Rye Lane lunch club", "Men's shed"} <= shown
        assert ("Chair yoga" in shown) is not full
        assert full is any(each.name == "Chair yoga" for each in found.not_shown)
        transaction.set_rollback(True)


def test_the_organisation_is_found_too() -> None:
    assert set(names("old depot")) == set(LISTED)


def test_words_and_a_need_must_both_hold() -> None:
    assert names("walk", needs=["physical-activity"]) == names("walk")
    assert names("choir", needs=["money-debt"]) == []
    assert set(names("", needs=["loneliness"])) == {"Rye Lane lunch club", "Men's shed"}


def test_for_a_goal_either_is_enough() -> None:
    found = {each.name for each in asking.match(needs=["bereavement"], words="choir").found}
    assert {"After loss", "Fable choir"} <= found


@pytest.mark.parametrize("typed", ["the", "a an of", "help me find something", "   ", "!?", ".", "'’'"])
def test_words_without_meaning_find_nothing_by_themselves(typed: str) -> None:
    assert names(typed) == ([] if typed.strip() else names(""))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text("lunch sing:|&!()<>*'\"\\-", max_size=30))
def test_anything_may_be_typed(listed: None, everything: None, typed: str) -> None:
    found = names(typed)
    assert len(found) == len(set(found))
    assert set(found) <= set(LISTED)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["lunch", "choir", "walk", "debt", "tea", "zzz"]), min_size=1, max_size=4))
def test_neither_order_nor_capitals_nor_spaces_change_what_is_found(
    listed: None, everything: None, typed: list[str]
) -> None:
    plainly = set(names(" ".join(typed)))
    assert set(names("  ".join(reversed(typed)).upper())) == plainly
    assert set(names(", ".join(typed) + "?")) == plainly


class TestWords:
    @given(st.text(max_size=300))
    def test_what_is_asked_is_the_same_when_asked_again(self, typed: str) -> None:
        once = words.asked_words(typed)
        assert words.asked_words(" ".join(once)) == once
        assert not set(once) & words.STOP

    @given(st.sampled_from(sorted(words.known_words())), st.integers(0, 30), st.sampled_from("aeiou"))
    def test_a_word_of_ours_with_one_letter_wrong_is_put_right_to_one_of_ours(
        self, word: str, at: int, letter: str
    ) -> None:
        at %= len(word)
        right = words.put_right(word[:at] + letter + word[at + 1 :])
        assert right is None or right in words.known_words()

    @given(st.sampled_from(sorted(words.known_words())))
    def test_a_word_of_ours_is_not_put_right(self, word: str) -> None:
        assert words.put_right(word) is None
        assert words.any_of(word) in {word, ""}

    @given(st.lists(st.sampled_from(["lunch", "the", "gardenning", "x"]), max_size=20))
    def test_all_words_asked_for_are_among_any(self, typed: list[str]) -> None:
        every, some = words.all_of(" ".join(typed)).split(), words.any_of(" ".join(typed)).split(" or ")
        assert set(every) <= set(some)
