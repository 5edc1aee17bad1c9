"""The stewards' desk: what to look at first, and what is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import actor_of, allow
from linkworks.ui import paging

from .. import access, presenters, queries


@allow(access.may_edit)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    kind, search = request.GET.get("kind", ""), request.GET.get("q", "")[:100]
    everything = queries.queue(actor_of(request), words=search)
    shown = [each for each in everything if kind in ("", each.kind)]
    context = {
        "page": paging.paginate(request.GET, shown, per_page=25, present=presenters.queue_row),
        "views": presenters.queue_views(everything, kind, search),
        "search": search,
    }
    return render(request, "directory/queue.jinja", context)


@allow(access.may_edit)
@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    often, rare = queries.empty_searches(actor)
    context = {
        "searches": [presenters.search_row(each) for each in often],
        "rare": rare,
        "fitted": [presenters.fitted_row(each) for each in queries.nothing_fitted(actor)],
        "gaps": presenters.gap_rows(queries.needs_by_borough(actor)),
    }
    return render(request, "directory/missing.jinja", context)
