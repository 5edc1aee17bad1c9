"""`linkworks add-scheme`: a place joins from the command line, and its first administrator is invited."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.accounts.management.commands.add_scheme import slug_of
from linkworks.accounts.models import Invitation, InvitationMove
from linkworks.organisations.models import CatchmentArea, Organisation, Scheme
from linkworks.organisations.queries import settings_of, who_serves
from linkworks.organisations.rules.places import boroughs
from linkworks.organisations.rules.settings import SchemeSettings
from tests.factories.organisations import make_postcode

pytestmark = pytest.mark.django_db


def add(name: str = "Peckham Connects", **changes: Any) -> str:
    facts: dict[str, Any] = {
        "host": "Peckham Hearth",
        "borough": ["E09000028"],
        "administrator": "Kit Moss",
        "email": "Kit.Moss@example.org",
        **changes,
    }
    areas = [part for code in facts.pop("borough") for part in ("--borough", code)]
    named = [part for key, value in facts.items() for part in (f"--{key}", value)]
    call_command("add_scheme", name, *areas, *named, stdout=(out := StringIO()))
    return out.getvalue()


def nothing_was_made() -> bool:
    return not Scheme.objects.exists() and not Invitation.objects.exists()


def test_the_scheme_serves_and_works_by_the_defaults() -> None:
    make_postcode()
    add()

    made = Scheme.objects.get()
    assert (made.name, made.slug, made.host.name) == ("Peckham Connects", "peckham-connects", "Peckham Hearth")
    assert settings_of(made.id) == SchemeSettings()
    answer = who_serves("SE15 5DD")
    assert answer.scheme and answer.scheme.id == made.id
    assert not made.is_fictional


def test_what_is_said_is_what_happened_and_the_letter_waits_for_the_worker() -> None:
    """It once said that the invitation had been sent, when no worker was running yet."""
    said = add()

    assert "Peckham Connects is set up." in said
    assert "An invitation will be sent to Kit Moss at Kit.Moss@example.org" in said
    assert "it leaves when the worker runs" in said
    assert "has been sent" not in said
    [job] = ProcrastinateJob.objects.filter(task_name="messaging.send_invitation")
    assert (job.status, job.args["ids"]) == ("todo", [str(Invitation.objects.get().id)])


def test_the_administrator_is_invited_to_the_host_and_to_nothing_else() -> None:
    add()

    invited = Invitation.objects.get()
    assert (invited.organisation.name, invited.role, invited.scheme) == (
        "Peckham Hearth",
        "organisation-administrator",
        None,
    )
    assert invited.email == "kit.moss@example.org"
    assert invited.invited_by is None
    assert InvitationMove.objects.get().made_by_name == "Set up by the installation"


def test_several_boroughs() -> None:
    add(borough=["E09000028", "E09000022"])

    assert set(CatchmentArea.objects.values_list("kind", "code")) == {
        ("borough", "E09000028"),
        ("borough", "E09000022"),
    }


@pytest.mark.parametrize("code", sorted(boroughs()))
def test_any_borough_can_join(code: str) -> None:
    add(borough=[code])

    assert CatchmentArea.objects.get().code == code


@pytest.mark.parametrize("coverage", ["whole-population", "place", "cohort", "developing", "none"])
def test_however_far_it_reaches(coverage: str) -> None:
    add(coverage=coverage)

    assert Scheme.objects.get().coverage == coverage


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"borough": ["E09000034"]}, "E09000034 is not the ONS code of a London borough"),
        ({"borough": ["Southwark"]}, "They run from E09000001 to E09000033"),
        ({"borough": ["E09000028", "E06000043", "x"]}, "E06000043, x is not"),
        ({"email": "kit at home"}, "kit at home is not an e-mail address"),
        ({"email": ""}, "is not an e-mail address"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(changes: dict[str, Any], said: str) -> None:
    before = Organisation.objects.count()

    with pytest.raises(CommandError, match=said):
        add(**changes)

    assert nothing_was_made()
    assert Organisation.objects.count() == before


@pytest.mark.parametrize(("name", "value"), [("coverage", "most-people"), ("host_kind", "castle")])
def test_words_nobody_knows_are_refused(name: str, value: str) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command(
            "add_scheme", "X", "--host", "H", "--borough", "E09000028", "--administrator", "A", "--email", "a@example.org",
            f"--{name.replace('_', '-')}", value,
        )  # fmt: skip
    assert nothing_was_made()


def test_twice_is_refused_and_makes_no_second_host() -> None:
    add()

    with pytest.raises(CommandError, match="There is a scheme called PECKHAM connects already"):
        add("PECKHAM connects", host="Another Host")

    assert Scheme.objects.count() == Invitation.objects.count() == 1
    assert not Organisation.objects.filter(name="Another Host").exists()


def test_a_second_scheme_of_one_charity_makes_no_second_charity() -> None:
    add()
    add("Rye Lane Links", host="peckham hearth", borough=["E09000022"], email="lou@example.org")

    assert Organisation.objects.filter(name__iexact="Peckham Hearth").count() == 1
    assert {each.host for each in Scheme.objects.all()} == {Organisation.objects.get(name="Peckham Hearth")}


def test_a_council_that_is_known_is_the_host() -> None:
    add(host="E09000028")

    assert Scheme.objects.get().host.ons_code == "E09000028"


def test_a_name_of_two_organisations_is_refused() -> None:
    for code in ("G85001", "G85002"):
        Organisation.objects.create(name="The Surgery", kind="gp-practice", ods_code=code)
    with pytest.raises(CommandError, match="2 organisations are called “The Surgery”"):
        add(host="The Surgery")

    assert nothing_was_made()


def test_the_administrators_address_is_not_published() -> None:
    add()
    assert Scheme.objects.get().email == ""


def test_the_schemes_own_address_is() -> None:
    add(**{"scheme-email": "hello@peckham.example.org"})
    assert Scheme.objects.get().email == "hello@peckham.example.org"
    with pytest.raises(CommandError, match="hello is not an e-mail address"):
        add("Other", **{"scheme-email": "hello"})


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Peckham Connects", "peckham-connects"),
        ("  The  (New) Scheme! ", "the-new-scheme"),
        ("Weavers' & Dockers'", "weavers-dockers"),
        ("a" * 80, "a" * 50),
    ],
)
def test_an_address_is_made_from_the_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug
