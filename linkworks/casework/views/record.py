"""Who looked at a record, what changed and what was shared: for the manager and the safeguarding lead."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import Request, allow
from linkworks.ui import paging

from .. import access, queries
from ..presenters import people
from ..presenters import record as words
from .opening import open_case


@allow(access.sees_audit)
@require_safe
def record(request: Request, case_id: UUID) -> HttpResponse:
    found = open_case(request, case_id, "Who looked and what changed")
    asked = request.GET.get("view", "looked")
    view = asked if asked in words.ROWS else "looked"
    rows = queries.record_of(found, view)
    context = {
        "case": found,
        "head": people.head(found, []),
        "view": view,
        "page": paging.paginate(request.GET, rows, per_page=50, present=words.ROWS[view]),
    }
    return render(request, "casework/record.jinja", context)
