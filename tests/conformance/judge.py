"""The whole check."""

from typing import Any
from urllib.parse import urlsplit

from tests.directory import official

from .details import detail, references, sense, unknown_ids
from .filters import filters_hold
from .findings import Finding
from .pages import odd_pages, rows_hold, whole_list
from .reading import Fetch, Reader

LISTS = ("/services", "/taxonomies", "/taxonomy_terms", "/service_at_locations", "/organizations")
SIZES = (1000, 50, 7)
VERSION = "HSDS-UK-3.0"


def judge(fetch: Fetch, sizes: tuple[int, ...] = SIZES) -> list[Finding]:
    """Everything that is wrong with a feed."""
    reader = Reader(fetch)
    root(reader)
    wholes: dict[str, dict[str, dict[str, Any]]] = {}
    for route in LISTS:
        rows = whole_list(reader, route, sizes[0])
        for size in sizes[1:]:
            again = whole_list(reader, route, size)
            if [row.get("id") for row in again] != [row.get("id") for row in rows]:
                reader.note("order", route, f"pages of {size} hold other rows than pages of {sizes[0]}")
        rows_hold(reader, route, rows)
        odd_pages(reader, route)
        unknown_ids(reader, route)
        found = {str(row.get("id")): detail(reader, route, row) for row in rows}
        wholes[route] = {key: each for key, each in found.items() if each}
    for service in wholes["/services"].values():
        sense(reader, service)
    references(reader, wholes)
    filters_hold(reader, wholes)
    return reader.findings


def root(reader: Reader) -> None:
    for address in ("", "/"):
        said = reader.json(address)
        if not isinstance(said, dict):
            continue
        for each in official.faults(said, "api_details.json"):
            reader.note("schema", address, each)
        if said.get("version") != VERSION:
            reader.note("version", address, said.get("version"))
        if "openapi_url" in said:
            document = reader.fetch(urlsplit(str(said["openapi_url"])).path)
            if document.status != 200 or '"openapi"' not in document.text:
                reader.note("openapi", address, document.status)
