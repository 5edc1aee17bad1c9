"""How far a listing can be trusted today, from when and by whom each kind of fact was last confirmed.

Trust is a number from 0 to 100:

    trust = 100 × the sum over kinds of fact of (weight × word × 0.5 ** (days since ÷ half-life)) ÷ the sum of the weights

Each kind of fact has a weight (how much harm a wrong one does) and a half-life (how fast it goes out of date): see `KINDS`.
`word` is 1 when the group or a directory steward said so, and 0.6 when only a list it came from does. Of several
confirmations of a kind the strongest counts today. Confirming the whole listing confirms every kind. What nobody ever
confirmed adds nothing. So a listing confirmed as a whole has 100 that day, about 77 after three months and 42 after a year.

Some listings harm people when they are wrong (`is_high_risk`): those nobody found again for `HIDE_DAYS` days, since they
were last confirmed or came here, are not offered in finding until somebody confirms them. A listing is confirmed when both
its contact details and its times are.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from msgspec import Struct

from .weights import POINTS

WHOLE = "whole"
HIDE_DAYS = 180


class Kind(Struct, frozen=True):
    label: str
    weight: int
    half_life: int


KINDS = {
    "contact": Kind("How to get in touch", 25, 365),
    "times": Kind("Times", 25, 180),
    "place": Kind("Place", 20, 540),
    "cost": Kind("Cost", 10, 365),
    "room": Kind("Places left", 10, 60),
    "for-whom": Kind("Who it is for", 10, 540),
}
ESSENTIAL = ("contact", "times")  # without these nobody gets there
GROUP, STEWARD, LIST = "group", "steward", "list"
WORD = {GROUP: 1.0, STEWARD: 1.0, LIST: 0.6}
WHO = {GROUP: "the group", STEWARD: "a directory steward", LIST: "the list it came from"}

HIGH_RISK_KINDS = frozenset({"domestic-abuse-support", "food-bank-and-pantry"})
HIGH_RISK_NEEDS = frozenset({"domestic-abuse"})
CRISIS = re.compile(r"\b(crisis|refuge|suicid\w*|night ?shelter)\b", re.IGNORECASE)


class Confirmed(Struct, frozen=True):
    """Somebody confirmed one kind of fact, or the whole listing, on a day."""

    fact: str
    on: date
    by: str


def said_of(kind: str, confirmed: Iterable[Confirmed]) -> list[Confirmed]:
    return [each for each in confirmed if each.fact in (kind, WHOLE)]


def trust(confirmed: Collection[Confirmed], today: date) -> int:
    """How far the listing can be trusted today, from 0 to 100."""
    points = sum(kind.weight * strength(name, confirmed, today) for name, kind in KINDS.items())
    return round(100 * points / sum(kind.weight for kind in KINDS.values()))


def strength(kind: str, confirmed: Collection[Confirmed], today: date) -> float:
    """What is left today of the strongest confirmation of one kind of fact, from 0 to 1."""
    return max((left(each, KINDS[kind].half_life, today) for each in said_of(kind, confirmed)), default=0.0)


def left(confirmed: Confirmed, half_life: int, today: date) -> float:
    days = max(0, (today - confirmed.on).days)
    return float(WORD[confirmed.by] * 0.5 ** (days / half_life))


def newest(kind: str, confirmed: Iterable[Confirmed]) -> Confirmed | None:
    """Who confirmed this kind of fact last."""
    return max(said_of(kind, confirmed), key=lambda each: each.on, default=None)


def confirmed_on(confirmed: Collection[Confirmed]) -> date | None:
    """Since when both what one needs to get in touch and the times have been confirmed; None when either never was."""
    found = [newest(kind, confirmed) for kind in ESSENTIAL]
    return min((each.on for each in found if each), default=None) if all(found) else None


def is_high_risk(*, kinds: Collection[str], needs: Collection[str], name: str) -> bool:
    """Whether somebody may come to harm when it is not there: domestic abuse, a crisis, food."""
    return bool(HIGH_RISK_KINDS & set(kinds) or HIGH_RISK_NEEDS & set(needs) or CRISIS.search(name))


def offered_until(confirmed: Collection[Confirmed], *, added_on: date, is_high_risk: bool) -> date | None:
    """The last day a high-risk listing is offered unless it is confirmed again; None when there is no such day."""
    if not is_high_risk:
        return None
    return max(confirmed_on(confirmed) or added_on, added_on) + timedelta(days=HIDE_DAYS)


def is_hidden(offered_until: date | None, today: date) -> bool:
    return offered_until is not None and offered_until < today


def points(trust: int) -> float:
    """What trust adds to the score of a match. Stale listings sink."""
    return POINTS["trust"] * trust / 100
