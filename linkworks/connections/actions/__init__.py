"""Connect a person to a service, hear the answer, and follow what became of it."""

from .answering import accept, decline, waitlist
from .asking import ask, mark_questions_seen, say_worry
from .attending import end, mark_attendance
from .chasing import chase_scheme, escalate_unreachable
from .feedback import record_feedback, say_whether_enough
from .links import note_opened, revoke_links
from .sending import propose, send, withdraw
from .telling import invite_provider, tell_provider_question, tell_provider_withdrawn

__all__ = [
    "accept",
    "ask",
    "chase_scheme",
    "decline",
    "end",
    "escalate_unreachable",
    "invite_provider",
    "mark_attendance",
    "mark_questions_seen",
    "note_opened",
    "propose",
    "record_feedback",
    "revoke_links",
    "say_whether_enough",
    "say_worry",
    "send",
    "tell_provider_question",
    "tell_provider_withdrawn",
    "waitlist",
    "withdraw",
]
