"""The same answers for co-ordinators who sign in."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.connections import queries as connections
from linkworks.core.access import actor_of, allow

from .. import access, presenters
from .answering import answer_page


@allow(access.can_answer)
@require_safe
def connection(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    found = open_to(request, connection_id).first()
    if found is None:
        return has_ended(request, connection_id)
    page = presenters.connection_page(connections.seen(found), presenters.door_of_portal(found.id))
    return render(request, "providers/connection.jinja", {**page, "back": reverse("providers:inbox")})


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, connection_id: UUID, kind: str) -> HttpResponse:
    found = own(request, connection_id)
    return answer_page(request, found, kind, presenters.door_of_portal(found.id))


@allow(access.can_say_worry)
@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    found = own(request, connection_id)
    door = presenters.door_of_portal(found.id, at_registers=not access.can_answer(actor_of(request)))
    return answer_page(request, found, "worry", door)


@allow(access.can_see_anything)
@require_safe
def done(request: HttpRequest, connection_id: UUID, kind: str) -> HttpResponse:
    found = own(request, connection_id)
    if kind not in presenters.DONE:
        raise Http404
    page = presenters.done_page(connections.seen(found), kind, presenters.door_of_portal(found.id))
    return render(request, "providers/done.jinja", page)


def own(request: HttpRequest, connection_id: UUID) -> Any:
    """The group's own connection, or 404: a group never learns what others have."""
    found = open_to(request, connection_id).first()
    if found is None:
        raise Http404
    return found


def open_to(request: HttpRequest, connection_id: UUID) -> Any:
    mine = access.visible_connections(actor_of(request)).filter(provider_id__in=actor_of(request).organisations)
    return mine.select_related("scheme").filter(pk=connection_id)


def has_ended(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """An old message leads to what is closed now: say so calmly, and nothing else. Not theirs: not found."""
    if not access.access_has_ended(actor_of(request), connection_id):
        raise Http404
    return render(request, "providers/has_ended.jinja", {"back": reverse("providers:inbox")}, status=410)
