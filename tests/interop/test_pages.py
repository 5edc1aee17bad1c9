"""The page that explains the feed, its OpenAPI document, and how much each answer asks of the database."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkworks.interop.oruk.rules import openapi
from linkworks.interop.oruk.rules.asking import OFFERED
from linkworks.interop.oruk.rules.reading import READERS
from linkworks.interop.oruk.urls import FEED, LISTS
from tests.cast import Cast
from tests.directory import official
from tests.factories import directory as make
from tests.interop.asking import ROOT, Feed

PAGE = "/open-directory"


class TestThePage:
    def test_every_example_answers(self, lunch: Any, client: Client) -> None:
        make.postcode()
        said = client.get(PAGE).content.decode()
        examples = [unescape(each) for each in re.findall(r'href="(http://testserver/api/[^"]+)"', said)]
        assert len(examples) >= 9
        for each in examples:
            parts = urlsplit(each)
            response = client.get(f"{parts.path}?{parts.query}", {"strict": "true"} if not parts.query else None)
            assert response.status_code == 200, each
            assert "Warning" not in response

    def test_it_says_how_much_there_is_and_every_parameter(self, lunch: Any, client: Client) -> None:
        said = client.get(PAGE).content.decode()
        assert all(name in said for name in READERS)
        assert "Services" in said and "Places" in said and "Organisations" in said

    def test_it_is_reached_from_the_foot_of_every_page(self, cast: Cast, client: Client) -> None:
        for page in (
            client.get("/"),
            client.get(reverse("directory:find")),
            cast.client(cast.link_worker).get("/find"),
        ):
            assert f'href="{PAGE}"' in page.content.decode()

    def test_staff_keep_their_menu(self, cast: Cast) -> None:
        assert "Caseload" in cast.client(cast.link_worker).get(PAGE).content.decode()

    def test_it_holds_without_anything_to_show(self, everything: None, client: Client) -> None:
        assert client.get(PAGE).status_code == 200

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_it_is_only_read(self, everything: None, client: Client, method: str) -> None:
        assert getattr(client, method)(PAGE).status_code == 405

    def test_odd_questions_change_nothing(self, everything: None, client: Client) -> None:
        assert client.get(f"{PAGE}?page=abc&x=%27%3Cscript%3E").status_code == 200


class TestOpenApi:
    def test_every_address_is_in_it_and_no_other(self, feed: Feed) -> None:
        said = feed.json("/openapi.json")
        ours = {route.replace("<str:record>", "{id}") or "/" for route in FEED}
        assert set(said["paths"]) == ours
        assert len(ours) == 11

    @pytest.mark.skipif(not official.FOLDER.is_dir(), reason="The official schemas are not on this machine.")
    def test_all_that_the_standard_offers_is_offered(self, feed: Feed) -> None:
        import json

        theirs = json.loads((official.FOLDER.parent / "openapi.json").read_text(encoding="utf-8"))["paths"]
        said = feed.json("/openapi.json")["paths"]
        assert set(theirs) == set(said)
        for route, operations in theirs.items():
            wanted = {
                each.get("name") or each["$ref"].rpartition("/")[2] for each in operations["get"].get("parameters", [])
            }
            offered = {each.get("name") or each["$ref"].rpartition("/")[2] for each in said[route]["get"]["parameters"]}
            assert wanted <= offered, route

    def test_every_parameter_is_described_and_read(self) -> None:
        named = {name for offered in OFFERED.values() for name in offered} | {"strict"}
        assert named == set(openapi.PARAMETERS) == set(READERS)

    def test_what_it_refers_to_is_in_it(self, feed: Feed) -> None:
        said = feed.json("/openapi.json")
        for each in re.findall(r"#/components/(\w+)/(\w+)", str(said)):
            assert each[1] in said["components"][each[0]]

    def test_the_server_it_names_is_the_feed(self, feed: Feed) -> None:
        (server,) = feed.json("/openapi.json")["servers"]
        assert feed.client.get(server["url"]).json()["version"] == "HSDS-UK-3.0"


def asked(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        response = act()
        if getattr(response, "streaming", False):
            b"".join(response.streaming_content)
    return len(seen)


ROUTES = [
    *(f"/{name}{query}" for name in LISTS for query in ("", "?format=ndjson", "?per_page=1000&search=club")),
    "/services?full=true&day=TU", "/services?minimal=true", "/organizations?full_service=true",
    "/service_at_locations?full=true&postcode=SE15+5DD&proximity=900", "/service_at_locations?postcode=SE15+5DD",
]  # fmt: skip


@pytest.mark.parametrize("route", [*ROUTES, "page"])
def test_more_services_ask_no_more_questions(feed: Feed, route: str) -> None:
    make.postcode()
    address = PAGE if route == "page" else f"{ROOT}{route}"
    make.service(name="Club")
    feed.client.get(address)
    few = asked(lambda: feed.client.get(address))
    for number in range(12):
        make.service(name=f"Club {number}", places=(make.place(), make.place(at=make.CAMDEN)))
    assert asked(lambda: feed.client.get(address)) == few
