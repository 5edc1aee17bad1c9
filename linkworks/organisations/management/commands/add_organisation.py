"""`linkworks add-organisation`: whoever refers, provides or commissions joins, so that its people can have accounts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.core.errors import LinkworksError
from linkworks.organisations import actions, queries
from linkworks.organisations.models import Organisation
from linkworks.organisations.states import OrganisationKind

from .change_scheme import BY


class Command(BaseCommand):
    help = "Take on an organisation: a practice, pharmacy, hospital, library, charity. Then invite its administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="The organisation's name")
        parser.add_argument("--kind", required=True, choices=[kind.value for kind in OrganisationKind])
        parser.add_argument(
            "--ods", default="", metavar="CODE", help="ODS code, for example G85001: a practice needs it"
        )
        parser.add_argument("--postcode", default="", help="Where it is")

    def handle(self, *args: Any, **options: Any) -> None:
        if queries.organisations_named(options["name"]) and not options["ods"]:
            raise CommandError(
                f"There is an organisation called “{options['name']}” already. Tell them apart with --ods."
            )
        facts = {"ods_code": options["ods"], "postcode": options["postcode"]}
        try:
            made = actions.add_organisation(name=options["name"], kind=options["kind"], by=BY, **facts)
        except LinkworksError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"{made.name} is taken on. Invite who looks after its accounts with `linkworks manage invite_administrator`."
        )


def organisation_called(name: str) -> Organisation:
    found = queries.organisations_named(name)
    if len(found) != 1:
        raise CommandError(f"{len(found)} organisations are called “{name}”. Use its ODS or ONS code.")
    return found[0]
