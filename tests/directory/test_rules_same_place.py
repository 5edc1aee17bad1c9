"""Which places of different listings are one: the same postcode and the same name."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkworks.directory.rules import same_place
from linkworks.directory.rules.facts import PlaceFacts


def key(
    name: str = "Peckham Library", postcode: str = "SE15 5DD", street: str = "122 Hill Street", **more: object
) -> str:
    return same_place.key(PlaceFacts(name=name, postcode=postcode, address_1=street, **more))  # type: ignore[arg-type]


LIBRARY = "se155dd-peckham-library"


@pytest.mark.parametrize(
    "name",
    ["Peckham Library", "The Peckham Library", "PECKHAM LIBRARY", "Peckham Library, first floor", "Peckham  Library (café)",
     "Peckham Library - main hall", "Pèckham Library.", "Peckham’Library".replace("’", " ")],
)  # fmt: skip
def test_one_place_however_its_name_is_written(name: str) -> None:
    assert key(name) == LIBRARY


@pytest.mark.parametrize("postcode", ["SE15 5DD", "se155dd", " SE155DD "])
def test_one_postcode_however_it_is_written(postcode: str) -> None:
    assert key(postcode=postcode) == LIBRARY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Peckham Library"}, {"name": "Peckham Leisure Centre"}),
        ({"postcode": "SE15 5DD"}, {"postcode": "SE15 4QN"}),
        ({"name": "", "street": "4 Choumert Road"}, {"name": "", "street": "6 Choumert Road"}),
        ({"name": "St Luke’s Church"}, {"name": "St Luke’s Church School"}),
        ({"name": "First Floor, Peckham Library"}, {"name": "First Floor, St Mary’s Church"}),
        ({"name": "c/o Peckham Library"}, {"name": "C/O St Mary’s Church"}),
        ({"name": "Hall A"}, {"name": "Hall B"}),
        ({"name": "Hall A"}, {"name": "Hall"}),
        ({"name": "", "street": "5, Rye Lane"}, {"name": "", "street": "7, Rye Lane"}),
        ({"name": "Unit 5, The Arches"}, {"name": "Unit 7, The Arches"}),
        ({"name": "N/A", "street": "5 Rye Lane"}, {"name": "N/K", "street": "7 Rye Lane"}),
    ],
)
def test_what_is_only_nearly_the_same_stays_two(one: dict[str, str], other: dict[str, str]) -> None:
    assert key(**one) != key(**other)


def test_a_place_without_a_name_goes_by_its_street() -> None:
    assert key(name="", street="Peckham Library, 122 Hill Street") == LIBRARY
    assert key(name="", street="5, Rye Lane") == key(name="", street="5 Rye Lane")
    assert key(name="", street="The Old Bakery") == key(name="The Old Bakery, yard", street="4 Choumert Road")


@pytest.mark.parametrize(
    "told",
    [
        {"postcode": ""}, {"postcode": "SE15"}, {"name": "", "street": ""}, {"name": "図書館", "street": ""},
        {"is_address_hidden": True}, {"location_type": "virtual"}, {"location_type": "postal"}, {"name": "The", "street": "-"},
    ],
)  # fmt: skip
def test_what_has_no_address_of_its_own_has_no_page(told: dict[str, object]) -> None:
    assert key(**told) == ""  # type: ignore[arg-type]


@example(name="", postcode="SE15 5DD", street="🄐", is_hidden=False)  # a letter in brackets, which becomes a capital one
@given(
    st.text(max_size=400), st.sampled_from(["SE15 5DD", "N1 9GU", "", "nonsense"]), st.text(max_size=50), st.booleans()
)
def test_any_name_makes_a_short_plain_key_or_none(name: str, postcode: str, street: str, is_hidden: bool) -> None:
    made = key(name, postcode, street, is_address_hidden=is_hidden)
    assert len(made) <= same_place.LONGEST
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)+)?", made)
    assert not (is_hidden and made)


@given(st.text(st.characters(categories=("Ll", "Lu", "Zs")), max_size=60))
def test_capitals_spaces_and_the_word_the_change_nothing(name: str) -> None:
    assert key(f"The {name} ".title()) == key(name.title()) == key(name.title().lower())
