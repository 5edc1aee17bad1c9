"""The form of an answer, whichever door it is opened by."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linkworks.connections import queries as connections
from linkworks.core.access import actor_of
from linkworks.ui.views import carried_out, form_page, token_of, typed

from .. import actions, forms, presenters, rules


def answer_page(request: HttpRequest, found: Any, kind: str, door: presenters.Door) -> HttpResponse:
    """Show the form, or give the answer and say thank you. What can no longer be answered leads to where it stands."""
    seen = connections.where_it_stands(found)
    if not rules.possible(seen.state, kind):
        return redirect(door.here)
    form, token = forms.form_for(kind, seen, typed(request)), token_of(request)

    def act() -> None:
        actions.answer(found, kind=kind, given=form.cleaned_data, token=token, by=actor_of(request))

    if carried_out(request, form, act):
        return redirect(door.to("done", kind))
    context = {"form": form, "form_token": token, **presenters.answer_page(seen, kind, door)}
    return form_page(request, "providers/answer.jinja", context)
