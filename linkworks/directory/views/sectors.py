"""Sectors: what there is of each and where, what is missing, and what is known of whether it helps. For everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import actor_of, public
from linkworks.core.clock import today
from linkworks.ui import spreadsheets

from .. import presenters, queries
from ..rules.evidence import Sector, evidence
from .finding import around


@public
@require_safe
def sectors(request: HttpRequest) -> HttpResponse:
    cards = presenters.sectors.sector_cards(queries.everywhere(actor_of(request)))
    return render(request, "directory/sectors.jinja", {"cards": cards, **around(request)})


@public
@require_safe
def sector(request: HttpRequest, sector_id: str) -> HttpResponse:
    return render(request, "directory/sector.jinja", {**said(request, sector_id), **around(request)})


@public
@require_safe
def sector_print(request: HttpRequest, sector_id: str) -> HttpResponse:
    return render(request, "directory/sector_print.jinja", {**said(request, sector_id), "today": today()})


@public
@require_safe
def sector_csv(request: HttpRequest, sector_id: str) -> HttpResponse:
    counts = queries.sector_counts(actor_of(request), sector_or_404(sector_id))
    return spreadsheets.answer(f"{sector_id}-by-borough.csv", presenters.sectors.borough_sheet(counts))


@public
@require_safe
def evidence_csv(request: HttpRequest) -> HttpResponse:
    return spreadsheets.answer("evidence-cards.csv", presenters.sectors.evidence_sheet())


def said(request: HttpRequest, sector_id: str) -> dict[str, Any]:
    counts = queries.sector_counts(actor_of(request), sector_or_404(sector_id))
    return presenters.sectors.page(sector_id, counts)


def sector_or_404(sector_id: str) -> Sector:
    if sector_id not in evidence().sectors:
        raise Http404
    return evidence().sectors[sector_id]
