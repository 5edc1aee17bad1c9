"""What groups do, and what they are asked."""

from .answering import answer, keep_register
from .listings import ask_group, ask_groups, chase_groups
from .telling import send_claim_link, tell_claim_refused, tell_edit_decided

__all__ = [
    "answer",
    "ask_group",
    "ask_groups",
    "chase_groups",
    "keep_register",
    "send_claim_link",
    "tell_claim_refused",
    "tell_edit_decided",
]
