"""`linkworks load-postcodes`: London's postcodes, or with --all the whole kingdom's."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from linkworks.organisations import actions


class Command(BaseCommand):
    help = "Load postcodes with their boroughs and positions: London's, or with --all the whole United Kingdom's."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", dest="all_of_uk", help="the whole United Kingdom (2.7 million)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = actions.load_postcodes(
            all_of_uk=options["all_of_uk"], progress=self.show if self.stdout.isatty() else None
        )
        self.stdout.write(f"{loaded:,} postcodes are loaded.")

    def show(self, done: int) -> None:
        self.stdout.write(f"\rReading postcodes: {done:,}", ending="\r")
        self.stdout.flush()
