"""Inviting an organisation's first administrator from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from linkworks.accounts.models import Invitation
from linkworks.accounts.queries import invitation_behind
from tests.cast import Cast

pytestmark = pytest.mark.django_db

WHO = {"name": "Kit Moss", "email": "Kit.Moss@example.org"}


def test_the_first_administrator_is_invited_and_the_link_is_shown(cast: Cast) -> None:
    call_command("invite_administrator", cast.provider.name.lower(), **WHO, stdout=(out := StringIO()))

    made = Invitation.objects.get()
    assert (made.organisation, made.role, made.email) == (
        cast.provider,
        "organisation-administrator",
        "kit.moss@example.org",
    )
    facts = invitation_behind(out.getvalue().split("/accounts/join/")[1].split()[0])
    assert facts is not None
    assert facts.id == made.id


def test_a_board_is_found_by_its_code(db: None) -> None:
    call_command("invite_administrator", "qkk", **WHO, stdout=StringIO())

    assert Invitation.objects.get().organisation.ods_code == "QKK"


def test_a_name_that_is_not_one_organisation_is_refused(cast: Cast) -> None:
    with pytest.raises(CommandError, match="0 organisations are called"):
        call_command("invite_administrator", "Nowhere", **WHO)


def test_what_is_no_address_is_refused(cast: Cast) -> None:
    with pytest.raises(CommandError, match="kit at home is not an e-mail address"):
        call_command("invite_administrator", cast.provider.name, name="Kit Moss", email="kit at home")

    assert not Invitation.objects.exists()


def test_twice_is_refused(cast: Cast) -> None:
    call_command("invite_administrator", cast.provider.name, **WHO, stdout=StringIO())

    with pytest.raises(CommandError, match="has been invited already"):
        call_command("invite_administrator", cast.provider.name, **WHO)
