"""Putting right what was written down: a contact, and how much support somebody needs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from linkworks.core.access import Request, allow

from .. import access, actions, forms, queries
from ..presenters import correcting as words
from .opening import form_page, open_case, sent, typed


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def contact_correct(request: Request, contact_id: UUID) -> HttpResponse:
    found = access.visible_contacts(request.actor).filter(pk=contact_id).first()
    if found is None:
        raise Http404
    access.require(access.may_correct(request.actor, found), "put right what a colleague wrote")
    case = open_case(request, found.case_id, "Put a contact right")
    form = forms.CorrectionForm(typed(request), initial=words.correction_start(found))

    def act() -> Any:
        return actions.correct_contact(found, facts=form.facts(), by=request.actor)

    if sent(request, form, act):
        messages.success(request, "It was put right. What it said before is kept.")
        return redirect("casework:case", case.pk)
    before = [words.correction_line(each) for each in queries.corrections_of(found)]
    return form_page(request, "contact_correct", form, case, before=before)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def complexity(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "How much support")
    form = forms.ComplexityForm(typed(request), initial={"complexity": str(case.complexity)})

    def act() -> Any:
        return actions.set_complexity(case, complexity=int(form.cleaned_data["complexity"]), by=request.actor)

    if sent(request, form, act):
        messages.success(request, "How much support they need was changed.")
        return redirect("casework:case", case.pk)
    return form_page(request, "complexity", form, case)
