"""Text from elsewhere: safe, plain, and without private people's details."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkworks.directory.rules import contacts, text
from linkworks.directory.rules.facts import ContactFacts

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "<a href='javascript:alert(1)'>click</a>",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe src=//evil.example.org></iframe>",
    "<<script>script>alert(1)<</script>/script>",
]


@pytest.mark.parametrize("raw", HOSTILE)
def test_no_markup_survives(raw: str) -> None:
    cleaned = text.plain(f"Before {raw} after")
    assert "<script" not in cleaned.lower()
    assert "<img" not in cleaned.lower()
    assert "onerror" not in cleaned.lower() or "<" not in cleaned
    assert cleaned.startswith("Before")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three"),
        ("<ul><li>wifi</li><li>tea</li></ul>", "• wifi\n• tea"),
        ("a\xa0b\u200bc", "a bc"),
        ("Bring a friend\r\n\r\n\r\n\r\nand a cup", "Bring a friend\n\nand a cup"),
        ("Children < 5 and > 2", "Children < 5 and > 2"),
        ("nul\x00l", "null"),
        (None, ""),
        (12, "12"),
        ({"a": 1}, ""),
        ([1], ""),
        (True, ""),
    ],
)
def test_plain_text(raw: object, expected: str) -> None:
    assert text.plain(raw) == expected


@given(st.text(max_size=300))
def test_any_text_comes_out_plain_and_storable(raw: str) -> None:
    cleaned = text.plain(raw)
    assert "\x00" not in cleaned
    assert cleaned == cleaned.strip()


@given(st.text(max_size=300))
def test_a_line_is_one_line_and_no_longer_than_asked(raw: str) -> None:
    assert len(text.one_line(raw, 40)) <= 40
    assert "\n" not in text.one_line(raw, 40)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("www.example.org/club", "https://www.example.org/club"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://example.org", ""),
        ("https://user:secret@example.org", ""),
        ("see our page", ""),
        ("http://[broken", ""),
        ("localhost", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_web_addresses(raw: object, expected: str) -> None:
    assert text.web_address(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("info@example.org", "info@example.org"), ("via website", ""), ("a@b", ""), (None, "")]
)
def test_email_addresses(raw: object, expected: str) -> None:
    assert text.email_address(raw) == expected


def addresses_from_each_letter_on(said: str) -> list[str]:
    """The slow way: begin at each letter in turn, and go on after what was found."""
    plain, found, at = re.compile(text.EMAIL.pattern.split(")", 1)[1]), [], 0
    while at < len(said):
        here = plain.match(said, at)
        found += [here[0]] if here else []
        at = here.end() if here else at + 1
    return found


@given(st.lists(st.sampled_from(["jo", "@", "hall.org", ".", "-", "+", " ", "é", "<", "1"]), max_size=12).map("".join))
@example("éjo@hall.org")
@example("@jo@hall.org, jo@jo@hall.org")
@example("<jo@hall.org>-jo@hall.org")
def test_addresses_are_found_wherever_they_stand(said: str) -> None:
    assert [found[0] for found in text.EMAIL.finditer(said)] == addresses_from_each_letter_on(said)


def test_private_numbers_and_addresses_leave_the_text() -> None:
    said = "Call Jo on 07700 900123 or +44 7700 900 456, jo@gmail.com, or the hall on 020 7946 0000, hall@example.org."
    cleaned = text.without_private_details(said, contacts.is_personal_email)
    for gone in ("07700", "7700 900 456", "gmail"):
        assert gone not in cleaned
    for kept in ("020 7946 0000", "hall@example.org"):
        assert kept in cleaned


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (ContactFacts(email="info@example.org"), True),
        (ContactFacts(phone="020 7946 0000"), True),
        (ContactFacts(name="Reception", phone="07700 900123"), True),
        (ContactFacts(name="The Kettle group", email="kettle@gmail.com"), True),
        (ContactFacts(name="Jo Bloggs", email="jo@example.org"), False),
        (ContactFacts(name="Jo Bloggs", phone="020 7946 0000"), False),
        (ContactFacts(email="jo.bloggs@gmail.com"), False),
        (ContactFacts(email="jo@HOTMAIL.CO.UK"), False),
        (ContactFacts(phone="07700 900123"), False),
        (ContactFacts(phone="+44 (0)7700 900123"), False),
        (ContactFacts(name="Reception"), False),
        (ContactFacts(), False),
    ],
)
def test_only_an_organisations_own_contact_is_published(contact: ContactFacts, shown: bool) -> None:
    assert contacts.may_publish(contact) is shown


def test_a_desks_address_may_be_shown_without_the_person_at_it() -> None:
    rows = (
        ContactFacts(name="Jo Bloggs", email="jo@example.org"),
        ContactFacts(name="Jo Bloggs", email="info@example.org"),
    )
    assert contacts.public_email(rows) == "info@example.org"
    assert contacts.public_email((ContactFacts(name="Jo", email="info@gmail.com"),)) == ""
    assert contacts.public_phone(rows) == ""
    assert contacts.public_phone((ContactFacts(phone="020 7946 0000"),)) == "020 7946 0000"
