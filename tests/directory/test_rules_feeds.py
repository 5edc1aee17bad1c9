"""Reading feeds: three dialects told apart by their envelope, and rows that were filled in by hand."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworks.directory.rules.facts import Row, SessionFacts
from linkworks.directory.rules.feeds import Dialect, NotAFeed, RowProblem, open_envelope, outpost, read_row, reading
from tests.directory import feeds
from tests.directory.dialects import AS_IT_STANDS

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    "name",
    "description",
    "url",
    "status",
    "min_age",
    "locations",
    "contacts",
    "organisation",
    "organization",
    "taxonomies",
    "regular_schedules",
    "cost_options",
    "suitabilities",
    "service_at_locations",
    "schedules",
    "attributes",
    "languages",
    "service_areas",
    "eligibilitys",
    "pc_targetAudience",
]


def rows(dialect: str) -> list[Row]:
    feed = open_envelope(feeds.payload(dialect))
    return [read_row(feed.dialect, raw) for raw in feed.rows[:3]]


@pytest.mark.parametrize(
    ("payload", "dialect"),
    [
        (feeds.payload("outpost"), Dialect.OUTPOST),
        (feeds.payload("placecube"), Dialect.PLACECUBE),
        (feeds.payload("oruk3"), Dialect.ORUK_3),
        (feeds.payload("outpost")["content"][0], Dialect.OUTPOST),
        (feeds.payload("placecube")["content"][0], Dialect.PLACECUBE),
        (feeds.payload("oruk3")["contents"], Dialect.ORUK_3),
        ({"content": [], "empty": True, "size": 0}, Dialect.PLACECUBE),
        ({"contents": []}, Dialect.ORUK_3),
    ],
)
def test_the_envelope_tells_the_dialect(payload: Any, dialect: Dialect) -> None:
    assert open_envelope(payload).dialect is dialect


@pytest.mark.parametrize("payload", [{}, {"error": "no"}, None, 7, "text", {"contents": "x"}, {"id": 1}])
def test_what_is_not_a_feed_says_so(payload: Any) -> None:
    with pytest.raises(NotAFeed):
        open_envelope(payload)


def test_a_page_that_miscounts_itself_is_noted() -> None:
    miscounted = {**feeds.payload("outpost"), "size": 50}
    assert open_envelope(miscounted).notes == ("The page says it holds 50 services and holds 6.",)


def test_outpost_reads_places_times_and_costs() -> None:
    walk, lunch, _ = rows("outpost")
    place = walk.service.places[0]
    assert (place.latitude, place.longitude) == (51.4737, -0.0693)
    assert walk.service.access_needs == ("step-free", "wheelchair")
    assert walk.service.sessions[0] == SessionFacts(
        freq="MONTHLY", byday="2MO,4MO", opens_at=time(9, 30), closes_at=time(12)
    )
    assert walk.service.costs[0].amount == 0
    assert walk.service.referral_note
    assert (walk.service.minimum_age, walk.service.maximum_age) == (18, None)
    assert lunch.service.costs[0].amount == Decimal("4.50")
    assert lunch.service.places[0].is_address_hidden


def test_outpost_maps_terms_to_our_words_as_guesses() -> None:
    walk = rows("outpost")[0].service
    assert walk.kinds == ("walking-group",)
    assert walk.needs == ("physical-activity",)
    assert walk.person_attributes == ("older-people",)
    assert walk.terms_are_guessed
    assert {term.name for term in walk.terms} == {"Staying active", "Older people"}


def test_private_people_are_not_published() -> None:
    walk, _, nanny = rows("outpost")
    assert "07700" not in walk.service.description
    assert "gmail" not in walk.service.description
    assert walk.service.email == "walks@bramblewick.example.org"
    assert walk.service.phone == "01632 960001"
    assert "private person" in nanny.service.held_because
    assert not nanny.service.is_published


def test_placecube_reads_what_is_nested() -> None:
    cafe = rows("placecube")[0].service
    assert cafe.description == "Bring a toaster.\n• Tea & cake"
    assert cafe.url == "https://inventon.example.org/repair"
    assert cafe.sessions[0].byday == "SA"
    assert cafe.sessions[0].opens_at == time(10)
    assert cafe.costs[0].amount == 2
    assert cafe.costs[0].amount_description == "donation"
    assert (cafe.minimum_age, cafe.maximum_age) == (18, None)
    assert cafe.access_needs == ("hearing-loop",)
    assert [language.code for language in cafe.other_languages] == ["bn", ""]
    assert cafe.who_it_is_for == "Adults, Over 50s"
    assert cafe.assured_date == date(2026, 9, 1)
    assert "repair-cafe" in cafe.kinds


def test_a_refuge_is_held_and_its_place_is_not_kept() -> None:
    refuge = rows("placecube")[1].service
    assert "refuge" in refuge.held_because
    place = refuge.places[0]
    assert place.is_address_hidden
    assert (place.latitude, place.longitude, place.postcode) == (None, None, "")


def test_a_row_without_an_organisation_is_held() -> None:
    row = rows("placecube")[2]
    assert row.organisation is None
    assert "which organisation" in row.service.held_because


def test_oruk3_reads_everything() -> None:
    choir = rows("oruk3")[0].service
    assert choir.kinds == ("music-and-singing",)
    assert choir.sessions[0] == SessionFacts(
        freq="WEEKLY", interval=2, byday="WE", dtstart=date(2026, 11, 4), opens_at=time(19), closes_at=time(20, 30)
    )
    assert [cost.amount for cost in choir.costs] == [Decimal(5), Decimal("2.5")]
    assert choir.areas[0].ons_code == "E09000028"
    assert (choir.minimum_age, choir.maximum_age) == (None, None)
    assert choir.alert == "No session on 24 December"


@pytest.mark.parametrize(
    "raw",
    [
        "text",
        None,
        3,
        [],
        {},
        {"id": 1},
        {"name": "x"},
        {"id": True, "name": "x"},
        {"id": "", "name": "x"},
        {"id": 1, "name": " "},
    ],
)
@pytest.mark.parametrize("dialect", AS_IT_STANDS)
def test_a_row_without_id_or_name_cannot_be_stored(dialect: Dialect, raw: Any) -> None:
    with pytest.raises(RowProblem):
        read_row(dialect, raw)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(AS_IT_STANDS), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6))
def test_any_row_with_an_id_and_a_name_is_read_without_harm(dialect: Dialect, raw: dict[str, Any]) -> None:
    row = read_row(dialect, {**raw, "id": 1, "name": "A service"})
    assert row.service.name == "A service"
    assert msgspec.json.encode(row)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the 2nd Monday", [(2, "MO")]),
        ("the first and third Tuesday", [(1, "TU"), (3, "TU")]),
        ("1st, 2nd & 4th Friday", [(1, "FR"), (2, "FR"), (4, "FR")]),
        ("last Wednesday of every month", [(-1, "WE")]),
        ("every Monday", []),
        ("", []),
    ],
)
def test_days_a_text_counts(words: str, expected: list[tuple[int, str]]) -> None:
    assert outpost.nth_days(words) == expected


@pytest.mark.parametrize(
    ("description", "freq", "said"),
    [
        ("Every Monday", "WEEKLY", ""),
        ("Meets fortnightly", "", "Some Mondays, not every week: ask which"),
        ("Every 6 weeks", "", "Some Mondays, not every week: ask which"),
        ("Easter fun on Monday 6 April", "", "On certain dates only"),
    ],
)
def test_a_weekday_is_weekly_only_when_the_text_does_not_say_otherwise(description: str, freq: str, said: str) -> None:
    found = outpost.session({"weekday": "Monday"}, description)
    assert (found.freq, found.description) == (freq, said)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("09:30", time(9, 30)),
        ("9.30am", time(9, 30)),
        ("2pm", time(14)),
        ("12am", time(0)),
        ("14:00Z", time(14)),
        ("18:00:00+01:00", time(18)),
        ("25:00", None),
        ("noon", None),
        (None, None),
        (9, None),
        ("", None),
    ],
)
def test_times(raw: Any, expected: time | None) -> None:
    assert reading.clock(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("5.50", Decimal("5.50")),
        ("£5", Decimal(5)),
        (3, Decimal(3)),
        ("1,200", Decimal(1200)),
        ("free", Decimal(0)),
        ("", None),
        ("ask", None),
        (-2, None),
        (True, None),
        (None, None),
        ("99999999999", None),
        (float("inf"), None),
    ],
)
def test_money(raw: Any, expected: Decimal | None) -> None:
    assert reading.money(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Monday", "MO"),
        ("tues", "TU"),
        ("SU", "SU"),
        (1, "MO"),
        ("7", "SU"),
        (0, ""),
        (8, ""),
        ("Mo", "MO"),
        ("holiday", ""),
        (None, ""),
        ("", ""),
    ],
)
def test_weekdays(raw: Any, expected: str) -> None:
    assert reading.weekday(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(18, 18), ("18", 18), (-1, None), (0, None), (100, None), (150, None), ("x", None), (None, None), (True, None)],
)
def test_ages(raw: Any, expected: int | None) -> None:
    assert reading.age(raw) == expected


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ((51.5, -0.1), (51.5, -0.1)),
        (("51.5", "-0.1"), (51.5, -0.1)),
        ((0, 0), (None, None)),
        ((151, 0), (None, None)),
        ((51, None), (None, None)),
        (("nan", 1), (None, None)),
        (("x", 1), (None, None)),
    ],
)
def test_positions(pair: tuple[Any, Any], expected: tuple[Any, Any]) -> None:
    assert reading.position(*pair) == expected
