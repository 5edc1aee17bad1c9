"""Anybody says that a listing is wrong."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linkworks.core.access import actor_of, public
from linkworks.core.errors import LinkworksError
from linkworks.core.idempotency import new_token
from linkworks.directory import queries
from linkworks.directory.forms import ReportForm
from linkworks.directory.views.finding import around

from .. import actions

THANKS = "Thank you. Whoever keeps the directory looks at what you said."


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report_listing(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What is wrong with it, without a word about whoever says so."""
    page = queries.service_page(actor_of(request), service_id)
    if page is None:
        raise Http404
    form, token = ReportForm(request.POST or None), request.POST.get("form_token") or new_token()
    if request.method == "POST" and form.is_valid():
        try:
            said = {**form.cleaned_data, "token": token, "by": actor_of(request)}
            actions.report_listing(service_id, address=request.META["REMOTE_ADDR"], **said)
        except LinkworksError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, THANKS)
            return redirect("directory:service", service_id)
    context = {"form": form, "service": page.service, "form_token": token, **around(request)}
    return render(request, "frontdoor/report_listing.jinja", context, status=400 if form.errors else 200)
