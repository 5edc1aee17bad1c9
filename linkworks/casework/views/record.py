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
    audit = queries.record_of(found)
    view = request.GET.get("view", "looked")
    rows, present = {
        "changed": (audit.changes, words.change_row),
        "shared": (audit.shared, words.shared_row),
    }.get(view, (audit.views, words.view_row))
    context = {
        "case": found,
        "head": people.head(found, []),
        "view": view if view in {"changed", "shared"} else "looked",
        "page": paging.paginate(request.GET, rows, per_page=50, present=present),
    }
    return render(request, "casework/record.jinja", context)
