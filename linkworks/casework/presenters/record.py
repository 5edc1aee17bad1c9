"""The audit of a record, in words."""

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
}


def view_row(view: RecordView) -> list[Any]:
    return [formats.date_time(view.viewed_at), view.actor_name, view.organisation_name or "Linkworks", view.page]


def change_row(change: Change) -> list[Any]:
    thing = THINGS.get(change.thing, change.thing.capitalize())
    facts = formats.listed(change.facts) if change.facts else ""
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
