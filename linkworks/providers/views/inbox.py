"""What waits for a group's answer, who is coming, and what is past."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linkworks.connections import queries as connections
from linkworks.core.access import actor_of, allow
from linkworks.ui import paging

from .. import access, presenters


@allow(access.can_see_anything)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not access.can_answer(actor):  # whoever only runs sessions starts at the registers
        return redirect("providers:registers")
    view = request.GET.get("view", "")
    view = view if view in connections.VIEWS else "waiting"
    words = request.GET.get("q", "").strip()
    found = connections.for_provider(actor, view=view, words=words)
    context = {
        "page": paging.paginate(request.GET, found, present=presenters.card),
        "search": words,
        "views": presenters.inbox_views(view, connections.counts_for_provider(actor)),
        "empty_text": presenters.EMPTY[view],
    }
    return render(request, "providers/inbox.jinja", context)
