"""What stewards look at first, and why: one published order of risk.

Each thing that waits has a risk from 0 to 100 (`RISK`). The riskiest comes first, and of equal risk what has waited longest.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

RISK = {
    "unsafe": 100,  # somebody says it may harm, or shows what should be private
    "hidden": 90,  # domestic abuse, a crisis or food: not offered until somebody confirms it
    "claim": 80,  # somebody says an organisation is theirs
    "changed": 75,  # a feed gives another telephone number or web address, and people ring what we show
    "edit": 70,  # a group waits to be reachable
    "reading": 65,  # a reading would change or take down more than readings usually do
    "ending": 60,  # a high-risk listing that will soon be hidden
    "wrong": 50,  # anything else reported
    "gone": 40,  # the list it came from no longer has it
    "held": 35,  # held back until a steward has looked
    "silent": 30,  # the group was asked and did not answer
    "twice": 25,  # it may be listed twice
    "searched": 20,  # people look for it and find nothing
    "gap": 10,  # a need that nobody in a borough answers
}


class Waiting(Struct, frozen=True):
    """One thing that a steward should look at, and the page that leads on."""

    kind: str
    title: str
    note: str
    href: str
    since: datetime

    @property
    def risk(self) -> int:
        return RISK[self.kind]


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    return sorted(waiting, key=lambda each: (-each.risk, each.since, each.title))
