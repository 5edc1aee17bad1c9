"""`linkworks manage invite_administrator`: whom only the installation can invite: a first administrator, support, an analyst."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.accounts import actions, queries
from linkworks.accounts.roles import Role
from linkworks.core.actor import job_actor
from linkworks.core.errors import LinkworksError
from linkworks.organisations.management.commands.add_organisation import organisation_called

from .add_scheme import check_email


class Command(BaseCommand):
    help = "Invite an organisation's first administrator (or, with --role, support or an analyst), and show the link to send."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="the organisation's name, or its ODS or ONS code")
        parser.add_argument("--name", required=True, help="the administrator's full name")
        parser.add_argument("--email", required=True, help="the administrator's work email address")
        parser.add_argument(
            "--role",
            default=Role.ORGANISATION_ADMINISTRATOR.value,
            choices=[role.value for role in actions.GIVEN_BY_THE_INSTALLATION],
            help="what they will be",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check_email(options["email"])
        organisation = organisation_called(options["organisation"])
        try:
            made = actions.invite_first_administrator(
                organisation,
                name=options["name"],
                email=options["email"],
                role=Role(options["role"]),
                by=job_actor("set-up"),
            )
        except LinkworksError as error:
            raise CommandError(error.message) from error
        self.stdout.write(queries.invitation_mail(made.id).body)
