"""What a group changes of its own listing: what is shown at once, what waits for a steward, and how a change looks."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from .editing import FACTS

# What identifies a group or leads people and their details to it: whoever changes these may lead them astray.
PLACE = {"address_1": "Street", "city": "Town", "postcode": "Postcode"}
WAITS = ("name", "phone", "email", "url", "referral_email", *PLACE)
AT_ONCE = (
    "description", "who_it_is_for", "access_needs", "referral_note", "what_happens", "who_comes", "first_visit",
    "ask_for", "bring_someone", "quiet_times", "getting_there", "fees",
)  # fmt: skip
LABELS = FACTS | PLACE
REFUSED_BECAUSE = {
    "not-confirmed": "We could not confirm it with the organisation",
    "private": "It looks like a private person’s own",
    "mistyped": "It looks mistyped",
    "other": "Another reason",
}
SAME, GONE, NEW = "same", "gone", "new"


class Piece(Struct, frozen=True):
    """Some words of a change: that stay, that go, or that are new."""

    kind: str
    text: str


def different(before: Mapping[str, Any], after: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    """The facts that somebody wants to say otherwise, in the order given."""
    return [name for name in names if name in after and tidy(before.get(name)) != tidy(after[name])]


def tidy(value: Any) -> Any:
    return sorted(value) if isinstance(value, (list, tuple)) else str(value or "").strip()


def difference(was: str, becomes: str) -> list[Piece]:
    """A change word by word, so that a steward sees at once what is new. Together they say both sides in full."""
    old, new = was.split(), becomes.split()
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, " ".join(old[i1:i2])))
            continue
        pieces += [Piece(GONE, " ".join(old[i1:i2]))] if i2 > i1 else []
        pieces += [Piece(NEW, " ".join(new[j1:j2]))] if j2 > j1 else []
    return pieces
