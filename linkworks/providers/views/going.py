"""A group puts right when and where it is and what it costs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.directory import actions as directory
from linkworks.directory import presenters as words
from linkworks.directory import queries as listings
from linkworks.directory.forms.going import OneForm, RemoveForm, own_form_of
from linkworks.ui.views import form_page, found, sent, typed

from .. import access, presenters, queries

DOOR = "providers:own-going"


@allow(access.can_answer)
@require_safe
def own_going(request: HttpRequest, service_id: UUID) -> HttpResponse:
    service = found(queries.own_service(actor_of(request), service_id))
    door, parts = words.Door(DOOR, service), listings.parts_of(service)
    context = {"listing": service, **words.going_page(service, parts, door)}
    context["proposals"] = words.proposal_rows(listings.edits_of(service))
    return render(request, "providers/own_going.jinja", context)


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def change_own_going(request: HttpRequest, service_id: UUID, part: str, number: int | None = None) -> HttpResponse:
    """One time, place or price: changed, or added when there is no number."""
    service = found(queries.own_service(actor_of(request), service_id))
    one = found(listings.one_of(service, part, number))
    return asked(request, service, own_form_of(one, typed(request)), "directory/going_form.jinja")


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_own_going(request: HttpRequest, service_id: UUID, part: str, number: int) -> HttpResponse:
    """Take one time, place or price away, once that is confirmed."""
    service = found(queries.own_service(actor_of(request), service_id))
    one = found(listings.one_of(service, part, number))
    return asked(request, service, RemoveForm(typed(request), one), "directory/going_remove.jinja")


def asked(request: HttpRequest, service: Any, form: OneForm, template: str) -> HttpResponse:
    """The form's page, or what became of it."""
    door, actor = words.Door(DOOR, service), actor_of(request)
    waits = sent(request, form, lambda: directory.change_own_going(service, **form.change, by=actor))
    if waits is not None:
        messages.success(request, presenters.saved_words(waits))
        return redirect(door.to())
    context = {"form": form, "listing": service, **words.one_words(form.one, door)}
    return form_page(request, template, {**context, "note": presenters.going_note(form.one.part)})
