"""The strict check can fail: each defect that real feeds have, planted one at a time in a feed that holds, is found."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.test import Client

from tests.conformance import Answer, Fetch, judge
from tests.directory import official
from tests.interop import worlds

pytestmark = pytest.mark.skipif(not official.FOLDER.is_dir(), reason="The official schemas are not on this machine.")
Change = Callable[[str, Answer], Answer]
SERVICES = re.compile(r"/services(\?|/|$)")


def in_services(change: Callable[[dict[str, Any]], Any]) -> Change:
    """The same change to every service, in lists and alone."""

    def planted(route: str, answer: Answer) -> Answer:
        if not SERVICES.match(route) or answer.status != 200:
            return answer
        body = json.loads(answer.text)
        for service in body.get("contents", [body]):
            change(service)
        return answer._replace(text=json.dumps(body))

    return planted


def within(name: str, change: Callable[[dict[str, Any]], Any]) -> Change:
    """The same change to everything of this name that hangs on a service."""
    return in_services(lambda service: [change(each) for each in service.get(name, [])])


def at(name: str, change: Callable[[dict[str, Any]], Any]) -> Change:
    """The same change to every place or address."""
    if name == "location":
        return within("service_at_locations", lambda place: change(place["location"]))
    return within("service_at_locations", lambda place: [change(each) for each in place["location"].get(name, [])])


def put(field: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda found: found.__setitem__(field, value)


def out(field: str) -> Callable[[dict[str, Any]], Any]:
    return lambda found: found.pop(field, None)


def in_pages(change: Callable[[dict[str, Any]], Any]) -> Change:
    """The same change to every page's envelope."""

    def planted(route: str, answer: Answer) -> Answer:
        if "page=" not in route or answer.status != 200:
            return answer
        body = json.loads(answer.text)
        change(body)
        return answer._replace(text=json.dumps(body))

    return planted


def old_envelope(page: dict[str, Any]) -> None:
    page["content"], page["totalElements"] = page.pop("contents"), page.pop("total_items")


def for_route(pattern: str, **changed: Any) -> Change:
    return lambda route, answer: answer._replace(**changed) if re.search(pattern, route) else answer


def text(pattern: str, before: str, after: str) -> Change:
    return lambda route, answer: (
        answer._replace(text=answer.text.replace(before, after)) if re.fullmatch(pattern, route) else answer
    )


def without_cors(_: str, answer: Answer) -> Answer:
    kept = {name: value for name, value in answer.headers.items() if name != "Access-Control-Allow-Origin"}
    return answer._replace(headers=kept)


DEFECTS: dict[str, tuple[Change, str]] = {
    "a null field": (in_services(put("fees", None)), "empty-value"),
    "an empty string": (in_services(put("fees", "")), "empty-value"),
    "an empty list": (in_services(put("languages", [])), "empty-value"),
    "a missing name": (in_services(out("name")), "schema"),
    "a bad status": (in_services(put("status", "closed")), "schema"),
    "an id that is no uuid": (within("schedules", put("id", "17")), "schema"),
    "a relative address": (in_services(put("url", "www.kettle.example.org")), "schema"),
    "an e-mail without a dot": (in_services(put("email", "hello@kettle")), "schema"),
    "an age in words": (in_services(put("minimum_age", "60")), "schema"),
    "an age below nothing": (in_services(put("minimum_age", -1)), "age"),
    "a moment without an offset": (in_services(put("last_modified", "2026-11-22T10:00:00")), "schema"),
    "a date as we say it": (in_services(put("assured_date", "22/11/2026")), "schema"),
    "a frequency in words": (within("schedules", put("freq", "week")), "schema"),
    "days in words": (within("schedules", put("byday", "Monday")), "rule"),
    "the first Monday of a week": (within("schedules", put("byday", "1MO")), "rule"),
    "a time with pm": (within("schedules", put("opens_at", "2pm")), "schema"),
    "a time of no time zone": (within("schedules", out("timezone")), "rule"),
    "an address without a town": (at("addresses", out("city")), "schema"),
    "a latitude beyond the pole": (at("location", put("latitude", 151)), "position"),
    "an organisation that is not there": (
        in_services(put("organization_id", "9d48b582-f7a8-4e62-bab9-22fd54e697d1")),
        "organisation",
    ),
    "no organisation": (in_services(out("organization_id")), "organisation"),
    "a price in words": (within("cost_options", put("amount", "£5")), "schema"),
    "a term that is not described": (
        within("attributes", lambda each: each["taxonomy_term"].pop("description")),
        "schema",
    ),
    "a term that is not there": (
        within("attributes", put("taxonomy_term_id", "9d48b582-f7a8-4e62-bab9-22fd54e697d1")),
        "term",
    ),
    "a list that says other than the detail": (text(r"/services\?.*", '"Club 1"', '"Club One"'), "list-and-detail"),
    "a wrong size": (in_pages(put("size", 99)), "arithmetic"),
    "a wrong total": (in_pages(put("total_items", 4)), "total"),
    "no word whether it is empty": (in_pages(out("empty")), "envelope"),
    "every page the first": (in_pages(put("first_page", True)), "arithmetic"),
    "the envelope of 1.0": (in_pages(old_envelope), "envelope"),
    "a page of the site": (
        for_route(r"^/services/[0-9a-f-]{36}$", headers={"Content-Type": "text/html"}, text="<html>"),
        "content-type",
    ),
    "another version": (text("/?", "HSDS-UK-3.0", "HSDS-3.0"), "version"),
    "no profile": (text("/?", '"profile"', '"profil"'), "schema"),
    "no OpenAPI document": (for_route(r"openapi\.json", status=404), "openapi"),
    "an unknown id found": (for_route("/1$|/not-an-id$", status=200), "unknown-id"),
    "a malformed id that breaks it": (for_route("%27", status=500), "unknown-id"),
    "a key said twice": (text(r"/services/.*", '"status":', '"status":"active","status":'), "duplicate-key"),
    "no CORS": (without_cors, "no-cors"),
    "trouble for an odd page": (for_route(r"page=-1", status=500), "trouble"),
}


def with_defect(fetch: Fetch, change: Change) -> Fetch:
    return lambda route: change(route, fetch(route))


def asking_other(fetch: Fetch, pattern: str, instead: str) -> Fetch:
    """A feed that hears another question than it is asked."""
    return lambda route: fetch(re.sub(pattern, instead, route))


DEAF: dict[str, tuple[str, str, str]] = {
    "the last page again and again": (r"page=(99999|1\.5|abc)", "page=1", "page-repeated"),
    "search is ignored": (r"&search=[^&]*", "", "filter"),
    "taxonomy_id is ignored": (r"&taxonomy_id=[^&]*", "", "filter"),
    "taxonomy_term_id is ignored": (r"&taxonomy_term_id=[^&]*", "", "filter"),
    "organization_id is ignored": (r"&organization_id=[^&]*", "", "filter"),
    "modified_after is ignored": (r"&modified_after=[^&]*", "&modified_after=2001-01-01", "filter"),
    "per_page is ignored": (r"per_page=3", "per_page=5", "page-not-full"),
    "rows move between pages": (r"per_page=3&page=2", "per_page=3&page=1", "order"),
}


@pytest.fixture(scope="module")
def fetch(django_db_setup: None, django_db_blocker: Any) -> Iterator[Fetch]:
    """A feed that holds. It does not change, so each address is asked once for all of these tests."""
    with worlds.undone(django_db_blocker):
        worlds.small()
        yield cache(worlds.fetching(Client()))


def test_without_a_defect_it_holds(fetch: Fetch) -> None:
    assert judge(fetch, sizes=(1000, 3)) == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(fetch: Fetch, defect: str) -> None:
    change, code = DEFECTS[defect]
    assert code in {each.code for each in judge(with_defect(fetch, change), sizes=(1000, 3))}


@pytest.mark.parametrize("defect", DEAF)
def test_a_feed_that_does_not_listen_is_found(fetch: Fetch, defect: str) -> None:
    pattern, instead, code = DEAF[defect]
    assert code in {each.code for each in judge(asking_other(fetch, pattern, instead), sizes=(1000, 3))}
