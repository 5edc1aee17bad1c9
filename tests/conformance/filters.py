"""Filters: each answers exactly what reading everything and sorting it out oneself would."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from .details import NOBODY
from .pages import whole_list
from .reading import Reader

Whole = dict[str, dict[str, Any]]
Test = Callable[[dict[str, Any]], bool]


def filters_hold(reader: Reader, wholes: dict[str, Whole]) -> None:
    services = wholes["/services"]
    if not services:
        return
    for name, value, test in questions(list(services.values())):
        for route, them in (("/services", services), ("/service_at_locations", wholes["/service_at_locations"])):
            expected = {key for key, each in them.items() if test(service_of(each, services))}
            compare(reader, route, f"{name}={quote(value)}", expected)
    searched(reader, services)
    term = next((each for each in wholes["/taxonomy_terms"].values()), None)
    if term:
        same = {key for key, each in wholes["/taxonomy_terms"].items() if each["taxonomy_id"] == term["taxonomy_id"]}
        compare(reader, "/taxonomy_terms", f"taxonomy_id={term['taxonomy_id']}", same)


def service_of(each: dict[str, Any], services: Whole) -> dict[str, Any]:
    return services.get(each.get("service_id", ""), {}) if "service_id" in each else each


def questions(services: list[dict[str, Any]]) -> list[tuple[str, str, Test]]:
    """What is asked, and how each service alone would answer it."""
    middle = services[len(services) // 2]
    moment = sorted(str(each.get("last_modified", "")) for each in services)[len(services) // 2]
    owner = str(middle.get("organization_id"))
    asked: list[tuple[str, str, Test]] = [
        ("organization_id", owner, lambda each: each.get("organization_id") == owner),
        ("organization_id", NOBODY, lambda _: False),
    ]
    asked.append(("modified_after", moment, lambda each: str(each.get("last_modified", "")) >= moment))
    terms = [each["taxonomy_term"] for each in middle.get("attributes", []) if "taxonomy_term" in each][:1]
    for term in terms:
        asked.append(("taxonomy_term_id", term["id"], has("id", term["id"])))
        asked.append(("taxonomy_id", str(term.get("taxonomy_id")), has("taxonomy_id", term.get("taxonomy_id"))))
    asked.append(("taxonomy_term_id", NOBODY, lambda _: False))
    return asked


def has(name: str, value: Any) -> Test:
    return lambda each: any(said["taxonomy_term"].get(name) == value for said in each.get("attributes", []))


def compare(reader: Reader, route: str, query: str, expected: set[str]) -> None:
    found = {str(row.get("id")) for row in whole_list(reader, route, 500, f"&{query}")}
    if found != expected:
        reader.note("filter", f"{route}?{query}", f"{len(found)} found, {len(expected)} expected")


def searched(reader: Reader, services: Whole) -> None:
    """A search finds the service of that name, and nothing for what nobody says."""
    one = next((each for each in services.values() if "name" in each), {"name": "nobody", "id": NOBODY})
    found = {row.get("id") for row in whole_list(reader, "/services", 500, f"&search={quote(one['name'])}")}
    if one["id"] not in found:
        reader.note("filter", "/services?search", one["name"])
    compare(reader, "/services", "search=zzxqjwvk", set())
