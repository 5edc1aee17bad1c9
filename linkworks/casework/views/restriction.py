"""Who may see somebody's record: the lead and the manager decide, the lead has the list, a worker opens one in an emergency."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.audit.actions import record_view
from linkworks.core.access import Request, allow
from linkworks.people import access as people_access
from linkworks.people import actions as people
from linkworks.people import queries as people_queries
from linkworks.ui import paging

from .. import access, actions, forms, queries
from ..presenters import restriction as words
from .opening import form_page, sent, typed

MOST_OPENINGS = 20


@allow(people_access.can_restrict)
@require_http_methods(["GET", "POST"])
def restriction(request: Request, person_id: UUID) -> HttpResponse:
    person = get_object_or_404(people_access.restrictable_people(request.actor), pk=person_id)
    leads = access.leads_safeguarding(request.actor)
    levels = words.levels(person, leads=leads, manages=people_access.can_restrict(request.actor))
    team = people_queries.may_be_named(person.scheme_id)
    start = queries.restriction_start(person, request.actor)
    form = forms.RestrictionForm(typed(request), levels=levels, team=team, initial=start)
    done = sent(request, form, lambda: actions.keep_close(person, **form.said(), by=request.actor))
    if done:
        said = form.said()
        messages.success(request, words.saved(done, said["level"], [team[each] for each in said["named"]]))
        return redirect("casework:kept-close" if leads else "casework:caseload")
    if request.method == "GET":
        record_view(person_id=person.pk, scheme_id=person.scheme_id, page="Who may see it", by=request.actor)
    history = [words.change_line(each) for each in people_queries.restriction_changes(person.pk)]
    shown = {
        "person": person,
        "leads": leads,
        "now": words.now_words(person),
        "history": history,
        "may_change": bool(levels),
    }
    return form_page(request, "restriction", form, case_now=queries.case_to_open(person.pk, request.actor), **shown)


@allow(access.leads_safeguarding)
@require_safe
def kept_close(request: Request) -> HttpResponse:
    """The lead's list of records kept close, and what was opened in an emergency."""
    openings = people_queries.emergency_openings(request.actor)
    context = {
        "page": paging.paginate(request.GET, people_queries.kept_close(request.actor), present=words.kept_row),
        "openings": [words.opening_line(each) for each in openings[:MOST_OPENINGS]],
        "more_openings": max(openings.count() - MOST_OPENINGS, 0),
    }
    return render(request, "casework/kept_close.jinja", context)


@allow(people_access.can_open_in_emergency)
@require_http_methods(["GET", "POST"])
def emergency(request: Request) -> HttpResponse:
    form = forms.EmergencyForm(typed(request))

    def act() -> Any:
        return people.open_in_emergency(who=form.who(), reason=form.cleaned_data["reason"], by=request.actor)

    opening = sent(request, form, act)
    if opening and opening.person_id:
        messages.warning(request, words.opened(opening.until))
        found = queries.case_to_open(opening.person_id, request.actor)
        return redirect("casework:case", found.pk) if found else redirect("casework:caseload")
    if opening:
        form.add_error(None, words.NOT_FOUND)
    return form_page(request, "emergency", form)
