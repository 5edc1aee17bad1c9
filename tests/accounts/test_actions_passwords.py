"""A forgotten password, and changing one's own."""

from datetime import timedelta

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.accounts import actions
from linkworks.accounts.models import PasswordReset, PasswordResetMove, User
from linkworks.accounts.queries import actor_for, password_reset_mail, reset_behind
from linkworks.core import clock
from linkworks.core.actor import PUBLIC
from linkworks.core.errors import Conflict, Invalid
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db

GOOD = "marmalade canal bicycle"


@pytest.fixture
def user() -> User:
    return make_user()


def queued() -> int:
    return ProcrastinateJob.objects.filter(task_name="messaging.send_password_reset").count()


@pytest.mark.parametrize("typed", ["asha.bell@example.org", " ASHA.BELL@example.org "])
def test_asking_queues_a_letter(user: User, typed: str) -> None:
    actions.ask_for_new_password(email=typed, by=PUBLIC)

    reset = PasswordReset.objects.get(user=user)
    assert queued() == 1
    letter = password_reset_mail(str(reset.id))
    assert letter.to == user.email
    assert reset_behind(letter.body.split("/accounts/password/new/")[1].split()[0]) == reset.id


@pytest.mark.parametrize("address", ["nobody@example.org", "sleeping@example.org", ""])
def test_asking_for_nobody_does_nothing(address: str) -> None:
    make_user("Sleeping", email="sleeping@example.org", is_active=False)

    actions.ask_for_new_password(email=address, by=PUBLIC)

    assert queued() == 0


def test_a_person_is_not_flooded(user: User) -> None:
    for _ in range(8):
        actions.ask_for_new_password(email=user.email, by=PUBLIC)

    assert queued() == 5


def test_only_the_newest_link_works(user: User) -> None:
    actions.ask_for_new_password(email=user.email, by=PUBLIC)
    first = PasswordReset.objects.get()
    actions.ask_for_new_password(email=user.email, by=PUBLIC)

    with pytest.raises(Conflict, match="Ask for a new one"):
        actions.set_new_password(first.id, password=GOOD, by=PUBLIC)
    newest = PasswordReset.objects.get(state="requested")
    actions.set_new_password(newest.id, password=GOOD, by=PUBLIC)

    user.refresh_from_db()
    assert user.check_password(GOOD)


def test_a_link_works_once_for_an_hour(user: User) -> None:
    actions.ask_for_new_password(email=user.email, by=PUBLIC)
    reset = PasswordReset.objects.get()
    with time_machine.travel(clock.now() + timedelta(minutes=61)), pytest.raises(Conflict):
        actions.set_new_password(reset.id, password=GOOD, by=PUBLIC)
    actions.set_new_password(reset.id, password=GOOD, by=PUBLIC)

    with pytest.raises(Conflict):
        actions.set_new_password(reset.id, password="another good phrase", by=PUBLIC)


def moves(reset: PasswordReset) -> list[tuple[str, str, str, str]]:
    return [(each.move, each.was, each.became, each.made_by) for each in reset.moves.all()]


def test_each_step_is_written_down_with_who_took_it(user: User) -> None:
    for _ in range(3):
        actions.ask_for_new_password(email=user.email, by=PUBLIC)
    first, second, newest = PasswordReset.objects.order_by("created_at")
    replaced = [("replace", "requested", "replaced", PUBLIC.id)]
    assert (moves(first), moves(second), moves(newest)) == (replaced, replaced, [])
    with pytest.raises(Invalid):
        actions.set_new_password(newest.id, password="short", by=PUBLIC)
    with pytest.raises(Conflict):
        actions.set_new_password(first.id, password=GOOD, by=PUBLIC)
    assert (moves(first), moves(newest)) == (replaced, []), "what was refused is no step"
    actions.set_new_password(newest.id, password=GOOD, by=PUBLIC)
    assert moves(newest) == [("use", "requested", "used", PUBLIC.id)]
    for each in PasswordReset.objects.all():
        assert each.state == (each.moves.last().became if each.moves.exists() else "requested")


def test_the_steps_go_with_the_request(user: User) -> None:
    """A month after it ended nobody needs to know who asked: not from its history either."""
    for _ in range(2):
        actions.ask_for_new_password(email=user.email, by=PUBLIC)
    with time_machine.travel(clock.now() + timedelta(days=20)):
        actions.forget_what_is_over()
        assert PasswordResetMove.objects.count() == 1
    with time_machine.travel(clock.now() + timedelta(days=40)):
        actions.forget_what_is_over()
    assert not PasswordResetMove.objects.exists() and not PasswordReset.objects.exists()


def test_a_weak_password_is_refused_and_the_link_still_works(user: User) -> None:
    actions.ask_for_new_password(email=user.email, by=PUBLIC)
    reset = PasswordReset.objects.get()

    with pytest.raises(Invalid):
        actions.set_new_password(reset.id, password="short", by=PUBLIC)

    assert actions.set_new_password(reset.id, password=GOOD, by=PUBLIC)


def test_changing_ones_own_needs_the_current_one(user: User) -> None:
    by = actor_for(user)
    with pytest.raises(Invalid) as raised:
        actions.change_password(current="wrong", password=GOOD, by=by)
    assert raised.value.field == "current"

    actions.change_password(current=PASSWORD, password=GOOD, by=by)

    user.refresh_from_db()
    assert user.check_password(GOOD)


def test_changing_ones_name(user: User) -> None:
    assert actions.change_name(name="  Asha Bell-Okoro ", by=actor_for(user)).name == "Asha Bell-Okoro"
