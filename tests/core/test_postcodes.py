"""Typed postcodes are forgiven."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.postcodes import AREAS, is_postcode, packed, sector_of, spaced, tidy_postcode
from linkworks.ui import fields

INWARD = "ABDEFGHJLNPQRSTUWXYZ"


@st.composite
def postcodes(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from(sorted(AREAS)))
    district = str(draw(st.integers(0, 99)))
    inward = f"{draw(st.integers(0, 9))}{draw(st.sampled_from(INWARD))}{draw(st.sampled_from(INWARD))}"
    return f"{area}{district} {inward}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("se155dd", "SE15 5DD"),
        (" SE15  5DD ", "SE15 5DD"),
        ("e1 6an", "E1 6AN"),
        ("SE15 ODD", "SE15 0DD"),
        ("WIA 1AA", "W1A 1AA"),
        ("SE15 5DD ", "SE15 5DD"),
        ("  se 15 5d d", "SE15 5DD"),
        ("SE15-5DD.", "SE15 5DD"),
        ("EC1A1BB", "EC1A 1BB"),
        ("w1a OAX", "W1A 0AX"),
        ("E2O 1EJ", "E20 1EJ"),
        ("0X1 1AA", "OX1 1AA"),
        ("SEl5 5DD", "SE15 5DD"),
        ("SEI5 5DD", "SE15 5DD"),
        ("BS0 1AA", "BS0 1AA"),
    ],
)
def test_what_was_meant_is_read_the_same_in_every_form_and_answer(typed: str, meant: str) -> None:
    assert tidy_postcode(typed) == meant
    assert fields.PostcodeField(label="Postcode").clean(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hello",
        "SE15",
        "SE15 5D",
        "SE15 5DDD",
        "QQ1 1AA",
        "SE15 5CC",
        "SE05 5DD",
        "Ⓢe15 5dd",
        "12345",
        "SE15/5DD",
        "SE15 SDD",
        "ZZ1 1AA",
        "S01 4A",
    ],
)
def test_what_cannot_be_told_is_nothing(typed: str) -> None:
    assert tidy_postcode(typed) is None
    with pytest.raises(ValidationError):
        fields.PostcodeField(label="Postcode").clean(typed)


@given(postcodes(), st.randoms(use_true_random=False))
def test_case_and_spaces_never_matter(postcode: str, random: st.randoms) -> None:  # type: ignore[valid-type]
    noisy = "".join(random.choice(["", " ", "  "]) + random.choice([letter.lower(), letter]) for letter in postcode)  # type: ignore[attr-defined]

    assert tidy_postcode(noisy) == postcode


@given(postcodes())
def test_noughts_typed_as_letters_are_mended_or_refused_never_changed_to_another(postcode: str) -> None:
    assert tidy_postcode(postcode.replace("0", "O")) in {postcode, None}


@given(st.text(max_size=12))
def test_any_text_gives_a_postcode_or_nothing(text: str) -> None:
    found = tidy_postcode(text)

    assert found is None or (is_postcode(packed(found)) and tidy_postcode(found) == found)


def test_the_stored_form_and_the_sector() -> None:
    assert packed("SE15 5DD") == "SE155DD"
    assert spaced("SE155DD") == "SE15 5DD"
    assert sector_of("SE15 5DD") == "SE15 5"
    assert sector_of("E8 1EA") == "E8 1"
