"""What became of each reading of a source, and what waits for a steward to decide."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.ui import paging
from linkworks.ui.views import found, pressed

from .. import access, actions, presenters, queries
from ..states import HeldState


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
    act, done = actions.drop_run, "It is dropped. Nothing was changed."
    if request.POST.get("use") == "yes":
        act, done = actions.agree_to_run, "It is being carried out."
    return pressed(request, lambda: act(run, by=actor), done, "directory:import-run", run.id)


@allow(access.may_edit)
@require_safe
def held_facts(request: HttpRequest) -> HttpResponse:
    page = paging.paginate(request.GET, queries.held_facts(actor_of(request)), present=presenters.held_fact)
    return render(request, "directory/held_facts.jinja", {"page": page})


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def held_fact(request: HttpRequest, held_id: UUID) -> HttpResponse:
    """One changed number or address. Posting uses it or keeps ours."""
    actor, use = actor_of(request), request.POST.get("use") == "yes"
    held = found(queries.held_fact(actor, held_id))
    if request.method == "POST":
        done = f"{held.service.name}: {'the new one is used' if use else 'ours is kept'}."
        act = partial(actions.decide_held_fact, held, use=use, by=actor)
        return pressed(request, act, done, "directory:held-facts")
    if held.state != HeldState.WAITING:
        messages.success(request, "This has been decided already.")
        return redirect("directory:held-facts")
    page = paging.paginate(request.GET, [held], present=presenters.held_fact)
    return render(request, "directory/held_facts.jinja", {"page": page, "only": held})
