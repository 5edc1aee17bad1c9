"""The click that does what comes next: the page a next action leads to, and what its button says."""

from typing import Any

from django.urls import reverse

from ..states import NextKind

NEXT_CLICKS = {
    NextKind.CONTACT.value: ("contact", "Record a contact"),
    NextKind.OWN.value: ("contact", "Record a contact"),
    NextKind.ALLOCATE.value: ("allocate", "Give to a worker"),
    NextKind.PLAN.value: ("plan", "Make the plan"),
    NextKind.FIND.value: ("plan", "Find support"),
    NextKind.ANSWER.value: ("case", "Open the case"),
    NextKind.REVIEW.value: ("review", "Review the plan"),
    NextKind.FINISH.value: ("close", "Close the case"),
    NextKind.DECIDE.value: ("close-unreached", "Decide whether to close"),
}
OPEN_THE_CASE = NEXT_CLICKS[NextKind.ANSWER.value]


def click(case_id: Any, name: str, text: str) -> dict[str, str]:
    return {"text": text, "href": reverse(f"casework:{name}", args=[case_id])}


def next_click(case_id: Any, kind: str) -> dict[str, str]:
    return click(case_id, *NEXT_CLICKS.get(kind, OPEN_THE_CASE))
