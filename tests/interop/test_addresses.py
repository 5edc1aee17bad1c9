"""The feed's addresses: what each answers, to whom, and how it refuses."""

import json
from typing import Any

import pytest
from django.db import DatabaseError

from linkworks.interop.oruk import queries
from tests.factories import directory as make
from tests.interop.asking import ROOT, Feed

LISTS = ["/services", "/taxonomies", "/taxonomy_terms", "/service_at_locations", "/organizations"]


@pytest.mark.parametrize("route", ["", *LISTS])
def test_each_is_there_with_and_without_a_slash(feed: Feed, lunch: Any, route: str) -> None:
    assert feed.get(route).content == feed.get(f"{route}/").content
    assert feed.get(route)["Content-Type"] == "application/json"


@pytest.mark.parametrize("route", LISTS)
def test_each_row_is_there_by_its_id_with_and_without_a_slash(feed: Feed, lunch: Any, route: str) -> None:
    for row in feed.rows(route):
        assert feed.json(f"{route}/{row['id']}")["id"] == row["id"]
        assert feed.json(f"{route}/{row['id']}/")["id"] == row["id"]


def test_it_says_what_it_is(feed: Feed) -> None:
    said = feed.json()
    assert said["version"] == "HSDS-UK-3.0"
    assert said["profile"].startswith("https://")
    assert feed.client.get(said["openapi_url"]).json()["openapi"] == "3.1.0"


@pytest.mark.parametrize("route", LISTS)
@pytest.mark.parametrize(
    "bad", ["9d48b582-f7a8-4e62-bab9-22fd54e697d1", "1", "abc", "%27%3B--", "0" * 32, "{x}", "a" * 500, "null"]
)
def test_what_is_not_there_is_a_404_and_never_something_else(feed: Feed, lunch: Any, route: str, bad: str) -> None:
    response = feed.get(f"{route}/{bad}")
    assert response.status_code == 404
    assert json.loads(response.content)["status"] == 404


def test_an_id_is_found_in_one_spelling(feed: Feed, lunch: Any) -> None:
    assert feed.get(f"/services/{str(lunch.id).upper()}").status_code == 200
    assert feed.get(f"/services/{lunch.id.hex}").status_code == 404


@pytest.mark.parametrize("route", ["", *LISTS, "/services/abc", "/nothing/here", "/services?page=0", "/openapi.json"])
@pytest.mark.parametrize("method", ["get", "head", "options", "post", "put", "delete"])
def test_every_answer_may_be_read_from_any_site(feed: Feed, route: str, method: str) -> None:
    response = getattr(feed.client, method)(f"{ROOT}{route}")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response
    assert not response.cookies


def test_a_browser_may_ask_first(feed: Feed) -> None:
    response = feed.client.options(f"{ROOT}/services", headers={"Access-Control-Request-Headers": "if-none-match"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(feed: Feed, method: str) -> None:
    response = getattr(feed.client, method)(f"{ROOT}/services")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_head_says_the_same_without_the_words(feed: Feed, lunch: Any) -> None:
    head, whole = feed.client.head(f"{ROOT}/services"), feed.get("/services")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])


class TestWhetherItChanged:
    @pytest.mark.parametrize("route", ["", *LISTS])
    def test_it_is_told_by_its_tag(self, feed: Feed, lunch: Any, route: str) -> None:
        tag = feed.get(route)["ETag"]
        for said in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = feed.client.get(f"{ROOT}{route}", headers={"If-None-Match": said})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
            assert "Content-Type" not in again  # a cache would write it over what it has
        assert feed.client.get(f"{ROOT}{route}", headers={"If-None-Match": '"other"'}).status_code == 200

    def test_the_tag_of_a_service_is_the_hash_of_its_document(self, feed: Feed, lunch: Any) -> None:
        assert feed.get(f"/services/{lunch.id}")["ETag"] == f'"{lunch.document_hash}"'
        assert feed.get(f"/services/{lunch.id}").content.decode() == lunch.document

    def test_a_change_makes_another(self, feed: Feed, lunch: Any) -> None:
        from linkworks.directory import actions

        before = {route: feed.get(route)["ETag"] for route in LISTS}
        actions.save_service(lunch, facts=make.facts(description="Soup"), by=make.KEEPER)
        after = {route: feed.get(route)["ETag"] for route in LISTS}
        assert {route for route in LISTS if before[route] != after[route]} == {"/services", "/service_at_locations"}


def test_trouble_here_is_said_without_its_insides(feed: Feed, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def broken(*_: Any) -> None:
        raise DatabaseError("password=secret")

    monkeypatch.setattr(queries.Rows, "count", broken)
    response = feed.get("/services")
    assert response.status_code == 500
    assert response["Access-Control-Allow-Origin"] == "*"
    assert b"secret" not in response.content


def test_nothing_is_there_for_a_null_character(feed: Feed) -> None:
    assert feed.client.get(f"{ROOT}/services?search=%00").status_code == 400
