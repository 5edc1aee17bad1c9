"""What somebody is at an organisation: another role from today, or no longer."""

from decimal import Decimal
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, NotAllowed

from ..access import require_manager
from ..models import Membership, PasswordReset, User
from ..roles import ROLES, Role
from .invitations import check_role
from .own import send_link


@transaction.atomic
def change_role(
    membership_id: UUID, *, role: Role, scheme_id: UUID | None, weekly_hours: Decimal | None = None, by: Actor
) -> Membership:
    """Give a colleague another role, or other hours, from today. What they were before stays in the history."""
    held = held_by_colleague(membership_id, by)
    check_role(held.organisation_id, role, scheme_id)
    scheme = scheme_id if ROLES[role].needs_scheme else None
    hours = held.weekly_hours if weekly_hours is None else weekly_hours
    if (held.role, str(held.scheme_id)) == (role.value, str(scheme)):
        return with_hours(held, hours)
    end_today(held)
    facts = {"user_id": held.user_id, "organisation_id": held.organisation_id, "scheme_id": scheme, "role": role.value}
    try:
        with transaction.atomic():
            return Membership.objects.create(starts_on=clock.today(), weekly_hours=hours, **facts)
    except IntegrityError as error:
        raise Conflict("They already have this role here.") from error


def with_hours(held: Membership, hours: Decimal) -> Membership:
    """The same role with other hours; the audit keeps what they were."""
    if held.weekly_hours != hours:
        held.weekly_hours = hours
        held.save(update_fields=["weekly_hours"])
    return held


@transaction.atomic
def end_membership(membership_id: UUID, *, by: Actor) -> Membership:
    """End what a colleague is here. Their next page already knows."""
    held = held_by_colleague(membership_id, by)
    end_today(held)
    return held


@transaction.atomic
def start_again(membership_id: UUID, *, by: Actor) -> PasswordReset:
    """Help a colleague who lost their phone: second factors and password end, and they get a link to begin anew.

    The administrator never holds the link, so nobody signs in as a colleague this way. Every session of theirs ends.
    """
    held = held_by_colleague(membership_id, by)
    user = User.objects.select_for_update().get(pk=held.user_id)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return send_link(user, by=by, started_by=by.id, started_by_name=by.name)


def held_by_colleague(membership_id: UUID, by: Actor) -> Membership:
    held = Membership.objects.select_for_update().get(pk=membership_id)
    require_manager(by, held.organisation_id)
    if held.user_id == by.user_id:
        raise NotAllowed("You cannot do this to your own role. Ask another administrator.")
    if held.ends_on is not None and held.ends_on <= clock.today():
        raise Conflict("This role has ended already.")
    return held


def end_today(held: Membership) -> None:
    held.ends_on = max(held.starts_on, clock.today())
    held.save(update_fields=["ends_on"])
