"""The facts of a listing that stewards change here, what changed, and what a feed then leaves alone."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import orjson
from msgspec import Struct

from linkworks.core import vocabulary

from . import going

OF_FEEDS = {
    "name": "Name",
    "description": "What it is",
    "phone": "Telephone",
    "email": "Email",
    "url": "Website",
    "who_it_is_for": "Who it is for",
    "needs": "What it helps with",
    "categories": "Kind of support",
    "access_needs": "Access",
    "fees": "What it costs, in words",
}
# Only some feeds say these: our own, and our spreadsheet. One that is silent of them says nothing against what was changed here.
OF_SOME_FEEDS = {
    "referral_note": "What link workers should know first",
    "advice_levels": "How far its advice goes",
    "quality_mark": "Quality mark",
    "quality_mark_until": "Quality mark holds until",
    "course_levels": "Level of the course",
    "join_by": "Last day to join",
    "certificate": "Certificate",
    "leads_to": "What it leads to",
    "what_happens": "What happens",
    "who_comes": "Who comes",
    "first_visit": "Your first visit",
    "bring_someone": "Can I bring someone?",
    "quiet_times": "Quieter times",
    "getting_there": "How to get there",
}
# No feed says these, so none of them is ever kept against one.
OURS = {
    "is_referable": "Takes people from link workers",
    "referral_email": "Where referrals go",
    "ask_for": "Who to ask for",
}
TOLD = OF_FEEDS | OF_SOME_FEEDS
FACTS = TOLD | OURS
LEVELS = (
    "advice_levels", "quality_mark", "quality_mark_until", "course_levels", "join_by", "certificate", "leads_to",
)  # fmt: skip
DATES = frozenset({"quality_mark_until", "join_by"})
# What a feed says and what is kept against it once it is changed here.
KEPT = TOLD | going.LABELS
ROOM = {
    "capacity_places": "How many people from link workers can come",
    "wait_weeks": "How many weeks new people wait",
    "wait_words": "What is said about waiting",
}
SHOWN = "is_published"
REPORTED = "reported"
PHOTO = "photo"
LABELS = {
    **FACTS,
    **ROOM,
    **going.LABELS,
    SHOWN: "Shown to the public",
    REPORTED: "Somebody said it is wrong",
    PHOTO: "Photo",
    "follows": "Follows the feed again for",
    "checked": "Checked",
    "asked": "Asked whether it is right",
    "next-date": "Next date",
    "address_1": "Street",
    "city": "Town",
    "postcode": "Postcode",
    "payee": "Name on the account it is paid into",
}


class Change(Struct, frozen=True):
    """One fact that was changed, in words."""

    field: str
    was: str
    became: str


def room_of(listing: Any) -> dict[str, Any]:
    return {name: getattr(listing, name) for name in ROOM}


def mark(facts: Mapping[str, Any], names: Iterable[str] = FACTS) -> str:
    """Stands for the facts as somebody saw them, so that nobody writes over what they never saw."""
    seen = [plain(facts[name]) for name in names]
    return hashlib.sha256(orjson.dumps(seen)).hexdigest()


def changes(before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str] = FACTS) -> list[Change]:
    """What is different, in the order of the page. Only facts that stewards may change count."""
    different = [name for name in names if name in after and plain(before[name]) != plain(after[name])]
    return [Change(name, said(name, before[name]), said(name, after[name])) for name in different]


def plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, (list, tuple)) else value


def written(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as a version keeps them: JSON has no dates."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def read(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as a version kept them."""
    return {name: date.fromisoformat(value) if name in DATES and value else value for name, value in facts.items()}


def said(name: str, value: Any) -> str:
    """A fact as a person reads it; what is not known is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value:%A} {value.day} {value:%B} {value.year}"
    return "; ".join(vocabulary.labels(name, value)) if isinstance(value, (list, tuple)) else str(value)


def kept_against(feed: Mapping[str, Any], kept: Mapping[str, Any]) -> str:
    """What to tell a steward when a feed says something else than what was kept; empty when it does not."""
    said = [name for name in kept if name in KEPT and (feed[name] or name not in OF_SOME_FEEDS)]
    differs = [label for name, label in KEPT.items() if name in said and is_other(name, feed[name], kept[name])]
    return f"Kept as it was changed here, though the feed says something else: {', '.join(differs)}." if differs else ""


def is_other(name: str, feed: Any, kept: Any) -> bool:
    return going.differ(name, feed, kept) if name in going.LABELS else plain(kept) != plain(feed)
