"""Our own OpenAPI document, made from the same tables that answer, so that it cannot say what is not so."""

from collections.abc import Mapping
from typing import Any

from .asking import OFFERED
from .reading import FORMATS, LONGEST, MOST_METRES, MOST_PER_PAGE, OLDEST

SCHEMAS = "https://openreferraluk.org/specifications/3.0/schema"
ABOUT = {
    "services": ("A page of services: their plain fields and their organisation", "service_list.json"),
    "service": ("One service with everything about it", "service.json"),
    "taxonomies": ("A page of lists of terms", "taxonomy_list.json"),
    "taxonomy": ("One list of terms", "taxonomy.json"),
    "taxonomy_terms": ("A page of terms", "taxonomy_term_list.json"),
    "taxonomy_term": ("One term", "taxonomy_term.json"),
    "service_at_locations": ("A page of services at places", "service_at_location_list.json"),
    "service_at_location": ("One service at one place, with everything about both", "service_at_location.json"),
    "organizations": ("A page of organisations", "organization_list.json"),
    "organization": ("One organisation", "organization.json"),
}
UUID = {"type": "string", "format": "uuid"}
TRUE_OR_FALSE = {"type": "boolean", "default": False}
AGE = {"type": "integer", "minimum": 0, "maximum": OLDEST}
TIME = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"}
PER_PAGE = {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": 50}
PARAMETERS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "page": ("Which page, from 1. A page past the end is empty.", {"type": "integer", "minimum": 1, "default": 1}),
    "per_page": ("How many on a page.", PER_PAGE),
    "perPage": ("The same as per_page.", PER_PAGE),
    "format": ("ndjson streams all of it, one object on each line, without pages.", {"type": "string", "enum": [*FORMATS]}),
    "search": ("Words to look for.", {"type": "string", "maxLength": LONGEST}),
    "taxonomy_term_id": ("Only services described with this term.", UUID),
    "taxonomy_id": ("Only what has a term of this taxonomy.", UUID),
    "organization_id": ("Only services of this organisation.", UUID),
    "modified_after": (
        "Only what changed at this moment or later. Without an offset it is UTC.",
        {"type": "string", "format": "date-time"},
    ),
    "minimal": ("Only ids and when each changed; all of them at once unless per_page is given.", TRUE_OR_FALSE),
    "full": ("Whole documents, as the address of each one gives them.", TRUE_OR_FALSE),
    "full_service": ("With the organisation's services, each whole.", TRUE_OR_FALSE),
    "top_only": ("Only terms with no term above them. Our own lists have no levels; those of councils may have.", TRUE_OR_FALSE),
    "parent_id": ("Only terms right below this one.", UUID),
    "postcode": (
        "A London postcode. Alone: services for where it is. With proximity: places near its middle.",
        {"type": "string"},
    ),
    "proximity": (
        "No further than this many metres from the middle of the postcode. Hidden addresses are left out.",
        {"type": "integer", "minimum": 1, "maximum": MOST_METRES},
    ),
    "minimum_age": ("Only services whose minimum age is this or more.", AGE),
    "maximum_age": ("Only services whose maximum age is this or less.", AGE),
    "day": ("Only what happens on this day of the week: MO to SU, or its name.", {"type": "string"}),
    "start_time": ("Only what begins at this time or later, London time. Holds of the same session as day and end_time.", TIME),
    "end_time": ("Only what ends at this time or earlier, London time.", TIME),
    "strict": ("Answer 400 to parameters that this address does not have, instead of naming them in a Warning header.", TRUE_OR_FALSE),
}  # fmt: skip
ENVELOPE = {
    "type": "object",
    "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"],
    "properties": {
        **{name: {"type": "integer"} for name in ("total_items", "total_pages", "page_number", "size")},
        **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
        "contents": {"type": "array", "items": {"type": "object"}},
    },
}
PROBLEM = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "problems": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def document(server: str) -> dict[str, Any]:
    """The whole document, for the feed at this address."""
    paths = {"/": {"get": operation("details", "What this feed is", f"{SCHEMAS}/api_details.json")}}
    for name, (about, schema) in ABOUT.items():
        is_list = schema.endswith("_list.json")
        route = f"/{name}" if is_list else f"/{plural(name)}/{{id}}"
        paths[route] = {"get": operation(name, about, f"{SCHEMAS}/{schema}", is_list=is_list, needs_id=not is_list)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Linkworks directory: Open Referral UK 3.0",
            "version": "HSDS-UK-3.0",
            "description": "Local support as open data. Read only, for everybody, without a key.",
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "schemas": {"Page": ENVELOPE, "Problem": PROBLEM},
            "parameters": {name: parameter(name) for name in PARAMETERS},
        },
    }


def plural(name: str) -> str:
    return "taxonomies" if name == "taxonomy" else f"{name}s"


def parameter(name: str) -> dict[str, Any]:
    about, schema = PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


def operation(name: str, about: str, schema: str, *, is_list: bool = False, needs_id: bool = False) -> dict[str, Any]:
    told = {"allOf": [{"$ref": schema}, {"$ref": "#/components/schemas/Page"}]} if is_list else {"$ref": schema}
    asked = [{"$ref": f"#/components/parameters/{each}"} for each in (*OFFERED[name], "strict")]
    identifier = {"name": "id", "in": "path", "required": True, "schema": UUID}
    lines = {"application/x-ndjson": {"schema": {"type": "string"}}} if is_list else {}
    return {
        "operationId": name,
        "summary": about,
        "parameters": [identifier, *asked] if needs_id else asked,
        "responses": {
            "200": {"description": about, "content": {"application/json": {"schema": told}, **lines}},
            "304": {"description": "It has not changed since the ETag named in If-None-Match"},
            "400": problem("Something asked for could not be understood"),
            **({"404": problem("Nothing here has this id")} if needs_id else {}),
        },
    }


def problem(about: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": about, "content": content}
