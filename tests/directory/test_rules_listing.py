"""What a listing's facts say together, and what is told when a steward changes them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.forms.facts import FactsForm
from linkworks.directory.rules import editing, listing
from linkworks.directory.rules.facts import (
    AccessFacts,
    ContactFacts,
    LanguageFacts,
    PlaceFacts,
    ServiceFacts,
    TermFacts,
)

IDS = {name: st.lists(st.sampled_from([*vocabulary.LISTS[name], "no-such-word"]), max_size=4).map(tuple) for name in (
    "kinds", "needs", "categories", "person_attributes", "access_needs", "languages"
)}  # fmt: skip
PLACES = st.lists(
    st.builds(
        PlaceFacts,
        name=st.sampled_from(["", "The Old Bakery"]),
        address_1=st.sampled_from(["", "4 Choumert Road"]),
        postcode=st.sampled_from(["", "SE15 5DD", "SE15"]),
        latitude=st.none() | st.just(51.47372),
        longitude=st.just(-0.06934),
        is_address_hidden=st.booleans(),
        accessibility=st.sampled_from([(), (AccessFacts("Ramp", "step-free"),), (AccessFacts("Loop", "nonsense"),)]),
    ),
    max_size=3,
).map(tuple)
FACTS = st.builds(
    ServiceFacts,
    name=st.just("Club"),
    places=PLACES,
    contacts=st.lists(
        st.builds(ContactFacts, name=st.sampled_from(["", "Jo"]), email=st.just("info@example.org")), max_size=2
    ).map(tuple),
    other_languages=st.lists(
        st.builds(LanguageFacts, name=st.sampled_from(["Bengali", "bengali", "Klingon", "BSL", "Farsi"])), max_size=3
    ).map(tuple),
    **IDS,
)


@given(FACTS)
def test_what_is_completed_is_complete(facts: ServiceFacts) -> None:
    once = listing.completed(facts)
    assert listing.completed(once) == once


@given(FACTS)
def test_only_our_own_words_remain_each_once_and_none_is_lost(facts: ServiceFacts) -> None:
    done = listing.completed(facts)
    for name in IDS:
        kept = getattr(done, name)
        assert len(set(kept)) == len(kept)
        assert set(kept) <= set(vocabulary.LISTS[name])
        assert set(getattr(facts, name)) & set(vocabulary.LISTS[name]) <= set(kept)
    assert set(vocabulary.categories_of(done.kinds)) <= set(done.categories)
    offered = {each.access_need for place in facts.places for each in place.accessibility}
    assert offered & set(vocabulary.ACCESS_NEEDS) <= set(done.access_needs)


@given(FACTS)
def test_a_hidden_place_says_no_more_than_its_district(facts: ServiceFacts) -> None:
    for before, after in zip(facts.places, listing.completed(facts).places, strict=True):
        if not before.is_address_hidden:
            assert after == before
            continue
        assert (after.name, after.address_1, after.description) == ("", "", "")
        assert after.postcode in {"", "SE15"}
        assert after.latitude in {None, 51.47}


@given(FACTS)
def test_nobody_is_published_who_was_not_decided_on(facts: ServiceFacts) -> None:
    for each in listing.completed(facts).contacts:
        assert each.is_published is (not each.name)


@given(FACTS)
def test_each_language_is_said_once(facts: ServiceFacts) -> None:
    rows = listing.language_rows(listing.completed(facts))
    names = [each.name.lower() for each in rows]
    assert len(set(names)) == len(names)
    assert {each.code for each in rows} >= set(listing.completed(facts).languages)


@given(FACTS, st.sampled_from(["Kettle and Company", "", "x" * 300]))
def test_what_it_is_found_by_names_no_hidden_place(facts: ServiceFacts, organisation: str) -> None:
    done = listing.completed(facts)
    words = listing.search_words(done, organisation)
    assert len(words) <= 4000
    assert organisation[:200] in words
    if all(place.is_address_hidden for place in done.places):
        assert "Bakery" not in words
    assert all(vocabulary.label("needs", need) in words for need in done.needs)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bengali", "bn"),
        (" BENGALI ", "bn"),
        ("Farsi", "fa"),
        ("Persian", "fa"),
        ("BSL", "bsl"),
        ("Klingon", ""),
        ("", ""),
    ],
)
def test_a_language_by_its_name(name: str, code: str) -> None:
    assert listing.language_id(name) == code


SAID: dict[str, Any] = {
    "name": "Club", "description": "Tea.", "phone": "", "email": "", "url": "", "who_it_is_for": "", "fees": "",
    "needs": ["loneliness", "housing"], "categories": ["connected"], "access_needs": ["hearing-loop"],
    "advice_levels": ["casework"], "course_levels": [],
    **dict.fromkeys([*editing.OF_SOME_FEEDS, *editing.OURS], ""), "is_referable": True,
    **dict.fromkeys(editing.DATES, date(2027, 6, 30)),
}  # fmt: skip


class TestChanges:
    def test_the_page_asks_for_just_the_facts_that_can_be_changed(self) -> None:
        asked = set(FactsForm.base_fields) - {"seen", "follow"}
        assert asked == set(editing.FACTS) == set(SAID)

    @given(st.lists(st.sampled_from(["loneliness", "housing", "bereavement"]), unique=True))
    def test_lists_are_the_same_in_any_order(self, needs: list[str]) -> None:
        changed = editing.changes({**SAID, "needs": needs}, {**SAID, "needs": list(reversed(needs))})
        assert changed == []
        assert editing.mark({**SAID, "needs": needs}) == editing.mark({**SAID, "needs": needs[::-1]})

    @pytest.mark.parametrize("name", list(SAID))
    def test_each_fact_is_told_when_it_changes_and_changes_the_mark(self, name: str) -> None:
        others = {list: ["bereavement"], bool: False, str: "Something else", date: date(2027, 7, 1)}
        after = {**SAID, name: others[type(SAID[name])]}
        (change,) = editing.changes(SAID, after)
        assert change.field == name
        assert editing.mark(after) != editing.mark(SAID)
        assert isinstance(change.became, str)
        assert change.became not in {"", change.was}
        told = editing.kept_against(SAID, {name: after[name]})
        says_it = name in editing.OF_FEEDS or (name in editing.OF_SOME_FEEDS and SAID[name])
        assert (editing.FACTS[name] in told) is bool(says_it)

    def test_what_is_not_said_is_not_changed(self) -> None:
        assert editing.changes(SAID, {}) == []
        assert editing.changes(SAID, {"capacity_places": 3, "is_published": False}) == []

    def test_facts_that_run_into_one_another_have_different_marks(self) -> None:
        one, other = {**SAID, "name": "ab", "description": "c"}, {**SAID, "name": "a", "description": "bc"}
        assert editing.mark(one) != editing.mark(other)

    def test_nothing_is_said_of_what_the_feed_agrees_with(self) -> None:
        assert editing.kept_against(SAID, {}) == ""
        assert editing.kept_against(SAID, {"name": "Club", "needs": ["housing", "loneliness"]}) == ""

    def test_every_fact_of_the_history_has_a_name(self) -> None:
        place, asked = {"address_1", "city", "postcode"}, {"follows", "checked", "asked", "next-date"}
        facts = {*editing.FACTS, *editing.ROOM, editing.SHOWN, editing.REPORTED, editing.PHOTO}
        assert set(editing.LABELS) == facts | place | asked | {"sessions", "places", "costs", "payee"}
        assert all(label[:1].isupper() for label in editing.LABELS.values())


def test_terms_of_feeds_are_words_to_find_it_by() -> None:
    facts = ServiceFacts(
        name="Club", terms=(TermFacts("Council", "1", "Canteens"), TermFacts("Council", "2", "Canteens"))
    )
    assert listing.search_words(facts, "Kettle").split(" · ") == ["Kettle", "Canteens"]
