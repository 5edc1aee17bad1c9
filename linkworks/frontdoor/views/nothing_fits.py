"""Anybody says that nothing fits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, public
from linkworks.directory.forms.reports import NothingFitsForm
from linkworks.directory.views.finding import around
from linkworks.organisations.queries import borough_of
from linkworks.ui.views import carried_out, form_page, token_of, typed

from .. import actions


@public
@require_http_methods(["GET", "HEAD", "POST"])
def nothing_fits(request: HttpRequest) -> HttpResponse:
    """What was looked for is filled in already; one press is enough."""
    asked = {
        "words": request.GET.get("q", "")[:80],
        **{each: request.GET.get(each, "") for each in ("need", "postcode")},
    }
    form, token = NothingFitsForm(typed(request), initial=asked), token_of(request)

    def act() -> None:
        told = dict(form.cleaned_data)
        borough = borough_of(told.pop("postcode") or "")
        actions.say_nothing_fits(
            borough_code=borough.code if borough else "",
            token=token,
            address=request.META["REMOTE_ADDR"],
            by=actor_of(request),
            **told,
        )

    if carried_out(request, form, act):
        return redirect("frontdoor:nothing-fits-thanks")
    context = {"form": form, "form_token": token, **around(request)}
    return form_page(request, "frontdoor/nothing_fits.jinja", context)


@public
@require_safe
def nothing_fits_thanks(request: HttpRequest) -> HttpResponse:
    """What becomes of it, and what does not."""
    return render(request, "frontdoor/nothing_fits_thanks.jinja", around(request))
