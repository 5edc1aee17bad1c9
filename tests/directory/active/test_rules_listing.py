"""An activity in our words: what it is, who runs it, where, for whom and what it costs."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules.facts import Row
from linkworks.directory.rules.feeds import Dialect, RowProblem, read_row
from linkworks.directory.rules.feeds.active import keep, over
from linkworks.directory.rules.feeds.finishing import MAY_BE_A_REFUGE, MAY_BE_PRIVATE, NO_ORGANISATION
from linkworks.directory.rules.terms import Meaning
from tests.directory.dialects import assert_fit_to_keep

from .samples import ORGANISER, PLACE, dated, event, series, session
from .test_rules_timed import NOISE


def read(data: dict[str, Any], today: str = "2026-11-22", meanings: Any = None) -> Row:
    [kept] = keep({"id": "1", "kind": "SessionSeries", "state": "updated", "modified": 5, "data": data})
    return read_row(Dialect.OPENACTIVE, {**kept.data, "id": kept.key, "today": today}, meanings or {})


def test_a_whole_activity() -> None:
    row = read(series(1))
    facts = row.service
    assert (row.key, facts.name) == ("SessionSeries 1", "Gentle yoga 1")
    assert facts.description == "An hour of gentle yoga, on a mat or on a chair."
    assert (facts.url, facts.phone) == ("https://lantern.example.org/yoga/1", "020 7946 0333")
    assert (facts.minimum_age, facts.maximum_age, facts.status) == (18, None, "active")
    assert facts.person_attributes == ("women-only",)
    assert facts.who_it_is_for == "Level: Beginner. With support for: Hearing impairment"
    assert [(each.option, each.amount) for each in facts.costs] == [("Adult", Decimal("4.5"))]
    assert [(each.taxonomy, each.name) for each in facts.terms] == [
        ("OpenActive activities", "Yoga"),
        ("OpenActive levels", "Beginner"),
    ]
    assert facts.kinds == ("gentle-movement",)
    assert facts.needs == ("physical-activity",)
    assert (facts.is_published, facts.held_because) == (True, "")
    assert row.organisation is not None
    assert (row.organisation.name, row.organisation.website) == ("Lantern Active", "https://lantern.example.org")
    [place] = facts.places
    assert (place.name, place.address_1, place.postcode) == ("Marlowe Leisure Centre", "12 Lantern Road", "SE15 5DD")
    assert (place.latitude, place.longitude) == (51.4737, -0.0693)
    assert [each.description for each in place.accessibility] == ["Wheelchair"]
    assert facts.access_needs == ("wheelchair",)


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        ({"ageRange": {"minValue": 16, "maxValue": 25}}, "minimum_age", 16),
        ({"ageRange": {"minValue": 16, "maxValue": 25}}, "maximum_age", 25),
        ({"ageRange": {"value": 50}}, "minimum_age", 50),
        ({"ageRange": "16-25"}, "maximum_age", 25),
        ({"ageRange": "16–25"}, "minimum_age", 16),
        ({"ageRange": "60+"}, "minimum_age", 60),
        ({"ageRange": 60}, "minimum_age", 60),
        ({"ageRange": {"minValue": 0, "maxValue": 120}}, "maximum_age", None),
        ({"ageRange": {"minValue": 60, "maxValue": 18}}, "minimum_age", None),
        ({"ageRange": None}, "minimum_age", None),
        ({"genderRestriction": "oa:MaleOnly"}, "person_attributes", ("men-only",)),
        ({"genderRestriction": "https://openactive.io/NoRestriction"}, "person_attributes", ()),
        ({"genderRestriction": ["https://openactive.io/FemaleOnly"]}, "person_attributes", ("women-only",)),
        ({"accessibilityInformation": "Ask for Kit.", "level": None}, "who_it_is_for",
         "With support for: Hearing impairment. Ask for Kit"),
        ({"level": [], "accessibilitySupport": None}, "who_it_is_for", ""),
        ({"genderRestriction": 7}, "person_attributes", ()),
        ({"eventStatus": "https://schema.org/EventCancelled"}, "status", "inactive"),
        ({"eventStatus": "EventPostponed"}, "status", "temporarily closed"),
        ({"eventStatus": "schema:EventScheduled"}, "status", "active"),
        ({"eventStatus": "EventRescheduled"}, "status", "active"),
        ({"eventSchedule": None}, "status", "inactive"),
        ({"url": "javascript:alert(1)"}, "url", "https://lantern.example.org"),
        ({"description": "<p>Come <b>along</b></p><script>x</script>"}, "description", "Come along"),
        ({"description": None}, "description", "Yoga"),
        ({"meetingPoint": "The side door"}, "description",
         "An hour of gentle yoga, on a mat or on a chair.\n\nMeet at: The side door"),
        ({"attendeeInstructions": "Bring a mat."}, "description",
         "An hour of gentle yoga, on a mat or on a chair.\n\nBring a mat."),
        ({"activity": [{"prefLabel": "Walking"}], "name": "Health walk", "description": "Slow."}, "kinds", ("walking-group",)),
    ],
)  # fmt: skip
def test_a_fact(more: Any, field: str, value: Any) -> None:
    assert getattr(read(series(1, **more)).service, field) == value


@pytest.mark.parametrize(
    ("offers", "free", "costs"),
    [
        ([{"name": "Adult", "price": 4.5}, {"name": "Concession", "price": "2.00"}], None,
         [("Adult", "4.5", ""), ("Concession", "2.00", "")]),
        ({"name": "Adult", "price": 4}, None, [("Adult", "4", "")]),
        ([{"name": "Adult", "price": 4}, {"name": "Adult", "price": 4}], None, [("Adult", "4", "")]),
        ([{"name": "Adult", "price": 0}], True, [("Adult", "0", "")]),
        (None, True, [("", "0", "")]),
        (None, False, []),
        ([{"name": "Adult", "price": -4}], None, [("Adult", "None", "")]),
        ([{"name": "Adult", "price": "ask"}], None, [("Adult", "None", "")]),
        ([{"name": "Adult", "price": 5, "priceCurrency": "EUR"}], None, [("Adult", "None", "5 EUR")]),
        ([{"name": "Adult", "price": 5, "priceCurrency": "gbp"}], None, [("Adult", "5", "")]),
        ([{}, "x", None, [4]], None, []),
        ([{"price": 1e400}], None, []),
    ],
)  # fmt: skip
def test_what_it_costs(offers: Any, free: Any, costs: list[tuple[str, str, str]]) -> None:
    found = read(series(1, offers=offers, isAccessibleForFree=free)).service.costs
    assert [(each.option, str(each.amount), each.amount_description) for each in found] == costs


@pytest.mark.parametrize(
    ("location", "told"),
    [
        (PLACE, ("Marlowe Leisure Centre", "12 Lantern Road", "SE15 5DD", 51.4737)),
        ([PLACE, {"name": "Elsewhere"}], ("Marlowe Leisure Centre", "12 Lantern Road", "SE15 5DD", 51.4737)),
        ({**PLACE, "address": "12 Lantern Road, London"}, ("Marlowe Leisure Centre", "12 Lantern Road, London", "", 51.4737)),
        ({**PLACE, "geo": {"latitude": "51.5", "longitude": "-0.1"}}, ("Marlowe Leisure Centre", "12 Lantern Road", "SE15 5DD", 51.5)),
        ({**PLACE, "geo": {"latitude": 0, "longitude": 0}}, ("Marlowe Leisure Centre", "12 Lantern Road", "SE15 5DD", None)),
        ({**PLACE, "geo": {"latitude": 151, "longitude": 0}}, ("Marlowe Leisure Centre", "12 Lantern Road", "SE15 5DD", None)),
        ({"name": "The hall"}, ("The hall", "", "", None)),
        ("The hall", None),
        (None, None),
    ],
)  # fmt: skip
def test_where_it_is(location: Any, told: Any) -> None:
    places = read(series(1, location=location)).service.places
    assert [(each.name, each.address_1, each.postcode, each.latitude) for each in places] == ([told] if told else [])


def test_one_that_is_online_has_no_address() -> None:
    [place] = read(series(1, eventAttendanceMode="https://schema.org/OnlineEventAttendanceMode")).service.places
    assert (place.name, place.location_type, place.address_1, place.latitude) == ("Online", "virtual", "", None)


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"organizer": {"@type": "Person", "name": "Ottoline Marchbanks"}}, MAY_BE_PRIVATE),
        ({"organizer": ["x"]}, NO_ORGANISATION),
        ({"organizer": None}, NO_ORGANISATION),
        ({"name": "Yoga at the women's refuge"}, MAY_BE_A_REFUGE),
        ({}, ""),
    ],
)
def test_what_is_held_back_until_somebody_has_looked(more: Any, because: str) -> None:
    row = read(series(1, **more))
    assert (row.service.held_because, row.service.is_published) == (because, not because)
    assert (row.organisation is None) == bool(because in {MAY_BE_PRIVATE, NO_ORGANISATION})


def test_mobile_numbers_and_private_mail_boxes_are_not_shown() -> None:
    owner = {**ORGANISER, "telephone": "07700 900123", "email": "lantern@gmail.com"}
    facts = read(series(1, organizer=owner, description="Ring 07700 900123 or write to kit@gmail.com")).service
    assert (facts.phone, facts.email) == ("", "")
    assert not [each for each in ("07700", "kit@") if each in facts.description]


@pytest.mark.parametrize(
    ("data", "today", "is_over"),
    [
        (series(1), "2026-11-22", False),
        (dated(1), "2026-11-22", True),
        (dated(1, subEvent=[session(1, 1)]), "2026-11-22", False),
        (dated(1, subEvent=[session(1, 1)]), "2026-11-26", False),
        (dated(1, subEvent=[session(1, 1)]), "2026-11-27", True),
        (event(1), "2026-11-28", False),
        (event(1), "2026-11-29", True),
        (event(1, eventStatus="EventCancelled"), "2026-11-22", True),
    ],
)
def test_one_lapses_when_its_last_date_has_passed(data: dict[str, Any], today: str, is_over: bool) -> None:
    row = read(data, today)
    assert (over(row), row.service.status) == (is_over, "inactive" if is_over else "active")


def test_what_a_steward_says_of_a_term_counts() -> None:
    meanings = {"yoga": Meaning(kinds=("social-group",), needs=("loneliness",))}
    assert "loneliness" in read(series(1), meanings=meanings).service.needs


@pytest.mark.parametrize("name", [None, "", "\x00\u200b", [], {}, True])
def test_one_without_a_name_cannot_be_stored(name: Any) -> None:
    with pytest.raises(RowProblem, match="no name"):
        read(series(1, name=name))


@given(st.dictionaries(st.sampled_from(sorted({*series(1), *PLACE, *ORGANISER})), NOISE, max_size=10))
def test_whatever_stands_in_an_activity_it_is_read_or_left_out(noise: dict[str, Any]) -> None:
    try:
        row = read({**series(1), **noise, "@type": "SessionSeries"})
    except RowProblem:
        return
    assert_fit_to_keep(row)
