"""A group changes its own listing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from linkworks.core.access import actor_of, allow
from linkworks.directory import actions as directory
from linkworks.directory import queries as listings
from linkworks.directory.forms.own import OwnFactsForm
from linkworks.directory.presenters import open_questions, proposal_rows
from linkworks.ui.views import form_page, found, sent, typed

from .. import access, presenters, queries


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def own_listing(request: HttpRequest, service_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    service = found(queries.own_service(actor, service_id))
    facts = listings.own_facts(service)
    form = OwnFactsForm(typed(request), initial=facts)
    waits = sent(request, form, lambda: directory.edit_own(service, **form.answers, by=actor))
    if waits is not None:
        messages.success(request, presenters.saved_words(waits))
        return redirect("providers:own-listing", service.id)
    proposals = proposal_rows(listings.edits_of(service))
    context = {"form": form, "service": service, "proposals": proposals, "open": open_questions(service)}
    return form_page(request, "providers/own_listing.jinja", context)
