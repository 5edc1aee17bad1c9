"""The Open Referral document of a listing: canonical, without empties, and read back as what it says."""

from datetime import date, time
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.models import Service
from linkworks.directory.rules import terms
from linkworks.directory.rules.document import canonical, fingerprint, part_id, tidied, value_of
from linkworks.directory.rules.facts import (
    AccessFacts,
    AreaFacts,
    ContactFacts,
    CostFacts,
    LanguageFacts,
    ServiceFacts,
    SessionFacts,
    TermFacts,
)
from linkworks.directory.rules.feeds import Dialect, read_row
from tests.factories import directory as make

LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.just("") | st.text("abé", max_size=3) | st.just(0.0)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=10,
)
DOCUMENTS = st.dictionaries(st.text("abc", min_size=1, max_size=2), JSON, max_size=4)
SERVICE = SimpleNamespace(id=UUID(int=7))


def empties(value: Any) -> list[Any]:
    """Every field or item without a value, however deep."""
    inner = items_of(value)
    return [each for each in inner if each is None or each in ("", [], {})] + [
        found for each in inner for found in empties(each)
    ]


def items_of(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


@given(DOCUMENTS)
def test_nothing_empty_is_left_and_nothing_else_is_lost(document: dict[str, Any]) -> None:
    tidy = tidied(document)
    assert empties(tidy) == []
    assert tidied(tidy) == tidy
    kept = [each for each in leaves(document) if each not in (None, "")]
    assert leaves(tidy) == kept


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        return [leaf for each in items_of(value) for leaf in leaves(each)]
    return [value]


@pytest.mark.parametrize("value", [0, 0.0, False])
def test_nothing_is_not_nought(value: Any) -> None:
    assert tidied({"amount": value, "places": [{"latitude": value}]}) == {
        "amount": value,
        "places": [{"latitude": value}],
    }


@given(DOCUMENTS)
def test_the_canonical_text_does_not_depend_on_the_order_of_its_fields(document: dict[str, Any]) -> None:
    backwards = dict(reversed(document.items()))
    assert canonical(document) == canonical(backwards)
    assert fingerprint(canonical(document)) == fingerprint(canonical(backwards))
    assert orjson.loads(canonical(document)) == document


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (time(9, 30), "09:30:00"),
        (date(2026, 3, 29), "2026-03-29"),
        (Decimal("3.50"), 3.5),
        (Decimal("0"), 0.0),
        (None, None),
        ("words", "words"),
        (60, 60),
    ],
)
def test_values_are_written_as_the_standard_does(value: Any, said: Any) -> None:
    assert value_of(value) == said
    assert isinstance(value_of(value), type(said))


@given(st.sampled_from(["schedule", "phone", "location"]), st.integers(0, 9), st.integers(0, 9))
def test_ids_below_a_service_follow_from_its_own(kind: str, one: int, other: int) -> None:
    assert part_id(SERVICE, kind, one) == part_id(SimpleNamespace(id=str(SERVICE.id)), kind, one)
    assert (part_id(SERVICE, kind, one) == part_id(SERVICE, kind, other)) == (one == other)
    assert part_id(SERVICE, kind, one) != part_id(SimpleNamespace(id=UUID(int=8)), kind, one)


FULL: dict[str, Any] = {
    "url": "https://kettle.example.org",
    "email": "hello@kettle.example.org",
    "fees": "Pay what you can",
    "minimum_age": 60,
    "maximum_age": 90,
    "alert": "Closed on 25 December",
    "assured_date": date(2026, 9, 1),
    "sessions": (
        SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(12), closes_at=time(14), place=0),
        SessionFacts(freq="MONTHLY", byday="1FR,3FR", interval=2, dtstart=date(2026, 1, 2), opens_at=time(9, 30)),
        SessionFacts(freq="MONTHLY", bymonthday="25", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1)),
        SessionFacts(description="Ask about Sundays"),
    ),
    "costs": (CostFacts(amount=Decimal("3.50"), option="Concession"), CostFacts(amount=Decimal("0"), option="First")),
    "contacts": (ContactFacts(name="The office", email="office@kettle.example.org", phone="020 7946 0123"),),
    "areas": (AreaFacts("Southwark", "E09000028"), AreaFacts("South London")),
    "other_languages": (LanguageFacts("Somali", "so"), LanguageFacts("Klingon")),
    "terms": (TermFacts(taxonomy="Their list", code="x1", name="Lunch clubs", term_uri="https://example.org/x1"),),
}


def document_of(**given: Any) -> dict[str, Any]:
    made: dict[str, Any] = orjson.loads(make.service(**given).document)
    return made


@pytest.mark.django_db
class TestRoundTrip:
    """A listing that left as a document comes back as the same listing."""

    def there_and_back(self, **given: Any) -> tuple[dict[str, Any], ServiceFacts]:
        document = document_of(**given)
        return document, read_row(Dialect.ORUK_3, document).service

    def test_what_a_document_says_is_read_back(self, everything: None) -> None:
        _, back = self.there_and_back(**FULL)
        for name in (
            "name",
            "description",
            "url",
            "email",
            "fees",
            "minimum_age",
            "maximum_age",
            "alert",
            "assured_date",
        ):
            assert (name, getattr(back, name)) == (
                name,
                {"name": "Tuesday lunch club", "description": "A hot lunch and good company.", **FULL}[name],
            )

    def test_times_keep_their_rule_and_their_hour(self, everything: None) -> None:
        _, back = self.there_and_back(**FULL)
        kept = (
            "freq",
            "interval",
            "byday",
            "bymonthday",
            "dtstart",
            "valid_from",
            "valid_to",
            "opens_at",
            "closes_at",
            "description",
        )
        told = {tuple(getattr(each, name) for name in kept) for each in FULL["sessions"]}
        assert {tuple(getattr(each, name) for name in kept) for each in back.sessions} == told

    def test_prices_places_areas_and_languages(self, everything: None) -> None:
        _, back = self.there_and_back(**FULL)
        assert {(each.option, each.amount) for each in back.costs} == {
            ("Concession", Decimal("3.5")),
            ("First", Decimal(0)),
        }
        assert [(each.postcode, each.latitude, each.city) for each in back.places] == [
            ("SE15 5DD", make.PECKHAM[0], "London")
        ]
        assert {(each.name, each.ons_code) for each in back.areas} == {("Southwark", "E09000028"), ("South London", "")}
        assert {each.name for each in back.other_languages} == {"Somali", "Klingon"}

    def test_our_own_words_come_back_as_ours(self, everything: None) -> None:
        _, back = self.there_and_back(**FULL)
        assert set(back.kinds) >= {"lunch-club"}
        assert set(back.needs) >= {"loneliness", "food-access"}
        assert "Lunch clubs" in {each.name for each in back.terms}

    def test_nothing_in_it_is_empty(self, everything: None) -> None:
        assert empties(document_of(**FULL)) == []
        assert empties(document_of(places=(), sessions=(), costs=(), kinds=(), needs=(), description="")) == []

    @pytest.mark.parametrize("change", [
        {"name": "Wednesday lunch club"}, {"costs": ()}, {"needs": ("loneliness",)}, {"minimum_age": 61},
        {"sessions": (SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(12, 1), closes_at=time(14)),)},
        {"contacts": (ContactFacts(email="info@kettle.example.org"),)},
        {"places": (make.place(accessibility=(AccessFacts("Ramp"),)),)},
    ])  # fmt: skip
    def test_any_change_that_shows_changes_its_fingerprint(self, everything: None, change: dict[str, Any]) -> None:
        from linkworks.directory import actions

        service = make.service()
        before = service.document_hash
        actions.save_service(service, facts=make.facts(), by=make.KEEPER)
        assert Service.objects.get().document_hash == before
        actions.save_service(service, facts=make.facts(**change), by=make.KEEPER)
        assert Service.objects.get().document_hash != before


class TestTermMap:
    """The table from other people's words to ours speaks only words we have."""

    def meanings(self) -> list[terms.Meaning]:
        table = terms.term_map()
        return [*table.terms.values(), *table.audiences.values(), *(rule.meaning for rule in table.text)]

    def test_every_word_it_leads_to_is_ours(self) -> None:
        for each in self.meanings():
            assert set(each.kinds) <= set(vocabulary.KINDS), each
            assert set(each.needs) <= set(vocabulary.NEEDS), each
            assert set(each.categories) <= set(vocabulary.CATEGORIES), each
            assert set(each.attributes) <= set(vocabulary.LISTS["person_attributes"]), each
        for needs in terms.term_map().accessibility.values():
            assert set(needs) <= set(vocabulary.ACCESS_NEEDS)

    def test_every_entry_means_something(self) -> None:
        assert all(msgspec.structs.astuple(each) != ((), (), (), ()) for each in self.meanings())

    @pytest.mark.parametrize("name", sorted(terms.term_map().terms))
    def test_a_term_means_the_same_however_it_is_written(self, name: str) -> None:
        meant = terms.guess([name], [], "", "")
        for written in (name.upper(), f"  {name} ", f"{name}:", name.replace(" ", "  ")):
            assert terms.guess([written], [], "", "") == meant

    @given(st.lists(st.sampled_from(sorted(terms.term_map().terms)), max_size=4))
    def test_terms_together_mean_what_each_means(self, names: list[str]) -> None:
        together = terms.guess(names, [], "", "")
        each = [terms.guess([name], [], "", "") for name in names]
        assert set(together.kinds) == {kind for one in each for kind in one.kinds}
        assert set(together.needs) == {need for one in each for need in one.needs}
        assert together == terms.guess(list(reversed(names)), [], "", "")

    @given(st.text(max_size=40))
    def test_words_nobody_mapped_mean_nothing_of_their_own(self, name: str) -> None:
        known = terms.tidy(name) in terms.term_map().terms
        assert known or terms.guess([name], [], "", "") == terms.Meaning()
