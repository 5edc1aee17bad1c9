"""Places with something on: the list of them, and one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import public
from linkworks.organisations.queries import find_postcode
from linkworks.ui import paging

from .. import presenters, queries
from ..forms.finding import USUAL_DISTANCE
from ..forms.places import PlacesForm
from .finding import around

PER_PAGE = 20


@public
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    form = PlacesForm({"distance": USUAL_DISTANCE, **request.GET.dict()})
    form.is_valid()
    seeking = seeking_for(form)
    page = None
    if not form.errors:
        page = paging.paginate(request.GET, queries.places(seeking), PER_PAGE, present=presenters.place_card)
    context = {"form": form, "page": page, "near": seeking.near, "asked": asked(form), **around(request)}
    return render(request, "directory/places.jinja", context)


def seeking_for(form: PlacesForm) -> queries.SeekingPlaces:
    """The question as the form puts it; a postcode we do not know is said on the form."""
    said = form.cleaned_data
    at = find_postcode(said["postcode"]) if said.get("postcode") else None
    if said.get("postcode") and at is None:
        form.add_error("postcode", "We do not know that postcode. Check it, or try one nearby in London")
    return queries.SeekingPlaces(
        words=said.get("q", ""),
        kind=said.get("kind", ""),
        borough=said.get("borough", ""),
        near=(at.latitude, at.longitude) if at else None,
        within_km=form.within_km,
    )


def asked(form: PlacesForm) -> bool:
    return any(str(form[name].value() or "").strip() for name in ("q", "postcode", "kind", "borough"))


@public
@require_safe
def place(request: HttpRequest, key: str) -> HttpResponse:
    page = queries.place_page(key)
    if page is None:
        raise Http404
    context: dict[str, Any] = {"place": presenters.place_words(page), **around(request)}
    return render(request, "directory/place.jinja", context)
