"""Take on a scheme with its host, and invite the host's first administrator, who invites everybody else."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from linkworks.accounts.actions.invitations import invite_first_administrator
from linkworks.core import tenancy
from linkworks.core.actor import Actor
from linkworks.core.errors import LinkworksError
from linkworks.organisations.actions.registering import add_organisation, add_scheme
from linkworks.organisations.management.commands.add_organisation import organisation_called
from linkworks.organisations.models import Organisation, Scheme
from linkworks.organisations.queries import organisations_named
from linkworks.organisations.rules import places
from linkworks.organisations.states import Coverage, OrganisationKind

BY = Actor(id="job:add-scheme", name="Set up by the installation", purpose="job")


class Command(BaseCommand):
    help = "Take on a scheme, its host and the host's first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="The scheme's name")
        parser.add_argument(
            "--host", required=True, help="The organisation that hosts it, by name or code; a new one is taken on"
        )
        parser.add_argument("--host-kind", default="charity", choices=[kind.value for kind in OrganisationKind])
        parser.add_argument(
            "--borough",
            action="append",
            required=True,
            metavar="CODE",
            help="ONS code, for example E09000028; may be repeated",
        )
        parser.add_argument("--coverage", default="whole-population", choices=[each.value for each in Coverage])
        parser.add_argument("--phone", default="", help="The number people call")
        parser.add_argument("--scheme-email", default="", help="The address people write to: anybody can read it")
        parser.add_argument("--administrator", required=True, metavar="NAME", help="Who invites everybody else")
        parser.add_argument("--email", required=True, help="The administrator's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        check(options)
        with transaction.atomic(), tenancy.context(BY):
            try:
                scheme = take_on(options)
            except LinkworksError as error:
                raise CommandError(error.message) from error
        self.stdout.write(
            f"{scheme.name} is set up. An invitation will be sent to {options['administrator']} at {options['email']};"
            " it leaves when the worker runs (`linkworks worker`)."
        )


def check(options: dict[str, Any]) -> None:
    """What was typed makes sense, before anything is made."""
    unknown = [code for code in options["borough"] if code not in places.boroughs()]
    if unknown:
        raise CommandError(
            f"{', '.join(unknown)} is not the ONS code of a London borough. They run from E09000001 to E09000033."
        )
    for address in filter(None, (options["scheme_email"], options["email"] or " ")):
        check_email(address)
    if Scheme.objects.filter(slug=slug_of(options["name"])).exists():
        raise CommandError(f"There is a scheme called {options['name']} already.")


def check_email(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise CommandError(f"{address} is not an e-mail address.") from error


def host_of(options: dict[str, Any]) -> Organisation:
    """The organisation that hosts it: one that is here already, or a new one."""
    if organisations_named(options["host"]):
        return organisation_called(options["host"])
    return add_organisation(name=options["host"], kind=options["host_kind"], by=BY)


def take_on(options: dict[str, Any]) -> Scheme:
    host = host_of(options)
    areas = [("borough", code) for code in options["borough"]]
    facts = {
        "slug": slug_of(options["name"]),
        "coverage": options["coverage"],
        "phone": options["phone"],
        "email": options["scheme_email"],
    }
    scheme = add_scheme(name=options["name"], host=host, areas=areas, by=BY, **facts)
    invite_first_administrator(host, name=options["administrator"], email=options["email"], by=BY)
    return scheme


def slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50]
