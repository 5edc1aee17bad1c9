"""What is kept of an item, what is left out with its reason, and that nothing of private people is."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules.feeds import RowProblem
from linkworks.directory.rules.feeds.active import Kept, keep
from linkworks.directory.states import FeedItemKind

from .samples import AT, ORGANISER, event, series, session
from .test_rules_timed import NOISE

LISTING, DATE = FeedItemKind.LISTING, FeedItemKind.DATE


def item(data: Any, kind: str = "SessionSeries", **more: Any) -> dict[str, Any]:
    return {"id": "1", "kind": kind, "state": "updated", "modified": 5, "data": data, **more}


def kept(data: Any, kind: str = "SessionSeries", **more: Any) -> list[Kept]:
    return list(keep(item(data, kind, **more)))


def test_a_series_is_a_listing_that_others_call_by_its_address() -> None:
    [found] = kept(series(1))
    assert (found.key, found.what, found.modified, found.is_deleted) == ("SessionSeries 1", LISTING, 5, False)
    assert found.subject == f"{AT}/session-series/1"
    assert (found.data["name"], found.data["activity"], found.data["ages"]) == ("Gentle yoga 1", ["Yoga"], [18, None])


def test_a_session_is_a_date_of_its_series() -> None:
    [found] = kept(session(21, 2), "ScheduledSession", id=21)
    assert (found.key, found.what, found.parent) == ("ScheduledSession 21", DATE, f"{AT}/session-series/2")
    assert str(found.starts) == "2026-11-26 18:30:00+00:00"


def test_a_series_inside_its_session_is_kept_with_it() -> None:
    inside, date = kept(session(21, 2, superEvent=series(2)), "ScheduledSession")
    assert (inside.what, inside.subject, inside.data["name"]) == (LISTING, f"{AT}/session-series/2", "Gentle yoga 2")
    assert (date.what, date.parent) == (DATE, inside.subject)


def test_a_session_that_belongs_to_nothing_stands_for_itself() -> None:
    alone = {**event(1), "@type": "ScheduledSession"}
    [found] = kept(alone, "ScheduledSession")
    assert (found.what, len(found.data["dates"])) == (LISTING, 1)


def test_a_series_takes_over_what_the_series_around_it_says() -> None:
    around = {
        "@type": "EventSeries",
        "name": "Yoga all over town",
        "description": "For everybody.",
        "organizer": ORGANISER,
    }
    bare = {
        name: each for name, each in series(1, superEvent=around).items() if name not in {"description", "organizer"}
    }
    [found] = kept(bare)
    assert (found.data["name"], found.data["description"]) == ("Gentle yoga 1", "For everybody.")
    assert found.data["organizer"]["name"] == "Lantern Active"


@pytest.mark.parametrize(
    "inside", [[session(1, 1)], session(1, 1), {"@list": [session(1, 1)]}, [session(1, 1), None, "x", {}]]
)
def test_sessions_inside_a_series_are_its_dates(inside: Any) -> None:
    [found] = kept(series(1, subEvent=inside))
    assert [each["starts"] for each in found.data["dates"]] == ["2026-11-26T18:30:00Z"]


@pytest.mark.parametrize(
    ("kind", "what"), [("SessionSeries", LISTING), ("ScheduledSession", DATE), ("SessionSeries.ScheduledSession", DATE)]
)
def test_what_is_deleted_says_no_more_than_which_it_was(kind: str, what: FeedItemKind) -> None:
    [found] = keep({"id": "1", "kind": kind, "state": "deleted", "modified": 9})
    assert (found.key.endswith(" 1"), found.what, found.is_deleted, dict(found.data)) == (True, what, True, {})


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (None, "not an object"),
        ([], "not an object"),
        ("item", "not an object"),
        ({}, "no id"),
        (item(series(1), id=None), "no id"),
        (item(series(1), id=True), "no id"),
        (item(series(1), id={"a": 1}) | {"id": {"a": 1}}, "no id"),
        (item(series(1), modified="yesterday"), "as a number when it was changed"),
        (item(series(1), modified=None), "as a number when it was changed"),
        (item(series(1), modified=-1), "as a number when it was changed"),
        (item(series(1), state="new"), "neither that it was updated nor"),
        (item(series(1), state=None), "neither that it was updated nor"),
        (item(series(1), state=["updated"]), "neither that it was updated nor"),
        (item(None), "has no data"),
        (item("text"), "has no data"),
        (item([series(1)]), "has no data"),
        (item({"@type": "Slot"}, "FacilityUse/Slot"), "not what is called Slot"),
        (item({"@type": "FacilityUse"}, "FacilityUse"), "not what is called FacilityUse"),
        (item({"@type": "IndividualFacilityUse"}), "not what is called IndividualFacilityUse"),
        (item({"@type": "<b>" + "x" * 900}), "not what is called"),
        (item({"a": 1}, ""), "not what is called nothing"),
        (item({**session(1, 1), "superEvent": {"a": 1}}, "ScheduledSession"), "which series it belongs to"),
        (item({**session(1, 1), "startDate": "soon"}, "ScheduledSession"), "on which day and when it begins"),
        (item({**session(1, 1), "startDate": None}, "ScheduledSession"), "on which day and when it begins"),
    ],
)
def test_what_is_left_out_says_why(raw: Any, why: str) -> None:
    with pytest.raises(RowProblem, match=why) as found:
        list(keep(raw))
    assert len(str(found.value)) < 200


@pytest.mark.parametrize("key", [1, "1", "abc-def", "https://a.example.org/1", "x" * 500])
def test_an_item_is_known_by_its_kind_and_id(key: Any) -> None:
    [found] = kept(series(1), id=key)
    assert found.key.startswith(f"SessionSeries {str(key)[:100]}")
    assert len(found.key) <= 200


def test_of_a_person_who_runs_it_only_that_is_kept() -> None:
    person = {"@type": "Person", "@id": f"{AT}/people/9", "name": "Ottoline Marchbanks", "email": "otti@lantern.example.org",
              "telephone": "020 7946 0999"}  # fmt: skip
    [found] = kept(series(1, organizer=person, leader=[person], contributor=person))
    assert found.data["organizer"] == {"is_person": True}
    kept_text = msgspec.json.encode(found.data).decode()
    assert not [each for each in ("Ottoline", "otti@", "0999") if each in kept_text]


def test_what_nobody_asked_for_is_not_kept() -> None:
    [found] = kept(series(1, image=[{"url": "https://a.example.org/a.jpg"}], **{"beta:secret": "x" * 10_000}))
    assert len(msgspec.json.encode(found.data)) < 3_000


@given(st.dictionaries(st.sampled_from(sorted({*series(1), *event(1), "subEvent", "superEvent"})), NOISE, max_size=12))
def test_whatever_stands_in_an_item_it_is_kept_or_left_out(noise: dict[str, Any]) -> None:
    """And what is kept can be stored: plain values, no null characters, no broken halves of letters."""
    try:
        found = kept({**series(1), **noise})
    except RowProblem:
        return
    for each in found:
        text = msgspec.json.encode(each.data).decode()
        assert "\\u0000" not in text
        assert len(each.key) <= 200
