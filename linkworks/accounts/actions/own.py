"""One's own account: name and password."""

from datetime import timedelta
from uuid import UUID

from axes.models import AccessAttempt
from django.db import transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.later import later
from linkworks.core.states import after

from ..models import PasswordReset, PasswordResetMove, User
from ..states import RESET_MOVES, ResetMove, ResetState
from .passwords import refuse_weak

GOOD_FOR = timedelta(hours=1)
MOST_IN_AN_HOUR = 5
KEPT = timedelta(days=30)


@transaction.atomic
def change_name(*, name: str, by: Actor) -> User:
    """Change the name colleagues see."""
    user = User.objects.select_for_update().get(pk=str(by.user_id))
    user.name = name.strip()
    user.save(update_fields=["name"])
    return user


@transaction.atomic
def change_password(*, current: str, password: str, by: Actor) -> User:
    """Change one's own password. Every other session of this account ends."""
    user = User.objects.select_for_update().get(pk=str(by.user_id))
    if not user.check_password(current):
        raise Invalid("The current password is not right. Try again.", field="current")
    return keep_password(user, password)


@transaction.atomic
def ask_for_new_password(*, email: str, by: Actor) -> None:
    """Send a link to choose a new password, when the address has an account. The asker is told the same either way."""
    user = User.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        return
    if PasswordReset.objects.filter(user=user, created_at__gt=clock.now() - GOOD_FOR).count() >= MOST_IN_AN_HOUR:
        return
    send_link(user, by=by)


@transaction.atomic
def set_new_password(reset_id: UUID, *, password: str, by: Actor) -> User:
    """Choose a new password by a link. It ends every session, and signs nobody in."""
    reset = PasswordReset.objects.select_for_update().select_related("user").get(pk=reset_id)
    if reset.state != ResetState.REQUESTED or reset.expires_at <= clock.now() or not reset.user.is_active:
        raise Conflict("This link has ended. Ask for a new one.")
    user = keep_password(reset.user, password)
    step(reset, ResetMove.USE, by=by)
    return user


@transaction.atomic
def forget_what_is_over() -> None:
    """A month after it ended, nobody needs to know who asked for a link, or whose password was mistyped where."""
    PasswordReset.objects.filter(expires_at__lt=clock.now() - KEPT).delete()
    AccessAttempt.objects.filter(attempt_time__lt=clock.now() - KEPT).delete()


def send_link(user: User, *, by: Actor, **facts: str) -> PasswordReset:
    """Queue the letter with a link to choose a password; links sent before stop working."""
    replace_open(user, by=by)
    made = PasswordReset.objects.create(user=user, expires_at=clock.now() + GOOD_FOR, **facts)
    later("messaging.send_password_reset", made.id)
    return made


def keep_password(user: User, password: str) -> User:
    refuse_weak(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def replace_open(user: User, *, by: Actor) -> None:
    """Only the newest link works."""
    for each in PasswordReset.objects.filter(user=user, state=ResetState.REQUESTED.value):
        step(each, ResetMove.REPLACE, by=by)


def step(reset: PasswordReset, move: ResetMove, *, by: Actor) -> None:
    was, reset.state = reset.state, after(RESET_MOVES, reset.state, move)
    reset.save(update_fields=["state"])
    said = {"was": was, "became": reset.state, "made_by": by.id, "made_by_name": by.name[:200]}
    PasswordResetMove.objects.create(reset=reset, move=move, **said)
