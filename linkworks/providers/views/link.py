"""A group without an account answers by its link: nothing to sign in to, and half a minute."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.connections import queries as connections
from linkworks.core.access import actor_of, by_link

from .. import access, presenters, queries
from .answering import answer_page


@by_link(access.actor_of_link)
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.connection_of_link(actor_of(request))
    if found is None:
        return dead_link(request, token)
    page = presenters.connection_page(connections.seen(found), presenters.door_of_link(token))
    return render(request, "providers/connection.jinja", page)


@by_link(access.actor_of_link)
@require_http_methods(["GET", "HEAD", "POST"])
def link_answer(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    found = queries.connection_of_link(actor_of(request))
    if found is None:
        return dead_link(request, token)
    return answer_page(request, found, kind, presenters.door_of_link(token))


@by_link(access.actor_of_link)
@require_safe
def link_done(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    found = queries.connection_of_link(actor_of(request))
    if found is None:
        return dead_link(request, token)
    if kind not in presenters.DONE:
        raise Http404
    page = presenters.done_page(connections.where_it_stands(found), kind, presenters.door_of_link(token))
    return render(request, "providers/done.jinja", page)


def dead_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link is old, was closed, or was never ours: whom to ring instead."""
    return render(
        request, "providers/dead_link.jinja", presenters.dead_link(connections.whom_to_ring(token)), status=410
    )
