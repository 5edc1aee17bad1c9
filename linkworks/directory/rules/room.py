"""Whether there is room, what it costs and how fresh the listing is, in facts and in a few words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

FRESH_DAYS = 90


class Priced(Protocol):
    valid_from: date | None
    valid_to: date | None
    option: str
    amount: Decimal | None
    amount_description: str


def has_room(capacity_places: int | None, places_taken: int) -> bool | None:
    """True, False, or None when no number of places is known."""
    return None if capacity_places is None else places_taken < capacity_places


def places_left(capacity_places: int | None, places_taken: int) -> int | None:
    return None if capacity_places is None else max(0, capacity_places - places_taken)


def capacity_words(capacity_places: int | None, places_taken: int) -> str:
    left = places_left(capacity_places, places_taken)
    if left is None:
        return ""
    if left == 0:
        return "Full"
    return "1 place free" if left == 1 else f"{left} places free"


def wait_words(weeks: int | None, words: str) -> str:
    """How long people wait; the listing's own words come first."""
    if words or weeks is None:
        return words
    if weeks == 0:
        return "No wait"
    return "About 1 week's wait" if weeks == 1 else f"About {weeks} weeks' wait"


def is_fresh(verified_on: date | None, today: date) -> bool:
    return verified_on is not None and (today - verified_on).days <= FRESH_DAYS


def left_its_feed(gone_since: date | None, verified_on: date | None) -> date | None:
    """Since when its feed no longer has it, unless somebody has looked since and says that it is right."""
    return None if gone_since and verified_on and verified_on >= gone_since else gone_since


def money(amount: Decimal) -> str:
    if amount == 0:
        return "Free"
    return f"£{amount:.0f}" if amount == amount.to_integral_value() else f"£{amount:.2f}"


def is_current(cost: Priced, today: date) -> bool:
    """Whether it is the price today: not that of last year, nor of the next."""
    return (cost.valid_from is None or cost.valid_from <= today) and (cost.valid_to is None or cost.valid_to >= today)


def cost_line(cost: Priced) -> str:
    """A price and whom it is for, "£3 per session (concession)", or the words alone."""
    if cost.amount is None:
        return ": ".join(part for part in (cost.option.strip(), cost.amount_description.strip()) if part)
    said = " ".join(
        part for part in (money(cost.amount), cost.amount_description.strip() if cost.amount else "") if part
    )
    option = cost.option.strip()
    return f"{said} ({option})" if option and option.lower() != said.lower() else said


def cost_words(costs: Sequence[Priced], fees: str) -> str:
    """What it costs in one line: the cheapest price first, else the listing's words, else nothing."""
    priced = sorted((cost for cost in costs if cost.amount is not None), key=lambda cost: cost.amount or Decimal(0))
    if priced and priced[-1].amount == 0:
        return "Free"
    lines = {cost_line(each): each.amount or Decimal(0) for each in priced}
    if len(lines) == 1:
        return next(iter(lines))
    if lines:
        cheapest = next(iter(lines))
        return money(lines[cheapest]) if len(set(lines.values())) == 1 else f"From {cheapest}"
    return shortened(fees) or next((line for line in map(cost_line, costs) if line), "")


def shortened(words: str, most: int = 80) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= most else f"{one_line[: most - 1].rsplit(' ', 1)[0]}…"
