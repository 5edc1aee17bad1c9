"""The audit of a record, in words."""

from collections.abc import Callable
from typing import Any

from linkworks.audit.models import RecordView
from linkworks.audit.queries import Change
from linkworks.people.models import Disclosure
from linkworks.ui import formats

DONE = {"insert": "Added", "update": "Changed", "delete": "Removed"}
THINGS = {
    "answer set": "Wellbeing answers",
    "channel": "A way to reach them",
    "sharing choice": "A choice about sharing",
    "concern": "A safeguarding concern",
    "unmet need": "A need nothing fitted",
    "person": "Their details",
    "conversation": "The first conversation",
    "contact": "A contact or note",
    "step": "A step of the plan",
}

FACTS = {
    "given name": "first name",
    "family name": "last name",
    "chosen name": "what they like to be called",
    "pronouns": "pronouns",
    "born on": "date of birth",
    "nhs number": "NHS number",
    "gender": "gender",
    "ethnicity": "ethnicity",
    "address": "address",
    "postcode": "postcode",
    "practice": "GP practice",
    "language": "language",
    "needs interpreter": "interpreter",
    "access needs": "access needs",
    "emergency contact": "emergency contact",
    "call worker first": "whether groups ring us first",
    "restriction": "who may see the record",
    "died on": "date of death",
    "value": "number or address",
    "is safe": "whether it is safe",
    "may leave message": "whether we may leave a message",
    "may say who is calling": "whether we may say who is calling",
    "best times": "best times",
    "is preferred": "what they like best",
    "agreed": "whether they agreed",
    "state": "how it stands",
    "worker": "whose it is",
    "owner": "whose it is",
    "complexity": "how much support they need",
    "next action": "what happens next",
    "next action on": "the day of what happens next",
    "paused until": "until when it is paused",
    "close reason": "why it was closed",
    "close summary": "summary",
    "title": "what there is to do",
    "due on": "by when",
    "what happened": "what happened",
    "what was done": "what was done",
    "how": "how",
    "result": "what came of it",
    "note": "note",
    "minutes": "minutes",
    "happened at": "when it was",
    "held on": "when it was",
    "what matters": "what matters",
    "strengths": "strengths",
    "interests": "interests",
    "people around": "people around them",
    "needs": "needs",
    "how support should be": "how support should be",
    "review on": "day of the review",
    "agreed how": "how they agreed",
    "words": "words",
    "benefit": "what may change",
    "review words": "how it went",
    "resolution": "what was found",
    "answers": "answers",
    "name shared": "name the group has",
    "contact shared": "way to reach them the group has",
    "support need": "support need",
    "access and language": "access and language",
    "first session on": "first day",
    "ending": "how it ended",
    "decline reason": "why not",
    "in their words": "their own words",
    "anything to know": "anything to know",
    "contact channels": "ways to reach them",
}


def view_row(view: RecordView) -> list[Any]:
    return [formats.date_time(view.viewed_at), view.actor_name, view.organisation_name or "Linkworks", view.page]


def change_row(change: Change) -> list[Any]:
    thing = THINGS.get(change.thing, change.thing.capitalize())
    facts = formats.listed(list(dict.fromkeys(FACTS[each] for each in change.facts if each in FACTS)))
    what = DONE.get(change.done, "Changed")
    return [formats.date_time(change.at), change.who or "Linkworks", thing, f"{what}: {facts}" if facts else what]


def shared_row(shared: Disclosure) -> list[Any]:
    return [
        formats.date_time(shared.made_at),
        shared.made_by_name,
        shared.recipient,
        formats.listed(shared.fields),
        shared.basis,
    ]


ROWS: dict[str, Callable[[Any], list[Any]]] = {"looked": view_row, "changed": change_row, "shared": shared_row}
