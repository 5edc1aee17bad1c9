"""What fits a goal, what it must be, and why a named service is not shown."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.connections.queries import tallies
from linkworks.core.access import Request, allow
from linkworks.directory.queries import why_not_shown
from linkworks.people.queries import channels_of
from linkworks.ui import paging

from .. import access, actions, forms, queries
from ..presenters import matching as words
from ..presenters import people
from ..queries import Wanted
from .opening import form_page, goal_asked, open_case, open_goal, sent, typed

PER_PAGE = 10
SAVED = "Kept. It counts for all their goals."


@allow(access.can_connect)
@require_safe
def goal_match(request: Request, goal_id: UUID) -> HttpResponse:
    goal, case = open_goal(request, goal_id, "Find support")
    limits = queries.limits_of(case)
    aside = queries.set_aside_for(goal)
    form, wanted = looked_for(request, goal, limits, aside)
    found = queries.services_for_goal(case, wanted, by=request.actor, limits=limits)
    page = paging.paginate(request.GET, found.sorted.fits, PER_PAGE)
    fits, nearly = found.shown(page.items), found.nearly
    spoken = tallies(request.actor, [each.service_id for each in (*fits, *nearly)])
    around = words.Around(goal.pk, spoken, queries.asked_before(case), request.GET.urlencode())
    context = {
        **about(goal, case, around.looked),
        "form": form,
        "must_be": words.must_be(case, limits, goal.pk),
        "must_be_line": words.must_be_line(limits),
        "is_asked": words.is_asked(limits),
        "page": page,
        "cards": around.cards(fits),
        "nearly": around.nearly(nearly),
        "nearly_words": words.nearly_words(page.total),
        "aside": [words.aside_row(each) for each in aside],
        **words.full_and_others(found),
    }
    return render(request, "casework/goal_match.jinja", context)


def looked_for(request: Request, goal: Any, limits: Any, aside: Iterable[Any]) -> tuple[forms.LookForm, Wanted]:
    """What to look for: the goal and what they can manage, or as it was changed on the page for this once."""
    wanted = queries.wanted_for(goal, limits, [each.service_id for each in aside])
    start = {"needs": goal.needs, "within": f"{wanted.within_km:g}"}
    asked = {"needs", "within", "words", "advice"} & set(request.GET)
    form = forms.LookForm(request.GET if asked else None, initial=start)
    if form.is_valid():
        said = form.cleaned_data
        within = float(said["within"] or wanted.within_km)
        wanted = replace(
            wanted, words=said["words"], needs=tuple(said["needs"]), within_km=within, advice=said["advice"]
        )
    return form, wanted


def about(goal: Any, case: Any, looked: str) -> dict[str, Any]:
    asked = f"?{looked}" if looked else ""
    return {
        "goal": goal,
        "case": case,
        "head": people.head(case, channels_of(case.person_id)),
        "unmet_href": reverse("casework:unmet", args=[case.pk]) + f"?goal={goal.pk}",
        "why_href": reverse("casework:goal-why", args=[goal.pk]) + asked,
        "match_href": reverse("casework:goal-match", args=[goal.pk]) + asked,
    }


@allow(access.can_connect)
@require_safe
def goal_why(request: Request, goal_id: UUID) -> HttpResponse:
    goal, case = open_goal(request, goal_id, "Why a service is not shown")
    asked = request.GET.copy()
    asked.pop("name", None)
    form, named = forms.WhyForm(request.GET if "name" in request.GET else None), []
    if form.is_valid():
        limits, aside = queries.limits_of(case), queries.set_aside_for(goal)
        _, wanted = looked_for(request, goal, limits, aside)
        found = queries.services_for_goal(case, wanted, by=request.actor, limits=limits)
        known = {each.service_id: each for each in aside}
        named = [words.explained(each, known) for each in why_not_shown(form.cleaned_data["name"], found)]
    context = {**about(goal, case, asked.urlencode()), "form": form, "named": named, "is_named": form.is_valid()}
    context["keep"] = [(name, value) for name, values in asked.lists() for value in values]
    return render(request, "casework/goal_why.jinja", context)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def limits(request: Request, case_id: UUID, about: str) -> HttpResponse:
    case = open_case(request, case_id, "What they can manage")
    if about not in forms.LIMITS:
        raise Http404
    known, asks = queries.limits_of(case), forms.LIMITS[about]
    name = next(iter(asks.base_fields))
    value = getattr(known, name)
    form = asks(typed(request), initial={name: f"{value:g}" if isinstance(value, float) else value})
    back = back_to_goal(request, case)

    def act() -> Any:
        return actions.set_limit(case, about=name, said=form.cleaned_data[name], by=request.actor)

    if sent(request, form, act):
        messages.success(request, SAVED)
        return redirect(back)
    return form_page(request, "limits", form, case, back=back, title=form.fields[name].label)


def back_to_goal(request: Request, case: Any) -> str:
    """To the matches of the goal one came from, if it is one of this case; else to the plan."""
    found = access.visible_goals(request.actor).filter(case=case, pk__in=goal_asked(request)).first()
    return reverse("casework:goal-match", args=[found.pk]) if found else reverse("casework:plan", args=[case.pk])
