"""The feed explained: to people on a page, to programs by its OpenAPI document."""

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linkworks.core.access import actor_of, public

from .. import presenters, queries
from ..rules import openapi as documents
from .answering import as_json, open_data


@open_data
def openapi(request: HttpRequest) -> HttpResponse:
    server = request.build_absolute_uri(reverse("interop:feed"))
    return as_json(request, orjson.dumps(documents.document(server), option=orjson.OPT_INDENT_2).decode())


@public
@require_safe
def open_directory(request: HttpRequest) -> HttpResponse:
    """What the feed is and how to ask it, with examples that answer."""
    feed = request.build_absolute_uri(reverse("interop:feed"))
    is_staff = actor_of(request).is_signed_in
    context = {
        "layout": "ui/layout.jinja" if is_staff else "ui/public_layout.jinja",
        "feed": feed,
        "examples": presenters.examples(feed, queries.an_example()),
        "parameters": presenters.parameter_rows(),
        "counts": presenters.counts(queries.how_many()),
    }
    return render(request, "interop/open_directory.jinja", context)
