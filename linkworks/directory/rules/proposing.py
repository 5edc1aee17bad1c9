"""What a group changes of its own listing: what is shown at once, what waits for a steward, and how a change looks."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct, structs

from ..states import LocationType
from . import place_kinds
from .editing import FACTS, LEVELS
from .facts import PlaceFacts

# What identifies a group or leads people and their details to it: whoever changes these may lead them astray.
WAITS = ("name", "phone", "email", "url", "referral_email", "payee")
PLACE = "place"  # where it is: one of its places, that it has one more, or one less
ONLINE = "Online"
LINES = ("name", "address_1", "city", "postcode")
AT_ONCE = (
    "description", "who_it_is_for", "access_needs", "referral_note", "what_happens", "who_comes", "first_visit",
    "ask_for", "bring_someone", "quiet_times", "getting_there", "fees", *LEVELS,
)  # fmt: skip
ONE_BY_ONE = {"address_1": "Street", "city": "Town", "postcode": "Postcode"}  # as places were proposed at first
LABELS = FACTS | ONE_BY_ONE | {"payee": "Name on the account it is paid into", PLACE: "Place"}
PROPOSED = (*WAITS, PLACE, *ONE_BY_ONE)
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


def address_text(place: PlaceFacts) -> str:
    """Where a place is, a line each, as a steward looks at it."""
    if place.location_type == LocationType.VIRTUAL:
        return ONLINE
    return "\n".join(getattr(place, name) for name in LINES)


def place_text(place: PlaceFacts) -> str:
    """Where a place is to be, and in a last line what kind of place that is, when somebody says."""
    kind = "" if place.location_type == LocationType.VIRTUAL else place_kinds.label(place.place_kind)
    return f"{address_text(place)}\n{kind}" if kind else address_text(place)


def moved(place: PlaceFacts, text: str) -> PlaceFacts:
    """The place where these lines say, with its position still to be looked up."""
    kind = LocationType.VIRTUAL if text == ONLINE else LocationType.PHYSICAL
    told, said = text.split("\n")[: len(LINES)], text.split("\n")[len(LINES) :]
    lines = dict.fromkeys(LINES, "") if text == ONLINE else dict(zip(LINES, told, strict=True))
    nowhere: dict[str, Any] = {"latitude": None, "longitude": None, "borough_code": ""}
    now_kind = place_kinds.said(said[0]) if said else kind_there(place, lines)
    return structs.replace(place, location_type=kind.value, **lines, **nowhere, place_kind=now_kind)


def kind_there(place: PlaceFacts, lines: Mapping[str, str]) -> str:
    """What kind of place it is where these lines say: what was said of it stays while it has its name, else its name says."""
    if not any(lines.values()):
        return ""
    stays = lines["postcode"] == place.postcode
    if stays and lines["name"] == place.name:
        return place.place_kind
    return place_kinds.named(lines["name"]) or (place.place_kind if stays else "")


def number_of(places: Sequence[PlaceFacts], text: str) -> int | None:
    """Which place these lines are about, counted from 1; none when it is no longer there, or is private now."""
    told = ["" if each.is_address_hidden else address_text(each) for each in places]
    return told.index(text) + 1 if text and text in told else None


def in_one_line(field: str, text: str) -> str:
    """An address as one reads it; anything else as it is."""
    return ", ".join(filter(None, text.split("\n"))) if field == PLACE else text


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
