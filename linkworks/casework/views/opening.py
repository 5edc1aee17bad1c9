"""What every case page does first and last: find the case among one's own, note who looked, show the form again."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from linkworks.audit.actions import record_view
from linkworks.core import idempotency
from linkworks.core.access import Request
from linkworks.core.errors import Conflict, Invalid, LinkworksError, NotAllowed
from linkworks.people.queries import channels_of
from linkworks.ui.fields import Form

from .. import access
from ..presenters import people

T = TypeVar("T")


def open_case(request: Request, case_id: UUID, page: str) -> Any:
    """The case, if it is one of the actor's; opening its page is written down."""
    case = (
        access.visible_cases(request.actor)
        .select_related("person", "worker", "scheme", "conversation")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise Http404
    if request.method == "GET":
        record_view(person_id=case.person_id, scheme_id=case.scheme_id, page=page, by=request.actor)
    return case


def open_goal(request: Request, goal_id: UUID, page: str) -> tuple[Any, Any]:
    goal = access.visible_goals(request.actor).filter(pk=goal_id).first()
    if goal is None:
        raise Http404
    return goal, open_case(request, goal.case_id, page)


def typed(request: Request) -> Any:
    """What was sent, or nothing when the page is only opened."""
    return request.POST if request.method == "POST" else None


def token_of(request: Request) -> str:
    """The form's token: kept while its mistakes are mended, so that it is taken once."""
    return request.POST.get("form_token") or idempotency.new_token()


def sent(request: Request, form: Form, act: Callable[[], T]) -> T | None:
    """What the action gave when the form held and it was done; otherwise nothing, and the form says what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    except (Conflict, NotAllowed) as error:
        form.add_error(None, error.message)
    return None


def form_page(request: Request, name: str, form: Form, case: Any = None, **more: Any) -> HttpResponse:
    """The page of a form, with who it is about; 400 when something is wrong with what was sent."""
    about = {"head": people.head(case, channels_of(case.person_id)), "case": case} if case else {}
    context = {"form": form, "form_token": token_of(request), **about, **more}
    return render(request, f"casework/{name}.jinja", context, status=400 if form.errors else 200)


def pressed(request: Request, act: Callable[[], Any], done: str, to: str, *where: Any) -> HttpResponse:
    """One button was pressed: do it, say so, and go on; or say why not."""
    try:
        act()
        messages.success(request, done)
    except LinkworksError as error:
        messages.warning(request, error.message)
    return redirect(to, *where)
