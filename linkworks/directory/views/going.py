"""Stewards put right when and where it is and what it costs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.ui.views import carried_out, form_page, found, typed

from .. import access, actions, presenters, queries
from ..forms.going import RemoveForm, form_of

DOOR = "directory:steward-going"


@allow(access.may_edit)
@require_safe
def going(request: HttpRequest, service_id: UUID) -> HttpResponse:
    listing = found(queries.listing(actor_of(request), service_id))
    door, parts = presenters.Door(DOOR, listing), queries.parts_of(listing)
    context = {"listing": listing, **presenters.going_page(listing, parts, door)}
    context["kept"] = presenters.kept_words_of(listing)
    context["reports"] = [presenters.report_words(each) for each in queries.reports_of(listing)]
    return render(request, "directory/going.jinja", context)


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def change_going(request: HttpRequest, service_id: UUID, part: str, number: int | None = None) -> HttpResponse:
    """One time, place or price: changed, or added when there is no number."""
    actor = actor_of(request)
    listing = found(queries.listing(actor, service_id))
    door, one = presenters.Door(DOOR, listing), found(queries.one_of(listing, part, number))
    form = form_of(one, typed(request))
    if carried_out(request, form, lambda: actions.change_going(listing, **form.change, by=actor)):
        messages.success(request, f"Saved. {listing.name} says so now.")
        return redirect(door.to())
    context = {"form": form, "listing": listing, **presenters.one_words(one, door)}
    return form_page(request, "directory/going_form.jinja", context)


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_going(request: HttpRequest, service_id: UUID, part: str, number: int) -> HttpResponse:
    """Take one time, place or price away, once that is confirmed."""
    actor = actor_of(request)
    listing = found(queries.listing(actor, service_id))
    door, one = presenters.Door(DOOR, listing), found(queries.one_of(listing, part, number))
    form = RemoveForm(typed(request), one)
    if carried_out(request, form, lambda: actions.change_going(listing, **form.change, by=actor)):
        messages.success(request, f"Taken away. {listing.name} no longer says it.")
        return redirect(door.to())
    context = {"form": form, "listing": listing, **presenters.one_words(one, door)}
    return form_page(request, "directory/going_remove.jinja", context)
