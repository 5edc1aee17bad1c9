"""The list that somebody saves while looking: without an account, on paper, as a file, and behind a link."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from linkworks.core.access import public
from linkworks.core.clock import today
from linkworks.core.idempotency import new_token
from linkworks.ui import spreadsheets
from linkworks.ui.own_pages import from_our_pages

from .. import access, presenters, queries
from ..rules.saved import MOST
from .finding import around
from .keeping import keep, list_of


@public
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """What is on the list, as it is today; what was just taken off can be put back."""
    kept = list_of(request)
    listed, off = queries.kept_services(kept.ids), uuid_of(request.GET.get("off", ""))
    taken = queries.kept_services([off]).cards if off and off not in kept.ids else ()
    context = {
        "cards": presenters.saved_cards(listed, "taking-off", "Take off"),
        "gone": listed.gone,
        "taken": taken[0] if taken else None,
        "shared": presenters.shared_words(queries.shared_list(kept.shared), kept.ids, request.build_absolute_uri("/")),
        "form_token": new_token(),
        "problem": request.GET.get("why") == "full",
        "most": MOST,
        **around(request),
    }
    return render(request, "directory/saved.jinja", context)


@public
@require_safe
def saved_print(request: HttpRequest) -> HttpResponse:
    return sheet(request, list_of(request).ids, reverse("directory:saved"))


@public
@require_safe
def saved_csv(request: HttpRequest) -> HttpResponse:
    return file(request, list_of(request).ids)


@from_our_pages
@public
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """One service, or all those of a shared list. Back to where it was pressed."""
    some = [id for each in request.POST.getlist("service")[:MOST] if (id := uuid_of(each))]
    kept = list_of(request)
    known = [each.service_id for each in queries.kept_services(some).cards]
    more = kept.adding(known)
    if not set(known) <= set(more.ids):
        return redirect(f"{reverse('directory:saved')}?why=full")
    return keep(redirect(way_back(request.POST, known)), more)


@from_our_pages
@public
@require_POST
def take_off(request: HttpRequest) -> HttpResponse:
    """One service, which the next page offers to put back."""
    off = uuid_of(request.POST.get("service", ""))
    if off is None:
        return redirect("directory:saved")
    back = way_back(request.POST, [off]) if "back" in request.POST else f"{reverse('directory:saved')}?off={off}"
    return keep(redirect(back), list_of(request).without(off))


@public
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody else's list, by its link: the services as they are today."""
    found = queries.shared_list(access.shared_id(token))
    listed = queries.kept_services(found.service_ids) if found else None
    context = {
        "cards": presenters.saved_cards(listed) if listed else [],
        "gone": listed.gone if listed else 0,
        "until": found.expires_at if found else None,
        "token": token,
        **around(request),
    }
    return render(request, "directory/shared.jinja", context, status=200 if found else 410)


@public
@require_safe
def shared_print(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.shared_list(access.shared_id(token))
    if found is None:
        return redirect("directory:shared", token)
    return sheet(request, found.service_ids, reverse("directory:shared", args=[token]))


def sheet(request: HttpRequest, ids: tuple[UUID, ...], back: str) -> HttpResponse:
    listed = queries.kept_services(ids)
    context = {
        "services": [presenters.saved_sheet(each) for each in listed.cards],
        "gone": listed.gone,
        "back": back,
        "today": today(),
    }
    return render(request, "directory/saved_print.jinja", context)


def file(request: HttpRequest, ids: tuple[UUID, ...]) -> HttpResponse:
    site = request.build_absolute_uri("/")
    return spreadsheets.answer("local-support.csv", presenters.saved_rows(queries.kept_services(ids).cards, site))


def way_back(sent: QueryDict, some: list[UUID]) -> str:
    """The results it was pressed among, at the same service; else its page, or the list. Never an address somebody typed."""
    if (asked := sent.get("back")) is not None:
        at = f"#service-{some[0]}" if some else ""
        return f"{reverse('directory:find')}?{QueryDict(asked[:2000]).urlencode()}{at}"
    return reverse("directory:saved")


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
