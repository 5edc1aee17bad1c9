"""A group that fits on paper and does not suit the person: set aside for a goal, and put back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linkworks.core.access import Request, allow
from linkworks.directory.queries import service_card

from .. import access, actions, forms
from .opening import form_page, open_goal, pressed, sent, typed

TELL_US = " Say here what is wrong with its listing, so that it is put right."


@allow(access.can_connect)
@require_http_methods(["GET", "POST"])
def set_aside(request: Request, goal_id: UUID, service_id: UUID) -> HttpResponse:
    goal, case = open_goal(request, goal_id, "Not for them")
    card = service_card(service_id)
    if card is None or not card.is_published:
        raise Http404
    form = forms.AsideForm(typed(request))

    def act() -> Any:
        return actions.set_aside(goal, service_id=service_id, **form.cleaned_data, by=request.actor)

    if sent(request, form, act):
        is_wrong = form.says_listing_is_wrong
        messages.success(request, f"{card.name} is set aside for this goal.{TELL_US if is_wrong else ''}")
        if is_wrong:
            return redirect("frontdoor:report-listing", service_id)
        return redirect("casework:goal-match", goal.pk)
    back = reverse("casework:goal-match", args=[goal.pk])
    return form_page(request, "set_aside", form, case, goal=goal, service=card, back=back)


@allow(access.can_connect)
@require_POST
def put_back(request: Request, goal_id: UUID, service_id: UUID) -> HttpResponse:
    goal, _ = open_goal(request, goal_id, "Put back")
    return pressed(
        request,
        lambda: actions.put_back(goal, service_id=service_id, by=request.actor),
        "It is among the results again, as far as it fits.",
        "casework:goal-match",
        goal.pk,
    )
