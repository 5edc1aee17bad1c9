"""`linkworks record-gap`: say openly that a borough has no scheme, why, and who is nearest."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.core.errors import LinkworksError
from linkworks.organisations import actions

from .change_scheme import BY, scheme_called


class Command(BaseCommand):
    help = "Record that a borough has no scheme (or none for everybody), or with --end that it has one now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("borough", metavar="CODE", help="ONS code, for example E09000001")
        parser.add_argument("--reason", default="", help="Why, in a sentence for the people who live there")
        parser.add_argument("--nearest", metavar="SCHEME", help="The scheme that helps meanwhile")
        parser.add_argument("--end", action="store_true", help="There is a scheme now")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["end"]:
            ended = actions.end_gap(options["borough"], by=BY)
            self.stdout.write("The gap is no longer recorded." if ended else "No gap was recorded there.")
            return
        if not options["reason"].strip():
            raise CommandError("Say why with --reason: people who live there read it.")
        nearest = scheme_called(options["nearest"]) if options["nearest"] else None
        try:
            actions.record_gap(options["borough"], reason=options["reason"].strip(), nearest=nearest, by=BY)
        except LinkworksError as error:
            raise CommandError(error.message) from error
        self.stdout.write("The gap is recorded: whoever looks for this borough reads it.")
