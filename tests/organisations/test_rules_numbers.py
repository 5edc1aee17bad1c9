"""Charity and company numbers: one spelling of each, however a list writes it, and none where it is not clear."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.organisations.rules import numbers

CHARITIES = {
    "1123456": ["1123456", "01123456", "1 123 456", "Registered charity no. 1123456", 1123456, "1123456-0", " (1123456) "],
    "SC012345": ["SC012345", "sc12345", "SC 012345", "SC-012345", "Registered charity no. SC012345 (Scotland)"],
    "NIC100123": ["NIC100123", "NI100123", "nic 100123", "NI 100 123", "Charity number: NIC100123"],
    "1123456-1": ["1123456-1", "1123456-01", "Registered charity no. 1123456-1"],
}  # fmt: skip
COMPANIES = {
    "01234567": ["1234567", "01234567", "Company number 1234567", "Company no: 01234567", 1234567],
    "SC012345": ["SC012345", "sc 12345", "Company No. SC012345"],
    "NI012345": ["NI012345", "ni12345"],
    "CE012345": ["CE012345", "CE 12345"],
}
NEITHER = ["", None, True, 4.5, [], "None", "123", "1123456 / 1123457", "1123456 and SC012345", "X1123456", "112345678901"]  # fmt: skip


def spellings(table: dict[str, list[object]]) -> list[tuple[object, str]]:
    return [(said, number) for number, all_said in table.items() for said in all_said]


@pytest.mark.parametrize(("said", "number"), spellings(CHARITIES))
def test_a_charity_is_told_however_it_is_written(said: object, number: str) -> None:
    assert numbers.charity_number(said) == number


@pytest.mark.parametrize(("said", "number"), spellings(COMPANIES))
def test_a_company_is_told_however_it_is_written(said: object, number: str) -> None:
    assert numbers.company_number(said) == number


@pytest.mark.parametrize("said", NEITHER)
def test_what_is_not_clearly_one_number_is_none(said: object) -> None:
    assert numbers.charity_number(said) == numbers.company_number(said) == ""


@pytest.mark.parametrize("read", [numbers.charity_number, numbers.company_number])
@given(words=st.text(alphabet="SCNIE 0123456789-.:oO١２", max_size=14))
def test_a_number_read_again_is_itself_and_fits_where_it_is_kept(read: Callable[[object], str], words: str) -> None:
    number = read(words)
    assert read(number) == number
    assert len(number) <= (12 if read is numbers.charity_number else 8)
    assert number == "" or (number.isascii() and any(letter in "123456789" for letter in number))


@given(number=st.integers(10_000, 9_999_999), zeros=st.integers(0, 3), before=st.sampled_from(["", "No. ", "Charity "]))
def test_leading_noughts_and_words_before_it_change_nothing(number: int, zeros: int, before: str) -> None:
    assert numbers.charity_number(f"{before}{'0' * zeros}{number}") == str(number)


@given(one=st.integers(1, 999_999), other=st.integers(1, 999_999))
def test_two_registers_and_two_numbers_are_never_taken_for_one(one: int, other: int) -> None:
    said = [f"SC{one:06}", f"NIC{one}", f"{one + 1_000_000}", f"SC{other:06}", f"NIC{other}", f"{other + 1_000_000}"]
    read = [numbers.charity_number(each) for each in said]
    assert len(set(read)) == (3 if one == other else 6)


@pytest.mark.parametrize(
    ("words", "charity", "company"),
    [
        ("We are a registered charity (1123456).", "1123456", ""),
        ("Registered charity number 1123456 and company number 01234567", "1123456", "01234567"),
        ("Charity No. SC012345; Company Reg No: 1234567", "SC012345", "01234567"),
        ("Registered charity in England and Wales (1123456) and in Scotland", "1123456", ""),
        ("Registered Charity No: 1123456.\nRegistered charity 1123456", "1123456", ""),  # said twice, and one
        ("Registered charity 1123456, now part of registered charity 1199999", "", ""),
        ("A charity that has helped 10000 people since 1998. Call 020 7946 0111", "", ""),
        ("Our company of 12345 volunteers", "", ""),
        ("", "", ""),
    ],
)
def test_a_number_in_a_text_counts_only_where_it_is_named(words: str, charity: str, company: str) -> None:
    assert (numbers.charity_said_in(words), numbers.company_said_in(words)) == (charity, company)


@pytest.mark.parametrize(
    "words", ["charity " * 3000, "registered charity" + " " * 20_000, "company no " + "(" * 20_000, "1 " * 20_000]
)
def test_a_long_text_takes_no_long_time(words: str) -> None:
    assert numbers.charity_said_in(words) == numbers.company_said_in(words) == numbers.charity_number(words) == ""
