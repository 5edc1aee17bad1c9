"""The feed's eleven addresses: what it is, five lists, and one of each."""

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from .. import queries
from ..queries import Rows
from ..rules.asking import Asked, read, warning
from ..rules.envelope import page_text
from ..rules.reading import id_or_none
from .answering import View, as_json, as_lines, open_data, trouble

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/en/latest/"

LISTS: dict[str, Callable[[Asked], Rows]] = {
    "services": queries.services,
    "taxonomies": queries.taxonomies,
    "taxonomy_terms": queries.terms,
    "service_at_locations": queries.places,
    "organizations": queries.organisations,
}
ONE: dict[str, Callable[..., str | None]] = {
    "service": queries.service,
    "taxonomy": queries.taxonomy,
    "taxonomy_term": queries.term,
    "service_at_location": queries.place,
    "organization": queries.organisation,
}


def asked_of(request: HttpRequest, endpoint: str) -> Asked:
    return read(dict(request.GET.lists()), endpoint)


@open_data
def details(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request, "details")
    address = request.build_absolute_uri(reverse("interop:openapi"))
    text = orjson.dumps({"version": VERSION, "profile": PROFILE, "openapi_url": address})
    return as_json(request, text.decode(), warning(asked))


def list_of(endpoint: str) -> View:
    @open_data
    def listed(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        asked = asked_of(request, endpoint)
        rows = LISTS[endpoint](asked)
        if asked.is_streamed:
            return as_lines(rows.each(), warning(asked))
        return as_json(request, page_of(rows, asked), warning(asked))

    return listed


def page_of(rows: Rows, asked: Asked) -> str:
    total = rows.count()
    per_page = asked.per_page or max(1, total)
    start = (asked.page - 1) * per_page
    shown = rows.part(start, start + per_page) if start < total else []
    return page_text(shown, total=total, page=asked.page, per_page=per_page)


def one_of(endpoint: str) -> View:
    @open_data
    def one(request: HttpRequest, record: str) -> HttpResponse:
        asked, identifier = asked_of(request, endpoint), id_or_none(record)
        text = ONE[endpoint](identifier, **options(asked)) if identifier else None
        if text is None:
            return trouble(404, f"There is no {endpoint.replace('_', ' ')} with this id here.")
        return as_json(request, text, warning(asked))

    return one


def options(asked: Asked) -> dict[str, Any]:
    return {"full_service": True} if asked.get("full_service") else {}


@open_data
def anything_else(request: HttpRequest, rest: str) -> HttpResponse:
    return trouble(
        404, "There is nothing at this address. openapi.json, beside this feed's first address, lists what there is."
    )
