"""What became of each reading of a source, and what waits for a steward to decide."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.core.errors import Conflict
from linkworks.ui import paging
from linkworks.ui.views import found

from .. import access, actions, presenters, queries


@allow(access.may_edit)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    page = paging.paginate(request.GET, queries.import_runs(actor_of(request)), present=presenters.run_row)
    return render(request, "directory/imports.jinja", {"page": page})


@allow(access.may_edit)
@require_safe
def import_run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One reading: what needs looking at, and, while it waits, what it would change."""
    run = found(queries.import_run(actor_of(request), run_id))
    waits = presenters.waits(run)
    rows = queries.staged_rows(run) if waits else queries.problems_of(run)
    page = paging.paginate(request.GET, rows, per_page=50)
    if waits:
        items = [presenters.staged_row(each) for each in queries.with_changes(page.items)]
    else:
        items = [presenters.problem_row(each) for each in page.items]
    context = {"run": run, "rows": presenters.run_words(run), "page": page, "items": items, "waits": waits}
    return render(request, "directory/import_run.jinja", {**context, "going_on": presenters.going_on(run)})


@allow(access.may_edit)
@require_POST
def decide_import(request: HttpRequest, run_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    run = found(queries.import_run(actor, run_id))
    use = request.POST.get("use") == "yes"
    try:
        (actions.agree_to_run if use else actions.drop_run)(run, by=actor)
        messages.success(request, "It is being carried out." if use else "It is dropped. Nothing was changed.")
    except Conflict as error:
        messages.error(request, error.message)
    return redirect("directory:import-run", run.id)


@allow(access.may_edit)
@require_safe
def held_facts(request: HttpRequest) -> HttpResponse:
    page = paging.paginate(request.GET, queries.held_facts(actor_of(request)), present=presenters.held_fact)
    return render(request, "directory/held_facts.jinja", {"page": page})


@allow(access.may_edit)
@require_POST
def decide_held_fact(request: HttpRequest, held_id: UUID) -> HttpResponse:
    actor, use = actor_of(request), request.POST.get("use") == "yes"
    held = found(queries.held_fact(actor, held_id))
    try:
        actions.decide_held_fact(held, use=use, by=actor)
        messages.success(request, f"{held.service.name}: {'the new one is used' if use else 'ours is kept'}.")
    except Conflict as error:
        messages.error(request, error.message)
    return redirect("directory:held-facts")
