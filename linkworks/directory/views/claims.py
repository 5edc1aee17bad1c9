"""Stewards decide who looks after an organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from linkworks.core.access import actor_of, allow
from linkworks.ui.views import carried_out, form_page, found, pressed, typed

from .. import access, actions, presenters, queries
from ..forms.own import RefuseClaimForm
from ..states import ClaimState


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    claim = found(queries.claim(actor, claim_id))
    if claim.state != ClaimState.WAITING and request.method != "POST":
        messages.success(request, "There is nothing to decide about this claim now.")
        return redirect("directory:steward-queue")
    form = RefuseClaimForm(typed(request))
    if carried_out(request, form, lambda: actions.refuse_claim(claim, **form.cleaned_data, by=actor)):
        messages.success(request, "They are told that we could not confirm it, and why.")
        return redirect("directory:steward-queue")
    context = {"form": form, "claim": claim, "rows": presenters.claim_rows(claim, queries.known_addresses(claim))}
    return form_page(request, "directory/claim.jinja", context)


@allow(access.may_edit)
@require_POST
def confirm_claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    claim = found(queries.claim(actor, claim_id))
    done = f"{claim.name} is invited to look after {claim.organisation.name}."
    return pressed(request, lambda: actions.confirm_claim(claim, by=actor), done, "directory:steward-queue")
