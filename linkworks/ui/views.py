"""The pages people meet when something is missing, not theirs, or broken: each says what to do."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from linkworks.core.errors import LinkworksError

log = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.jinja", status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.jinja", {"reason": _said(exception)}, status=403)


def overtaken(request: HttpRequest, exception: LinkworksError) -> HttpResponse:
    """Somebody else was first, or the moment has passed: nothing was changed."""
    return render(request, "409.jinja", {"reason": exception.message}, status=409)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere: nothing was saved."""
    return render(request, "ui/form_expired.jinja", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request, so that it works when the database does not."""
    return HttpResponse(render_to_string("500.jinja"), status=500)


def _said(exception: Exception | None) -> str:
    """The sentence the refusal carried, when somebody wrote one for people."""
    said = str(exception) if exception and exception.args else ""
    return said if said.endswith(".") else ""
