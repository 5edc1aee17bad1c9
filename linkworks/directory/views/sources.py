"""Where listings come from: the sources, what is known of each, and what its words mean here."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.core.errors import Conflict, Invalid
from linkworks.ui import paging, spreadsheets
from linkworks.ui.views import carried_out, form_page, found, pressed, sent, typed

from .. import access, actions, presenters, queries
from ..forms.sources import MeaningForm, SourceFileForm, SourceForm
from ..rules.feeds.columns import template


@allow(access.may_edit)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    page = paging.paginate(request.GET, queries.sources(actor_of(request)), present=presenters.source_row)
    return render(request, "directory/sources.jinja", {"page": page})


@allow(access.may_edit)
@require_safe
def source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    source = found(queries.source(actor_of(request), source_id))
    runs = [presenters.run_row(each) for each in queries.runs_of(source)]
    context = {
        "source": source,
        "rows": presenters.source_words(source),
        "runs": runs,
        "can_be_read": presenters.can_be_read(source),
        "takes_files": presenters.takes_files(source),
        "licence": presenters.licence_to_confirm(source),
    }
    return render(request, "directory/source.jinja", context)


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def add_source(request: HttpRequest) -> HttpResponse:
    actor, form = actor_of(request), SourceForm(typed(request))
    made = sent(request, form, lambda: actions.add_source(facts=form.cleaned_data, by=actor))
    if made:
        messages.success(request, f"{made.name} is added. Now read it for the first time.")
        return redirect("directory:source", made.id)
    return form_page(request, "directory/source_form.jinja", {"form": form})


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def change_source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    source = found(queries.source(actor, source_id))
    form = SourceForm(typed(request), initial=queries.facts_of_source(source))
    if carried_out(request, form, lambda: actions.change_source(source, facts=form.cleaned_data, by=actor)):
        messages.success(request, f"{form.cleaned_data['name']} is changed.")
        return redirect("directory:source", source.id)
    context = {"form": form, "source": source}
    return form_page(request, "directory/source_form.jinja", context)


@allow(access.may_edit)
@require_POST
def read_source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Read its web address now. The page of the reading says how far it is."""
    actor = actor_of(request)
    source = found(queries.source(actor, source_id))
    try:
        run = actions.ask_to_read(source, by=actor)
    except (Conflict, Invalid) as error:
        messages.error(request, error.message)
        return redirect("directory:source", source.id)
    return redirect("directory:import-run", run.id)


@allow(access.may_edit)
@require_POST
def confirm_licence(request: HttpRequest, source_id: UUID) -> HttpResponse:
    actor, said = actor_of(request), request.POST.get("licence", "")
    source = found(queries.source(actor, source_id))
    act = partial(actions.confirm_licence, source, said=said, by=actor)
    return pressed(request, act, "The licence is confirmed.", "directory:source", source.id)


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def give_file(request: HttpRequest, source_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    source = found(queries.source(actor, source_id))
    form = SourceFileForm(typed(request), request.FILES or None)
    run = sent(request, form, lambda: actions.ask_to_read(source, **given(form), by=actor))
    if run:
        return redirect("directory:import-run", run.id)
    context = {"form": form, "source": source, "place_kinds": presenters.kinds_of_place()}
    return form_page(request, "directory/source_file.jinja", context)


@allow(access.may_edit)
@require_safe
def template_csv(request: HttpRequest) -> HttpResponse:
    return spreadsheets.answer("listings-template.csv", template())


@allow(access.may_edit)
@require_safe
def template_xlsx(request: HttpRequest) -> HttpResponse:
    return spreadsheets.workbook("listings-template.xlsx", template())


def given(form: SourceFileForm) -> dict[str, Any]:
    file = form.cleaned_data["file"]
    return {"file": file.read(), "file_name": file.name}


@allow(access.may_edit)
@require_safe
def source_words(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """The terms its listings use, the commonest first, and what each is taken to mean."""
    source = found(queries.source(actor_of(request), source_id))
    rows, meanings = queries.terms_of(source), queries.meanings_of(source)
    page = paging.paginate(
        request.GET, rows, per_page=50, present=lambda term: presenters.term_row(source, term, meanings)
    )
    return render(request, "directory/source_words.jinja", {"source": source, "page": page})


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def source_word(request: HttpRequest, source_id: UUID, term_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    source = found(queries.source(actor, source_id))
    term = found(queries.term_of(term_id))
    form = MeaningForm(typed(request), initial=queries.meaning_of(source, term))

    def act() -> None:
        said = dict(form.cleaned_data)
        if said.pop("as_before"):
            actions.forget_meaning(source, term=term.name, by=actor)
        else:
            actions.say_meaning(source, term=term.name, **said, by=actor)

    if carried_out(request, form, act):
        messages.success(request, f"What “{term.name}” means is kept. It counts from the next reading on.")
        return redirect("directory:source-words", source.id)
    context = {"form": form, "source": source, "term": term}
    return form_page(request, "directory/source_word.jinja", context)
