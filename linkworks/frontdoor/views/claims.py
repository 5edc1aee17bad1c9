"""Somebody at an organisation asks to look after its listings."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linkworks.core.access import actor_of, by_link, public
from linkworks.directory import actions as directory
from linkworks.directory import queries
from linkworks.directory.access import claim_actor
from linkworks.directory.views.finding import around
from linkworks.ui.fields import Form
from linkworks.ui.views import carried_out, form_page, sent, token_of, typed

from .. import actions
from ..forms import ClaimForm

LAYOUT = "ui/public_layout.jinja"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Who asks; a link to their e-mail shows that it is theirs."""
    page = queries.service_page(actor_of(request), service_id)
    if page is None:
        raise Http404
    form, token = ClaimForm(typed(request)), token_of(request)

    def act() -> None:
        actions.claim_organisation(
            service_id, address=request.META["REMOTE_ADDR"], token=token, by=actor_of(request), **form.cleaned_data
        )

    context = {"form": form, "service": page.service, "form_token": token, **around(request)}
    if carried_out(request, form, act):
        return render(request, "frontdoor/claim_sent.jinja", {**context, "email": form.cleaned_data["email"]})
    return form_page(request, "frontdoor/claim.jinja", context)


@by_link(claim_actor)
@require_http_methods(["GET", "HEAD", "POST"])
def claim_verify(request: HttpRequest, token: str) -> HttpResponse:
    """The link in their e-mail: one press, so that a machine that opens links confirms nothing."""
    actor = actor_of(request)
    found = queries.claim_of_link(actor.link_id)
    if found is None:
        return render(request, "frontdoor/claim_ended.jinja", {"layout": LAYOUT}, status=410)
    form = Form(typed(request))
    state = sent(request, form, lambda: directory.verify_claim(found.id, by=actor))
    context = {"layout": LAYOUT, "claim": found, "form": form, "state": state}
    return render(request, f"frontdoor/{'claim_done' if state else 'claim_verify'}.jinja", context)
