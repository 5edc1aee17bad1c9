"""The first page, and who serves somebody who lives at a postcode."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linkworks.core.access import actor_of, public
from linkworks.organisations.queries import who_serves
from linkworks.ui.views import form_page

from .. import presenters
from ..forms import WhoServesForm


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Linkworks is, for anybody; for staff the page their work starts on."""
    actor = actor_of(request)
    if not actor.is_signed_in:
        return render(request, "frontdoor/home.jinja", {"indexable": True})
    place = presenters.landing(actor)
    return redirect(place) if place else render(request, "frontdoor/no_work.jinja", presenters.without_work(actor))


@public
@require_safe
def who_serves_me(request: HttpRequest) -> HttpResponse:
    """A scheme, or an open gap with the nearest alternative; never a dead end."""
    form = WhoServesForm(request.GET if "postcode" in request.GET else None)
    answer = who_serves(form.cleaned_data["postcode"]) if form.is_valid() else None
    context = {"form": form, "answer": answer, "cards": presenters.scheme_cards(answer) if answer else []}
    return form_page(request, "frontdoor/who_serves_me.jinja", context)
