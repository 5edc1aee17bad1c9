"""Rows of feeds filled in by nobody who meant well: each is read, or refused with a reason, and quickly."""

from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.rules import contacts, listing, room
from linkworks.directory.rules.facts import ServiceFacts
from linkworks.directory.rules.feeds import Dialect, RowProblem, outpost, read_row, reading
from tests.directory import asking
from tests.directory.dialects import AS_IT_STANDS
from tests.directory.test_rules_recurrence import SUNDAY

WORST = (
    "² --1 +-5 ٣ 99999999999999999999 -1 0 1e309 nan 9am 25:61 12:00 Monday MO 2MO WEEKLY monthly WEEK Daily £5 £1,2,3 free"
    " 07700900123 pat.smith@gmail.com info@kettle.example.org http://[ https://kettle.example.org <script> \x00 \ud800 \u202e"
    " 2026-13-45 2026-02-28 W SE155DD active Childminders SE15"
)
TEXTS = st.sampled_from(WORST.split(" "))
ANYTHING = TEXTS | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)


def a_row(**fields: Any) -> Any:
    return st.fixed_dictionaries({}, optional=fields)


def several(row: Any) -> Any:
    return ANYTHING | st.lists(row | ANYTHING, max_size=3)


def mapped(names: str) -> Any:
    return a_row(**dict.fromkeys(names.split(), ANYTHING))


TIMES = mapped("freq interval byday bymonthday weekday dtstart valid_from valid_to opens_at closes_at description")
ADDRESS = mapped("address_1 city region state_province postal_code")
PLACE = a_row(
    name=ANYTHING,
    latitude=ANYTHING,
    longitude=ANYTHING,
    location_type=ANYTHING,
    addresses=several(ADDRESS),
    physical_addresses=several(ADDRESS),
    accessibility=several(mapped("description accessibility details")),
    geometry=ANYTHING | a_row(coordinates=several(ANYTHING)),
    postal_code=ANYTHING,
    mask_exact_address=ANYTHING,
    accessibilities=several(mapped("name")),
)
CONTACT = a_row(name=ANYTHING, title=ANYTHING, email=ANYTHING, phone=ANYTHING, phones=several(a_row(number=ANYTHING)))
TERM = mapped("id name taxonomy code description term_uri vocabulary")
ROWS = a_row(
    description=ANYTHING,
    url=ANYTHING,
    email=ANYTHING,
    status=ANYTHING,
    minimum_age=ANYTHING,
    max_age=ANYTHING,
    assured_date=ANYTHING,
    organization=ANYTHING | mapped("id name description email website url"),
    organisation=ANYTHING | mapped("id name description email website url"),
    service_at_locations=several(a_row(location=ANYTHING | PLACE, schedules=several(TIMES))),
    locations=several(PLACE),
    schedules=several(TIMES),
    regular_schedules=several(TIMES),
    cost_options=several(mapped("option amount amount_description valid_from valid_to")),
    contacts=several(CONTACT),
    languages=several(mapped("name language")),
    service_areas=several(mapped("name service_area uri")),
    attributes=several(a_row(taxonomy_term=ANYTHING | TERM, link_type=ANYTHING)),
    service_taxonomys=several(a_row(taxonomy=ANYTHING | TERM)),
    eligibilitys=several(mapped("minimum_age maximum_age eligibility")),
    pc_targetAudience=several(mapped("audienceType")),
    taxonomies=several(mapped("name slug")),
    suitabilities=several(mapped("name slug")),
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(AS_IT_STANDS), ROWS)
def test_a_row_in_the_right_shape_with_the_wrong_things_in_it_is_read(dialect: Dialect, raw: dict[str, Any]) -> None:
    facts = listing.completed(read_row(dialect, {**raw, "id": 7, "name": "Club"}).service)
    assert msgspec.json.decode(msgspec.json.encode(facts), type=ServiceFacts) == facts
    assert all(each.place is None or 0 <= each.place < len(facts.places) for each in facts.sessions)
    assert facts.minimum_age is None or facts.maximum_age is None or facts.minimum_age <= facts.maximum_age
    assert set(facts.kinds) <= set(vocabulary.KINDS)
    assert set(facts.needs) <= set(vocabulary.NEEDS)
    assert facts.is_published is not bool(facts.held_because)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(AS_IT_STANDS), ROWS)
def test_whatever_was_read_can_be_said(dialect: Dialect, raw: dict[str, Any]) -> None:
    facts = listing.completed(read_row(dialect, {**raw, "id": 7, "name": "Club"}).service)
    asking.next_words(facts.sessions, SUNDAY)
    assert all(isinstance(asking.time_line(each), str) for each in facts.sessions)
    assert isinstance(room.cost_words(facts.costs, facts.fees), str)
    assert "gmail.com" not in facts.description + facts.email + contacts.public_email(facts.contacts)
    assert not any(contacts.is_mobile(each.phone) for each in facts.contacts if each.is_published and not each.name)


@pytest.mark.parametrize("raw", ["²", "9" * 5000, "٣٣٣٣٣٣٣٣٣٣٣", "-", "s.", "thursss", "."])
def test_a_weekday_nobody_can_read_is_no_weekday(raw: str) -> None:
    assert reading.weekday(raw) == ("TH" if raw.startswith("thurs") else "")


@pytest.mark.parametrize("raw", ["²:00", "٩:٣٠", "1٢am", "13pm", "0am", "9:3", "9:300", "-9:00", "9:00 9:00"])
def test_a_time_is_a_time_of_day_or_nothing(raw: str) -> None:
    found = reading.clock(raw)
    assert found is None or found.hour < 24


@pytest.mark.parametrize("raw", ["£1,00", "1.2.3", "£", "£-5", "5£", "1e3", "0.001", "999999.99", "1000000"])
def test_an_amount_is_exact_or_nothing(raw: str) -> None:
    found = reading.money(raw)
    assert found is None or found == found.quantize(reading.Decimal("0.01"))


@pytest.mark.parametrize("text", ["1st," * 5000, "1st , " * 3300, "last and " * 2200, "1st&" * 5000])
def test_a_text_full_of_ordinals_does_not_stop_the_clock(text: str) -> None:
    started = process_time()
    assert outpost.nth_days(text) == []
    assert process_time() - started < 1


@pytest.mark.parametrize("text", ["a" * 20_000, "a@" + "a" * 20_000, "a." * 10_000, "07 " * 6600, "<" * 20_000])
def test_a_long_description_is_read_in_good_time(text: str) -> None:
    started = process_time()
    read_row(Dialect.OUTPOST, {"id": 1, "name": "Club", "description": text})
    assert process_time() - started < 3


def test_six_ordinals_in_a_row_are_still_read() -> None:
    words = "1st, 2nd, 3rd, 4th, 5th and last Friday"
    assert outpost.nth_days(words) == [(1, "FR"), (2, "FR"), (3, "FR"), (4, "FR"), (5, "FR"), (-1, "FR")]


@pytest.mark.parametrize("dialect", AS_IT_STANDS)
@pytest.mark.parametrize("name", ["", " ", "\x00", "\u200b", "<b></b>", None, [], {}, True])
def test_a_name_that_cannot_be_seen_is_no_name(dialect: Dialect, name: Any) -> None:
    with pytest.raises(RowProblem):
        read_row(dialect, {"id": 1, "name": name})


def test_a_private_persons_own_details_never_leave_a_row() -> None:
    raw = {
        "id": 1,
        "name": "Chair yoga",
        "description": "Ring Pat on 07700 900123 or +44 7700 900 123, or write to pat@gmail.com.",
        "email": "pat@hotmail.co.uk",
        "contacts": [{"name": "Pat Smith", "email": "pat@gmail.com", "phone": "07700 900123"}],
        "organisation": {"id": 2, "name": "Chair Yoga", "email": "pat@gmail.com", "description": "07700900123"},
    }
    row = read_row(Dialect.OUTPOST, raw)
    assert row.organisation is not None
    shown = [row.service.description, row.service.email, row.service.phone]
    told = " ".join([*shown, row.organisation.email, row.organisation.description])
    assert not any(private in told for private in ("7700", "gmail", "hotmail"))
    assert listing.completed(row.service).contacts[0].is_published is False
