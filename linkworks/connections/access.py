"""Who may see and answer connections: the scheme that sent one, and the provider it was sent to."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission as P
from linkworks.organisations.models import Organisation

from .models import Connection, PersonFeedback, ProviderLink, SharedWords
from .rules import ACCESS_AFTER_CLOSING
from .states import HOLDS_A_PLACE, NOT_SENT

SCHEME_SIDE = frozenset({P.CASE_VIEW_OWN, P.CASE_VIEW_TEAM, P.CASE_WORK, P.CONNECTION_SEND})
NOBODY = Q(pk__in=[])
OPENED_BY = signing.Signer(salt="connections.provider-link", sep=".")


def can_answer(actor: Actor) -> bool:
    """Answers connections for a provider: a co-ordinator, or whoever holds a link."""
    return actor.may(P.CONNECTION_ANSWER)


def can_say_worry(actor: Actor) -> bool:
    """Whoever meets people at a group: they see a name, and may see more than is good for somebody."""
    return actor.may(P.SAFEGUARDING_RAISE) and (can_answer(actor) or can_mark_attendance(actor))


def can_mark_attendance(actor: Actor) -> bool:
    return actor.may(P.ATTENDANCE_MARK)


def works_for_scheme(actor: Actor) -> bool:
    return actor.purpose == "job" or bool(actor.permissions & SCHEME_SIDE)


def visible_connections(actor: Actor) -> QuerySet[Connection]:
    """What the actor may see, from the scheme's side or the provider's."""
    return Connection.objects.filter(of_scheme(actor) | of_provider(actor))


def of_scheme(actor: Actor) -> Q:
    return Q(scheme_id__in=actor.schemes) if works_for_scheme(actor) else NOBODY


def of_provider(actor: Actor) -> Q:
    """A provider sees what was sent to it and not taken back, until thirty days after it ended.

    A link sees its own connection only; whoever only marks attendance sees who is expected, nobody else.
    """
    own = Q(provider_id__in=actor.organisations) & open_to_group()
    if actor.link_id:
        return own & Q(pk__in=live_links().filter(pk=actor.link_id).values("connection_id"))
    if can_answer(actor):
        return own
    if can_mark_attendance(actor):
        return own & Q(state__in=HOLDS_A_PLACE)
    return NOBODY


def open_to_group() -> Q:
    """What a group may read: sent and not taken back, until a while after it ended."""
    return Q(sent_at__isnull=False) & ~Q(state__in=NOT_SENT) & ended_lately_or_not()


def ended_lately_or_not() -> Q:
    return Q(ended_at__isnull=True) | Q(ended_at__gt=now() - ACCESS_AFTER_CLOSING)


def visible_feedback(actor: Actor) -> QuerySet[PersonFeedback]:
    """What people said about services: for whoever works for their scheme, and nobody else."""
    if not works_for_scheme(actor):
        return PersonFeedback.objects.none()
    return PersonFeedback.objects.filter(scheme_id__in=actor.schemes)


def visible_shared_words(actor: Actor) -> QuerySet[SharedWords]:
    """The words people let a group read about its own services. Beside one person's name, by link, they are never read."""
    if not can_answer(actor) or actor.link_id:
        return SharedWords.objects.none()
    return SharedWords.objects.filter(provider_id__in=actor.organisations)


def access_has_ended(actor: Actor, connection_id: UUID) -> bool:
    """Whether this was sent to the actor's own organisation once, and is closed to it now."""
    once = Connection.objects.filter(pk=connection_id, provider_id__in=actor.organisations, sent_at__isnull=False)
    return can_answer(actor) and actor.link_id is None and once.exclude(of_provider(actor)).exists()


def is_schemes_own(actor: Actor, connection: Connection) -> bool:
    """Whether the actor stands on the side of the scheme that sends it, and not on the group's."""
    return works_for_scheme(actor) and connection.scheme_id in actor.schemes


def require_scheme(actor: Actor, connection: Connection) -> None:
    """Refuse anybody but the scheme that sends it."""
    if not is_schemes_own(actor, connection):
        raise NotAllowed("Only the scheme that made this connection can do that.")


def require_side(actor: Actor, connection: Connection, permission: P) -> None:
    """Refuse anybody but the scheme (keying in what was said by telephone) and the provider's people with this permission."""
    if is_schemes_own(actor, connection):
        return
    if actor.may(permission) and Connection.objects.filter(of_provider(actor), pk=connection.pk).exists():
        return
    raise NotAllowed("Only the group this was sent to, or the link worker, can do that.")


# ─── Links ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def live_links() -> QuerySet[ProviderLink]:
    return ProviderLink.objects.filter(revoked_at__isnull=True, expires_at__gt=now())


def token_of(link: ProviderLink) -> str:
    """The signed text in a provider's link: which link, connection, provider and scheme. It can be made again, not guessed."""
    parts = (link.id, link.connection_id, link.provider_id, link.scheme_id)
    return OPENED_BY.sign(urlsafe_b64encode(b"".join(part.bytes for part in parts)).decode().rstrip("="))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> ProviderLink | None:
    """The link a token belongs to, working or not; None for anything we did not sign."""
    try:
        signed = OPENED_BY.unsign(token)
        raw = urlsafe_b64decode(signed + "=" * (-len(signed) % 4))
        link_id, connection_id, provider_id, scheme_id = (UUID(bytes=raw[at : at + 16]) for at in range(0, 64, 16))
    except (signing.BadSignature, ValueError):
        return None
    signed_for = {"connection_id": connection_id, "provider_id": provider_id, "scheme_id": scheme_id}
    return ProviderLink.objects.filter(pk=link_id, token_hash=hash_of(token), **signed_for).first()


def actor_of_link(token: str) -> Actor | None:
    """Whoever holds a working link: the provider, for that one connection. None when it is unknown, expired or revoked."""
    link = link_of(token)
    if link is None or link.revoked_at is not None or link.expires_at <= now():
        return None
    provider = Organisation.objects.only("name").get(pk=link.provider_id)
    return Actor(
        id=f"link:{link.id}",
        name=f"{provider.name} (by link)",
        organisations=frozenset([link.provider_id]),
        permissions=frozenset([P.CONNECTION_ANSWER, P.ATTENDANCE_MARK, P.SAFEGUARDING_RAISE]),
        organisation_id=link.provider_id,
        organisation_name=provider.name,
        purpose="provider",
        link_id=link.id,
    )
