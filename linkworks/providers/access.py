"""Who may open the pages of groups: their co-ordinators, those who run sessions, and whoever holds a link."""

from linkworks.connections.access import (
    access_has_ended,
    actor_of_link,
    can_answer,
    can_mark_attendance,
    can_say_worry,
    visible_connections,
)
from linkworks.core.actor import Actor

__all__ = [
    "access_has_ended",
    "actor_of_link",
    "can_answer",
    "can_mark_attendance",
    "can_say_worry",
    "can_see_anything",
    "visible_connections",
]


def can_see_anything(actor: Actor) -> bool:
    return can_answer(actor) or can_mark_attendance(actor)
