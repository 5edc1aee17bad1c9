"""One value in its many spellings is one value."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from linkworks.directory.rules.feeds.active import linked


@pytest.mark.parametrize(
    "raw",
    [
        {"name": "Yoga"},
        {"@name": "Yoga"},
        {"schema:name": "Yoga"},
        {"oa:name": "Yoga"},
        {"beta:name": "Yoga"},
        {"name": ["Yoga"]},
        {"name": ["", None, "Yoga"]},
        {"name": {"@value": "Yoga"}},
        {"name": {"@value": "Yoga", "@language": "en"}},
        {"name": [{"@value": "Joga", "@language": "pl"}, {"@value": "Yoga", "@language": "en"}]},
        {"name": [{"@value": "Ioga", "@language": "pt"}, {"@value": "Yoga", "@language": "en-GB"}]},
        {"name": {"pl": "Joga", "en": "Yoga"}},
        {"name": {"pl": "Joga", "en-GB": "Yoga", "en": "Yogas"}},
        {"name": {"cy": "Yoga"}},
        {"name": "  Yoga \n"},
        {"name": "<b>Yoga</b>"},
        {"name": "", "schema:name": "Yoga"},
    ],
)
def test_a_text(raw: dict[str, Any]) -> None:
    assert linked.words(raw, "name") == "Yoga"


@pytest.mark.parametrize("raw", [None, "Yoga", 7, [], {}, {"name": None}, {"name": {}}, {"name": [[]]}, {"name": True}])
def test_no_text(raw: Any) -> None:
    assert linked.words(raw, "name") == ""


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"@type": "SessionSeries"}, "SessionSeries"),
        ({"type": "SessionSeries"}, "SessionSeries"),
        ({"@type": "oa:SessionSeries"}, "SessionSeries"),
        ({"@type": "https://openactive.io/SessionSeries"}, "SessionSeries"),
        ({"@type": "https://schema.org/Event/"}, "Event"),
        ({"@type": ["Event", "ScheduledSession"]}, "ScheduledSession"),
        ({"@type": ["https://schema.org/Event", "https://openactive.io/SessionSeries"]}, "SessionSeries"),
        ({"@type": {"a": 1}}, ""),
        ({"@type": None}, ""),
        ({}, ""),
        ([], ""),
    ],
)
def test_what_a_thing_says_it_is(raw: Any, kind: str) -> None:
    assert linked.kind(raw) == kind


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("https://a.example.org/1", "https://a.example.org/1"),
        ({"@id": "https://a.example.org/1"}, "https://a.example.org/1"),
        ({"id": "https://a.example.org/1"}, "https://a.example.org/1"),
        ({"@id": 7}, "7"),
        (7, "7"),
        (True, ""),
        ({"@id": True}, ""),
        ({"@id": {"a": "b"}}, ""),
        ([], ""),
        (None, ""),
        ("\x00\u200bone", "one"),
        ("x" * 900, "x" * 500),
    ],
)
def test_what_a_thing_is_called_by(raw: Any, name: str) -> None:
    assert linked.name_of(raw) == name


@pytest.mark.parametrize(
    ("raw", "labels"),
    [
        ([{"@type": "Concept", "prefLabel": "Yoga"}, {"prefLabel": "Pilates"}], ["Yoga", "Pilates"]),
        ({"@type": "Concept", "prefLabel": "Yoga"}, ["Yoga"]),
        ("Yoga", ["Yoga"]),
        (["Yoga", "Yoga", "", None, 7], ["Yoga"]),
        ({"@list": ["Yoga", "Pilates"]}, ["Yoga", "Pilates"]),
        ({"@set": [{"name": "Yoga"}]}, ["Yoga"]),
        ("https://openactive.io/accessibility-support#hearing", ["hearing"]),
        ([{"prefLabel": {"en": "Yoga", "fr": "Le yoga"}}], ["Yoga"]),
        (None, []),
    ],
)
def test_the_names_of_concepts(raw: Any, labels: list[str]) -> None:
    assert linked.labels({"activity": raw}, "activity") == labels


def test_no_more_of_a_list_is_read_than_anybody_would_read() -> None:
    assert len(linked.many({"activity": ["Yoga"] * 10_000}, "activity")) == linked.MOST


@pytest.mark.parametrize(
    ("raw", "london"),
    [
        ("2026-11-24T18:30:00Z", "2026-11-24 18:30"),
        ("2026-11-24T18:30:00+00:00", "2026-11-24 18:30"),
        ("2026-07-14T18:30:00Z", "2026-07-14 19:30"),
        ("2026-07-14T18:30:00+01:00", "2026-07-14 18:30"),
        ("2026-07-14T18:30", "2026-07-14 18:30"),
        ("2026-07-14T18:30:00.000", "2026-07-14 18:30"),
        ("2026-11-24T23:30:00-05:00", "2026-11-25 04:30"),
        (" 2026-11-24T18:30:00Z ", "2026-11-24 18:30"),
    ],
)
def test_a_time_is_on_the_clocks_of_london(raw: str, london: str) -> None:
    found = linked.moment(raw)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == london
    assert found.utcoffset() in {timedelta(0), timedelta(hours=1)}


@pytest.mark.parametrize(
    "raw",
    ["2026-11-24", "", "soon", "2026-13-24T18:30", "2026-11-24T25:00:00", None, 7, [], {}, "0001-01-01T00:00:00+14:00"],
)
def test_no_time(raw: Any) -> None:
    assert linked.moment(raw) is None


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-24T23:30:00Z", date(2026, 11, 24)),
        ("2026-07-14T23:30:00Z", date(2026, 7, 15)),
        ("24/11/2026", None),
        (None, None),
        (20261124, None),
    ],
)
def test_a_day(raw: Any, day: date | None) -> None:
    assert linked.day(raw) == day


@pytest.mark.parametrize(
    ("raw", "minutes"),
    [
        ("PT1H", 60),
        ("PT1H30M", 90),
        ("PT45M", 45),
        ("PT5400S", 90),
        ("P1D", 1440),
        ("P0DT1H", 60),
        ("PT0S", None),
        ("P2D", None),
        ("P1W", None),
        ("1 hour", None),
        ("PT" + "9" * 30 + "H", None),
        ("PT99999999999999H", None),
        (60, None),
        (None, None),
    ],
)
def test_how_long(raw: Any, minutes: int | None) -> None:
    assert linked.duration(raw) == (None if minutes is None else timedelta(minutes=minutes))


def test_summer_time_is_london_s_and_not_only_an_offset() -> None:
    found = linked.moment("2026-10-25T00:30:00Z")
    assert found is not None
    assert found.utcoffset() == timedelta(hours=1)
    assert found.timestamp() == datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()
