"""What we know of messages, and of whom they go to."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from linkworks.accounts.models import User
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.organisations.models import Scheme

from .access import visible_letters, visible_messages, visible_undelivered
from .models import Message
from .rules import EMAIL_AND_TEXT, Reach, why_not
from .states import State

CALLED_HOME = {"home", "home address", "at home", "their address"}  # how workers write "the address on the record"


@dataclass(frozen=True, slots=True)
class Recipient:
    name: str
    email: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter for printing: name and address line by line. `held_back` says why it must not be posted; empty when it may be."""

    id: UUID
    subject: str
    body: str
    address: tuple[str, ...]
    state: str
    held_back: str


def recipient(user_id: UUID) -> Recipient:
    user = User.objects.get(id=user_id)
    return Recipient(user.name, user.email, user.is_active)


def reach_of(channel_id: UUID, scheme_id: UUID) -> Reach:
    """A person's channel as it is now. The person's own room is above us, so we look through the message's key."""
    channels: Any = Message._meta.get_field("person_channel").related_model
    channel = channels.objects.filter(id=channel_id, scheme_id=scheme_id).select_related("person").first()
    if channel is None:
        raise Invalid("There is no such way to reach this person.")
    return Reach(
        kind=channel.kind,
        value=channel.value,
        is_safe=channel.is_safe,
        has_ended=channel.ended_at is not None,
        has_died=channel.person.died_on is not None,
    )


def inbox(actor: Actor, *, unread: bool = False, words: str = "") -> QuerySet[Message]:
    """The account messages of whoever is signed in, newest first."""
    found = visible_messages(actor).order_by("-created_at")
    if unread:
        found = found.filter(read_at__isnull=True)
    return matching(found, words)


def unread_count(actor: Actor) -> int:
    return visible_messages(actor).filter(read_at__isnull=True).count()


Namer = Callable[[Collection[UUID], Actor], dict[UUID, str]]
NAMERS: list[Namer] = []


def names_for_messages(namer: Namer) -> Namer:
    """Marks a function of a room above: who these referrals, cases or connections are about, as far as the reader may see."""
    NAMERS.append(namer)
    return namer


def who_they_are_about(messages: Iterable[Message], actor: Actor) -> dict[UUID, str]:
    """The names behind an account's messages, looked up now for this reader and kept nowhere."""
    ids = {each.about_id for each in messages if each.about_id}
    found: dict[UUID, str] = {}
    for namer in NAMERS if ids else ():
        found |= namer(ids, actor)
    return found


def message(actor: Actor, message_id: UUID) -> Message | None:
    return visible_messages(actor).filter(id=message_id).first()


def undelivered(actor: Actor, words: str = "") -> QuerySet[Message]:
    """What never arrived in the actor's scheme, newest first."""
    return matching(visible_undelivered(actor).order_by("-touched_at"), words, Q(address__icontains=words))


def outbox(words: str = "") -> QuerySet[Message]:
    """Everything that left by e-mail or text, newest first. For development and demonstrations."""
    left = Message.objects.filter(way__in=EMAIL_AND_TEXT, state__in=[State.SENT, State.DELIVERED])
    return matching(left.order_by("-sent_at"), words, Q(address__icontains=words))


def matching(found: QuerySet[Message], words: str, *more: Q) -> QuerySet[Message]:
    if not words:
        return found
    wanted = Q(subject__icontains=words) | Q(body__icontains=words)
    for each in more:
        wanted |= each
    return found.filter(wanted)


def letters(actor: Actor, *, posted: bool = False, words: str = "") -> QuerySet[Message]:
    """The letters of the actor's scheme: those to print, or those posted."""
    states = [State.SENT] if posted else [State.CREATED]
    found = visible_letters(actor).filter(state__in=states).select_related("person_channel__person")
    by_name = Q()
    for word in words.split():
        by_name &= Q(person_channel__person__family_name__icontains=word) | Q(
            person_channel__person__given_name__icontains=word
        )
    return matching(found.order_by("-created_at"), words, by_name)


def letter(actor: Actor, letter_id: UUID) -> tuple[Message, Letter] | None:
    """A letter of the actor's scheme as it may be printed now."""
    found = visible_letters(actor).select_related("person_channel__person").filter(id=letter_id).first()
    if found is None or found.person_channel_id is None or found.scheme_id is None:
        return None
    held_back = found.why or why_not(reach_of(found.person_channel_id, found.scheme_id), address=found.address)
    shown = Letter(
        id=found.id,
        subject=found.subject,
        body=found.body,
        address=on_the_envelope(found),
        state=found.state,
        held_back=held_back if found.state != State.SENT else "",
    )
    return found, shown


def addressee(letter: Message) -> tuple[UUID, UUID]:
    """Whose letter it is, and their scheme."""
    channel = cast(Any, letter.person_channel)
    return channel.person_id, channel.scheme_id


def on_the_envelope(letter: Message) -> tuple[str, ...]:
    """Name and the safe address. Where that is only called "home", the person's own address is meant; no other ever is."""
    person = cast(Any, letter.person_channel).person
    is_home = letter.address.strip().casefold() in CALLED_HOME
    where = f"{person.address}\n{person.postcode}" if is_home else letter.address
    return tuple(line.strip() for line in f"{person.full_name}\n{where}".splitlines() if line.strip())


def every_scheme() -> list[UUID]:
    return list(Scheme.objects.values_list("id", flat=True))
