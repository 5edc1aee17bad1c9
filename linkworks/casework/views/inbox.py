"""The inbox: read a referral, take it, say no, or pass it on; and give cases to workers."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect as go
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.audit.actions import record_view, record_views
from linkworks.core.access import Request, allow
from linkworks.referrals import actions as referrals
from linkworks.referrals.access import can_key_in, can_see_inbox, may_change, visible_referrals
from linkworks.referrals.queries import (
    OPEN,
    decline_reasons,
    hears,
    history,
    is_to_tell,
    late_days,
    links_undone,
    to_tell,
)
from linkworks.referrals.queries import inbox as inbox_of
from linkworks.ui import paging

from .. import access, actions, forms, queries
from ..presenters import inbox as words
from ..presenters import lists
from .opening import form_page, open_case, sent, typed

STATES = {
    "sent": "To decide",
    "accepted": "Accepted",
    "declined": "Declined",
    "redirected": "Passed on",
    "withdrawn": "Withdrawn",
    "to-tell": "To tell",
}
NONE_HERE = {
    "sent": "Nobody is waiting. New referrals appear here.",
    "accepted": "No referral has been accepted yet.",
    "declined": "No referral has been declined.",
    "redirected": "No referral has been passed on.",
    "withdrawn": "No referral has been withdrawn.",
    "to-tell": "Everybody who asked has heard what was decided.",
}


@allow(can_see_inbox)
@require_safe
def inbox(request: Request) -> HttpResponse:
    state = request.GET.get("state", "sent")
    state = state if state in STATES else "sent"
    asked = request.GET.get("q", "")
    found = to_tell(request.actor, asked) if state == "to-tell" else inbox_of(request.actor, state, asked)
    context = {
        "may_key_in": can_key_in(request.actor),
        "page": paging.paginate(request.GET, found, present=partial(lists.referral_row, late=late_days(request.actor))),
        "search": request.GET.get("q", ""),
        "empty_text": NONE_HERE[state],
        "views": paging.views("state", state, STATES),
    }
    return render(request, "casework/inbox.jinja", context)


def open_referral(request: Request, referral_id: UUID) -> Any:
    """A referral in the inbox of one's own scheme."""
    found = visible_referrals(request.actor).filter(scheme__in=list(request.actor.schemes), pk=referral_id)
    referral = found.select_related("from_organisation", "person", "previous").first()
    if referral is None:
        raise Http404
    if request.method == "GET" and referral.person_id:
        record_view(person_id=referral.person_id, scheme_id=referral.scheme_id, page="Referral", by=request.actor)
    return referral


def known_to(request: Request, referral: Any) -> list[queries.Known]:
    """Whom this may be. Reading of them is written down as well."""
    known = queries.known_people(referral, request.actor) if referral.state == "sent" else []
    if request.method == "GET":
        seen = [(each.match.person_id, referral.scheme_id) for each in known]
        record_views(seen, page="Possible match", by=request.actor)
    return known


@allow(can_see_inbox)
@require_safe
def inbox_referral(request: Request, referral_id: UUID) -> HttpResponse:
    referral = open_referral(request, referral_id)
    case = queries.open_case_of(referral.person_id) if referral.person_id else None
    context = {
        "referral": words.referral_view(referral),
        "late": lists.late_tag(referral, late_days(request.actor)),
        "known": [words.known_line(each) for each in known_to(request, referral)],
        "history": [words.event_line(each) for each in history(referral.pk)],
        "undone": [words.undone_line(each) for each in links_undone(referral.pk)],
        "may_undo": access.can_triage(request.actor) and queries.joined_somebody_known(referral),
        "is_to_tell": is_to_tell(referral.pk, request.actor),
        "may_tell": access.can_triage(request.actor),
        "may_decide": access.can_triage(request.actor) and referral.state == "sent",
        "may_change": may_change(request.actor, referral) and referral.state in OPEN,
        "case": case,
        "opens_case": case is not None and sees(request, case),
    }
    return render(request, "casework/inbox_referral.jinja", context)


@allow(access.can_triage)
@require_http_methods(["GET", "POST"])
def accept(request: Request, referral_id: UUID) -> HttpResponse:
    referral = open_referral(request, referral_id)
    known = [words.known_choice(each) for each in known_to(request, referral)]
    form = forms.AcceptForm(typed(request), known=known)

    def act() -> Any:
        chosen = {"person_id": form.person_id(), "complexity": int(form.cleaned_data["complexity"])}
        return actions.open_from_referral(referral, **chosen, by=request.actor)

    case = sent(request, form, act)
    if case:
        messages.success(request, words.accepted(case, referral))
        may_give = case.state == "waiting" and access.can_allocate(request.actor) and sees(request, case)
        return go("casework:allocate" if may_give else "casework:inbox", *([case.pk] if may_give else []))
    return form_page(request, "accept", form, referral=words.referral_view(referral))


def sees(request: Request, case: Any) -> bool:
    return access.visible_cases(request.actor).filter(pk=case.pk).exists()


@allow(access.can_triage)
@require_http_methods(["GET", "POST"])
def decline(request: Request, referral_id: UUID) -> HttpResponse:
    referral = open_referral(request, referral_id)
    tells = words.telling(hears(referral))
    reasons = decline_reasons(referral.scheme_id)
    form = forms.DeclineForm(typed(request), reasons=reasons, label=tells.label, hint=tells.hint)
    if sent(request, form, lambda: referrals.decline(referral, **form.cleaned_data, by=request.actor)):
        return decided(request, referral, "The referral was declined.")
    return form_page(request, "decline", form, referral=words.referral_view(referral), tells=tells)


def decided(request: Request, referral: Any, what: str) -> HttpResponse:
    """Say truly who hears of a decision; on to telling them where only somebody speaking can."""
    hearing = hears(referral)
    say = messages.success if hearing.way else messages.warning
    say(request, f"{what} {words.telling(hearing).after}")
    return go("casework:inbox") if hearing.way else go("casework:told", referral.pk)


@allow(access.can_triage)
@require_http_methods(["GET", "POST"])
def told(request: Request, referral_id: UUID) -> HttpResponse:
    """Whoever asked is told by somebody who speaks to them."""
    referral = open_referral(request, referral_id)
    form = forms.ToldForm(typed(request))

    def act() -> bool:
        referrals.note_told(referral, **form.cleaned_data, by=request.actor)
        return True

    if sent(request, form, act):
        messages.success(request, "Written down.")
        return go("casework:inbox")
    return form_page(request, "told", form, referral=words.referral_view(referral))


@allow(access.can_triage)
@require_http_methods(["GET", "POST"])
def redirect(request: Request, referral_id: UUID) -> HttpResponse:
    referral = open_referral(request, referral_id)
    tells = words.telling(hears(referral))
    schemes = queries.schemes_to_choose(referral)
    form = forms.RedirectForm(typed(request), schemes=schemes, label=tells.label, hint=tells.hint)

    def act() -> Any:
        said = form.cleaned_data
        to = (
            {"scheme_id": UUID(said["scheme"]), "agreed": said["agreed"]}
            if said["where"] == "scheme"
            else {"to_words": said["to_words"]}
        )
        return referrals.redirect(referral, **to, words=said["words"], by=request.actor)

    if sent(request, form, act):
        return decided(request, referral, "The referral was passed on.")
    return form_page(request, "redirect", form, referral=words.referral_view(referral), tells=tells)


@allow(access.can_allocate)
@require_safe
def allocation(request: Request) -> HttpResponse:
    waiting = paging.paginate(request.GET, queries.waiting(request.actor))
    teams = {scheme_id: queries.workers(scheme_id) for scheme_id in request.actor.schemes}
    team = [worker for each in teams.values() for worker in each]
    suggested = queries.suggestions([(case.scheme_id, case.complexity) for case in waiting], teams)
    context = {
        "page": waiting,
        "cards": [lists.waiting_card(case, suggested[case.scheme_id, case.complexity]) for case in waiting],
        "left": queries.caseload(request.actor, worker="left").count(),
        "team": [lists.worker_row(worker) for worker in team],
        "full_caseload": next((f"{worker.full_caseload:g}" for worker in team), ""),
    }
    return render(request, "casework/allocation.jinja", context)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def allocate(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Give to a worker")
    workers, best = queries.workers(case.scheme_id), None
    if access.can_allocate(request.actor):
        best = queries.suggestion(case.scheme_id, case.complexity, workers)
    else:
        workers = [each for each in workers if each.id == request.actor.user_id]
    choices, hints = lists.worker_choices(workers, best)
    form = forms.AllocateForm(
        typed(request), workers=choices, hints=hints, initial={"worker": choices[0][0] if choices else ""}
    )

    def act() -> Any:
        said = form.cleaned_data
        return actions.allocate(case, worker_id=UUID(said["worker"]), reason=said["reason"], by=request.actor)

    given = sent(request, form, act)
    if given:
        messages.success(request, f"{case.person.full_name} was given to {given.worker.name}.")
        return go("casework:allocation" if access.can_allocate(request.actor) else "casework:today")
    back, gives = reverse("casework:case", args=[case.pk]), access.can_allocate(request.actor)
    return form_page(request, "allocate", form, case, back=back, gives=gives)
