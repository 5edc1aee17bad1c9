"""Who is acting, from a user and the membership they chose."""

from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from linkworks.core import clock
from linkworks.core.actor import Actor

from ..models import Membership, User
from ..roles import permissions_of

SECOND_FACTORS = Authenticator.objects.filter(type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
CHOSEN = "membership_id"  # where the session keeps the membership somebody chose


def live_on(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def live_memberships(user: User | AnonymousUser) -> QuerySet[Membership]:
    """What this person is today, and where. The one held longest comes first."""
    found = Membership.objects.filter(live_on(clock.today()), user_id=str(user.pk), organisation__is_active=True)
    found = found.annotate(has_second_factor=Exists(SECOND_FACTORS.filter(user_id=OuterRef("user_id"))))
    return found.select_related("organisation", "scheme").order_by("starts_on", "created_at", "id")


def actor_for(user: User, membership_id: UUID | str | None = None) -> Actor:
    """The actor this person is: one membership at a time, the chosen one while it lives, else their first.

    With no live membership the actor is signed in and may do nothing.
    """
    return actor_among(user, list(live_memberships(user)) if user.is_active else [], membership_id)


def actor_among(user: User, memberships: list[Membership], membership_id: UUID | str | None) -> Actor:
    chosen = [each for each in memberships if str(each.id) == str(membership_id)] or memberships
    return acting_as(user, chosen[0]) if chosen else Actor(id=f"staff:{user.id}", name=user.name, user_id=user.id)


def acting_as(user: User, membership: Membership) -> Actor:
    return Actor(
        id=f"staff:{user.id}",
        name=user.name,
        schemes=frozenset([membership.scheme_id] if membership.scheme_id else []),
        organisations=frozenset([membership.organisation_id]),
        permissions=permissions_of(membership.role),
        user_id=user.id,
        membership_id=membership.id,
        organisation_id=membership.organisation_id,
        organisation_name=membership.organisation.name,
        role=membership.role,
    )


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether the account has an authenticator app or a passkey. Recovery codes alone do not count."""
    found: bool = SECOND_FACTORS.filter(user_id=str(user.pk)).exists()
    return found
