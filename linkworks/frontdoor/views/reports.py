"""Anybody says that a listing is wrong."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from linkworks.core.access import actor_of, public
from linkworks.directory import queries
from linkworks.directory.forms.reports import ReportForm
from linkworks.directory.views.finding import around
from linkworks.ui.views import carried_out, form_page, found, token_of, typed

from .. import actions

THANKS = "Thank you. Whoever keeps the directory looks at what you said."


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report_listing(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What is wrong with it, without a word about whoever says so."""
    page = found(queries.service_page(actor_of(request), service_id))
    form, token = ReportForm(typed(request)), token_of(request)

    def act() -> None:
        actions.report_listing(
            service_id, address=request.META["REMOTE_ADDR"], token=token, by=actor_of(request), **form.cleaned_data
        )

    if carried_out(request, form, act):
        messages.success(request, THANKS)
        return redirect("directory:service", service_id)
    context = {"form": form, "service": page.service, "form_token": token, **around(request)}
    return form_page(request, "frontdoor/report_listing.jinja", context)
