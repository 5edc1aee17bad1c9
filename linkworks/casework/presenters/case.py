"""The case page, the plan and a connection, in words."""

from datetime import date
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from linkworks.connections.states import ANSWERS, HAS_BEEN, HOLDS_A_PLACE, Move, State, possible
from linkworks.core import vocabulary
from linkworks.referrals.rules import age_on
from linkworks.ui import formats

from ..queries.file import CaseFile, ConnectionFile, GoalFile
from ..queries.telling import Told
from ..states import NextKind
from . import doors
from .people import born_words
from .wording import BEING_TOLD, CASE_TAGS, CONNECTION_TAGS, GOAL_TAGS, joined, tag, they_said

CLOSED = "closed"
TAKE = "Take this case"


def case_tags(file: CaseFile) -> list[dict[str, str]]:
    shown = [tag(CASE_TAGS, file.case.state)]
    if file.has_open_concern:
        shown.append({"text": "Safeguarding concern open", "colour": "red"})
    return [each for each in shown if each]


def subtitle(file: CaseFile, today: date) -> Markup:
    """Called, age and born, in one line under the name, and the reference, which stays whole."""
    person = file.case.person
    called = f"Called {person.chosen_name}" if person.chosen_name and person.chosen_name != person.given_name else ""
    born = f"born {born_words(person.born_on)} (age {age_on(person.born_on, today)})" if person.born_on else ""
    line = joined(called, person.pronouns, born)
    return (
        Markup("{}").format(line[:1].upper() + line[1:])
        + (", " if line else "")
        + formats.unbroken(file.case.reference)
    )


def primary(file: CaseFile, *, gives: bool = True) -> dict[str, str]:
    """The one thing to do next: what the case says is next, done with one click. Who cannot give it can take it."""
    case = file.case
    if case.state == CLOSED:
        return doors.click(case.pk, "reopen", "Open this case again")
    if case.state == "waiting":
        return doors.next_click(case.pk, NextKind.ALLOCATE) if gives else doors.click(case.pk, "allocate", TAKE)
    if case.next_kind == NextKind.ANSWER:  # a group's turn: meanwhile one talks
        return contact_click(case)
    return doors.next_click(case.pk, case.next_kind)


def contact_click(case: Any) -> dict[str, str]:
    return doors.next_click(case.pk, NextKind.CONTACT)


def other_clicks(file: CaseFile, *, may_work: bool, concern_href: str) -> list[dict[str, str]]:
    """What stands beside the next thing to do: a contact is always one click away, and so is raising a concern."""
    concern = {"text": "Raise a safeguarding concern", "href": concern_href}
    if file.case.state == CLOSED and may_work:
        return [doors.click(file.case.pk, "contact", "Add a note"), concern]
    contact = contact_click(file.case)
    talks = (
        (may_work or file.open_until)
        and file.case.state not in (CLOSED, "waiting")
        and not (may_work and primary(file) == contact)
    )
    return [contact, concern] if talks else [concern]


def sessions_words(file: CaseFile) -> str:
    """Said when the usual number of conversations is reached. It stops nothing."""
    sessions = file.sessions
    if not sessions.is_reached or file.case.state == CLOSED:
        return ""
    days = formats.plural(sessions.held, "day")
    return (
        f"You have talked on {days}; this scheme usually offers {formats.plural(sessions.usual, 'conversation')}. "
        f"Agree with {file.case.person.called} how to finish, or go on if it helps."
    )


def close_words(case: Any) -> str:
    return vocabulary.label("close_reasons", case.close_reason) if case.close_reason else ""


def closed_words(case: Any, told: Told) -> str:
    return f"{case.person.full_name}’s case is closed.{BEING_TOLD if told.somebody else ''}"


def goal_view(file: GoalFile) -> dict[str, Any]:
    goal = file.goal
    return {
        "id": goal.pk,
        "words": goal.words,
        "tag": tag(GOAL_TAGS, goal.state),
        "is_open": goal.state == "open",
        "about": "; ".join(vocabulary.labels("needs", goal.needs)),
        "benefit": vocabulary.label("benefits", goal.benefit) if goal.benefit else "",
        "review_words": goal.review_words,
        "steps": [step_view(each) for each in file.steps],
        "connections": [connection_line(each) for each in file.connections],
        "unmet": [unmet_line(each) for each in file.unmet],
        "match_href": reverse("casework:goal-match", args=[goal.pk]),
        "change_href": reverse("casework:goal", args=[goal.pk]),
        "step_href": reverse("casework:step-new", args=[goal.pk]),
        "unmet_href": reverse("casework:unmet", args=[goal.case_id]) + f"?goal={goal.pk}",
    }


def step_view(step: Any) -> dict[str, Any]:
    return {
        "id": step.pk,
        "what": step.what,
        "who": step.who,
        "due": formats.short_date(step.due_on) if step.due_on else "",
        "done": bool(step.done_at),
    }


def connection_line(connection: Any) -> dict[str, Any]:
    detail = ""
    if connection.state == "declined":
        why = vocabulary.label("decline_reasons", connection.decline_reason)
        detail = they_said(joined(why, connection.decline_words, by=". "))
    elif connection.state == "accepted" and connection.first_session_on:
        detail = f"First session {formats.short_date(connection.first_session_on)}"
    elif connection.state == "sent":
        detail = f"Sent {formats.days_from_now(connection.sent_at)}"
    elif connection.state == "ended":
        detail = vocabulary.label("endings", connection.ending)
    return {
        "name": connection.service_name,
        "href": reverse("casework:connection", args=[connection.pk]),
        "tag": tag(CONNECTION_TAGS, connection.state),
        "detail": detail,
    }


def unmet_line(unmet: Any) -> dict[str, Any]:
    return {
        "text": joined(vocabulary.label("needs", unmet.need), vocabulary.label("unmet_reasons", unmet.reason), by=": "),
        "note": unmet.note,
        "resolved": unmet.resolution if unmet.state == "resolved" else "",
        "href": reverse("casework:unmet-resolve", args=[unmet.pk]),
    }


def matters(file: CaseFile) -> dict[str, str] | None:
    talk = file.conversation
    if talk is None:
        return None
    return {
        "what_matters": talk.what_matters,
        "strengths": talk.strengths,
        "interests": talk.interests,
        "people_around": talk.people_around,
        "needs": "; ".join(vocabulary.labels("needs", talk.needs)),
        "support": talk.how_support_should_be,
    }


def to_complete(file: CaseFile) -> list[dict[str, Any]]:
    """What a good case has, in order, and what is still missing: never blocking, always one click away."""
    case_id = file.case.pk
    at_start = ("Wellbeing questions at the start", "measures", ["start"], "start" in file.stages)
    rows = [
        ("First conversation", "conversation", [], file.conversation is not None),
        *([at_start] if "start" in file.asked or "start" in file.stages else []),
        ("Safe ways to reach them", "channels", [], any(each.is_safe is not None for each in file.channels)),
        ("What they agree to share", "sharing", [], any(value is not None for value in file.sharing.values())),
        ("Plan agreed", "plan", [], file.plan is not None and file.draft is None),
    ]
    return [
        {
            "text": text,
            "href": reverse(f"casework:{name}", args=[case_id, *more]),
            "tag": None if done else {"text": "To do", "colour": "blue"},
            "status": "Done" if done else "",
        }
        for text, name, more, done in rows
    ]


def shared_rows(file: ConnectionFile) -> list[tuple[str, str]]:
    """Exactly what the group sees."""
    seen = file.connection
    return [
        ("Reference", seen.reference),
        ("Name", seen.name_shared),
        ("How to reach them", seen.contact_shared),
        ("What would help", seen.support_need),
        ("Access and language", seen.access_and_language or "Nothing"),
        ("Emergency contact", seen.emergency_contact or "Not shared"),
        ("Call the link worker first", "Yes" if seen.call_worker_first else "No"),
    ]


DOORS: tuple[tuple[str, str, frozenset[State]], ...] = (
    ("connection-attendance", "Record whether they went", HOLDS_A_PLACE),
    ("connection-end", "Record how it ended", possible(Move.END)),
    ("connection-answer", "Record their answer", possible(*ANSWERS)),
    ("connection-withdraw", "Withdraw", possible(Move.WITHDRAW)),
    ("connection-feedback", "Record how it was for them", HAS_BEEN),
)


def connection_doors(file: ConnectionFile) -> list[dict[str, str]]:
    """What a worker can do about a connection, by where it stands."""
    connection = file.connection
    return [
        {"text": text, "href": reverse(f"casework:{name}", args=[connection.pk])}
        for name, text, states in DOORS
        if connection.state in states
    ]
