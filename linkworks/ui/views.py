"""What every page does alike: find its thing or say that it is missing, take a form once, and say what went wrong."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from linkworks.core import idempotency
from linkworks.core.errors import LinkworksError

from .fields import Form

log = logging.getLogger(__name__)
T = TypeVar("T")


def found(thing: T | None) -> T:
    """What was looked for; not found when it does not exist or is not one's own."""
    if thing is None:
        raise Http404
    return thing


def typed(request: HttpRequest) -> Any:
    """What was sent, or nothing when the page is only opened."""
    return request.POST if request.method == "POST" else None


def token_of(request: HttpRequest) -> str:
    """The form's token: kept while its mistakes are mended, so that it is taken once."""
    return request.POST.get("form_token") or idempotency.new_token()


def carried_out(request: HttpRequest, form: Form, act: Callable[[], Any]) -> bool:
    """Whether the form held and it was done; otherwise the form says what is wrong, where it is wrong."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except LinkworksError as error:
        field = getattr(error, "field", None)
        form.add_error(field if field in form.fields else None, error.message)
    return not form.errors


def sent(request: HttpRequest, form: Form, act: Callable[[], T]) -> T | None:
    """What the action gave when the form held and it was done; otherwise nothing, and the form says what is wrong."""
    given: list[T] = []
    return given[0] if carried_out(request, form, lambda: given.append(act())) else None


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page of a form; 400 when something is wrong with what was sent."""
    return render(request, template, context, status=400 if context["form"].errors else 200)


def pressed(request: HttpRequest, act: Callable[[], Any], done: str, to: str, *where: Any) -> HttpResponse:
    """One button was pressed: do it, say so, and go on; or say why not."""
    try:
        act()
        messages.success(request, done)
    except LinkworksError as error:
        messages.warning(request, error.message)
    return redirect(to, *where)


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
