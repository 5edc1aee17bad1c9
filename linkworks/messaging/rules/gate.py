"""The gate: a message to a person leaves only by a channel they said is safe."""

from dataclasses import dataclass

from ..states import Way

WAYS = {"email": Way.EMAIL, "text": Way.TEXT, "letter": Way.LETTER}


@dataclass(frozen=True, slots=True)
class Reach:
    """A channel as it is now. `is_safe` is None while the person has not been asked."""

    kind: str
    value: str
    is_safe: bool | None
    has_ended: bool = False
    has_died: bool = False


def way_of(kind: str) -> Way | None:
    """How a message travels by this kind of channel; None when only a person can use it (calls, going through somebody)."""
    return WAYS.get(kind)


def why_not(reach: Reach, *, address: str) -> str:
    """Why nothing may be sent there now; empty when it may."""
    reasons = (
        (reach.has_died, "The person has died."),
        (reach.has_ended, "They no longer use this way of being reached."),
        (reach.is_safe is None, "The person has not been asked whether this is safe."),
        (reach.is_safe is False, "The person said that this is not safe."),
        (way_of(reach.kind) is None, "This way is for speaking to somebody, not for written messages."),
        (reach.value != address, "The address changed after this was written."),
    )
    return next((reason for is_so, reason in reasons if is_so), "")
