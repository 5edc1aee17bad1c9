"""When somebody who says that an organisation is theirs is believed, and why not."""

from collections.abc import Iterable
from datetime import timedelta

LINK_LIFE = timedelta(days=3)
NOT_CONFIRMED = {
    "not-known": "The organisation does not know of it",
    "no-answer": "We could not reach the organisation to ask",
    "somebody-else": "Somebody else looks after it already",
    "other": "Another reason",
}


def is_known_address(email: str, known: Iterable[str]) -> bool:
    """Whether this is an address that the organisation was known by before: whoever reads it belongs to it."""
    return email.strip().lower() in {each.strip().lower() for each in known if each.strip()}
