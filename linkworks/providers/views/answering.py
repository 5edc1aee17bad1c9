"""The form of an answer, whichever door it is opened by."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linkworks.connections import queries as connections
from linkworks.core import idempotency
from linkworks.core.access import actor_of
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.ui import fields

from .. import actions, forms, presenters, rules


def answer_page(request: HttpRequest, found: Any, kind: str, door: presenters.Door) -> HttpResponse:
    """Show the form, or give the answer and say thank you. What can no longer be answered leads to where it stands."""
    seen = connections.seen(found)
    if not rules.possible(seen.state, kind):
        return redirect(door.here)
    form = forms.form_for(kind, seen, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and given(request, found, kind, form):
        return redirect(door.to("done", kind))
    token = request.POST.get("form_token") or idempotency.new_token()
    context = {"form": form, "form_token": token, **presenters.answer_page(seen, kind, door)}
    return render(request, "providers/answer.jinja", context, status=400 if form.errors else 200)


def given(request: HttpRequest, found: Any, kind: str, form: fields.Form) -> bool:
    """Give the answer. What stands in its way is said on the form."""
    token = request.POST.get("form_token", "")
    try:
        actions.answer(found, kind=kind, given=form.cleaned_data, token=token, by=actor_of(request))
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    except (Conflict, NotAllowed) as error:
        form.add_error(None, error.message)
    return not form.errors
