"""What people let a group read about its services."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linkworks.connections import queries as connections
from linkworks.core.access import actor_of, allow
from linkworks.ui import paging

from .. import access, presenters, queries


@allow(access.can_answer)
@require_safe
def said(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    chosen = asked_for(request.GET.get("service", ""))
    found = connections.words_for_group(actor, chosen)
    context = {
        "page": paging.paginate(request.GET, found, present=presenters.shared_words),
        "filters": presenters.said_filter(str(chosen or ""), queries.own_services(actor)),
        "back": reverse("providers:services"),
    }
    return render(request, "providers/said.jinja", context)


def asked_for(typed: str) -> UUID | None:
    """The service in the address; all of them when it is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None
