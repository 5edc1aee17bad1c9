"""How the feed is explained to people."""

from typing import Any

from .rules.asking import OFFERED
from .rules.openapi import PARAMETERS

FOR = {
    "services": "services",
    "service_at_locations": "places",
    "organizations": "organisations",
    "taxonomies": "lists of terms",
    "taxonomy_terms": "terms",
}


def examples(feed: str, example: dict[str, str]) -> list[list[Any]]:
    """Questions somebody would ask, each with the address that answers it."""
    asked = [
        ("The first services, 20 on a page", "/services?per_page=20"),
        ("Services about food", "/services?search=food"),
        ("What changed since the beginning of the month", "/services?modified_after=2026-11-01T00:00:00Z"),
        ("Everything at once, one service on each line", "/services?full=true&format=ndjson"),
        ("Which services there are and when each changed", "/services?minimal=true"),
        ("What happens on Tuesday mornings", "/services?day=TU&end_time=12:30"),
        ("The words we describe services with", "/taxonomy_terms"),
    ]
    if example.get("service"):
        asked.insert(1, ("One service with everything about it", f"/services/{example['service']}"))
    if example.get("postcode"):
        near = f"/service_at_locations?postcode={example['postcode'].replace(' ', '+')}&proximity=1500"
        asked.insert(2, (f"Places within 1.5 kilometres of {example['postcode']}", near))
    return [[asks, {"text": route, "href": f"{feed}{route}"}] for asks, route in asked]


def parameter_rows() -> list[list[Any]]:
    return [[name, about, listed_for(name)] for name, (about, _) in PARAMETERS.items()]


def listed_for(name: str) -> str:
    """Which lists take this parameter, in words."""
    if name == "strict":
        return "Everything"
    return ", ".join(FOR[each] for each in FOR if name in OFFERED[each]).capitalize()


def counts(how_many: dict[str, int]) -> list[dict[str, Any]]:
    return [{"label": FOR[name].capitalize(), "number": f"{number:,}"} for name, number in how_many.items()]
