"""Who is away and who covers: set by the worker or their manager, ended early by either."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.accounts import access as accounts
from linkworks.accounts.actions import end_absence, set_absence
from linkworks.accounts.queries import absences, carriers, past_absences
from linkworks.core.access import Request, allow

from .. import forms, queries
from ..presenters import away as words
from .opening import form_page, pressed, sent, token_of, typed


@allow(accounts.can_set_absence)
@require_safe
def away(request: Request) -> HttpResponse:
    all_of_them, me = accounts.sets_for_all(request.actor), request.actor.user_id
    now = [
        words.card(
            each,
            queries.not_covered(each),
            may_end=all_of_them or each.worker_id == me,
            may_read=accounts.reads_note(request.actor, each),
        )
        for each in absences(request.actor)
    ]
    past = [words.past_row(each) for each in past_absences(request.actor)]
    return render(request, "casework/away.jinja", {"now": now, "past": past, "form_token": token_of(request)})


@allow(accounts.can_set_absence)
@require_http_methods(["GET", "POST"])
def away_new(request: Request) -> HttpResponse:
    scheme_id = next(iter(request.actor.schemes), None)
    if scheme_id is None:
        raise Http404
    team = list(dict.fromkeys((str(each.user_id), each.user.name) for each in carriers(scheme_id)))
    only = None if accounts.sets_for_all(request.actor) else request.actor.user_id
    form = forms.AwayForm(typed(request), team=team, only=only)

    def act() -> Any:
        facts = form.facts()
        return set_absence(facts.pop("worker_id"), scheme_id=scheme_id, **facts, by=request.actor)

    made = sent(request, form, act)
    if made:
        messages.success(request, f"{made.worker.name} is away from then, and {made.cover.name} covers.")
        return redirect("casework:away")
    left = words.left_words(queries.not_covered_of(only, scheme_id)) if only else ""
    return form_page(request, "away_new", form, left=left)


@allow(accounts.can_set_absence)
@require_POST
def away_end(request: Request, absence_id: UUID) -> HttpResponse:
    found = accounts.visible_absences(request.actor).filter(pk=absence_id).first()
    if found is None:
        raise Http404
    return pressed(request, lambda: end_absence(found, by=request.actor), "That is ended.", "casework:away")
