"""Registers: who is expected at a session, ticked on one page."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.connections import queries as connections
from linkworks.core.access import actor_of, allow
from linkworks.core.clock import today
from linkworks.ui.formats import long_date, plural
from linkworks.ui.views import form_page, found, typed

from .. import access, actions, forms, presenters, queries, rules


@allow(access.can_mark_attendance)
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    sessions = [presenters.session_card(each) for each in queries.sessions(actor_of(request))]
    return render(request, "providers/registers.jinja", {"sessions": sessions})


@allow(access.can_mark_attendance)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, service_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    service = found(queries.own_service(actor, service_id))
    days = queries.session_days(service_id, today())
    day = found(rules.chosen_day(request.GET.get("on", ""), days))
    expected = connections.register(actor, service_id=service_id, session_on=day)
    form = forms.RegisterForm(expected, data=typed(request))
    if request.method == "POST" and form.is_valid():
        return keep(request, form, service_id, day)
    context = {
        "service": service,
        "form": form,
        "day": day,
        "form_action": address(service_id, day),
        "filters": presenters.register_filter(day, today(), days),
        "worries": presenters.worries(expected),
    }
    return form_page(request, "providers/register.jinja", context)


def keep(request: HttpRequest, form: forms.RegisterForm, service_id: UUID, day: date) -> HttpResponse:
    kept = actions.keep_register(form.marks(), session_on=day, by=actor_of(request))
    said = f"Saved: {plural(kept, 'person', 'people')} marked" if kept else "Nothing was changed"
    messages.success(request, f"{said} for {long_date(day)}.")
    return redirect(address(service_id, day))


def address(service_id: UUID, day: date) -> str:
    """The register of one day: saved after midnight, it is still that day's."""
    return f"{reverse('providers:register', args=[service_id])}?on={day.isoformat()}"
