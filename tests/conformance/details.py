"""Each thing by its id: against its schema, against its row in the list, and what it refers to."""

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.directory import official

from .reading import Reader

BYDAY = re.compile(r"(?P<nth>[+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
Wholes = dict[str, dict[str, dict[str, Any]]]
SINGLE = {"taxonomies": "taxonomy"}
NOBODY = str(uuid5(NAMESPACE_URL, "nobody's id"))
UNKNOWN = (NOBODY, "not-an-id", "1", "%27")


def detail(reader: Reader, route: str, row: dict[str, Any]) -> dict[str, Any] | None:
    """The whole of one row, judged."""
    address = f"{route}/{row.get('id')}"
    found = reader.json(address)
    if not isinstance(found, dict):
        return None
    if found.get("id") != row.get("id"):
        reader.note("other-id", address, found.get("id"))
    for said in official.faults(found, f"{SINGLE.get(route[1:], route[1:-1])}.json"):
        reader.note("schema", address, said)
    if not agrees(row, found):
        reader.note("list-and-detail", address, [name for name in row if not agrees(row[name], found.get(name))])
    return found


def agrees(row: Any, whole: Any) -> bool:
    """Whether a row says nothing that its detail does not say too."""
    if isinstance(row, dict) and isinstance(whole, dict):
        return all(name in whole and agrees(value, whole[name]) for name, value in row.items())
    return bool(row == whole)


def unknown_ids(reader: Reader, route: str) -> None:
    for each in UNKNOWN:
        answer = reader.ask(f"{route}/{each}")
        if answer.status != 404:
            reader.note("unknown-id", f"{route}/{each}", answer.status)


def sense(reader: Reader, service: dict[str, Any]) -> None:
    """What a schema cannot say of a service."""
    where = f"/services/{service.get('id')}"
    for name in ("minimum_age", "maximum_age"):
        if isinstance(service.get(name), int | float) and service[name] < 0:
            reader.note("age", where, service[name])
    for schedule in service.get("schedules", []):
        said = rule_fault(schedule)
        if said:
            reader.note("rule", where, said)
    for at in service.get("service_at_locations", []):
        position(reader, where, at.get("location", {}))


def rule_fault(schedule: dict[str, Any]) -> str:
    tokens = [BYDAY.fullmatch(part) for part in schedule["byday"].split(",")] if schedule.get("byday") else []
    if not all(tokens):
        return f"byday {schedule['byday']!r}"
    if schedule.get("freq") != "MONTHLY" and any(token and token["nth"] for token in tokens):
        return f"{schedule['byday']!r} with {schedule.get('freq')}"
    if "timezone" not in schedule and "opens_at" in schedule and len(schedule["opens_at"]) <= len("00:00:00"):
        return f"{schedule['opens_at']!r} of no time zone"
    return ""


def position(reader: Reader, where: str, location: dict[str, Any]) -> None:
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = location.get(name)
        if isinstance(value, int | float) and not -most <= value <= most:
            reader.note("position", where, f"{name} {value}")


def references(reader: Reader, wholes: Wholes) -> None:
    """Every id that something refers to is there."""
    for service in wholes["/services"].values():
        of_service(reader, service, wholes)
    for at in wholes["/service_at_locations"].values():
        known(reader, f"/service_at_locations/{at['id']}", "service", at.get("service_id"), wholes["/services"])
    for term in wholes["/taxonomy_terms"].values():
        where = f"/taxonomy_terms/{term['id']}"
        known(reader, where, "taxonomy", term.get("taxonomy_id"), wholes["/taxonomies"])
        if "parent_id" in term:
            known(reader, where, "parent", term["parent_id"], wholes["/taxonomy_terms"])


def of_service(reader: Reader, service: dict[str, Any], wholes: Wholes) -> None:
    where, owner = f"/services/{service['id']}", service.get("organization_id")
    if owner not in wholes["/organizations"] or service.get("organization", {}).get("id") != owner:
        reader.note("organisation", where, owner)
    for attribute in service.get("attributes", []):
        known(reader, where, "term", attribute.get("taxonomy_term_id"), wholes["/taxonomy_terms"])
    for at in service.get("service_at_locations", []):
        known(reader, where, "place", at.get("id"), wholes["/service_at_locations"])
        if at.get("location_id") != at.get("location", {}).get("id"):
            reader.note("place", where, at.get("location_id"))


def known(reader: Reader, where: str, code: str, identifier: Any, among: dict[str, Any]) -> None:
    if identifier not in among:
        reader.note(code, where, identifier)
