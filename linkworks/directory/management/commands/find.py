"""`linkworks find WORDS --postcode SE15 5DD`: find local support from the command line."""

import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.core import vocabulary
from linkworks.directory import queries
from linkworks.directory.presenters import found_words
from linkworks.directory.rules.places import KM_IN_A_MILE
from linkworks.organisations.queries import find_postcode

MOST_MILES, MOST_SHOWN = 100, 2000


class Command(BaseCommand):
    help = "Find local support by words, need and postcode."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="*", help="what to look for")
        parser.add_argument("--postcode", default="", help="where to look from")
        parser.add_argument("--miles", type=distance, default=3.0, help="how far (3 miles when left out)")
        parser.add_argument(
            "--need", action="append", default=[], choices=list(vocabulary.NEEDS), help="what would help"
        )
        parser.add_argument("--limit", type=count, default=10, help="how many to show")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print them as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        looking = queries.Looking(
            needs=tuple(options["need"]),
            words=" ".join(options["words"]),
            near=position(options["postcode"]),
            within_km=options["miles"] * KM_IN_A_MILE if options["postcode"] else None,
        )
        found = [found_words(each) for each in queries.services_for(looking, limit=options["limit"])]
        if options["as_json"]:
            self.stdout.write(json.dumps(found, default=str))
            return
        for each in found:
            self.stdout.write(
                f"{each['name']}, {each['organisation_name']}\n  {'; '.join(each['reasons']) or each['summary']}"
            )
        if not found:
            self.stdout.write("Nothing fits. Use fewer words, or look further away.")


def distance(typed: str) -> float:
    """A distance one can go: more than nothing, and not without end."""
    miles = float(typed)
    if not 0 < miles <= MOST_MILES:
        raise ArgumentTypeError(f"{typed} is not between 0 and {MOST_MILES} miles")
    return miles


def count(typed: str) -> int:
    number = int(typed)
    if not 1 <= number <= MOST_SHOWN:
        raise ArgumentTypeError(f"{typed} is not between 1 and {MOST_SHOWN}")
    return number


def position(postcode: str) -> tuple[float, float] | None:
    if not postcode:
        return None
    at = find_postcode(postcode)
    if at is None:
        raise CommandError(f"{postcode} is not a postcode we know.")
    return at.latitude, at.longitude
