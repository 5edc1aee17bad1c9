"""Nobody's own telephone number or address is published, wherever a feed hides it; no markup gets through."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworks.directory.rules import contacts, listing, text
from linkworks.directory.rules.facts import ContactFacts
from linkworks.directory.rules.feeds import Dialect, read_row
from tests.directory.dialects import AS_IT_STANDS

DIGITS = "7700900123"
GAPS = ["", " ", "-", ".", "  ", "\u00a0", "\u2011", ") ", " (", " - "]
PRIVATE_MAIL = "pat.smith.77@gmail.com"


def written(prefix: str, gaps: list[str]) -> str:
    return prefix + "".join(digit + gap for digit, gap in zip(DIGITS, [*gaps, ""], strict=True))


NUMBERS = st.builds(
    written,
    st.sampled_from(["0", "+44 ", "+44", "0044 ", "44", "+44 (0)", "(0", "+44(0) ", "00 44 "]),
    st.lists(st.sampled_from(GAPS), min_size=9, max_size=9),
)


@settings(max_examples=300)
@given(NUMBERS)
def test_a_mobile_number_is_known_however_it_is_written(number: str) -> None:
    assert contacts.is_mobile(number)
    cleaned = text.without_private_details(f"Ring Pat on {number} after six.")
    assert cleaned == f"Ring Pat on {text.HIDDEN_PHONE} after six." or "900123" not in digits(cleaned)


def digits(words: str) -> str:
    return "".join(letter for letter in words if letter.isdigit())


@pytest.mark.parametrize(
    "number",
    [
        "020 7946 0000", "0800 1111", "111", "116 123", "0300 123 4567", "01632 960001", "+44 20 7946 0000", "0117 946 0000",
        "Registered charity 1077009001", "Room 077", "2026-11-22 10:30", "£7,700,900.12", "GB29 NWBK 6016 1331 9268 19",
        "0845 770 0900", "The 0770 bus", "077009001234567",
    ],
)  # fmt: skip
def test_what_is_no_mobile_stays(number: str) -> None:
    assert not contacts.is_mobile(number)
    assert text.without_private_details(f"Call {number} now") == f"Call {number} now"


CANARY = f"Pat 07700 900123 {PRIVATE_MAIL}"


def everywhere(dialect: Dialect) -> dict[str, Any]:
    """A row with a private person's details in every place for words that a feed has."""
    place = {
        "name": CANARY, "description": CANARY, "region": CANARY, "city": CANARY, "address_1": CANARY,
        "addresses": [{"address_1": CANARY, "city": CANARY, "state_province": CANARY, "region": CANARY, "postal_code": "SE15 5DD"}],
        "accessibility": [{"description": "Ramp"}], "geometry": None,
    }  # fmt: skip
    when = [{"freq": "WEEKLY", "byday": "MO", "description": CANARY, "notes": CANARY}]
    owner = {"id": "o1", "name": f"Kettle {CANARY}", "description": CANARY, "email": PRIVATE_MAIL}
    return {
        "id": "x1", "name": f"Chair yoga {CANARY}", "description": CANARY, "fees": CANARY, "fees_description": CANARY, "alert": CANARY,
        "eligibility_description": CANARY, "eligibilitys": [{"eligibility": CANARY}], "email": PRIVATE_MAIL,
        "url": "https://wa.me/447700900123", "organization": owner, "organisation": owner,
        "service_at_locations": [{"location": place}], "locations": [place], "schedules": when, "regular_schedules": when,
        "cost_options": [{"option": CANARY, "amount_description": CANARY, "amount": 3}, {"amount": CANARY}],
        "service_areas": [{"name": CANARY}], "contacts": [{"name": "Pat Smith", "title": CANARY, "email": PRIVATE_MAIL,
        "phone": "07700 900123", "phones": [{"number": "07700 900123"}]}],
    }  # fmt: skip


@pytest.mark.parametrize("dialect", AS_IT_STANDS)
def test_a_canary_in_every_field_is_in_nothing_that_is_shown(dialect: Dialect) -> None:
    row = read_row(dialect, everywhere(dialect))
    facts = listing.completed(row.service)
    assert not any(each.is_published for each in facts.contacts)
    shown = msgspec.json.encode(msgspec.structs.replace(facts, contacts=())).decode()
    told = msgspec.json.encode(row.organisation).decode() + listing.search_words(facts, "Kettle") + " ".join(row.notes)
    for secret in ("900123", "7700", PRIVATE_MAIL, "gmail"):
        assert secret not in shown
        assert secret not in told
    assert facts.name.startswith("Chair yoga"), "the rest of the words stay"


@pytest.mark.parametrize("dialect", AS_IT_STANDS)
def test_long_words_full_of_numbers_still_fit_where_they_are_stored(dialect: Dialect) -> None:
    """What stands in for a number is longer than the number."""
    many = "07700 900123 " * 19
    raw = everywhere(dialect) | {"name": f"Club {many}"}
    raw["locations"][0] |= {"name": many, "city": "07700900123 " * 8}
    facts = read_row(dialect, raw).service
    assert len(facts.name) <= 255
    assert all(len(place.name) <= 255 and len(place.city) <= 100 for place in facts.places)


@pytest.mark.parametrize(
    ("name", "is_organisation"),
    [
        ("Reception", True), ("The Kettle group", True), ("Elm Library", True), ("St Mary's Church", True),
        ("Peckham Methodist Church", True), ("Church of the Epiphany", True), ("Information desk", True),
        ("Advice Service / Helpline", True),
        ("Jo Bloggs", False), ("Charlotte Church", False), ("Jo Bloggs, Elm Library", False), ("Elm Library - Jo Bloggs", False),
        ("Jo Bloggs (Kettle group)", False), ("Kettle group: Jo", False), ("Group leader", False), ("Jo, centre manager", False),
        ("Centre Manager Jo Bloggs", False), ("Mrs Desk", False), ("Community Co-ordinator", False), ("Rev. Pat, St Mary's Church", False),
        ("", False), (" ", False), ("---", False), ("Tea & Company", False),
    ],
)  # fmt: skip
def test_whose_name_it_is(name: str, is_organisation: bool) -> None:
    assert contacts.names_an_organisation(name) is is_organisation
    own = ContactFacts(name=name, phone="07700 900123")
    assert contacts.may_publish(own) is is_organisation, "a mobile is shown only beside an organisation's name"
    assert contacts.public_phone((own,)) == ("07700 900123" if is_organisation else "")


@pytest.mark.parametrize(
    ("box", "is_desk"),
    [
        ("info", True), ("hello", True), ("enquiries", True), ("enquiry", True), ("office", True), ("Reception", True), ("contactus", True),
        ("helpdesk", True), ("info.peckham", True), ("bookings2", True), ("team-south", True), ("volunteering", True), ("admin_team", True),
        ("hilary", False), ("hide", False), ("helpful.jo", False), ("adminah", False), ("mailer.jo", False), ("teamjo", False),
        ("officer.jones", False), ("generalpat", False), ("jo", False), ("jo.bloggs", False), ("infojo", False),
        ("eventsjo", False), ("", False),
    ],
)  # fmt: skip
def test_whose_mail_box_it_is(box: str, is_desk: bool) -> None:
    address = f"{box}@kettle.example.org"
    assert contacts.is_role_mailbox(address) is is_desk
    named = ContactFacts(name="Hilary Jo Bloggs", email=address)
    assert contacts.public_email((named,)) == (address if is_desk else "")


@given(st.sampled_from(sorted(contacts.PERSONAL_MAIL)), st.sampled_from(["info", "jo", "Office", "x.y"]))
def test_a_private_persons_provider_is_never_a_desk(provider: str, box: str) -> None:
    for address in (f"{box}@{provider}", f"{box}@{provider.upper()}"):
        assert contacts.is_personal_email(address)
        assert contacts.public_email((ContactFacts(email=address), ContactFacts(name="Jo", email=address))) == ""


def wrapped(inner: str, times: int) -> str:
    for _ in range(times):
        inner = inner.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return inner


ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href=javascript:alert(1)>x</a>",
    "<<b>script>alert(1)<</b>/script>", "<scr<script></script>ipt>alert(1)</script>", "<iframe srcdoc='<script>1</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<!--><img src=x onerror=alert(1)>-->",
    "<style><img src=x onerror=alert(1)></style>", "<template><script>alert(1)</script></template>", "<body onload=alert(1)>",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("times", range(6))
def test_markup_is_gone_however_often_it_is_wrapped(attack: str, times: int) -> None:
    cleaned = text.plain(f"Before {wrapped(attack, times)} after")
    for tag in ("<script", "<img", "<svg", "<a ", "<iframe", "<style", "<body", "<template", "<math", "<b>"):
        assert tag not in cleaned.lower()
    assert cleaned.startswith("Before")


@settings(max_examples=200)
@given(st.text("<>&;/abilmgtscrp#x3 '\"=!-\n", max_size=40))
def test_plain_text_stays_as_it_is_when_read_again(raw: str) -> None:
    once = text.plain(raw)
    assert text.plain(once) == once


@pytest.mark.parametrize(
    "words",
    ["Tea & toast", "5 > 3", "Under 5s < 6 months", "Q&A", "AT&T", "R&B; soul", "£3 – £5", "“Quoted”", "I <3 tea"],
)
def test_ordinary_signs_stay(words: str) -> None:
    assert text.plain(words) == words
