"""`linkworks find WORDS --postcode SE15 5DD`: find local support from the command line. `--file` answers many questions."""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.core import vocabulary
from linkworks.core.errors import Invalid
from linkworks.directory import presenters, queries
from linkworks.directory.rules import asked
from linkworks.directory.rules.places import KM_IN_A_MILE
from linkworks.organisations.queries import find_postcode
from linkworks.ui import formats

MOST_MILES, MOST_SHOWN = 100, 2000


class Command(BaseCommand):
    help = "Find local support by words, need and postcode, or answer a file of questions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="*", help="what to look for, as people say it")
        parser.add_argument("--postcode", default="", help="where to look from")
        parser.add_argument("--miles", type=distance, default=3.0, help="how far (3 miles when left out)")
        parser.add_argument(
            "--need", action="append", default=[], choices=list(vocabulary.NEEDS), help="what would help"
        )
        parser.add_argument("--limit", type=count, default=10, help="how many to show")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print them as JSON")
        parser.add_argument(
            "--file", help='answer each line {"id", "words", "postcode"} of a file ("-" reads what is piped in)'
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            self.answer_file(options["file"])
            return
        found = queries.answers(looking_for(options), limit=options["limit"])
        if options["as_json"]:
            told = [presenters.found_words(each.found) | presenters.answer_facts(each) for each in found]
            self.stdout.write(json.dumps(told, default=str))
            return
        for each in found:
            said = presenters.found_words(each.found)
            self.stdout.write(
                f"{said['name']}, {said['organisation_name']}\n  {'; '.join(said['reasons']) or said['summary']}"
            )
        if not found:
            self.stdout.write("Nothing fits. Use fewer words, or look further away.")

    def answer_file(self, name: str) -> None:
        """One line of answers for each question. A line that cannot be answered is named, and the others are answered."""
        wrong = 0
        for number, line in enumerate(lines_of(name), 1):
            try:
                if line.strip():
                    self.stdout.write(json.dumps(answer_line(line), default=str, ensure_ascii=False))
            except (Invalid, CommandError) as problem:
                wrong += 1
                self.stderr.write(f"Line {number}: {problem}")
        if wrong:
            raise CommandError(f"{formats.plural(wrong, 'line')} could not be answered.")


def looking_for(options: dict[str, Any]) -> queries.Looking:
    return queries.Looking(
        needs=tuple(options["need"]),
        words=" ".join(options["words"]),
        near=position(options["postcode"]),
        within_km=options["miles"] * KM_IN_A_MILE if options["postcode"] else None,
    )


def lines_of(name: str) -> Iterator[bytes]:
    """The lines of a file, one at a time; "-" is what is piped in."""
    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as problem:
        raise CommandError(f"{name} cannot be read: {problem.strerror}.") from problem


def answer_line(line: bytes) -> dict[str, Any]:
    """The ten best for one question, wherever in reach they are."""
    question = asked.read(line)
    looking = queries.Looking(words=question.words, near=position(question.postcode or ""))
    return {"id": question.id, "results": [presenters.answer_facts(each) for each in queries.answers_around(looking)]}


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
