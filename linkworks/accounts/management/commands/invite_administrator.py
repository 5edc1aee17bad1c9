"""`linkworks manage invite_administrator`: an organisation's first administrator, invited by whoever runs this installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.accounts import actions, queries
from linkworks.core.actor import job_actor
from linkworks.core.errors import LinkworksError


class Command(BaseCommand):
    help = "Invite the first administrator of an organisation, and show the link to send them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="the organisation's name, or its ODS or ONS code")
        parser.add_argument("--name", required=True, help="the administrator's full name")
        parser.add_argument("--email", required=True, help="the administrator's work email address")

    def handle(self, *args: Any, **options: Any) -> None:
        found = queries.organisations_named(options["organisation"])
        if len(found) != 1:
            raise CommandError(
                f"{len(found)} organisations are called “{options['organisation']}”. Use its ODS or ONS code."
            )
        try:
            made = actions.invite_first_administrator(
                found[0], name=options["name"], email=options["email"], by=job_actor("set-up")
            )
        except LinkworksError as error:
            raise CommandError(error.message) from error
        self.stdout.write(queries.invitation_mail(made.id).body)
