"""When a group is asked whether its listing is still right, where it is asked, and when we stop.

A listing is asked about when it was last confirmed longer ago than its kind allows: 60 days where a wrong one may harm
somebody or where places are counted, 120 days for any other; one that nobody ever confirmed, at once. Never more than once
in 30 days for one listing, and never more than one message a week to one address, reminders apart. After 7 days without an
answer there is one reminder; after 30 the link stops working and a steward hears of it. A group that would rather not be
asked is not asked again.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from . import contacts

ASK_SOONER, ASK_LATER = timedelta(days=60), timedelta(days=120)
BETWEEN_ASKING = timedelta(days=30)
BETWEEN_MESSAGES = timedelta(days=7)
REMIND_AFTER = timedelta(days=7)
LINK_LIFE = timedelta(days=30)
EMAIL, TEXT = "email", "text"


class Reached(Struct, frozen=True):
    """Where a group can be asked."""

    way: str
    address: str


class Asked(Struct, frozen=True):
    """What decides how soon a group is asked."""

    confirmed_on: date | None
    is_high_risk: bool = False
    counts_places: bool = False


def is_due(asked: Asked, today: date) -> bool:
    """Whether it is time to ask, for a group that was not asked lately and did not ask us to stop."""
    wait = ASK_SOONER if asked.is_high_risk or asked.counts_places else ASK_LATER
    return asked.confirmed_on is None or today - asked.confirmed_on >= wait


def reach(*, emails: Iterable[str], phone: str, phone_is_ours: bool) -> Reached | None:
    """Where a group is asked: the first address that is the group's own; else a mobile that it gave us itself.

    A private person's address or number that a feed told us is never written to.
    """
    found = next((each for each in emails if each and not is_private(each)), "")
    if found:
        return Reached(EMAIL, found)
    if phone and phone_is_ours and contacts.is_mobile(phone):
        return Reached(TEXT, phone)
    return None


def is_private(address: str) -> bool:
    return contacts.is_personal_email(address) and not contacts.is_role_mailbox(address)


def what_now(asked_on: date, *, is_reminded: bool, today: date) -> str:
    """What silence leads to: "remind", "lapse" or nothing yet."""
    if today - asked_on >= LINK_LIFE:
        return "lapse"
    return "remind" if not is_reminded and today - asked_on >= REMIND_AFTER else ""
