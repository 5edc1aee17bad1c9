"""Who may see and change schemes. Where a scheme is and who it is for is public; how it is set up is its team's."""

from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission

from .models import Scheme


def can_change_settings(actor: Actor) -> bool:
    return actor.may(Permission.SCHEME_SETTINGS)


def visible_schemes(actor: Actor) -> QuerySet[Scheme]:
    """The schemes the actor works in."""
    return Scheme.objects.filter(id__in=actor.schemes)


def require_settings(actor: Actor, scheme_id: UUID) -> None:
    """Refuse anybody who may not change this scheme's settings."""
    if not can_change_settings(actor) or scheme_id not in actor.schemes:
        raise NotAllowed("Only a manager of this scheme can change its settings.")
