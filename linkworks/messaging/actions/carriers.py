"""Who carries a message: GOV.UK Notify, a mail server, or the outbox page where neither is set up."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from linkworks.clients import mail, notify
from linkworks.core.errors import Unavailable

from ..states import Way

OUTBOX = "outbox"


class Verdict(StrEnum):
    SENT = "sent"
    TRY_LATER = "try-later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves: one address, one subject, one body. `reference` is ours, and lets a carrier tell a repeat."""

    reference: str
    way: str
    address: str
    subject: str
    body: str
    may_have_left: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it. `was_asked`: the carrier said for certain whether an earlier try had arrived."""

    verdict: Verdict
    reference: str = ""
    why: str = ""
    may_have_left: bool = False
    was_asked: bool = False


def carry(parcel: Parcel) -> Result:
    """Hand the parcel to its carrier, in no transaction. Asks first when it may have left before."""
    try:
        if notify.carries(parcel.way):
            return by_notify(parcel)
        if parcel.way == Way.EMAIL and settings.EMAIL_URL:
            mail.send(to=parcel.address, subject=parcel.subject, body=parcel.body, reference=parcel.reference)
            return Result(Verdict.SENT, parcel.reference)
    except notify.Refused as error:
        return Result(Verdict.REFUSED, why=error.message)
    except Unavailable as error:
        return Result(Verdict.TRY_LATER, why=error.message, may_have_left=getattr(error, "may_have_left", False))
    return without_carrier(parcel)


def by_notify(parcel: Parcel) -> Result:
    if parcel.may_have_left:
        earlier = notify.accepted(parcel.reference)
        if earlier:
            return Result(Verdict.SENT, earlier, was_asked=True)
    given = notify.send(
        way=parcel.way, to=parcel.address, subject=parcel.subject, body=parcel.body, reference=parcel.reference
    )
    return Result(Verdict.SENT, given, was_asked=parcel.may_have_left)


def without_carrier(parcel: Parcel) -> Result:
    if settings.IN_PRODUCTION:
        what = "text messages" if parcel.way == Way.TEXT else "e-mail"
        return Result(Verdict.TRY_LATER, why=f"No way of sending {what} is set up.")
    return Result(Verdict.SENT, OUTBOX)
