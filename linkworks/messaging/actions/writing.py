"""Write a message: one recipient, words from a template, kept with the change that caused it."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Invalid
from linkworks.core.later import later

from .. import queries
from ..models import Message, MessageMove
from ..rules import EMAIL_AND_TEXT, Draft, Wording, absolute, way_of, why_not, worded
from ..states import Audience, Move, Way
from .moves import fold

Values = Mapping[str, str]
DEDUPE = "dedupe"


@transaction.atomic
def tell_user(
    *,
    user_id: UUID,
    template: str,
    values: Values,
    link: str,
    about_id: UUID | None,
    dedupe: str,
    scheme_id: UUID | None,
    by: Actor,
    details: str = "",
) -> Message | None:
    """Tell a member of staff in their account, and nudge them by e-mail that something is there.

    `details` are read inside the account only, never in the e-mail. The same event is told once; then this gives None.
    """
    wording = worded(template, known(values, ""))  # the message itself leads there, so its words need no address
    told = write(
        Draft(
            audience=Audience.STAFF,
            way=Way.ACCOUNT,
            template=template,
            dedupe=dedupe,
            user_id=user_id,
            link=link,
            wording=Wording(wording.subject, "\n\n".join(filter(None, [wording.body, details]))),
            about_id=about_id,
            scheme_id=scheme_id,
        ),
        by=by,
    )
    staff = queries.recipient(user_id)
    if told and staff.is_active:
        nudge = worded("new-message", known({"name": staff.name}, "/messages/"))
        write(
            Draft(
                audience=Audience.STAFF,
                way=Way.EMAIL,
                template="new-message",
                wording=nudge,
                dedupe=f"{dedupe}:nudge",
                user_id=user_id,
                address=staff.email,
                about_id=about_id,
                scheme_id=scheme_id,
            ),
            by=by,
        )
    return told


class About(Protocol):
    """A row that somebody is told about: a case, a referral, a connection."""

    @property
    def pk(self) -> UUID: ...
    @property
    def scheme_id(self) -> UUID: ...


def tell_user_about(
    row: About,
    *,
    user_id: UUID,
    template: str,
    link: str,
    by: Actor,
    again: str = "",
    values: Values | None = None,
    details: str = "",
) -> Message | None:
    """Tell a member of staff about one row, by its reference; once for each `again`, or once altogether."""
    return tell_user(
        user_id=user_id,
        template=template,
        values={"reference": str(getattr(row, "reference", ""))} if values is None else values,
        link=link,
        about_id=row.pk,
        dedupe=f"{template}:{row.pk}:{user_id}:{again}",
        scheme_id=row.scheme_id,
        by=by,
        details=details,
    )


@transaction.atomic
def tell_address(
    *,
    audience: Audience | str,
    address: str,
    template: str,
    values: Values,
    link: str,
    about_id: UUID | None,
    dedupe: str,
    scheme_id: UUID | None,
    by: Actor,
    way: Way | str = Way.EMAIL,
) -> Message | None:
    """Write to somebody who has no account: whoever referred, or a group. Gives None when the same was written already."""
    draft = Draft(
        audience=Audience(audience),
        way=Way(way),
        template=template,
        wording=worded(template, known(values, link)),
        dedupe=dedupe,
        address=one_address(address) if way == Way.EMAIL else address.strip(),
        link=link,
        about_id=about_id,
        scheme_id=scheme_id,
    )
    return write(draft, by=by)


@transaction.atomic
def tell_person(
    *, channel_id: UUID, template: str, values: Values, about_id: UUID | None, dedupe: str, scheme_id: UUID, by: Actor
) -> Message | None:
    """Write to a person by one of their channels; held back, with the reason, where it is not safe. Letters wait to be printed."""
    reach = queries.reach_of(channel_id, scheme_id)
    way = way_of(reach.kind)
    draft = Draft(
        audience=Audience.PERSON,
        way=way or Way.TEXT,
        template=template,
        wording=worded(template, known(values, ""), way=way or Way.TEXT),
        dedupe=dedupe,
        channel_id=channel_id,
        address=reach.value,
        about_id=about_id,
        scheme_id=scheme_id,
    )
    return write(draft, by=by)


@transaction.atomic
def write(draft: Draft, *, by: Actor) -> Message | None:
    """Keep a message and queue its delivery. Gives None when the same event was told to the same recipient already."""
    message = from_draft(draft)
    message.written_by = by.id
    held_back = refusal(draft)
    lines: list[MessageMove] = []
    if held_back:
        lines = fold(message, [Move.SUPPRESS], by=by, reason=held_back)
    elif draft.way == Way.ACCOUNT:  # being kept is being delivered
        lines = fold(message, [Move.START, Move.SEND], by=by, sent_at=now())
    if not kept_once(message):
        return None
    MessageMove.objects.bulk_create(lines)
    if not held_back and draft.way in EMAIL_AND_TEXT:
        later("messaging.deliver", message.id, scheme=message.scheme_id)
    return message


def from_draft(draft: Draft) -> Message:
    return Message(
        scheme_id=draft.scheme_id,
        audience=draft.audience,
        way=draft.way,
        template=draft.template,
        user_id=draft.user_id,
        person_channel_id=draft.channel_id,
        address=draft.address,
        subject=draft.wording.subject[:200],
        body=draft.wording.body,
        link=draft.link,
        about_id=draft.about_id,
        dedupe=draft.dedupe,
    )


def refusal(draft: Draft) -> str:
    """Why the gate holds this back now; empty when it may leave."""
    if draft.channel_id is None:
        return ""
    if draft.scheme_id is None:
        raise Invalid("A message to a person belongs to their scheme.")
    return why_not(queries.reach_of(draft.channel_id, draft.scheme_id), address=draft.address)


def kept_once(message: Message) -> bool:
    """Keep it, unless the same was kept before. Reads nothing, so that the front door may write too."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError as error:
        if DEDUPE in str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")):
            return False
        raise
    return True


def known(values: Values, link: str) -> dict[str, str]:
    """The values of a template, with our address and the link as it works from outside."""
    return {"site": settings.BASE_URL, **({"link": absolute(link, settings.BASE_URL)} if link else {}), **values}


def one_address(address: str) -> str:
    """Exactly one recipient: a list hidden in an address is refused."""
    tidy = address.strip()
    if tidy.count("@") != 1 or any(sign in tidy for sign in ",;<> \n\r\t"):
        raise Invalid("A message goes to one e-mail address.", "email")
    return tidy
