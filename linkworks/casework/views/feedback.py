"""How groups were for people: written down after they went, and read before the next person goes."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.connections import queries as connections
from linkworks.core.access import Request, allow
from linkworks.directory.queries import service_card
from linkworks.ui import paging, spreadsheets

from .. import access, actions, forms, queries
from ..presenters import feedback as words
from ..presenters import sheets
from .connecting import about_connection, open_connection
from .opening import typed


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def connection_feedback(request: Request, connection_id: UUID) -> HttpResponse:
    file = open_connection(request, connection_id, "How it was")
    earlier = queries.both_sides(file.connection).person
    form = forms.FeedbackForm(typed(request), initial=words.initial(earlier))

    def act(found: Any) -> Any:
        return actions.record_feedback(found, feedback=form.facts(), by=request.actor)

    return about_connection(
        request, file, "connection_feedback", form, act=act, done="Thank you: what they said was kept."
    )


@allow(access.can_connect)
@require_safe
def said(request: Request) -> HttpResponse:
    """What people of this scheme said about groups, service by service."""
    asked = request.GET.get("q", "").strip()
    if request.GET.get("format") == "csv":
        rows = sheets.said(connections.spoken_of(request.actor, asked))
        return spreadsheets.answer("what-people-said.csv", rows)
    page = paging.paginate(request.GET, connections.spoken_of(request.actor, asked), present=words.said_row)
    return render(request, "casework/said.jinja", {"page": page, "search": asked})


@allow(access.can_connect)
@require_safe
def said_of(request: Request, service_id: UUID) -> HttpResponse:
    """What people of this scheme said about one service: counts, and the words that may be shared."""
    card = service_card(service_id)
    if card is None:
        raise Http404
    tally = connections.tallies(request.actor, [service_id]).get(service_id)
    context = {
        "service": card,
        "counted": words.counted(tally),
        "page": paging.paginate(
            request.GET, connections.words_said(request.actor, service_id), present=words.words_line
        ),
    }
    return render(request, "casework/said_of.jinja", context)
