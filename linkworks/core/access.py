"""Every URL declares its access here: `@allow(predicate)` or `@public`.

The marker also opens wall two: the tenancy context, inside the request's transaction, from the actor only.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from . import tenancy
from .actor import PUBLIC, Actor
from .errors import NotAllowed

View = Callable[..., HttpResponse]
Predicate = Callable[[Actor], bool]


class Request(HttpRequest):
    """A request whose credential was looked at: `actor` is who acts."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor:
    """The actor the credential middleware found, or the public."""
    return getattr(request, "actor", PUBLIC)


def allow(predicate: Predicate) -> Callable[[View], View]:
    """Only signed-in actors for whom `predicate(actor)` is true; others get the sign-in page or 403."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_of(request)
            if not actor.is_signed_in:
                query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
                return redirect(f"{reverse('account_login')}{'?' + query if query else ''}")
            if not predicate(actor):
                raise PermissionDenied
            return run(view, actor, request, *args, **kwargs)

        guarded.access = predicate  # type: ignore[attr-defined]
        return guarded

    return mark


def public(view: View) -> View:
    """Anybody may open this page. The context is the actor's own, or the public's."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return run(view, actor_of(request), request, *args, **kwargs)

    opened.access = public  # type: ignore[attr-defined]
    return opened


def by_link(find_actor: Callable[..., Actor | None]) -> Callable[[View], View]:
    """A page opened by a signed link: `find_actor(token)` gives the link's actor, or None.

    With None the view still runs, as the public: it explains the dead link.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = find_actor(token)
            request.actor = actor or PUBLIC  # type: ignore[attr-defined]
            return run(view, request.actor, request, token, *args, **kwargs)  # type: ignore[attr-defined]

        opened.access = by_link  # type: ignore[attr-defined]
        return opened

    return mark


def run(view: View, actor: Actor, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if "%00" in request.META.get("QUERY_STRING", ""):  # no keyboard types it, and no column holds it
        raise BadRequest("There is something in this address that cannot be looked for.")
    with tenancy.context(actor, to_the_end=True):  # the request's transaction is round the view, and ends with it
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error


def signed_in(actor: Actor) -> bool:
    """Any signed-in member of staff."""
    return actor.is_signed_in
