"""`linkworks change-scheme`: where a scheme reaches, how much of the population it is for, and how anybody reaches it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import LinkworksError
from linkworks.organisations import actions
from linkworks.organisations.models import Scheme
from linkworks.organisations.states import CatchmentKind, Coverage

BY = Actor(id="job:change-scheme", name="Set up by the installation", purpose="job")
AREAS = {"borough": CatchmentKind.BOROUGH, "practice": CatchmentKind.PRACTICE, "sector": CatchmentKind.POSTCODE_SECTOR}
PUBLIC = {
    "phone": "phone",
    "email": "email",
    "hours": "opening_hours",
    "offline": "without_internet",
    "note": "coverage_note",
}


class Command(BaseCommand):
    help = "Change where a scheme reaches and what anybody reads of it. What is not given stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scheme", help="The scheme's name, or its short name in addresses")
        parser.add_argument("--coverage", choices=[each.value for each in Coverage])
        parser.add_argument("--borough", action="append", default=[], metavar="CODE", help="ONS code; may be repeated")
        parser.add_argument("--practice", action="append", default=[], metavar="CODE", help="ODS code; may be repeated")
        parser.add_argument(
            "--sector", action="append", default=[], metavar="SECTOR", help="like “SE15 5”; may be repeated"
        )
        parser.add_argument("--phone", help="The number people call")
        parser.add_argument("--email", help="The address people write to")
        parser.add_argument("--hours", help="When it is open")
        parser.add_argument("--offline", help="How to reach it without the internet or a telephone")
        parser.add_argument("--note", help="Who it is for, in plain words")

    def handle(self, *args: Any, **options: Any) -> None:
        scheme = scheme_called(options["scheme"])
        areas = [(kind, code) for name, kind in AREAS.items() for code in options[name]]
        facts = {field: options[name] for name, field in PUBLIC.items() if options[name] is not None}
        try:
            with transaction.atomic():
                actions.change_reach(scheme, areas=areas, coverage=options["coverage"], by=BY)
                actions.change_public_facts(scheme, **facts, by=BY)
        except LinkworksError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{scheme.name} is changed.")


def scheme_called(name: str) -> Scheme:
    found = Scheme.objects.filter(slug=name) or Scheme.objects.filter(name__iexact=name)
    if len(found) != 1:
        names = ", ".join(Scheme.objects.values_list("slug", flat=True))
        raise CommandError(f"No scheme is called “{name}”. There are: {names or 'none yet'}.")
    return found[0]
