"""One case: its page, and how it is paused, handed over, closed and opened again."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import Request, allow
from linkworks.core.clock import today
from linkworks.outcomes.presenters import change_lines
from linkworks.people.access import can_restrict
from linkworks.referrals.access import visible_referrals
from linkworks.ui import paging

from .. import access, actions, forms, queries
from ..presenters import case as words
from ..presenters import lists, people
from ..presenters.inbox import referral_view
from ..presenters.timeline import line
from .opening import form_page, open_case, pressed, sent, token_of, typed


@allow(access.sees_cases)
@require_safe
def case(request: Request, case_id: UUID) -> HttpResponse:
    found = open_case(request, case_id, "Case")
    file = queries.case_file(found, request.actor)
    may_work = access.works_on(request.actor, found)
    told = partial(line, reader=request.actor.id if may_work else "", corrects_all=access.can_allocate(request.actor))
    context = {
        **about(found, file, may_work=may_work, gives=access.can_allocate(request.actor)),
        "case": found,
        "file": file,
        "subtitle": words.subtitle(file, today()),
        "sessions_words": words.sessions_words(file),
        "things_to_do": lists.things_to_do(found, file.tasks),
        "changes": change_lines(queries.change_of(found)) if file.measures else [],
        "events": paging.paginate(request.GET, queries.timeline(found, file.story), per_page=30, present=told),
        "may_work": may_work,
        "works_now": access.works_now(request.actor, found),
        "opens_referrals": found.person.restriction == "normal" or opens_referral(request, found),
        "may_restrict": can_restrict(request.actor),
        "may_audit": access.sees_audit(request.actor),
        "form_token": token_of(request),
    }
    return render(request, "casework/case.jinja", context)


def opens_referral(request: Request, found: Any) -> bool:
    """Whether the page of what brought somebody kept close is there for this reader."""
    return visible_referrals(request.actor).filter(pk=found.referral_id).exists()


def about(found: Any, file: queries.CaseFile, *, may_work: bool, gives: bool) -> dict[str, Any]:
    """A case in words: who it is, what is next, what brought them and what they want."""
    head = people.head(found, file.channels, file.open_until)
    return {
        "head": head,
        "tags": words.case_tags(file),
        "primary": words.primary(file, gives=gives) if may_work else None,
        "secondary": words.other_clicks(file, may_work=may_work, concern_href=head.concern_href),
        "referred": [referral_view(each) for each in file.led_here],
        "matters": words.matters(file),
        "goals": [words.goal_view(each) for each in file.goals],
        "to_complete": words.to_complete(file),
        "facts": people.facts(found.person, found.pk),
        "sharing": people.sharing_rows(file.sharing),
        "close_words": words.close_words(found),
    }


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def hand_over(request: Request, case_id: UUID) -> HttpResponse:
    found = open_case(request, case_id, "Hand over")
    others = [each for each in queries.workers(found.scheme_id) if each.id != found.worker_id]
    choices, hints = lists.worker_choices(others, None)
    form = forms.HandOverForm(typed(request), workers=choices, hints=hints)

    def act() -> Any:
        said = form.cleaned_data
        return actions.hand_over(found, worker_id=UUID(said["worker"]), note=said["note"], by=request.actor)

    given = sent(request, form, act)
    if given:
        messages.success(request, f"{found.person.full_name} was handed over to {given.worker.name}.")
        return redirect("casework:today")
    return form_page(request, "hand_over", form, found)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def pause(request: Request, case_id: UUID) -> HttpResponse:
    found = open_case(request, case_id, "Pause")
    form = forms.PauseForm(typed(request))
    if sent(request, form, lambda: actions.pause(found, **form.cleaned_data, by=request.actor)):
        messages.success(request, "The case is paused. It comes back to you on that day.")
        return redirect("casework:case", found.pk)
    return form_page(request, "pause", form, found)


@allow(access.can_work)
@require_POST
def resume(request: Request, case_id: UUID) -> HttpResponse:
    found = open_case(request, case_id, "Take up again")
    return pressed(
        request, lambda: actions.resume(found, by=request.actor), "The case is active again.", "casework:case", found.pk
    )


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def close(request: Request, case_id: UUID) -> HttpResponse:
    found = open_case(request, case_id, "Close")
    facts = queries.closing_facts(found)
    letter = queries.letter_preview(found, queries.WORK_FINISHED, request.actor)
    form = forms.CloseForm(typed(request), facts=facts, has_letter=bool(letter.body and letter.address))
    told = queries.told_at_end(found)
    if sent(request, form, lambda: actions.close(found, **form.cleaned_data, by=request.actor)):
        messages.success(request, words.closed_words(found, told))
        return redirect("casework:case", found.pk)
    shown = {"facts": facts, "tries": queries.tries_of(found), "told": told, "letter": letter}
    return form_page(request, "close", form, found, **shown)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def close_unreached(request: Request, case_id: UUID) -> HttpResponse:
    """After the scheme's tries: close with one click, with the letter to read first."""
    found = open_case(request, case_id, "Close after tries")
    form = forms.UnreachedForm(typed(request), has_open_concern=queries.closing_facts(found).has_open_concern)
    if sent(request, form, lambda: actions.close_could_not_contact(found, **form.cleaned_data, by=request.actor)):
        messages.success(request, f"{found.person.full_name}’s case is closed.")
        return redirect("casework:case", found.pk)
    letter = queries.letter_preview(found, queries.COULD_NOT_REACH, request.actor)
    return form_page(request, "close_unreached", form, found, tries=queries.tries_of(found), letter=letter)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def reopen(request: Request, case_id: UUID) -> HttpResponse:
    found = open_case(request, case_id, "Open again")
    form = forms.ReopenForm(typed(request))
    if sent(request, form, lambda: actions.reopen(found, reason=form.cleaned_data["reason"], by=request.actor)):
        messages.success(request, "The case is open again.")
        return redirect("casework:case", found.pk)
    return form_page(request, "reopen", form, found)
