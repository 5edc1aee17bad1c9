"""The morning, tasks and the caseload."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.accounts.access import can_set_absence
from linkworks.audit.actions import record_views
from linkworks.core.access import Request, allow
from linkworks.core.clock import today as this_day
from linkworks.people.access import can_open_in_emergency
from linkworks.ui import paging, spreadsheets

from .. import access, actions, forms, queries
from ..presenters import lists, sheets
from ..presenters.away import covering_lines
from .opening import form_page, open_case, pressed, sent, token_of, typed


@allow(access.sees_cases)
@require_safe
def today(request: Request) -> HttpResponse:
    found = queries.today_of(request.actor)
    context = {
        "today": found,
        "day": this_day(),
        "sections": lists.today_sections(found),
        "stats": lists.today_stats(found),
        "covering": covering_lines(found.covers),
        "may_be_away": can_set_absence(request.actor),
        "team": lists.team_stats(queries.team_of(request.actor)) if access.can_allocate(request.actor) else [],
    }
    return render(request, "casework/today.jinja", context)


STATES = [
    ("", "All open"),
    ("waiting", "Waiting for a worker"),
    ("allocated", "New"),
    ("contacting", "Getting in touch"),
    ("active", "Active"),
    ("paused", "Paused"),
    ("closed", "Closed"),
]


@allow(access.sees_cases)
@require_safe
def caseload(request: Request) -> HttpResponse:
    asked = asked_for(request)
    if request.GET.get("format") == "csv":
        return as_csv(request, asked)
    row = partial(lists.caseload_row, with_worker=access.sees_team(request.actor))
    page = paging.paginate(request.GET, queries.caseload(request.actor, **asked), present=row)
    context = {
        "page": page,
        "search": asked["words"],
        "state": asked["state"],
        "worker": asked["worker"],
        "due": asked["due"],
        "states": STATES,
        "sees_team": access.sees_team(request.actor),
        "may_open_in_emergency": can_open_in_emergency(request.actor),
    }
    return render(request, "casework/caseload.jinja", context)


def asked_for(request: Request) -> dict[str, str]:
    state = request.GET.get("state", "")
    whose = request.GET.get("worker", "" if access.sees_team(request.actor) else "me")
    due = request.GET.get("due", "")
    words = request.GET.get("q", "").strip()
    return {"state": state if state in dict(STATES) else "", "words": words, "worker": whose, "due": due}


def as_csv(request: Request, asked: dict[str, Any]) -> HttpResponse:
    """What is handed out is what is written down as seen."""
    cases = list(queries.caseload(request.actor, **asked))
    taken = [(case.person_id, case.scheme_id) for case in cases]
    record_views(taken, page=f"Caseload as a file, {len(taken)} in all", by=request.actor)
    return spreadsheets.answer("caseload.csv", sheets.caseload(cases))


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def task_new(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Add a task")
    form, token = forms.TaskForm(typed(request)), token_of(request)

    def act() -> bool:
        actions.add_task(case, title=form.cleaned_data["title"], due_on=form.due_on(), token=token, by=request.actor)
        return True

    if sent(request, form, act):
        messages.success(request, "The task was added.")
        return redirect("casework:case", case.pk)
    return form_page(request, "task_new", form, case)


@allow(access.sees_cases)
@require_POST
def task_done(request: Request, task_id: UUID) -> HttpResponse:
    task = access.visible_tasks(request.actor).filter(pk=task_id).first()
    if task is None:
        raise Http404
    to = ("casework:today",) if request.POST.get("from") == "today" else ("casework:case", task.case_id)
    return pressed(request, lambda: actions.finish_task(task, by=request.actor), f"Done: {task.title}", *to)
