"""What kind of place it is: what somebody's word means, what a building's name says, and what nobody may guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.rules import place_kinds
from linkworks.directory.rules.facts import PlaceFacts, ServiceFacts
from linkworks.directory.rules.hiding import told_privately
from linkworks.directory.rules.proposing import address_text, moved

NAMED = {
    "Peckham Library": "library",
    "Library, first floor": "library",
    "Bourne End Community Library": "library",
    "Toy Library": "",
    "Library of Things": "library",  # a building that begins with it: a steward can say otherwise
    "Wycombe Leisure Centre": "leisure-centre",
    "The Pulse LEISURE CENTER": "leisure-centre",
    "Camberwell Baths Swimming Pool": "swimming-pool",
    "Brockwell Lido": "swimming-pool",
    "Southwark Park": "park",
    "Aston Clinton Park": "park",
    "Mandela Way Retail Park": "",
    "Finsbury Park": "",
    "Park Road": "",
    "Car park behind Peckham Library": "library",
    "The Horniman Museum": "museum",
    "Museum of the Home": "museum",
    "South London Gallery": "",
    "South London Art Gallery": "museum",
    "Theatre Peckham": "",
    "Albany Theatre": "arts-venue",
    "Lecture Theatre 2": "",
    "Hyde Heath Infant School": "school-or-college",
    "Old School": "",
    "Ickford Church Friends": "",
    "Swanbourne Methodist Church": "faith-building",
    "St Mary’s Church Hall": "faith-building",
    "Uchi Murugan Temple": "faith-building",
    "Masjid Al-Noor": "faith-building",
    "Akeley Village Hall": "community-centre",
    "Tenants' Hall": "community-centre",
    "Berryfields Family Centre": "family-centre",
    "Children's Centre (Nunhead)": "family-centre",
    "The Uptown Café": "cafe",
    "Repair Café": "",
    "Weston Playing Fields": "sports-ground",
    "Surrey Docks City Farm": "garden",
    "Acorn Surgery": "gp-surgery",
    "Smile Dental Surgery": "",
    "Lister Health Centre": "health-centre",
    "King's College Hospital": "hospital",
    "Old Hospital Close": "",
    "Day's Pharmacy": "pharmacy",
    "The Rose and Crown": "",
    "": "",
}


@pytest.mark.parametrize(("name", "kind"), NAMED.items())
def test_a_building_says_what_it_is_or_nothing_is_guessed(name: str, kind: str) -> None:
    assert place_kinds.named(name) == kind


def test_the_table_speaks_of_our_kinds_each_phrase_once_and_as_it_is_compared() -> None:
    known = place_kinds.table()
    phrases = [*known.endings, *known.beginnings]
    assert {*known.endings.values(), *known.beginnings.values()} - {""} == set(vocabulary.PLACE_KINDS)
    assert [each for each in phrases if place_kinds.tidy(each) != each] == []
    assert max(len(each.split()) for each in phrases) <= place_kinds.MOST_WORDS
    taken_back = [each for each, kind in known.endings.items() if not kind]
    pointless = [each for each in taken_back if not place_kinds.part_says(each.split()[1:])]
    assert pointless == [], "nothing shorter would have said anything"


@given(st.sampled_from(sorted(place_kinds.table().endings)), st.sampled_from(["The ", "Old Kent ", "St. Jude’s "]))
def test_an_ending_decides_whatever_stands_before_it(ending: str, before: str) -> None:
    known = place_kinds.table().endings
    longer = place_kinds.tidy(f"{before}{ending}").split()
    longest = next(" ".join(longer[at:]) for at in range(len(longer)) if " ".join(longer[at:]) in known)
    assert place_kinds.named(f"{before}{ending.upper()}") == known[longest]


@given(st.text(max_size=300))
def test_any_text_is_a_kind_of_ours_or_none(text: str) -> None:
    assert place_kinds.named(text) in {"", *vocabulary.PLACE_KINDS}
    assert place_kinds.said(text) in {"", *vocabulary.PLACE_KINDS}


@pytest.mark.parametrize("kind", vocabulary.PLACE_KINDS)
def test_each_label_means_itself_however_it_is_written(kind: str) -> None:
    label = vocabulary.label("place_kinds", kind)
    assert {place_kinds.said(each) for each in (label, label.upper(), f" {label.lower()}. ")} == {kind}


GUESSED = [
    (PlaceFacts(name="Peckham Library"), "library"),
    (PlaceFacts(name="Peckham Library", place_kind="cafe"), "cafe"),
    (PlaceFacts(address_1="Peckham Library, 122 Peckham Hill Street"), "library"),
    (PlaceFacts(address_1="12 The Library"), ""),
    (PlaceFacts(name="Kettle House", address_1="Peckham Library"), ""),
    (PlaceFacts(name="Peckham Library", is_address_hidden=True), ""),
    (PlaceFacts(name="Peckham Library", is_address_hidden=True, place_kind="library"), ""),
    (PlaceFacts(name="Peckham Library", location_type="virtual"), ""),
    (PlaceFacts(name="Online", location_type="virtual", place_kind="library"), ""),
]


@pytest.mark.parametrize(("place", "kind"), GUESSED)
def test_what_is_said_stays_and_only_a_place_that_is_told_is_guessed_at(place: PlaceFacts, kind: str) -> None:
    assert place_kinds.with_guess(place).place_kind == kind


@given(st.sampled_from(["", *vocabulary.PLACE_KINDS]), st.booleans(), st.booleans())
def test_a_hidden_place_never_keeps_its_kind(kind: str, is_hidden: bool, is_refuge: bool) -> None:
    name = "Women’s refuge" if is_refuge else "Tea and talk"
    places = (PlaceFacts(place_kind=kind, is_address_hidden=is_hidden), PlaceFacts(place_kind="park"))
    told = told_privately(ServiceFacts(name=name, places=places)).places
    for each, was in zip(told, (kind, "park"), strict=True):
        assert each.place_kind == ("" if each.is_address_hidden else was)
    assert all(each.is_address_hidden for each in told) or not is_refuge


LIBRARY = PlaceFacts(
    name="Peckham Library", address_1="122 Hill St", city="London", postcode="SE15 5JR", place_kind="library"
)


@pytest.mark.parametrize(
    ("name", "postcode", "kind"),
    [
        ("Peckham Library", "SE15 5JR", "library"),
        ("Peckham Book House", "SE15 5JR", "library"),
        ("Peckham Town Church", "SE15 5JR", "faith-building"),
        ("Kettle House", "SE1 1AA", ""),
        ("Nunhead Library", "SE15 3RR", "library"),
        ("Lister Health Centre", "SE15 5LJ", "health-centre"),
    ],
)
def test_a_group_that_moves_leaves_the_kind_of_its_old_place_behind(name: str, postcode: str, kind: str) -> None:
    asked = PlaceFacts(name=name, address_1="1 Hill St", city="London", postcode=postcode)
    assert moved(LIBRARY, address_text(asked)).place_kind == kind


def test_going_online_is_no_kind_of_place() -> None:
    assert moved(LIBRARY, "Online").place_kind == ""


@pytest.mark.parametrize(
    ("kinds", "counted"),
    [
        ([], []),
        (["library"], ["library"]),
        (["hospital", "park"], ["health", "park", "hospital"]),
        (["pharmacy", "gp-surgery"], ["health", "gp-surgery", "pharmacy"]),
        (["health-centre"], ["health", "health-centre"]),
        (["a kind that has left the list"], []),
    ],
)
def test_health_settings_are_counted_together_too(kinds: list[str], counted: list[str]) -> None:
    assert place_kinds.counted(kinds) == counted


def test_each_choice_has_its_words_and_nothing_else_has() -> None:
    assert [each for each in place_kinds.CHOICES if not place_kinds.label(each)] == []
    assert len({place_kinds.label(each) for each in place_kinds.CHOICES}) == len(place_kinds.CHOICES) <= 64
    assert place_kinds.label("a castle") == ""
