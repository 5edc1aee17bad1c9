"""Contacts, the first conversation and the wellbeing questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from linkworks.core.access import Request, allow
from linkworks.core.clock import today
from linkworks.outcomes.forms import measure_form
from linkworks.outcomes.presenters import change_lines
from linkworks.outcomes.queries import measure

from .. import access, actions, forms, queries
from ..presenters.wording import STAGE_WORDS
from ..rules.facts import MeasureFacts
from .opening import form_page, keeps, open_case, sent, token_of, typed

# Back to what the answers were asked for.
AFTER_ANSWERS = {"start": "casework:channels", "review": "casework:review", "end": "casework:close"}


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def contact(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Record a contact")
    form: forms.ContactForm | forms.NoteForm = (
        forms.NoteForm(typed(request))
        if case.state == "closed"
        else forms.ContactForm(typed(request), initial={"how": "phone"})
    )
    token = token_of(request)
    if sent(request, form, lambda: actions.record_contact(case, facts=form.facts(), token=token, by=request.actor)):
        messages.success(request, "The note was added." if case.state == "closed" else "The contact was recorded.")
        return redirect("casework:case", case.pk)
    return form_page(request, "contact", form, case, tries=queries.tries_of(case))


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def conversation(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "First conversation")
    form = forms.ConversationForm(typed(request), initial=queries.conversation_start(case))
    to_ask, seen = queries.is_to_ask(case, "start"), request.POST.get("version", "")

    def act() -> Any:
        return actions.hold_conversation(case, facts=form.facts(), version=seen, by=request.actor)

    if sent(request, form, act):
        messages.success(request, "The conversation was kept.")
        return redirect("casework:measures", case.pk, "start") if to_ask else redirect("casework:case", case.pk)
    version = keeps(form, seen) or queries.conversation_version(case)
    return form_page(request, "conversation", form, case, to_ask=to_ask, version=version, theirs=theirs(form, case))


def theirs(form: Any, case: Any) -> list[tuple[str, str]]:
    """What a colleague wrote meanwhile, question by question, to put together with one's own."""
    said = queries.conversation_said(case) if form.non_field_errors() else {}
    return [(form.fields[name].label, words) for name, words in said.items() if words and isinstance(words, str)]


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def measures(request: Request, case_id: UUID, stage: str) -> HttpResponse:
    if stage not in STAGE_WORDS:
        raise Http404
    case = open_case(request, case_id, "Wellbeing questions")
    asked = measure(queries.MEASURE)
    form, token = measure_form(asked)(typed(request), initial={"asked_on": today()}), token_of(request)

    def act() -> Any:
        return actions.record_measure(
            case, facts=MeasureFacts(stage=stage, **form.facts()), token=token, by=request.actor
        )

    if sent(request, form, act):
        messages.success(request, "The answers were kept.")
        return redirect(AFTER_ANSWERS[stage], case.pk)
    changes = change_lines(queries.change_of(case)) if stage != "start" else []
    return form_page(
        request, "measures", form, case, measure=asked, stage=stage, stage_words=STAGE_WORDS[stage], changes=changes
    )
