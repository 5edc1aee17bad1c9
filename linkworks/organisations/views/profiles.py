"""Every scheme as it tells of itself: a list, a page each, and all of them as open data."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import public
from linkworks.core.clock import now
from linkworks.ui import paging, spreadsheets

from .. import presenters, queries
from .boroughs import PUBLIC


@public
@require_safe
def profiles(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:100]
    found = presenters.profiles_named(queries.profiles(), search)
    page = paging.paginate(request.GET, found, present=presenters.profile_card)
    about = presenters.about_the_data(now())
    return render(
        request,
        "organisations/profiles.jinja",
        {"page": page, "search": search, "about": about, "layout": PUBLIC},
    )


@public
@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.profile_of(slug)
    if found is None:
        raise Http404
    context = {"scheme": presenters.profile_page(found), "about": presenters.about_the_data(now()), "layout": PUBLIC}
    return render(request, "organisations/profile.jinja", context)


@public
@require_safe
def profiles_json(request: HttpRequest) -> HttpResponse:
    """Anybody may read it from any site."""
    told = [presenters.as_told(each, settings.BASE_URL) for each in queries.profiles()]
    answer = JsonResponse(
        presenters.about_the_data(now()) | {"schemes": told}, json_dumps_params={"ensure_ascii": False}
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@public
@require_safe
def profiles_csv(request: HttpRequest) -> HttpResponse:
    """The licence is in a column of its own, so that no copy of a row is without it."""
    about = presenters.about_the_data(now())
    rows = [presenters.as_told(each, settings.BASE_URL) for each in queries.profiles()]
    head = [*presenters.COLUMNS, "licence"]
    return spreadsheets.answer("schemes.csv", [head, *([*presenters.as_row(each), about["licence"]] for each in rows)])
