"""What the feed refuses, and how: a bad value is explained, an unknown name is named, and no page is ever a repeat."""

from typing import Any

import pytest

from linkworks.interop.oruk.rules.asking import OFFERED
from tests.factories import directory as make
from tests.interop.asking import Feed

LISTED = ["/services", "/taxonomies", "/taxonomy_terms", "/service_at_locations", "/organizations"]
GOOD_NAMES = sorted({name for offered in OFFERED.values() for name in offered} | {"strict"})
BAD = {
    "page": ["0", "-1", "abc", "1.5", "", "1e3", "٣", "99999999999999999999"],
    "per_page": ["0", "-5", "1001", "many", ""],
    "perPage": ["0", "x"],
    "taxonomy_id": ["1", "abc", "", "{}"],
    "taxonomy_term_id": ["1", "' or 1=1"],
    "organization_id": ["Kettle", ""],
    "modified_after": ["yesterday", "22/11/2026", "2026-13-01", "", "2026-11-22T25:00:00Z", "999999-01-01"],
    "minimal": ["yes", "", "2"],
    "full": ["1", "on"],
    "format": ["xml", "NDJSON", ""],
    "minimum_age": ["-1", "old", "151", "4.5"],
    "maximum_age": ["-1", ""],
    "day": ["XX", "Tues day", "8", ""],
    "start_time": ["25:00", "9am", "noon", "09:00Z", ""],
    "end_time": ["24:01", "1"],
}


class TestRefusals:
    @pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
    def test_a_bad_value_is_explained(self, feed: Feed, name: str, value: str) -> None:
        problem = feed.problem("/services", **{name: value})
        assert list(problem) == [name]
        assert problem[name].startswith(f"{name} must be ")

    @pytest.mark.parametrize(
        ("query", "wrong"),
        [
            ("postcode=nowhere", "postcode"), ("proximity=500", "proximity"), ("postcode=SE15+5DD&proximity=-1", "proximity"),
            ("proximity=far&postcode=SE15+5DD", "proximity"), ("page=1&page=2", "page"), ("per_page=5&perPage=6", "perPage"),
            ("postcode=nowhere&proximity=500", "postcode"), ("postcode=&proximity=500", "postcode"),
        ],
    )  # fmt: skip
    def test_so_is_what_cannot_hold_together(self, feed: Feed, query: str, wrong: str) -> None:
        response = feed.client.get(f"/api/oruk/v3/service_at_locations?{query}")
        assert response.status_code == 400
        assert list(response.json()["problems"]) == [wrong]

    def test_two_wrongs_are_both_said(self, feed: Feed) -> None:
        assert set(feed.problem("/services", page="x", day="y")) == {"page", "day"}
        assert set(feed.problem("/services", minimal="true", full="true")) == {"minimal"}

    def test_what_is_not_offered_is_named_and_the_rest_answered(self, feed: Feed, lunch: Any) -> None:
        response = feed.get("/services", colour="red", postcode="SE15 5DD")
        assert response.json()["total_items"] == 1
        assert response["Warning"] == (
            '299 linkworks "Unknown parameter ignored: colour", 299 linkworks "Unknown parameter ignored: postcode"'
        )
        assert "Warning" not in feed.get("/services", page=1)

    def test_strict_refuses_it(self, feed: Feed, lunch: Any) -> None:
        assert set(feed.problem("/services", colour="red", strict="true")) == {"colour"}
        assert set(feed.problem(f"/services/{lunch.id}", colour="red", strict="true")) == {"colour"}
        assert feed.get("/services", strict="true", page=1).status_code == 200

    @pytest.mark.parametrize("name", ['a"b', "a\r\nSet-Cookie: x=1", "é", "a" * 500, "<script>"])
    def test_a_strange_name_does_no_harm(self, feed: Feed, name: str) -> None:
        response = feed.get("/services", **{name: "1"})
        assert response.status_code == 200
        assert len(response["Warning"]) < 200
        assert "Set-Cookie" not in response

    def test_a_stream_has_no_pages_and_says_so(self, feed: Feed, lunch: Any) -> None:
        response = feed.get("/services", format="ndjson", per_page=1)
        assert "Not used with format=ndjson: per_page" in response["Warning"]

    def test_per_page_in_either_spelling(self, feed: Feed) -> None:
        make.service(), make.service(name="Another")
        for name in ("per_page", "perPage"):
            page = feed.json("/services", **{name: 1})
            assert (page["size"], page["total_pages"], page["last_page"]) == (1, 2, False)

    @pytest.mark.parametrize("name", GOOD_NAMES)
    def test_nothing_offered_is_called_unknown(self, feed: Feed, name: str) -> None:
        for endpoint, offered in OFFERED.items():
            route = f"/{endpoint}"
            if name in offered and route in LISTED:
                response = feed.get(route, **{name: "?"})
                assert "Unknown" not in response.headers.get("Warning", "")


def test_a_page_past_the_end_is_empty_and_no_repeat(feed: Feed, lunch: Any) -> None:
    page = feed.json("/services", page=2)
    assert page == {
        "total_items": 1, "total_pages": 1, "page_number": 2, "size": 0, "first_page": False, "last_page": False, "empty": True,
        "contents": [],
    }  # fmt: skip
    assert feed.json("/services", page=1_000_000, per_page=1000)["contents"] == []


def test_nothing_at_all_is_one_empty_page(feed: Feed) -> None:
    page = feed.json("/services")
    assert (page["total_items"], page["total_pages"], page["first_page"], page["last_page"], page["empty"]) == (
        0,
        0,
        True,
        True,
        True,
    )
