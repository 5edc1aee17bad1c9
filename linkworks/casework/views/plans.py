"""The plan: goals, steps, agreement, print and review."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import Request, allow
from linkworks.organisations.queries import scheme_card
from linkworks.outcomes.presenters import change_lines
from linkworks.people.queries import channels_of

from .. import access, actions, forms, queries
from ..presenters import case as words
from ..presenters import people
from ..presenters import plan as plan_words
from ..presenters.feedback import to_ask
from .opening import form_page, open_case, open_goal, pressed, sent, token_of, typed


@allow(access.sees_cases)
@require_safe
def plan(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Plan")
    view = queries.plan_view(case)
    context = {
        "case": case,
        "head": people.head(case, channels_of(case.person_id)),
        "view": view,
        "goals": [words.goal_view(each) for each in view.goals],
        "status": plan_words.status(view),
        "may_work": access.works_now(request.actor, case),
        "form_token": token_of(request),
    }
    return render(request, "casework/plan.jinja", context)


@allow(access.sees_cases)
@require_safe
def plan_print(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Plan to print")
    sheet = plan_words.sheet(queries.plan_view(case), scheme_card(case.scheme_id))
    return render(request, "casework/plan_print.jinja", {"case": case, "sheet": sheet})


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def agree(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Agree the plan")
    form = forms.AgreeForm(typed(request), initial={"review_on": queries.review_day(case.scheme_id)})

    def act() -> Any:
        said = form.cleaned_data
        return actions.agree_plan(case, how=said["agreed_how"], review_on=said["review_on"], by=request.actor)

    told = queries.told_at_plan(case)
    if sent(request, form, act):
        messages.success(request, plan_words.agreed_words(told))
        return redirect("casework:plan", case.pk)
    goals = [words.goal_view(each) for each in queries.goals_of(case)]
    return form_page(request, "agree", form, case, goals=goals, told=told)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def goal_new(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Add a goal")
    form, token = forms.GoalForm(typed(request)), token_of(request)
    if sent(request, form, lambda: actions.set_goal(case, facts=form.facts(), token=token, by=request.actor)):
        messages.success(request, "The goal was added.")
        return redirect("casework:plan", case.pk)
    return form_page(request, "goal", form, case, back=reverse("casework:plan", args=[case.pk]), title="Add a goal")


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def goal(request: Request, goal_id: UUID) -> HttpResponse:
    found, case = open_goal(request, goal_id, "Change a goal")
    start = {"words": found.words, "needs": found.needs, "benefit": found.benefit}
    form = forms.GoalForm(typed(request), initial=start)
    if sent(request, form, lambda: actions.change_goal(found, facts=form.facts(), by=request.actor)):
        messages.success(request, "The goal was changed.")
        return redirect("casework:plan", case.pk)
    return form_page(request, "goal", form, case, back=reverse("casework:plan", args=[case.pk]), title="Change a goal")


@allow(access.can_work)
@require_POST
def goal_reopen(request: Request, goal_id: UUID) -> HttpResponse:
    found, case = open_goal(request, goal_id, "Take a goal up again")
    done = "The goal is worked on again."
    return pressed(request, lambda: actions.reopen_goal(found, by=request.actor), done, "casework:plan", case.pk)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def step_new(request: Request, goal_id: UUID) -> HttpResponse:
    found, case = open_goal(request, goal_id, "Add a step")
    form, token = forms.StepForm(typed(request)), token_of(request)
    if sent(request, form, lambda: actions.add_step(found, facts=form.facts(), token=token, by=request.actor)):
        messages.success(request, "The step was added.")
        return redirect("casework:plan", case.pk)
    return form_page(request, "step", form, case, goal=found, back=reverse("casework:plan", args=[case.pk]))


@allow(access.can_work)
@require_POST
def step_done(request: Request, step_id: UUID) -> HttpResponse:
    case = case_of_step(request, step_id)
    return pressed(
        request, lambda: actions.finish_step(step_id, by=request.actor), "The step is done.", "casework:plan", case
    )


@allow(access.can_work)
@require_POST
def step_remove(request: Request, step_id: UUID) -> HttpResponse:
    case = case_of_step(request, step_id)
    return pressed(
        request,
        lambda: actions.remove_step(step_id, by=request.actor),
        "The step was taken out.",
        "casework:plan",
        case,
    )


def case_of_step(request: Request, step_id: UUID) -> UUID:
    found = access.visible_goals(request.actor).filter(steps__pk=step_id).values_list("case_id", flat=True).first()
    if found is None:
        raise Http404
    return found


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def review(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Review")
    every = queries.goals_of(case)
    goals = [(each.goal.pk, each.goal.words) for each in every if each.goal.state == "open"]
    form = forms.ReviewForm(typed(request), goals=goals, initial={"review_on": queries.review_day(case.scheme_id)})

    def act() -> Any:
        return actions.review_goals(
            case, reviews=form.reviews(), review_on=form.cleaned_data["review_on"], by=request.actor
        )

    if sent(request, form, act):
        messages.success(request, "The review was kept.")
        return redirect("casework:case", case.pk)
    return form_page(
        request,
        "review",
        form,
        case,
        changes=change_lines(queries.change_of(case)),
        goals=goals,
        has_goals=bool(every),
        to_ask=to_ask(queries.not_asked(case)),
        asks_wellbeing=queries.is_to_ask(case, "review"),
    )
