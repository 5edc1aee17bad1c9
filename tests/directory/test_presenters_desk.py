"""The words of the stewards' desk: rows, changes, and what is kept."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from linkworks.directory import presenters
from linkworks.directory.queries import StewardCounts
from linkworks.directory.rules import editing


def service(**facts: Any) -> Any:
    usual: dict[str, Any] = {
        "id": "00000000-0000-0000-0000-000000000007", "name": "Lunch club", "held_because": "", "gone_since": None, "kept_here": [],
        "reported": None, "completeness": 100, "unsaid": [],
        "terms_are_guessed": False, "is_published": True, "capacity_places": None, "places_taken": 0, "wait_weeks": None, "wait_words": "",
        "verified_on": None, "verified_by": "", "source": None, "organisation": SimpleNamespace(name="Kettle and Company"),
    }  # fmt: skip
    return SimpleNamespace(**{**usual, **facts})


def change(**facts: Any) -> Any:
    usual = {
        "field": "phone",
        "was": "1",
        "became": "2",
        "by_name": "Ines",
        "created_at": datetime(2026, 7, 1, 9, tzinfo=UTC),
    }
    return SimpleNamespace(**{**usual, **facts})


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({}, "Kettle and Company"),
        ({"name": "Kettle"}, ""),  # the group is not said twice
        ({"completeness": 17, "unsaid": ["when"]}, "Kettle and Company. Answers 17% of what people ask"),
        ({"terms_are_guessed": True}, "Kettle and Company. Kinds and needs guessed"),
        ({"held_because": "Look at it."}, "Kettle and Company. Look at it"),
        ({"reported": "unsafe"}, "Kettle and Company. Reported: It may not be safe for people"),
        ({"gone_since": date(2026, 11, 2)}, "Kettle and Company. Left the list it came from on Monday 2 November 2026"),
    ],
)
def test_a_listings_row_notes_what_a_steward_should_know(facts: dict[str, Any], note: str) -> None:
    name, *_ = presenters.listing_row(service(**facts))
    assert name["note"] == note
    assert name["href"].endswith("7")


@pytest.mark.parametrize(("is_published", "tag"), [(True, None), (False, {"text": "Held back", "colour": "orange"})])
def test_a_listing_held_back_is_tagged(is_published: bool, tag: Any) -> None:
    assert presenters.listing_row(service(is_published=is_published))[0]["tag"] == tag


@pytest.mark.parametrize(
    ("facts", "cells"),
    [
        ({}, ["No number given", "None known", {"text": "Not yet"}, "Linkworks"]),
        (
            {"capacity_places": 4, "places_taken": 4, "wait_weeks": 2, "source": SimpleNamespace(name="Bramblewick")},
            ["Full", "About 2 weeks' wait", {"text": "Not yet"}, "Bramblewick"],
        ),
    ],
)
def test_what_is_not_known_is_said_in_its_cell(facts: dict[str, Any], cells: list[Any]) -> None:
    assert presenters.listing_row(service(**facts))[1:] == cells


@pytest.mark.parametrize(
    ("facts", "title", "text"),
    [
        ({}, "Telephone", "Before: 1\nNow: 2"),
        ({"was": ""}, "Telephone", "Now: 2"),
        ({"became": ""}, "Telephone", "Before: 1\nNow: empty"),  # a fact that was emptied is told too
        (
            {"field": editing.REPORTED, "was": "The time is wrong", "became": "Rang them"},
            "Somebody said it is wrong",
            "Reported: The time is wrong\nDone: Rang them",
        ),
        ({"field": "capacity_places"}, "How many people from link workers can come", "Before: 1\nNow: 2"),
        (
            {"field": editing.SHOWN, "was": "Yes", "became": "No. Closed."},
            "Shown to the public",
            "Before: Yes\nNow: No. Closed.",
        ),
        ({"field": "follows", "was": "", "became": "Name"}, "Follows the feed again for", "Now: Name"),
        ({"field": "who_it_is_for"}, "Who it is for", "Before: 1\nNow: 2"),
    ],
)
def test_a_change_is_told_from_what_to_what(facts: dict[str, Any], title: str, text: str) -> None:
    item = presenters.change_item(change(**facts))
    assert (item["title"], item["text"], item["by"]) == (title, text, "Ines")


def test_a_change_is_told_in_londons_time() -> None:
    assert "10am" in presenters.change_item(change())["when"]


def test_what_is_kept_is_offered_in_the_order_of_the_page_and_by_its_label() -> None:
    kept = presenters.kept_words(service(kept_here=["needs", "name", "phone"]))
    assert kept == [("name", "Name"), ("phone", "Telephone"), ("needs", "What it helps with")]
    assert presenters.kept_words(service()) == []


@pytest.mark.parametrize("view", ["all", "reported", "check", "held", "gone", "brief"])
def test_one_view_is_the_current_one_and_each_has_its_count(view: str) -> None:
    counts = StewardCounts(all=9, reported=3, check=4, held=2, gone=1, brief=5)
    views = presenters.steward_views(counts, view)
    assert [each["href"] for each in views if each["current"]] == [f"?view={view}"]
    assert [each["count"] for each in views] == [9, 3, 4, 2, 1, 5]
    searched = presenters.steward_views(counts, view, "men & tea")
    assert [each["href"] for each in searched if each["current"]] == [f"?view={view}&q=men+%26+tea"]


@pytest.mark.parametrize(("total", "said"), [(0, "0 services"), (1, "1 service"), (2345, "2,345 services")])
def test_a_count_is_said_as_it_is(total: int, said: str) -> None:
    words = presenters.result_words(total, postcode="SE15 5DD", miles="3", words="tea")
    assert words == f"{said} for “tea” within 3 miles of SE15 5DD"
