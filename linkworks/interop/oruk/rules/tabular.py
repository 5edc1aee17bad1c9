"""The tabular form of the standard: one table for each entity, and a description of them all (a tabular data package)."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

RUNS_AS_FORMULA = ("=", "@", "\t", "\r", "\n")


class Table(Struct, frozen=True):
    """One file: its columns with their types, which of them must be filled, and which other table a column points into."""

    name: str
    path: str
    about: str
    columns: dict[str, str]
    required: tuple[str, ...] = ("id",)
    points_to: dict[str, str] = {}


def text(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "string")


def of_type(kind: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, kind)


OF_SERVICE = {"service_id": "service"}
TABLES = (
    Table(
        "organization", "organizations.csv", "The organisations that run the services.",
        text("id", "name", "description", "email", "website"), ("id", "name", "description"),
    ),
    Table(
        "service", "services.csv", "The services. Columns from eligibility_description on are not in the United Kingdom's profile.",
        text("id", "organization_id", "name", "description", "url", "email", "status", "fees")
        | of_type("number", "minimum_age", "maximum_age") | of_type("date", "assured_date") | text("alert")
        | of_type("datetime", "last_modified") | text("eligibility_description", "application_process", "wait_time", "linkworks"),
        ("id", "organization_id", "name", "status"), {"organization_id": "organization"},
    ),
    Table(
        "attribute", "attribute.csv", "Which terms describe which service, and which place: link_entity says what link_id is the id of.",
        text("id", "link_id", "link_entity", "link_type", "taxonomy_term_id"),
        ("id", "link_id", "link_entity", "taxonomy_term_id"), {"taxonomy_term_id": "taxonomy_term"},
    ),
    Table(
        "service_at_location", "service_at_location.csv", "Which service is at which place.",
        text("id", "service_id", "location_id"), ("id", "service_id", "location_id"), OF_SERVICE | {"location_id": "location"},
    ),
    Table(
        "location", "locations.csv", "The places. Where is_address_hidden is true, where it is is not told.",
        text("id", "location_type", "name", "description") | of_type("number", "latitude", "longitude")
        | of_type("boolean", "is_address_hidden"), ("id", "location_type"),
    ),
    Table(
        "phone", "phones.csv", "Telephone numbers of services and of their contacts.",
        text("id", "contact_id", "service_id", "number"), ("id", "number"), OF_SERVICE | {"contact_id": "contact"},
    ),
    Table("contact", "contacts.csv", "Whom to ask: desks, never private people.", text("id", "service_id", "name", "title", "email"),
          ("id", "service_id"), OF_SERVICE),
    Table(
        "address", "address.csv", "The addresses of places.",
        text("id", "location_id", "address_1", "city", "region", "state_province", "postal_code", "country", "address_type"),
        ("id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
        {"location_id": "location"},
    ),
    Table(
        "schedule", "schedule.csv", "When services happen. Times of day are in the time zone named.",
        text("id", "service_id", "service_at_location_id") | of_type("date", "valid_from", "valid_to", "dtstart") | text("freq")
        | of_type("number", "interval") | text("byday", "bymonthday", "description") | of_type("time", "opens_at", "closes_at")
        | text("notes", "timezone"), ("id", "service_id"), OF_SERVICE | {"service_at_location_id": "service_at_location"},
    ),
    Table("service_area", "service_areas.csv", "The areas services are for.", text("id", "service_id", "name", "uri"),
          ("id", "service_id"), OF_SERVICE),
    Table("language", "languages.csv", "The languages services are offered in.", text("id", "service_id", "name", "code"),
          ("id", "service_id"), OF_SERVICE),
    Table("accessibility", "accessibility.csv", "What makes places easier to use.", text("id", "location_id", "description"),
          ("id", "location_id"), {"location_id": "location"}),
    Table("taxonomy_term", "taxonomy_terms.csv", "The terms services are described with.",
          text("id", "name", "description", "parent_id", "taxonomy", "taxonomy_id", "term_uri"), ("id", "name", "description"),
          {"taxonomy_id": "taxonomy", "parent_id": "taxonomy_term"}),
    Table(
        "cost_option", "cost_options.csv", "What services cost.",
        text("id", "service_id", "option") | of_type("number", "amount") | text("amount_description")
        | of_type("date", "valid_from", "valid_to"), ("id", "service_id"), OF_SERVICE,
    ),
    Table("taxonomy", "taxonomies.csv", "The lists that terms are from.", text("id", "name", "description"), ("id", "name", "description")),
)  # fmt: skip
BY_NAME = {each.name: each for each in TABLES}
INSIDE_A_SERVICE = {
    "schedules": "schedule",
    "cost_options": "cost_option",
    "languages": "language",
    "service_areas": "service_area",
    "phones": "phone",
}


def rows_of(service: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A service's document as rows, each with the name of its table."""
    yield "service", service
    for field, table in INSIDE_A_SERVICE.items():
        for each in service.get(field, ()):
            yield table, each
    for each in service.get("attributes", ()):
        yield "attribute", {**each, "link_entity": "service"}
    for contact in service.get("contacts", ()):
        yield "contact", contact
        for phone in contact.get("phones", ()):
            yield "phone", phone
    for place in service.get("service_at_locations", ()):
        yield from rows_of_place(place)


def rows_of_place(place: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    location = place["location"]
    yield "service_at_location", place
    yield "location", location
    for each in location.get("addresses", ()):
        yield "address", each
    for each in location.get("accessibility", ()):
        yield "accessibility", each
    for each in location.get("attributes", ()):
        yield "attribute", {**each, "link_entity": "location"}


def cells(table: Table, row: dict[str, Any], as_text: Any) -> list[str]:
    """A row in the table's columns; what is not told is an empty cell."""
    return [cell(row.get(name), as_text) for name in table.columns]


def cell(value: Any, as_text: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RUNS_AS_FORMULA) else value
    return str(as_text(value))


def description(counts: Sequence[tuple[str, int]], made_at: str) -> dict[str, Any]:
    """datapackage.json."""
    return {
        "profile": "tabular-data-package",
        "name": "linkworks-directory",
        "title": "Linkworks directory, Open Referral UK 3.0",
        "version": "3.0",
        "created": made_at,
        "resources": [resource(BY_NAME[name], number) for name, number in counts],
    }


def resource(table: Table, rows: int) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": rows,
        "schema": {
            "primaryKey": "id",
            "fields": [column(table, name, kind) for name, kind in table.columns.items()],
            "foreignKeys": [
                {"fields": name, "reference": {"resource": other, "fields": "id"}}
                for name, other in table.points_to.items()
            ],
        },
    }


def column(table: Table, name: str, kind: str) -> dict[str, Any]:
    needed = (
        {"constraints": {"required": True, **({"unique": True} if name == "id" else {})}}
        if name in table.required
        else {}
    )
    return {"name": name, "type": kind, **needed}
