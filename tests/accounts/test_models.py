"""What can never be stored about staff."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linkworks.accounts.models import Invitation, Membership, PasswordReset, User
from linkworks.accounts.roles import Role
from linkworks.core import clock
from tests.cast import Cast
from tests.factories.accounts import make_membership, make_user

pytestmark = pytest.mark.django_db


def refuses(make: Any, *args: Any, **facts: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(*args, **facts)


def test_one_account_per_address_in_any_case() -> None:
    made = make_user(email="Asha.Bell@Example.org")

    assert made.email == "asha.bell@example.org"
    assert str(made) == "Asha Bell"
    refuses(User.objects.create, email="ASHA.BELL@example.org", name="Another")
    assert User.objects.get_by_natural_key(" ASHA.bell@example.org") == made


def test_one_live_membership_of_a_kind(cast: Cast) -> None:
    user = make_user()
    make_membership(user, cast.host, Role.REFERRER)

    refuses(make_membership, user, cast.host, Role.REFERRER)
    make_membership(user, cast.host, Role.VOLUNTEER)
    make_membership(user, cast.practice, Role.REFERRER)
    make_membership(user, cast.host, Role.REFERRER, ends_on=date(2024, 6, 1))
    assert Membership.objects.filter(user=user).count() == 4


def test_a_membership_ends_no_earlier_than_it_starts_and_has_a_known_role(cast: Cast) -> None:
    user = make_user()

    refuses(make_membership, user, cast.host, Role.REFERRER, ends_on=date(2023, 12, 31))
    facts = {"user": user, "organisation": cast.host, "starts_on": date(2024, 1, 1)}
    refuses(Membership.objects.create, role="king", **facts)


def test_states_are_of_the_table(cast: Cast) -> None:
    facts = {
        "organisation": cast.host,
        "role": "referrer",
        "email": "a@example.org",
        "name": "A",
        "expires_at": clock.now(),
    }

    refuses(Invitation.objects.create, state="lost", **facts)
    refuses(PasswordReset.objects.create, user=make_user(), state="lost", expires_at=clock.now())


def test_every_membership_keeps_its_history(cast: Cast) -> None:
    held = make_membership(make_user(), cast.host, Role.REFERRER)
    held.weekly_hours = 12
    held.save()
    key = held.pk
    held.delete()

    events = Membership.pgh_event_model.objects.filter(pgh_obj_id=key)  # type: ignore[attr-defined]
    assert events.count() == 3
