"""Who may refer, and who may see which referral: the sender's organisation, and the scheme it was sent to."""

import hashlib
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, Q, QuerySet

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission as P
from linkworks.people.access import in_sight

from .models import GuestLink, Referral, ReferralMove
from .states import Door, Move

FRONT_DOOR = "front-door"
SIGNER = Signer(salt="linkworks.referrals.guest-link")


def can_refer(actor: Actor) -> bool:
    return actor.may(P.REFERRAL_SEND) and actor.organisation_id is not None


def can_key_in(actor: Actor) -> bool:
    return actor.may(P.REFERRAL_KEY_IN) and bool(actor.schemes)


def can_triage(actor: Actor) -> bool:
    return actor.may(P.REFERRAL_TRIAGE) and bool(actor.schemes)


def can_see_inbox(actor: Actor) -> bool:
    return can_triage(actor) or (actor.may(P.CASE_VIEW_TEAM) and bool(actor.schemes))


def can_see_any(actor: Actor) -> bool:
    return can_refer(actor) or can_see_inbox(actor)


def own_referrals(actor: Actor) -> QuerySet[Referral]:
    """What the actor's own organisation sent, and what they keyed in for somebody."""
    if not can_refer(actor):
        return Referral.objects.none()
    return Referral.objects.filter(Q(from_organisation_id__in=actor.organisations) | keyed_in_by(actor))


def keyed_in_by(actor: Actor) -> Q:
    """What somebody wrote down at the telephone or from paper, as long as they may know of the person."""
    sent = ReferralMove.objects.filter(referral=OuterRef("pk"), move=Move.SEND, made_by=actor.id)
    theirs = Q(Exists(sent), door__in=[Door.PHONE, Door.PAPER], scheme_id__in=actor.schemes)
    return theirs & (Q(person__isnull=True) | in_sight(actor, "person__"))


def visible_referrals(actor: Actor) -> QuerySet[Referral]:
    """What the actor's organisation sent, and what came to their scheme. People kept close look as if they were not there."""
    seen = Q(pk__in=[])
    if can_refer(actor):
        seen |= Q(from_organisation_id__in=actor.organisations) | keyed_in_by(actor)
    if can_see_inbox(actor):
        seen |= Q(scheme_id__in=actor.schemes) & (Q(person__isnull=True) | in_sight(actor, "person__"))
    return Referral.objects.filter(seen)


def may_change(actor: Actor, referral: Referral) -> bool:
    """Whoever sent it or keyed it in, and the scheme that has it, may put it right or withdraw it."""
    if can_triage(actor) and referral.scheme_id in actor.schemes:
        return True
    return own_referrals(actor).filter(pk=referral.pk).exists()


def require_change(actor: Actor, referral: Referral) -> None:
    if not may_change(actor, referral):
        raise NotAllowed("Only the organisation that sent this referral, or the scheme it went to, can change it.")


def require_triage(actor: Actor, scheme_id: UUID) -> None:
    """The scheme's team decides; a job acts for the scheme it was queued for."""
    if scheme_id not in actor.schemes or not (can_triage(actor) or actor.purpose == "job"):
        raise NotAllowed("Only the team of the scheme it was sent to can decide about a referral.")


def require_sending(actor: Actor, *, scheme_id: UUID, organisation_id: UUID | None, door: str) -> None:
    """Each door has its own people: an account, a verified link, the public, or a scheme's staff at the telephone."""
    allowed = {
        Door.ACCOUNT: can_refer(actor) and organisation_id in actor.organisations,
        Door.VERIFIED_LINK: actor.purpose == FRONT_DOOR and actor.link_id is not None,
        Door.SELF: actor.purpose == FRONT_DOOR,
        Door.PHONE: can_key_in(actor) and scheme_id in actor.schemes,
        Door.PAPER: can_key_in(actor) and scheme_id in actor.schemes,
    }
    if not allowed[Door(door)]:
        raise NotAllowed("You cannot send a referral this way.")


def guest_token(link_id: UUID) -> str:
    """The secret part of a professional's link, worked out again from its id: a queued job carries the id alone."""
    return SIGNER.sign(link_id.hex)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def guest_link(token: str) -> GuestLink | None:
    """The link this token opens, while it is a day old at most."""
    try:
        SIGNER.unsign(token)
    except BadSignature:
        return None
    return GuestLink.objects.filter(token_hash=hash_of(token), expires_at__gt=clock.now()).first()


def guest_actor(token: str) -> Actor | None:
    """A professional at the front door: may send, and read nothing."""
    link = guest_link(token)
    return Actor(id=f"link:{link.id}", name=link.name, purpose=FRONT_DOOR, link_id=link.id) if link else None
