"""Every London borough, with its scheme or its gap: for anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import public
from linkworks.core.postcodes import tidy_postcode
from linkworks.ui import paging

from .. import presenters, queries

PUBLIC = "ui/public_layout.jinja"


@public
@require_safe
def boroughs(request: HttpRequest) -> HttpResponse:
    """The list of boroughs; a postcode in the search box is answered with who serves it."""
    search = request.GET.get("q", "").strip()[:100]
    answer = queries.who_serves(search) if tidy_postcode(search) else None
    wanted = answer.borough.name if answer and answer.borough else search
    cards = presenters.borough_cards(queries.borough_coverage(), wanted)
    context = {
        "page": paging.paginate(request.GET, cards, per_page=33),
        "search": search,
        "answer": answer,
        "layout": PUBLIC,
    }
    return render(request, "organisations/boroughs.jinja", context)
