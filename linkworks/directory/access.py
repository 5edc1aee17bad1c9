"""Who may do what in the directory. Reading it is for everybody; listings not shown are for those who keep it."""

from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from linkworks.core.actor import Actor
from linkworks.core.clock import now, today
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission

from .models import Claim, RefreshRequest, Service, Source
from .states import RefreshState, ServiceStatus

OPENED_BY = signing.Signer(salt="directory.refresh-link", sep=".")
CLAIMED_BY = signing.Signer(salt="directory.claim-link", sep=".")
SHARED_BY = signing.Signer(salt="directory.shared-list", sep=".")
LINK_ENDED = (RefreshState.STOPPED, RefreshState.LAPSED)


def may_edit(actor: Actor) -> bool:
    """Directory stewards, and Linkworks' own jobs (a feed being read, the made-up London)."""
    return actor.may(Permission.DIRECTORY_EDIT) or actor.purpose == "job"


def check_may_edit(actor: Actor) -> None:
    if not may_edit(actor):
        raise NotAllowed("Your role does not let you change the directory. Ask a directory steward.")


def check_may_say_room(actor: Actor, service: Service) -> None:
    """A group's own co-ordinators know best how many places there are."""
    theirs = actor.may(Permission.CONNECTION_ANSWER) and service.organisation_id in actor.organisations
    if not (theirs and actor.link_id is None):
        check_may_edit(actor)


def may_edit_own(actor: Actor, service: Service) -> bool:
    """A group's own co-ordinators, signed in."""
    theirs = actor.may(Permission.CONNECTION_ANSWER) and service.organisation_id in actor.organisations
    return theirs and actor.is_signed_in


def check_may_edit_own(actor: Actor, service: Service) -> None:
    if not may_edit_own(actor, service):
        raise NotAllowed("Only the group’s own co-ordinators can change its listing here.")


def refresh_token(request_id: UUID) -> str:
    """The signed text in a group's link: which request. It can be made again, not guessed."""
    return OPENED_BY.sign(request_id.hex)


def refresh_actor(token: str) -> Actor | None:
    """Whoever holds a working link: the group, for that one listing and nothing else. None when it is unknown or over."""
    try:
        asked = RefreshRequest.objects.select_related("service__organisation").get(id=UUID(OPENED_BY.unsign(token)))
    except (signing.BadSignature, ValueError, RefreshRequest.DoesNotExist):
        return None
    if asked.expires_at <= now() or asked.state in LINK_ENDED:
        return None
    name = f"{asked.service.organisation.name} (by link)"
    return Actor(id=f"refresh:{asked.id}", name=name, purpose="listing", link_id=asked.id)


def claim_token(claim_id: UUID) -> str:
    """The signed text in the link that shows that an address is somebody's."""
    return CLAIMED_BY.sign(claim_id.hex)


def claim_actor(token: str) -> Actor | None:
    """Whoever reads the post of the address a claim gave, for that claim and nothing else."""
    try:
        claim = Claim.objects.get(id=UUID(CLAIMED_BY.unsign(token)))
    except (signing.BadSignature, ValueError, Claim.DoesNotExist):
        return None
    if claim.expires_at <= now():
        return None
    return Actor(id=f"claim:{claim.id}", name=f"{claim.name} (by link)", purpose="claim", link_id=claim.id)


def shared_token(list_id: UUID) -> str:
    """The signed text in the link to a shared list."""
    return SHARED_BY.sign(list_id.hex)


def shared_id(token: str) -> UUID | None:
    """Which list a link is to, if we made it."""
    try:
        return UUID(SHARED_BY.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def check_holds_claim(actor: Actor, claim: Claim) -> None:
    if actor.purpose != "claim" or actor.link_id != claim.id:
        raise NotAllowed("Only whoever asked can say that this address is theirs.")


def check_holds_link(actor: Actor, request: RefreshRequest) -> None:
    if actor.purpose != "listing" or actor.link_id != request.id:
        raise NotAllowed("Only the group that was asked can answer this.")


def visible_services(actor: Actor) -> QuerySet[Service]:
    """Published services for everybody; all of them for those who keep the directory."""
    return Service.objects.all() if may_edit(actor) else published_services()


def offered_services() -> QuerySet[Service]:
    """What finding may offer: it runs, and is not a high-risk listing that nobody has confirmed for too long."""
    return running_services().filter(confirmed_in_time())


def confirmed_in_time() -> Q:
    """Listings that harm people when they are wrong are offered until a day, unless they are confirmed again."""
    return Q(offered_until__isnull=True) | Q(offered_until__gte=today())


def running_services() -> QuerySet[Service]:
    return published_services().filter(status=ServiceStatus.ACTIVE)


def published_services() -> QuerySet[Service]:
    return Service.objects.filter(is_published=True)


def shared_services() -> QuerySet[Service]:
    """What may be published onwards, in our feed and in exports: our own, and those of sources whose licence lets us.

    What finding hides until somebody confirms it is not handed on either: whoever copies it would offer it as if it were checked.
    """
    may_be_shared = Q(source__isnull=True) | Q(source__in=Source.objects.exclude(licence=""))
    return published_services().filter(may_be_shared, confirmed_in_time()).exclude(summary="")
