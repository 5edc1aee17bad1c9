"""The same answers for co-ordinators who sign in."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.connections import queries as connections
from linkworks.core.access import actor_of, allow
from linkworks.ui.views import found

from .. import access, presenters, queries
from .answering import answer_page


@allow(access.can_answer)
@require_safe
def connection(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    own = queries.connection_for(actor_of(request), connection_id)
    if own is None:
        return has_ended(request, connection_id)
    page = presenters.connection_page(connections.seen(own), presenters.door_of_portal(own.id))
    return render(request, "providers/connection.jinja", {**page, "back": reverse("providers:inbox")})


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, connection_id: UUID, kind: str) -> HttpResponse:
    own = found(queries.connection_for(actor_of(request), connection_id))
    return answer_page(request, own, kind, presenters.door_of_portal(own.id))


@allow(access.can_say_worry)
@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    own = found(queries.connection_for(actor_of(request), connection_id))
    door = presenters.door_of_portal(own.id, at_registers=not access.can_answer(actor_of(request)))
    return answer_page(request, own, "worry", door)


@allow(access.can_see_anything)
@require_safe
def done(request: HttpRequest, connection_id: UUID, kind: str) -> HttpResponse:
    own = found(queries.connection_for(actor_of(request), connection_id))
    if kind not in presenters.DONE:
        raise Http404
    page = presenters.done_page(connections.where_it_stands(own), kind, presenters.door_of_portal(own.id))
    return render(request, "providers/done.jinja", page)


def has_ended(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """An old message leads to what is closed now: say so calmly, and nothing else. Not theirs: not found."""
    if not access.access_has_ended(actor_of(request), connection_id):
        raise Http404
    return render(request, "providers/has_ended.jinja", {"back": reverse("providers:inbox")}, status=410)
