"""The plan on the screen and on paper, in plain English."""

from datetime import date
from typing import Any

from linkworks.core import clock
from linkworks.directory import presenters as directory
from linkworks.ui import formats

from ..queries.file import OPEN_TO_GO, GoalFile, PlanView
from ..queries.telling import Told
from .wording import BEING_TOLD


def status(view: PlanView) -> dict[str, Any]:
    """How the plan stands, in a sentence."""
    if view.draft and view.plan:
        words = f"Version {view.plan.version} was agreed on {formats.long_date(view.plan.agreed_at)}. There are changes to agree."
        return {"words": words, "tag": {"text": "Changes to agree", "colour": "orange"}, "to_agree": True}
    if view.draft:
        return {"words": "Being written. Agree it with the person when it says what they want.",
                "tag": {"text": "Being written", "colour": "blue"}, "to_agree": True}  # fmt: skip
    if view.plan:
        words = f"Agreed on {formats.long_date(view.plan.agreed_at)} ({view.plan.agreed_how.lower()})."
        review = f" Look at it again on {formats.long_date(view.plan.review_on)}." if view.plan.review_on else ""
        return {
            "words": words + review,
            "tag": {"text": f"Version {view.plan.version} agreed", "colour": "green"},
            "to_agree": False,
        }
    return {"words": "No plan yet. Start with a goal in the person’s own words.", "tag": None, "to_agree": False}


def agreed_words(told: Told) -> str:
    """Said once the person has agreed; that somebody is told only when something leaves."""
    return f"The plan is agreed and kept word for word.{BEING_TOLD if told.somebody else ''}"


def sheet(view: PlanView, scheme: Any) -> dict[str, Any]:
    """A plan to hold in one's hands."""
    worker = view.case.worker.name if view.case.worker else ""
    return {
        "name": view.case.person.called,
        "what_matters": view.conversation.what_matters if view.conversation else "",
        "strengths": view.conversation.strengths if view.conversation else "",
        "support": view.conversation.how_support_should_be if view.conversation else "",
        "goals": [goal_on_paper(each, view) for each in view.goals if each.goal.state == "open"],
        "review": formats.long_date(view.plan.review_on) if view.plan and view.plan.review_on else "",
        "agreed": formats.long_date(view.plan.agreed_at) if view.plan else "",
        "version": view.plan.version if view.plan else None,
        "is_draft": view.plan is None or view.draft is not None,
        "worker": worker,
        "phone": scheme.phone,
        "hours": scheme.opening_hours,
        "scheme": scheme.name,
        "reference": view.case.reference,
    }


def goal_on_paper(file: GoalFile, view: PlanView) -> dict[str, Any]:
    return {
        "words": file.goal.words,
        "steps": [
            {
                "what": step.what,
                "who": step.who,
                "by": formats.long_date(step.due_on) if step.due_on else "",
                "done": bool(step.done_at),
            }
            for step in file.steps
        ],
        "places": [
            place_on_paper(each, view)
            for each in file.connections
            if each.state in OPEN_TO_GO and each.service_id in view.places  # a no is not a place to go
        ],
    }


def place_on_paper(connection: Any, view: PlanView) -> dict[str, str]:
    """Where to go, when, whom to ask for, and how to get there."""
    card, first = view.places[connection.service_id], to_come(connection.first_session_on)
    closed = directory.closed_words(card.status)
    standing = {
        "sent": "We have asked and will tell you what they say.",
        "waitlisted": "You are on their waiting list.",
    }
    return {
        "name": connection.service_name,
        "standing": f"{closed} Ask before you go."
        if closed
        else standing.get(connection.state, "They are expecting you."),
        "when": "" if closed else when_on_paper(first, directory.next_words(card.going)),
        "where": directory.where_words(card.going, first),
        "ask_for": card.ask_for or (connection.name_shared and f"Say that you are {connection.name_shared}"),
        "getting_there": card.getting_there,
        "first_visit": card.first_visit,
        "phone": formats.phone(card.phone) if card.phone else "",
        "cost": card.cost,
    }


def to_come(first: date | None) -> date | None:
    return first if first and first >= clock.today() else None


def when_on_paper(first: date | None, next_session: str) -> str:
    """The first time while it lies ahead; afterwards the next session."""
    return f"First time: {formats.long_date(first)}" if first else next_session
