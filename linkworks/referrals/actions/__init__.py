"""What is done to a referral: sent, put right, withdrawn, decided; and the links of professionals without an account."""

from .changing import amend, withdraw
from .deciding import accept, decline, redirect, unlink
from .guests import forget_old_links, make_link
from .sending import send
from .telling import note_told, send_link, tell_decision, tell_progress, tell_received

__all__ = [
    "accept",
    "amend",
    "decline",
    "forget_old_links",
    "make_link",
    "note_told",
    "redirect",
    "send",
    "send_link",
    "tell_decision",
    "tell_progress",
    "tell_received",
    "unlink",
    "withdraw",
]
