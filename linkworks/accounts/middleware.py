"""From a session to an actor: how long a session lasts, the second factor, and who is acting."""

from collections.abc import Callable
from time import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from linkworks.core.actor import PUBLIC

from . import queries
from .forms import Unsent

Next = Callable[[HttpRequest], HttpResponse]
STARTED, SEEN = "signed_in_at", "last_seen_at"
SEEN_EVERY = 60
FORBIDDEN = 403
WITHOUT_SECOND_FACTOR = {
    "accounts:set-up",
    "account_logout",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "healthz",
}


class SessionLimits:
    """A session ends after 30 minutes without a page, and 12 hours after signing in whatever happens."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = time()
        ended = why_over(request, now)
        if ended:
            return end(request, ended)
        request.session.setdefault(STARTED, now)
        if now - request.session.get(SEEN, 0) > SEEN_EVERY:
            request.session[SEEN] = now
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < FORBIDDEN:
            Unsent.arrived(request)
        return response


def why_over(request: HttpRequest, now: float) -> str | None:
    """The sentence that says why this session is over, if it is."""
    started = request.session.get(STARTED, now)
    seen = request.session.get(SEEN, now)
    if now - seen > settings.SESSION_IDLE_SECONDS:
        return "You were signed out because you were away for 30 minutes. Sign in to carry on."
    if now - started > settings.SESSION_ABSOLUTE_SECONDS:
        return "You were signed out because you signed in 12 hours ago. Sign in to carry on."
    return None


def end(request: HttpRequest, said: str) -> HttpResponse:
    """Sign out, and lead back to where they were. What they had typed waits for them, and for nobody else."""
    unsent, role = Unsent.of(request), request.session.get(queries.CHOSEN)
    logout(request)
    if unsent:
        unsent.keep(request.session)
        if role:
            request.session[queries.CHOSEN] = role
        said = f"{said} What you typed is kept for you."
    messages.info(request, said)
    back_to = reverse("accounts:unsent") if unsent else request.get_full_path() if request.method == "GET" else ""
    after = f"?{urlencode({'next': back_to})}" if back_to else ""
    response = redirect(f"{reverse('account_login')}{after}")
    response["Cache-Control"] = "no-store, private"
    return response


class SecondFactor:
    """Somebody signed in without a second factor can set one up or sign out, and nothing else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and view_name(request) not in WITHOUT_SECOND_FACTOR and not is_sure(request):
            response = redirect("accounts:set-up")
            response["Cache-Control"] = "no-store, private"
            return response
        return self.get_response(request)


def memberships(request: HttpRequest) -> list[Any]:
    """What the signed-in person is today, asked for once in a request."""
    if not hasattr(request, "memberships"):
        request.memberships = list(queries.live_memberships(request.user))  # type: ignore[attr-defined]
    return request.memberships  # type: ignore[attr-defined,no-any-return]


def is_sure(request: HttpRequest) -> bool:
    """Whether they have a second factor; the memberships know, when there are any."""
    held = memberships(request)
    return held[0].has_second_factor if held else queries.has_second_factor(request.user)


def view_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


class ActorOnRequest:
    """`request.actor`: built anew for each request, so that a role that ended has ended."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = PUBLIC  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            held, chosen = memberships(request), request.session.get(queries.CHOSEN)
            request.actor = queries.actor_among(request.user, held, chosen)  # type: ignore[attr-defined]
            request.can_switch = len(held) > 1  # type: ignore[attr-defined]
        return self.get_response(request)
