"""What every case page does first and last: find the case among one's own, note who looked, show the form again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from linkworks.audit.actions import record_view
from linkworks.core.access import Request
from linkworks.people.queries import channels_of
from linkworks.ui import views
from linkworks.ui.fields import Form
from linkworks.ui.views import found, pressed, sent, token_of, typed

from .. import access
from ..presenters import people

__all__ = [
    "form_page",
    "found",
    "goal_asked",
    "keeps",
    "open_case",
    "open_goal",
    "pressed",
    "sent",
    "token_of",
    "typed",
]


def open_case(request: Request, case_id: UUID, page: str) -> Any:
    """The case, if it is one of the actor's; opening its page is written down."""
    cases = access.visible_cases(request.actor).select_related("person", "worker", "scheme", "conversation")
    case = found(cases.filter(pk=case_id).first())
    if request.method == "GET":
        record_view(person_id=case.person_id, scheme_id=case.scheme_id, page=page, by=request.actor)
    return case


def open_goal(request: Request, goal_id: UUID, page: str) -> tuple[Any, Any]:
    goal = found(access.visible_goals(request.actor).filter(pk=goal_id).first())
    return goal, open_case(request, goal.case_id, page)


def goal_asked(request: Request) -> list[UUID]:
    """The goal the address names, if it names any; whether one may see it is asked where it is used."""
    try:
        return [UUID(request.GET.get("goal", ""))]
    except ValueError:
        return []


def keeps(form: Form, version: str) -> str:
    """A mistake of one's own is mended on the version one saw; after a colleague's change it is the new one."""
    return version if form.errors and not form.non_field_errors() else ""


def form_page(request: Request, name: str, form: Form, case: Any = None, **more: Any) -> HttpResponse:
    """The page of a form, with who it is about; 400 when something is wrong with what was sent."""
    about = {"head": people.head(case, channels_of(case.person_id)), "case": case} if case else {}
    context = {"form": form, "form_token": token_of(request), **about, **more}
    return views.form_page(request, f"casework/{name}.jinja", context)
