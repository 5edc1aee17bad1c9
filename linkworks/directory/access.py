"""Who may do what in the directory. Reading it is for everybody; listings not shown are for those who keep it."""

from django.db.models import Q, QuerySet

from linkworks.core.actor import Actor
from linkworks.core.clock import today
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission

from .models import Service


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


def visible_services(actor: Actor) -> QuerySet[Service]:
    """Published services for everybody; all of them for those who keep the directory."""
    return Service.objects.all() if may_edit(actor) else published_services()


def offered_services() -> QuerySet[Service]:
    """What finding may offer: published, and not a high-risk listing that nobody has confirmed for too long."""
    return published_services().filter(Q(offered_until__isnull=True) | Q(offered_until__gte=today()))


def published_services() -> QuerySet[Service]:
    return Service.objects.filter(is_published=True)


def shared_services() -> QuerySet[Service]:
    """What may be published onwards, in our feed and in exports: our own, and those of sources whose licence lets us."""
    may_be_shared = Q(source__isnull=True) | ~Q(source__licence="")
    return published_services().filter(may_be_shared).exclude(summary="")
