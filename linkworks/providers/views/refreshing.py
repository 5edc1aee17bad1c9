"""A group says by its link whether its listing is still right: one page, less than a minute, and a way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import actor_of, by_link
from linkworks.directory import actions, queries
from linkworks.directory.access import refresh_actor
from linkworks.directory.states import RefreshState
from linkworks.ui.fields import Form
from linkworks.ui.views import carried_out, form_page, typed

from .. import forms, presenters


@by_link(refresh_actor)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, token: str) -> HttpResponse:
    actor = actor_of(request)
    asked = queries.request_of(actor.link_id)
    page = queries.service_page(actor, asked.service_id) if asked else None
    if asked is None or page is None:
        return ended(request)
    if asked.state == RefreshState.ANSWERED:
        return redirect("providers:listing-done", token)
    form = forms.ListingForm(typed(request))
    if carried_out(request, form, lambda: actions.answer_refresh(asked.id, **form.cleaned_data, by=actor)):
        return redirect("providers:listing-done", token)
    context = {"form": form, **presenters.listing_page(page, token)}
    return form_page(request, "providers/listing.jinja", context)


@by_link(refresh_actor)
@require_safe
def listing_done(request: HttpRequest, token: str) -> HttpResponse:
    asked = queries.request_of(actor_of(request).link_id)
    if asked is None:
        return ended(request)
    if asked.state != RefreshState.ANSWERED:
        return redirect("providers:listing", token)
    return render(request, "providers/listing_done.jinja", presenters.listing_done_page(asked, token))


@by_link(refresh_actor)
@require_POST
def listing_undo(request: HttpRequest, token: str) -> HttpResponse:
    asked = queries.request_of(actor_of(request).link_id)
    if asked is None:
        return ended(request)
    if asked.state == RefreshState.ANSWERED:
        actions.undo_refresh(asked.id, by=actor_of(request))
    return redirect("providers:listing", token)


@by_link(refresh_actor)
@require_http_methods(["GET", "HEAD", "POST"])
def listing_stop(request: HttpRequest, token: str) -> HttpResponse:
    asked = queries.request_of(actor_of(request).link_id)
    if asked is None:
        return ended(request)
    form = Form(typed(request))
    if carried_out(request, form, lambda: actions.stop_asking(asked.id, by=actor_of(request))):
        return render(request, "providers/listing_stopped.jinja", presenters.public_look())
    context = {"form": form, **presenters.listing_done_page(asked, token)}
    return render(request, "providers/listing_stop.jinja", context)


def ended(request: HttpRequest) -> HttpResponse:
    """The link is old, was ended, or was never ours."""
    return render(request, "providers/listing_ended.jinja", presenters.public_look(), status=410)
