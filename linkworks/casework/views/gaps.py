"""What is missing in the place: for whoever answers for the team."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import Request, allow
from linkworks.ui import paging, spreadsheets

from .. import access, queries
from ..presenters import gaps as words


@allow(access.can_allocate)
@require_safe
def gaps(request: Request) -> HttpResponse:
    found = queries.gaps(request.actor)
    if request.GET.get("format") == "csv":
        return spreadsheets.answer("what-is-missing.csv", words.csv_rows(found.rows))
    page = paging.paginate(request.GET, found.rows, present=words.line)
    return render(request, "casework/gaps.jinja", {"page": page, "gaps": found, "head": words.HEAD_OF_PAGE})
