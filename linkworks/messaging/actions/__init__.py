"""Say something to one recipient, and see that it leaves: safely, and once if anybody can tell."""

from .carriers import Parcel, Result, carry
from .delivering import check_again, claim, note
from .letters import post_letter
from .reading import mark_read
from .receipts import ask_carrier, awaiting_receipt, note_receipt
from .sweeping import sweep
from .writing import tell_address, tell_person, tell_user, tell_user_about, write

__all__ = [
    "Parcel",
    "Result",
    "ask_carrier",
    "awaiting_receipt",
    "carry",
    "check_again",
    "claim",
    "mark_read",
    "note",
    "note_receipt",
    "post_letter",
    "sweep",
    "tell_address",
    "tell_person",
    "tell_user",
    "tell_user_about",
    "write",
]
