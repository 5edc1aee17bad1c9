"""One listing told in three dialects is the same listing; whatever a feed sends is read or refused with a reason."""

from datetime import time
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworks.directory.rules import terms
from linkworks.directory.rules.facts import Row
from linkworks.directory.rules.feeds import Dialect, NotAFeed, RowProblem, lacks_details, open_envelope, read_row
from linkworks.directory.rules.feeds.finishing import NO_ORGANISATION
from tests.directory.dialects import AS_IT_STANDS, IN_JSON, assert_fit_to_keep

DAY_NAMES = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday"}
MAPPED = sorted(terms.term_map().terms)
LISTINGS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Fable Choir", "Lunch at the hall", "Digital café", "Walk & talk"]),
        "description": st.sampled_from(["", "We meet for tea.", "A warm welcome.\nBring a friend."]),
        "url": st.sampled_from(["", "https://fable.example.org/a?b=1"]),
        "low": st.none() | st.integers(1, 50),
        "high": st.none() | st.integers(51, 99),
        "day": st.sampled_from(sorted(DAY_NAMES)),
        "opens": st.times(time(6), time(12)).map(lambda each: each.replace(second=0, microsecond=0)),
        "amount": st.none() | st.integers(0, 9999).map(lambda pence: Decimal(pence) / 100),
        "terms": st.lists(st.sampled_from(MAPPED), unique=True, max_size=3),
        "features": st.lists(st.sampled_from(sorted(terms.term_map().accessibility)), unique=True, max_size=3),
        "at": st.tuples(
            st.floats(51.2, 51.7).map(lambda x: round(x, 5)), st.floats(-0.5, 0.3).map(lambda x: round(x, 5))
        ),
        "phone": st.sampled_from(["", "020 7946 0111", "07700 900123"]),
    }
)

OWNER = {"id": "o1", "name": "Fable Street Trust"}


def without_empties(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "", [])}


def as_oruk3(told: dict[str, Any]) -> dict[str, Any]:
    address = {"address_1": "1 Fable Street", "city": "London", "postal_code": "SE15 5DD"}
    place = {
        "latitude": told["at"][0], "longitude": told["at"][1], "addresses": [address],
        "accessibility": [{"description": each} for each in told["features"]],
    }  # fmt: skip
    return without_empties(
        {
            "id": "x1", "name": told["name"], "description": told["description"], "url": told["url"],
            "minimum_age": told["low"], "maximum_age": told["high"], "status": "active", "organization": OWNER,
            "schedules": [{"freq": "WEEKLY", "byday": told["day"], "opens_at": told["opens"].isoformat()}],
            "cost_options": [] if told["amount"] is None else [{"amount": float(told["amount"])}],
            "attributes": [{"taxonomy_term": {"name": each}} for each in told["terms"]],
            "service_at_locations": [{"location": place}],
            "contacts": [{"phones": [{"number": told["phone"]}]}] if told["phone"] else [],
        }
    )  # fmt: skip


def as_placecube(told: dict[str, Any]) -> dict[str, Any]:
    address = {"address_1": "1 Fable Street", "city": "London", "postal_code": "SE15 5DD"}
    place = {
        "latitude": str(told["at"][0]), "longitude": str(told["at"][1]), "physical_addresses": [address],
        "accessibility_for_disabilities": [{"accessibility": each} for each in told["features"]],
    }  # fmt: skip
    return {
        "id": "x1", "name": told["name"], "description": f"<p>{told['description']}</p>", "url": told["url"],
        "status": "active", "organization": OWNER, "fees": "", "email": "", "assured_date": "",
        "eligibilitys": [{"minimum_age": told["low"] or "", "maximum_age": told["high"] or ""}],
        "regular_schedules": [{"freq": "WEEKLY", "byday": told["day"], "opens_at": told["opens"].strftime("%H:%M")}],
        "cost_options": [] if told["amount"] is None else [{"amount": f"£{told['amount']:.2f}", "option": ""}],
        "service_taxonomys": [{"taxonomy": {"id": each, "name": each.upper()}} for each in told["terms"]],
        "service_at_locations": [{"location": place}],
        "contacts": [{"name": "", "phones": [{"number": told["phone"]}]}] if told["phone"] else [],
    }  # fmt: skip


def as_outpost(told: dict[str, Any]) -> dict[str, Any]:
    place = {
        "address_1": "1 Fable Street", "city": "London", "postal_code": "SE15 5DD",
        "geometry": {"type": "Point", "coordinates": [told["at"][1], told["at"][0]]},
        "accessibilities": [{"name": each} for each in told["features"]],
    }  # fmt: skip
    return {
        "id": "x1", "name": told["name"], "description": told["description"], "url": told["url"],
        "min_age": told["low"], "max_age": told["high"], "status": "active", "organisation": OWNER,
        "regular_schedules": [{"weekday": DAY_NAMES[told["day"]], "opens_at": told["opens"].strftime("%-I:%M%p")}],
        "cost_options": [] if told["amount"] is None else [{"amount": str(told["amount"])}],
        "taxonomies": [{"name": each} for each in told["terms"]],
        "locations": [place],
        "contacts": [{"name": None, "phone": told["phone"]}] if told["phone"] else [],
    }  # fmt: skip


TOLD_AS = {Dialect.ORUK_3: as_oruk3, Dialect.PLACECUBE: as_placecube, Dialect.OUTPOST: as_outpost}


def in_short(row: Row) -> dict[str, Any]:
    facts = row.service
    place, session = facts.places[0], facts.sessions[0]
    return {
        **{name: getattr(facts, name) for name in ("name", "url", "minimum_age", "maximum_age", "status", "phone")},
        "description": facts.description, "kinds": facts.kinds, "needs": facts.needs, "access": facts.access_needs,
        "at": (place.latitude, place.longitude, place.postcode, place.address_1),
        "when": (session.freq, session.byday, session.opens_at), "costs": [each.amount for each in facts.costs],
        "owner": row.organisation and row.organisation.name, "shown": facts.is_published,
    }  # fmt: skip


@settings(max_examples=60)
@given(LISTINGS)
def test_the_same_listing_in_each_dialect_is_the_same_listing(told: dict[str, Any]) -> None:
    one, *others = [in_short(read_row(dialect, write(told))) for dialect, write in TOLD_AS.items()]
    assert others == [one, one]
    assert one["at"][:2] == told["at"]
    assert one["when"] == ("WEEKLY", told["day"], told["opens"])
    assert one["phone"] == ("" if told["phone"].startswith("07") else told["phone"])
    assert one["costs"] == ([] if told["amount"] is None else [told["amount"]])


@settings(max_examples=30)
@given(LISTINGS, st.sampled_from(IN_JSON))
def test_reading_does_not_depend_on_the_order_of_fields(told: dict[str, Any], dialect: Dialect) -> None:
    raw = TOLD_AS[dialect](told)
    assert read_row(dialect, raw) == read_row(dialect, dict(reversed(raw.items())))


@settings(max_examples=30)
@given(LISTINGS, st.sampled_from(IN_JSON))
def test_reading_a_row_leaves_it_as_it_was(told: dict[str, Any], dialect: Dialect) -> None:
    raw = TOLD_AS[dialect](told)
    before = msgspec.json.encode(raw)
    read_row(dialect, raw)
    assert msgspec.json.encode(raw) == before


FIELDS = sorted(
    {
        name
        for write in TOLD_AS.values()
        for name in write(
            {
                **dict.fromkeys(["url", "low", "high", "amount"]),
                "name": "x",
                "description": "",
                "day": "MO",
                "opens": time(9),
                "terms": ["a"],
                "features": ["a"],
                "at": (51.5, 0.1),
                "phone": "020 7946 0111",
            }
        )
    }
    | {
        "eligibility_description",
        "fees_description",
        "alert",
        "languages",
        "service_areas",
        "min_age",
        "suitabilities",
        "pc_targetAudience",
        "mask_exact_address",
        "free",
    }
)
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["MO", "9am", "<b>", "\x00", "£3"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *FIELDS,
                    "location",
                    "taxonomy_term",
                    "taxonomy",
                    "byday",
                    "freq",
                    "addresses",
                    "geometry",
                    "coordinates",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def read_or_reason(dialect: Dialect, raw: Any) -> Row | str:
    try:
        return read_row(dialect, raw)
    except RowProblem as problem:
        return str(problem)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(AS_IT_STANDS), st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=6))
def test_any_row_is_read_or_refused_with_a_reason(dialect: Dialect, odd: dict[str, Any]) -> None:
    raw = {"id": "x", "name": "Club", "organization": OWNER, "organisation": OWNER, **odd}
    row = read_or_reason(dialect, raw)
    if isinstance(row, str):
        assert row.endswith(".")
        return
    assert_fit_to_keep(row)


@given(st.recursive(ODD, lambda inner: st.lists(inner, max_size=2), max_leaves=4))
@settings(max_examples=60, deadline=None)
def test_any_json_is_a_feed_or_said_not_to_be(payload: Any) -> None:
    try:
        feed = open_envelope(payload)
    except NotAFeed as error:
        said = str(error)
        feed = None
    if feed is None:
        assert "not a list of services" in said
        return
    assert isinstance(feed.rows, tuple)
    assert feed.pages is None or feed.pages >= 0


@pytest.mark.parametrize(
    ("row", "lacks"),
    [
        ({"id": 1, "name": "x", "organization": OWNER}, True),
        ({"id": 1}, True),
        ({"id": 1, "schedules": []}, False),
        ({"id": 1, "service_at_locations": [{}]}, False),
        (None, False),
        ("text", False),
        ([], False),
    ],
)
def test_which_rows_came_without_details(row: Any, lacks: bool) -> None:
    assert lacks_details(Dialect.ORUK_3, row) is lacks
    assert not lacks_details(Dialect.OUTPOST, row), "other dialects put everything in the list"
    assert not lacks_details(Dialect.PLACECUBE, row)


@pytest.mark.parametrize(
    ("payload", "page", "pages", "total", "is_list"),
    [
        ({"contents": [], "page_number": 2, "total_pages": 5, "total_items": 9}, 2, 5, 9, True),
        ({"content": [], "empty": False, "number": 1, "totalPages": 3, "totalElements": 30}, 1, 3, 30, True),
        ({"contents": [], "total_pages": "5", "total_items": -1, "page_number": True}, None, None, None, True),
        ([{"id": 1, "name": "x"}], None, None, None, True),
        ({"id": 1, "name": "x"}, None, None, None, False),
    ],
)
def test_what_an_envelope_says_of_itself(
    payload: Any, page: int | None, pages: int | None, total: int | None, is_list: bool
) -> None:
    feed = open_envelope(payload)
    assert (feed.page, feed.pages, feed.total, feed.is_list) == (page, pages, total, is_list)


@pytest.mark.parametrize("dialect", IN_JSON)
@pytest.mark.parametrize("owner", [None, {}, {"id": "o"}, {"id": "o", "name": ""}, {"name": None}, "Trust", 5, []])
def test_without_an_organisation_a_row_is_held(dialect: Dialect, owner: Any) -> None:
    row = read_row(dialect, {"id": 1, "name": "Club", "organization": owner, "organisation": owner})
    assert row.organisation is None
    assert (row.service.is_published, row.service.held_because) == (False, NO_ORGANISATION)


@pytest.mark.parametrize("dialect", IN_JSON)
def test_one_organisation_without_an_id_is_the_same_one_however_its_name_is_written(dialect: Dialect) -> None:
    keys = {
        read_row(
            dialect, {"id": 1, "name": "Club", "organization": {"name": name}, "organisation": {"name": name}}
        ).organisation.key  # type: ignore[union-attr]
        for name in ("Kettle and Company", "KETTLE AND COMPANY", " Kettle  and Company ")
    }
    assert len(keys) == 1
