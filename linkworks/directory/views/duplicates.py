"""Listings told twice: a steward joins two, says they are different, and takes either back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.ui import paging
from linkworks.ui.views import carried_out, form_page, found, pressed, typed

from .. import access, actions, presenters, queries
from ..forms.sources import JoinForm


@allow(access.may_edit)
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "suspected")
    rows = queries.pairs(actor_of(request), state=state)
    page = paging.paginate(request.GET, rows, present=presenters.pair_row)
    return render(request, "directory/duplicates.jinja", {"page": page, "views": presenters.pair_views(state)})


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Two listings beside each other. Posting joins them under the one that is chosen."""
    actor = actor_of(request)
    pair = found(queries.pair(actor, pair_id))
    form = JoinForm(typed(request), choices=presenters.lead_choices(pair))
    if carried_out(request, form, lambda: actions.join_listings(pair, **form.answers, by=actor)):
        messages.success(request, "They are joined. Only one of them is found from now on.")
        return redirect("directory:duplicate", pair.id)
    context = {"form": form, "pair": pair, "rows": presenters.compared(pair), "reasons": pair.reasons}
    context["decision"] = presenters.pair_decision(pair)
    return form_page(request, "directory/duplicate.jinja", context)


@allow(access.may_edit)
@require_POST
def decide_duplicate(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Say that two listings are different, or take back what was decided."""
    actor, undo = actor_of(request), request.POST.get("undo") == "yes"
    pair = found(queries.pair(actor, pair_id))
    if undo:
        back = ("directory:duplicate", pair.id)
        return pressed(request, lambda: actions.undo_pair(pair, by=actor), "That is taken back.", *back)
    done = "They are two different listings."
    return pressed(request, lambda: actions.say_different(pair, by=actor), done, "directory:duplicates")
