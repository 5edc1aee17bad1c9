"""What a carrier's receipt means for a message that left."""

from datetime import timedelta

from ..states import Move

# GOV.UK Notify's words. What is not here is still on its way.
MEANS = {
    "delivered": Move.DELIVER,
    "permanent-failure": Move.FAIL,
    "temporary-failure": Move.FAIL_FOR_NOW,
    "technical-failure": Move.FAIL_FOR_NOW,
}
SAID = {
    Move.DELIVER: "",
    Move.FAIL: "The address does not exist, or takes no messages.",
    Move.FAIL_FOR_NOW: "It could not be delivered: the inbox was full, or the telephone was off.",
}
ASK_FOR = timedelta(days=7)  # Notify forgets a message after a week


def meaning(status: str) -> Move | None:
    """The move a receipt makes; None while the message is on its way."""
    return MEANS.get(status)
