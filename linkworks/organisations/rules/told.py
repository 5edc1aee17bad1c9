"""What anybody may read of a scheme, fact by fact, and since when each is so."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

PUBLIC: Mapping[str, str] = {
    "phone": "Phone",
    "email": "Email",
    "opening_hours": "Open",
    "without_internet": "Without the internet",
    "coverage_note": "Who it is for",
}
SETTINGS: Mapping[str, str] = {
    "who_can_be_referred": "Ages, and who can be referred",
    "front_doors": "How somebody is referred",
    "referrer_types": "Who can refer",
    "categories": "Kinds of support",
    "languages": "Languages",
    "first_contact_working_days": "First contact",
    "max_sessions": "Conversations",
    "review_weeks": "Looking at the plan again",
    "measure_stages": "Questions about wellbeing",
}
REACH: Mapping[str, str] = {"coverage": "Whether it is for everybody", "areas": "Where it reaches"}
FACTS: Mapping[str, str] = {**PUBLIC, **SETTINGS, **REACH}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The facts that are no longer as they were; what nobody outside reads is none of them."""
    return [name for name in FACTS if name in after and before.get(name) != after[name]]


def dated(known: Mapping[str, str], changed: Iterable[str], on: date) -> dict[str, str]:
    """The dates of the facts, with those that changed today."""
    return {**known, **dict.fromkeys(changed, on.isoformat())}


def since(known: Mapping[str, str], made_on: date) -> dict[str, date | None]:
    """Since when each fact is so: since it changed, or since the scheme was added. None where that was not noted at the time."""
    return {name: day_of(known[name]) if name in known else made_on for name in FACTS}


def day_of(noted: str) -> date | None:
    return date.fromisoformat(noted) if noted else None
