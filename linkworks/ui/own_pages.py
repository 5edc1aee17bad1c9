"""Buttons on pages that anybody opens without a session: the browser itself says that the press came from a page of ours.

The ordinary proof of a form lies in a session. A public list of results would start one for everybody who only looks, so
these few buttons, which change nothing but a list in the same browser, go by what browsers tell of where a press came from.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from .views import form_expired

View = Callable[..., HttpResponse]


def from_our_pages(view: View) -> View:
    """Nothing happens when a press came from somewhere else, or nobody says where from."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_ours(request):
            return form_expired(request)
        return view(request, *args, **kwargs)

    return checked


def is_ours(request: HttpRequest) -> bool:
    """Browsers say "same-origin"; older ones name the site the page was on. Django's own test browser says neither."""
    if getattr(request, "_dont_enforce_csrf_checks", False):
        return True
    if said := request.headers.get("Sec-Fetch-Site"):
        return said == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
