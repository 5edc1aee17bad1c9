"""Safeguarding: raise a concern from anywhere in a case; the lead answers it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.audit.actions import record_view
from linkworks.core.access import Request, allow
from linkworks.ui import paging

from .. import access, actions, forms, queries
from ..presenters import lists
from .opening import form_page, open_case, sent, token_of, typed

STATES = {"": "Open", "acknowledged": "In hand", "closed": "Closed"}


@allow(access.can_raise_concern)
@require_http_methods(["GET", "POST"])
def concern(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Raise a concern")
    form, token = forms.ConcernForm(typed(request)), token_of(request)
    made = sent(request, form, lambda: actions.raise_concern(case, facts=form.facts(), token=token, by=request.actor))
    if made:
        messages.success(request, f"The concern was raised. {made.owner.name} owns it and is being told now.")
        return redirect("casework:case", case.pk)
    return form_page(request, "concern", form, case, owner=queries.safeguarding_owner(case.scheme_id))


@allow(access.answers_concerns)
@require_safe
def concerns(request: Request) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in ("raised", *STATES) else ""
    words = request.GET.get("q", "")
    context = {
        "page": paging.paginate(
            request.GET, queries.concerns_of(request.actor, state, words), present=lists.concern_card
        ),
        "search": words,
        "views": paging.views("state", state.replace("raised", ""), STATES),
        "leads": access.leads_safeguarding(request.actor),
    }
    return render(request, "casework/concerns.jinja", context)


@allow(access.may_hear_concerns)
@require_http_methods(["GET", "POST"])
def concern_answer(request: Request, concern_id: UUID) -> HttpResponse:
    found = open_concern(request, concern_id)
    form, home = forms.ConcernCloseForm(typed(request)), home_of(request)
    if request.method == "POST" and found.state == "raised":
        actions.acknowledge_concern(found, by=request.actor)
        messages.success(request, "You have this concern now.")
        return redirect("casework:concern-answer", found.pk)
    if sent(request, form, lambda: actions.close_concern(found, **form.cleaned_data, by=request.actor)):
        messages.success(request, "The concern is closed.")
        return redirect(home)
    shown = {
        "back": reverse(home),
        "card": lists.concern_card(found),
        "history": [lists.concern_line(each) for each in queries.concern_moves(found)],
        "from_a_group": queries.is_from_a_group(found),
    }
    return form_page(request, "concern_answer", form, concern=found, **shown)


def home_of(request: Request) -> str:
    return "casework:concerns" if access.answers_concerns(request.actor) else "casework:today"


def open_concern(request: Request, concern_id: UUID) -> Any:
    found = (
        access.visible_concerns(request.actor).select_related("person", "owner", "case").filter(pk=concern_id).first()
    )
    if found is None or not access.may_answer(request.actor, found):
        raise Http404
    if request.method == "GET":
        record_view(person_id=found.person_id, scheme_id=found.scheme_id, page="Safeguarding concern", by=request.actor)
    return found
