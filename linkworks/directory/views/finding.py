"""Finding local support, and one service: for everybody, without signing in."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linkworks.core.access import actor_of, public
from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission
from linkworks.organisations.queries import find_postcode
from linkworks.ui import paging

from .. import actions, presenters, queries
from ..forms.finding import DISTANCES, USUAL_DISTANCE, FindForm
from ..rules.evidence import evidence
from ..rules.places import KM_IN_A_MILE
from .keeping import list_of

PER_PAGE = 20


@public
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm({"distance": USUAL_DISTANCE, **request.GET.dict()})
    form.is_valid()
    answer = found(request, form) if form.is_asked else {"page": None, "categories": presenters.category_cards()}
    help_first = presenters.help_comes_first(request.GET.get("q", ""))
    return render(
        request, "directory/find.jinja", {"form": form, "help_first": help_first, **around(request), **answer}
    )


def found(request: HttpRequest, form: FindForm) -> dict[str, Any]:
    """What the directory answers: the page of services, and in words what was asked. Nothing while something asked is wrong."""
    looking = looking_for(form, actor_of(request))
    if form.errors:
        return {"page": None, "categories": []}
    answers = queries.for_page(looking)
    page = paging.paginate(request.GET, answers, PER_PAGE)
    if not page.total:
        actions.note_empty_search(form.cleaned_data.get("q", ""), by=actor_of(request))
    words = presenters.result_words(
        page.total,
        postcode=form.cleaned_data.get("postcode", "") if looking.near else "",
        miles=form.cleaned_data.get("distance", ""),
        words=form.cleaned_data.get("q", ""),
    )
    shown = listed(request, page, looking, answers.plain)
    return {"words": words, "near": looking.near, **shown, **narrowed(request, answers, looking)}


def listed(request: HttpRequest, page: Any, looking: queries.Looking, among: queries.Answers) -> dict[str, Any]:
    """The page of services, each with what saves it or takes it off, and the map of them."""
    asked, saved = request.GET.urlencode(), list_of(request)
    cards = presenters.found_cards(page.items, looking, among, asked=asked, saved=saved.ids, first=page.first)
    drawn = presenters.map_of([each.spot for each in cards], page.first, looking.near)
    return {"page": replace(page, items=[each.made for each in cards]), "asked": asked, "saved": saved, "map": drawn}


def narrowed(request: HttpRequest, answers: Any, looking: queries.Looking) -> dict[str, Any]:
    """What leads from what was found to less of it, or to more."""
    nearer = [(miles, words, float(miles) * KM_IN_A_MILE) for miles, words in DISTANCES]
    nearer = [each for each in nearer if looking.near and (looking.within_km is None or each[2] < looking.within_km)]
    left = answers.within(*(km for _, _, km in nearer))
    distances = [(miles, words, count) for (miles, words, _), count in zip(nearer, left, strict=True)]
    counts = queries.counts(looking, answers)
    return {
        "narrowing": presenters.narrowing(request.GET, counts, distances),
        "chosen": presenters.chosen(request.GET, counts),
        "unsaid": presenters.unsaid_link(request.GET, queries.unsaid(looking, answers)),
        "more": presenters.leaving_out(request.GET, queries.relaxed(looking, answers)),
    }


def looking_for(form: FindForm, actor: Actor) -> queries.Looking:
    """The question as the form puts it; a postcode we do not know is said on the form."""
    asked, only = form.cleaned_data, form.narrowed
    at = find_postcode(asked["postcode"]) if asked.get("postcode") else None
    if asked.get("postcode") and at is None:
        form.add_error("postcode", "We do not know that postcode. Check it, or try one nearby in London")
    return queries.Looking(
        needs=(asked["need"],) if asked.get("need") else (),
        words=asked.get("q", ""),
        near=(at.latitude, at.longitude) if at else None,
        within_km=form.within_km if at else None,
        category=asked.get("category", ""),
        kinds=evidence().sectors[only["sector"]].kinds if "sector" in only else (),
        times=(only["day"],) if "day" in only else (),
        is_free="free" in only,
        is_open="now" in only,
        access_needs=(only["access"],) if "access" in only else (),
        advice_levels=(only["advice"],) if "advice" in only else (),
        course_levels=(only["course"],) if "course" in only else (),
        place_kinds=(only["place"],) if "place" in only else (),
        languages=(only["language"],) if "language" in only else (),
        must_be_fresh=actor.is_signed_in,
    )


@public
@require_safe
def order(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/order.jinja", {**presenters.order.page(), **around(request)})


@public
@require_safe
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    page = queries.service_page(actor_of(request), service_id)
    if page is None:
        if shown := queries.shown_instead(service_id):
            return redirect("directory:service", shown)
        raise Http404
    context = {
        "page": page,
        "service": page.service,
        "also_from": queries.joined_sources(service_id),
        "words": presenters.service_words(page),
        "saved": list_of(request),
        **way_back(request, service_id),
        **around(request),
    }
    return render(request, "directory/service.jinja", context)


def way_back(request: HttpRequest, service_id: UUID) -> dict[str, str]:
    """To the search one came from. Who looked for somebody's goal goes back to that goal, or chooses this for it."""
    asked, goal = request.GET.copy(), goal_of(request)
    asked.pop("goal", None)
    if goal and actor_of(request).may(Permission.CONNECTION_SEND):
        back = reverse("casework:goal-match", args=[goal]) + (f"?{asked.urlencode()}" if asked else "")
        return {"back": back, "choose_href": reverse("casework:connect", args=[goal, service_id])}
    if FindForm(asked.dict()).is_asked:
        return {"back": reverse("directory:find") + f"?{asked.urlencode()}"}
    return {}


def goal_of(request: HttpRequest) -> UUID | None:
    """The goal in the address; what is not the name of one is nothing. Whether one may see it, its own pages ask."""
    try:
        return UUID(request.GET.get("goal", ""))
    except ValueError:
        return None


def around(request: HttpRequest) -> dict[str, Any]:
    """Staff keep their menu; everybody else gets the public page, which can be left at once."""
    is_staff = actor_of(request).is_signed_in
    return {"layout": "ui/layout.jinja" if is_staff else "ui/public_layout.jinja", "exit_button": not is_staff}
