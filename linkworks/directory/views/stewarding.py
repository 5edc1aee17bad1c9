"""Keeping the directory true: listings to check, and the feeds that were read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.ui import paging
from linkworks.ui.views import carried_out, form_page, found, pressed, typed

from .. import access, actions, presenters, queries
from ..forms.facts import FactsForm
from ..forms.reports import DealtWithForm, TakeDownForm
from ..forms.room import KeepForm
from ..rules.reporting import GOING
from ..states import ReportState


@allow(access.may_edit)
@require_safe
def listings(request: HttpRequest) -> HttpResponse:
    actor, view, search = actor_of(request), request.GET.get("view", "all"), request.GET.get("q", "")[:100]
    rows = queries.listings(actor, view=view, words=search)
    page = paging.paginate(request.GET, rows, per_page=25, present=presenters.listing_row)
    views = presenters.steward_views(queries.listing_counts(actor, search), view, search)
    return render(request, "directory/listings.jinja", {"page": page, "search": search, "views": views, "view": view})


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_listing(request: HttpRequest, service_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    listing = found(queries.listing(actor, service_id))
    form = KeepForm(typed(request), initial=queries.room_of(listing), is_held=not listing.is_published)
    if carried_out(request, form, lambda: actions.keep_listing(listing, **form.answers, by=actor)):
        messages.success(request, f"{listing.name} is up to date.")
        return redirect("directory:steward-list")
    context = {"form": form, "listing": listing, **about(listing)}
    return form_page(request, "directory/listing.jinja", context)


def about(listing: Any) -> dict[str, Any]:
    """What its steward should know before they say anything of it."""
    return {
        "gone": presenters.gone(listing),
        "open": presenters.open_questions(listing),
        "checked": presenters.checked_words(listing),
        "proposals": [presenters.edit_words(each) for each in queries.waiting_edits(listing)],
        "not_asked": queries.why_not_asked(listing),
        "reports": [presenters.report_words(each) for each in queries.reports_of(listing)],
        "history": [presenters.change_item(each) for each in queries.changes_of(listing)],
    }


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def deal_with(request: HttpRequest, report_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    report = found(queries.report(actor, report_id))
    if report.state == ReportState.DEALT_WITH and request.method != "POST":
        messages.success(request, "That report has been dealt with already.")
        return redirect("directory:steward-edit", report.service_id)
    form = DealtWithForm(typed(request))
    if carried_out(request, form, lambda: actions.deal_with_report(report, **form.cleaned_data, by=actor)):
        messages.success(request, "What was reported is dealt with.")
        return redirect("directory:steward-edit", report.service_id)
    context = {"form": form, "listing": report.service, "report": presenters.report_words(report)}
    context["is_going"] = report.reason in GOING
    return form_page(request, "directory/report.jinja", context)


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_facts(request: HttpRequest, service_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    listing = found(queries.listing(actor, service_id))
    form = FactsForm(typed(request), initial=queries.facts_of(listing), kept=presenters.kept_words(listing))
    if carried_out(request, form, lambda: actions.edit_listing(listing, **form.answers, by=actor)):
        messages.success(request, f"{listing.name} is changed.")
        return redirect("directory:steward-edit", listing.id)
    context = {"form": form, "listing": listing}
    return form_page(request, "directory/listing_facts.jinja", context)


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, service_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    listing = found(queries.listing(actor, service_id))
    form = TakeDownForm(typed(request))
    if carried_out(request, form, lambda: actions.withdraw(listing, because=form.because, by=actor)):
        messages.success(request, f"{listing.name} is taken down.")
        return redirect("directory:steward-edit", listing.id)
    context = {"form": form, "listing": listing}
    return form_page(request, "directory/take_down.jinja", context)


@allow(access.may_edit)
@require_POST
def ask_now(request: HttpRequest, service_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    listing = found(queries.listing(actor, service_id))
    done, to = "The group is being asked whether its listing is still right.", ("directory:steward-edit", listing.id)
    return pressed(request, lambda: actions.ask_now(listing, by=actor), done, *to)
