"""When a reading waits, and which changed facts always do."""

import pytest

from linkworks.directory.rules import holding
from linkworks.directory.rules.facts import ContactFacts, ServiceFacts


@pytest.mark.parametrize(
    ("listings", "changed", "removed", "waits"),
    [
        (0, 0, 0, False),
        (0, 50, 0, False),  # the first reading of a source
        (100, 10, 0, False),
        (100, 11, 0, True),
        (100, 0, 5, False),
        (100, 0, 6, True),
        (100, 10, 5, False),
        (10, 1, 0, False),
        (10, 2, 0, True),
        (1, 1, 0, True),
        (10, 0, 1, True),
        (40, 0, 2, False),
    ],
)
def test_over_a_tenth_changed_or_a_twentieth_taken_down_waits(
    listings: int, changed: int, removed: int, waits: bool
) -> None:
    assert bool(holding.why_it_waits(listings=listings, changed=changed, removed=removed)) == waits


def test_the_reasons_are_said_together_with_their_numbers() -> None:
    said = holding.why_it_waits(listings=100, changed=30, removed=20)
    assert said == "It would change 30 of 100 listings. It would take down 20 of 100 listings."


@pytest.mark.parametrize(
    ("was", "becomes", "other"),
    [
        (["020 7946 0111"], ["020 7946 0111"], False),
        (["020 7946 0111"], ["02079460111"], False),
        (["020 7946 0111"], ["+44 20 7946 0111"], False),
        (["020 7946 0111"], ["(020) 7946-0111"], False),
        (["020 7946 0111"], ["020 7946 0112"], True),
        (["020 7946 0111"], [], True),
        ([], ["020 7946 0111"], True),
        ([], [], False),
        (["020 7946 0111", "020 7946 0222"], ["020 7946 0222", "020 7946 0111"], False),
        (["020 7946 0111"], ["020 7946 0111", "020 7946 0222"], True),
    ],
)
def test_a_number_is_another_when_somebody_else_would_answer(was: list[str], becomes: list[str], other: bool) -> None:
    assert holding.is_other_number(was, becomes) == other


@pytest.mark.parametrize(
    ("was", "becomes", "other"),
    [
        ("https://kettle.example.org", "https://kettle.example.org", False),
        ("http://kettle.example.org", "https://kettle.example.org/", False),
        ("https://Kettle.example.org/Club", "https://kettle.example.org/Club", False),
        ("https://kettle.example.org/Club", "https://kettle.example.org/club", True),
        ("https://kettle.example.org", "https://kett1e.example.org", True),
        ("https://kettle.example.org", "", True),
        ("", "https://kettle.example.org", True),
        ("", "", False),
    ],
)
def test_an_address_is_another_when_it_leads_elsewhere(was: str, becomes: str, other: bool) -> None:
    assert holding.is_other_address(was, becomes) == other


def test_only_numbers_that_people_would_read_count() -> None:
    facts = ServiceFacts(
        name="Club",
        phone="020 7946 0111",
        contacts=(
            ContactFacts(name="Office", phone="020 7946 0222"),
            ContactFacts(name="Jo Bloggs", phone="07700 900123"),
            ContactFacts(name="Office", phone="020 7946 0111"),
        ),
    )
    assert holding.offered(facts) == ["020 7946 0111", "020 7946 0222"]
