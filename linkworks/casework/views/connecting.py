"""From a goal to a group, and everything about a connection afterwards."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.audit.actions import record_view
from linkworks.connections.queries import can_be_written_to, group_reads
from linkworks.core.access import Request, allow
from linkworks.core.clock import today
from linkworks.directory.queries import met_on, service_card
from linkworks.people.queries import channels_of

from .. import access, actions, forms, queries
from ..presenters import case as words
from ..presenters import connection as connection_words
from ..presenters import people
from .opening import form_page, goal_asked, open_case, open_goal, sent, token_of, typed

WEEKS_BACK = 5  # a group that meets once a month met within these
WRITTEN = "Your message is on its way. If it cannot be delivered, a task asks you to telephone."


@allow(access.can_connect)
@require_http_methods(["GET", "POST"])
def connect(request: Request, goal_id: UUID, service_id: UUID) -> HttpResponse:
    goal, case = open_goal(request, goal_id, "Connect")
    card = service_card(service_id)
    if card is None:
        raise Http404
    start = queries.sharing_start(goal, case)
    first = connection_words.sharing_initial(start)
    asked = {"is_full": card.full, "asks_emergency": not start.may_share_emergency_contact}
    form = forms.SharingForm(typed(request), ways=start.choices, initial=first, **asked)
    token = token_of(request)

    def act() -> Any:
        why, facts = form.why_although_full(), form.facts()
        return actions.connect(
            goal, service_id=service_id, sharing=facts, although_full=why, token=token, by=request.actor
        )

    made = sent(request, form, act)
    if made:
        messages.success(request, connection_words.asked(card.name, is_written=can_be_written_to(made)))
        return redirect("casework:connection", made.pk)
    back, about = reverse("casework:goal-match", args=[goal.pk]), connection_words.group(card)
    return form_page(request, "connect", form, case, goal=goal, service=card, start=start, back=back, **about)


def last_met(service_id: UUID) -> date:
    """The day that is asked about: the last on which the group met; today where nobody knows when it meets."""
    lately = [today() - timedelta(days=back) for back in range(WEEKS_BACK * 7)]
    return met_on(service_id, lately)[0]


def open_connection(request: Request, connection_id: UUID, page: str) -> Any:
    file = queries.connection_file(connection_id, request.actor)
    if file is None:
        raise Http404
    if request.method == "GET":
        record_view(person_id=file.case.person_id, scheme_id=file.case.scheme_id, page=page, by=request.actor)
    return file


@allow(access.sees_cases)
@require_safe
def connection(request: Request, connection_id: UUID) -> HttpResponse:
    file = open_connection(request, connection_id, "Connection")
    context = {
        "file": file,
        "case": file.case,
        "head": people.head(file.case, channels_of(file.case.person_id)),
        "line": words.connection_line(file.connection),
        "shared": words.shared_rows(file),
        "doors": words.connection_doors(file) if access.works_now(request.actor, file.case) else [],
        "events": [connection_words.move_line(each) for each in queries.connection_moves(connection_id)],
        "talk": [connection_words.question_line(each) for each in file.questions],
        "sides": connection_words.both_sides(queries.both_sides(file.connection)),
        "came": [connection_words.attendance_row(each) for each in file.attendances],
        "service": service_card(file.connection.service_id),
        "may_read_said": access.can_connect(request.actor),
        "form": forms.MessageForm(),
        "form_token": token_of(request),
        "may_write": access.works_on(request.actor, file.case) and group_reads(file.connection),
    }
    return render(request, "casework/connection.jinja", context)


def about_connection(
    request: Request, file: Any, name: str, form: Any, *, act: Callable[[Any], Any], done: str
) -> HttpResponse:
    """A form about one connection; afterwards its page again."""

    def do() -> bool:
        act(file.connection)
        return True

    if sent(request, form, do):
        messages.success(request, done)
        return redirect("casework:connection", file.connection.pk)
    back = reverse("casework:connection", args=[file.connection.pk])
    return form_page(request, name, form, file.case, connection=file.connection, back=back)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def connection_answer(request: Request, connection_id: UUID) -> HttpResponse:
    file = open_connection(request, connection_id, "Their answer")
    form = forms.AnswerForm(typed(request), state=file.connection.state)

    def act(found: Any) -> Any:
        return actions.record_answer(found, **form.cleaned_data, by=request.actor)

    return about_connection(request, file, "connection_answer", form, act=act, done="Their answer was recorded.")


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def connection_attendance(request: Request, connection_id: UUID) -> HttpResponse:
    file = open_connection(request, connection_id, "Whether they went")
    form = forms.AttendanceForm(
        typed(request),
        has_first_day=file.connection.first_session_on is not None,
        initial={"session_on": last_met(file.connection.service_id)},
    )

    def act(found: Any) -> Any:
        return actions.record_attendance(found, facts=form.facts(), by=request.actor)

    return about_connection(request, file, "connection_attendance", form, act=act, done="It was recorded.")


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def connection_end(request: Request, connection_id: UUID) -> HttpResponse:
    file = open_connection(request, connection_id, "How it ended")
    form = forms.EndForm(typed(request))

    def act(found: Any) -> Any:
        return actions.end_connection(found, **form.cleaned_data, by=request.actor)

    return about_connection(request, file, "connection_end", form, act=act, done="How it ended was recorded.")


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def connection_withdraw(request: Request, connection_id: UUID) -> HttpResponse:
    file = open_connection(request, connection_id, "Withdraw")
    form = forms.WithdrawForm(typed(request))

    def act(found: Any) -> Any:
        return actions.withdraw_connection(found, reason=form.cleaned_data["reason"], by=request.actor)

    return about_connection(request, file, "connection_withdraw", form, act=act, done="The connection was withdrawn.")


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def connection_write(request: Request, connection_id: UUID) -> HttpResponse:
    file = open_connection(request, connection_id, "Write to the group")
    form, token = forms.MessageForm(typed(request)), token_of(request)

    def act(found: Any) -> Any:
        return actions.write_to_provider(found, text=form.cleaned_data["text"], token=token, by=request.actor)

    return about_connection(request, file, "connection_write", form, act=act, done=WRITTEN)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def unmet(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Nothing fits")
    goal = access.visible_goals(request.actor).filter(case=case, pk__in=goal_asked(request)).first()
    form, token = forms.UnmetForm(typed(request), needs=list(goal.needs) if goal else []), token_of(request)

    def act() -> Any:
        facts = form.facts(goal.pk if goal else None)
        return actions.record_unmet_need(case, facts=facts, token=token, by=request.actor)

    if sent(request, form, act):
        messages.success(request, "Recorded. It counts: gaps are how new things start.")
        return redirect("casework:case", case.pk)
    return form_page(request, "unmet", form, case, goal=goal)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def unmet_resolve(request: Request, unmet_id: UUID) -> HttpResponse:
    found = access.visible_unmet_needs(request.actor).filter(pk=unmet_id).first()
    if found is None:
        raise Http404
    case = open_case(request, found.case_id, "Unmet need")
    form = forms.ResolveForm(typed(request))
    if sent(
        request,
        form,
        lambda: actions.resolve_unmet_need(found, resolution=form.cleaned_data["resolution"], by=request.actor),
    ):
        messages.success(request, "The need is resolved.")
        return redirect("casework:case", case.pk)
    return form_page(request, "unmet_resolve", form, case, unmet=words.unmet_line(found))
