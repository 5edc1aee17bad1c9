"""What is missing in the place: for whoever answers for the team."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import Request, allow
from linkworks.ui import paging

from .. import access, queries
from ..presenters import gaps as words


@allow(access.can_allocate)
@require_safe
def gaps(request: Request) -> HttpResponse:
    found = queries.gaps(request.actor)
    if request.GET.get("format") == "csv":
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="what-is-missing.csv"'
        csv.writer(response).writerows(words.csv_rows(found.rows))
        return response
    page = paging.paginate(request.GET, found.rows, present=words.line)
    return render(request, "casework/gaps.jinja", {"page": page, "gaps": found, "head": words.HEAD_OF_PAGE})
