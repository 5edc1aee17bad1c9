"""Connect a person to a service, hear the answer, and follow what became of it."""

from .answering import accept, decline, waitlist
from .asking import ask, say_worry
from .attending import end, mark_attendance
from .chasing import chase_scheme, escalate_unreachable
from .feedback import record_feedback, say_whether_enough
from .links import revoke_links
from .sending import change_worker, propose, send, withdraw
from .telling import invite_provider, tell_provider_question, tell_provider_withdrawn

__all__ = [
    "accept",
    "ask",
    "change_worker",
    "chase_scheme",
    "decline",
    "end",
    "escalate_unreachable",
    "invite_provider",
    "mark_attendance",
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
