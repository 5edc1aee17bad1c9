"""`linkworks relate`: a PCN joins or moves to another board, a tie begins or ends on a day. What was before stays true."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.core import clock
from linkworks.core.errors import LinkworksError
from linkworks.organisations import actions, queries
from linkworks.organisations.models import Organisation
from linkworks.organisations.states import RelationKind
from linkworks.ui import formats

from .add_organisation import organisation_called
from .change_scheme import BY

KINDS = {"part_of": RelationKind.PART_OF, "covers": RelationKind.COVERS, "commissions": RelationKind.COMMISSIONS}


class Command(BaseCommand):
    help = "Relate two organisations from a day on, move a part to another whole, or end a tie. History stays true."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="Its name, or its ODS or ONS code")
        kinds = parser.add_mutually_exclusive_group(required=True)
        for name in KINDS:
            kinds.add_argument(f"--{name.replace('_', '-')}", metavar="OTHER", help="The other one's name or code")
        days = parser.add_mutually_exclusive_group(required=True)
        days.add_argument("--from", dest="starts_on", metavar="DAY", type=day, help="The first day, like 2026-04-01")
        days.add_argument("--until", dest="ends_on", metavar="DAY", type=day, help="The first day it no longer holds")

    def handle(self, *args: Any, **options: Any) -> None:
        name = next(each for each in KINDS if options[each])
        one, other = organisation_called(options["organisation"]), organisation_called(options[name])
        try:
            if options["ends_on"]:
                end(one, other, KINDS[name], options["ends_on"])
            else:
                begin(one, other, KINDS[name], options["starts_on"])
        except LinkworksError as error:
            raise CommandError(error.message) from error
        said = f"until {formats.long_date(options['ends_on'])}, and not on that day" if options["ends_on"] else ""
        said = said or f"from {formats.long_date(options['starts_on'])}"
        self.stdout.write(f"{one.name}: {name.replace('_', ' ')} {other.name} {said}. What was before stays as it was.")


def begin(one: Organisation, other: Organisation, kind: RelationKind, on: date) -> None:
    """A part belongs to one whole at a time: where it was before ends on that day."""
    if kind is RelationKind.PART_OF:
        actions.move(one, to=other, on=on, by=BY)
    else:
        actions.relate(one, to=other, kind=kind, starts_on=on, by=BY)


def end(one: Organisation, other: Organisation, kind: RelationKind, on: date) -> None:
    tie = queries.related_as_of(on - clock.DAY, kind=kind).filter(organisation=one, other=other).first()
    if tie is None:
        raise CommandError(f"{one.name} and {other.name} had no such tie the day before.")
    actions.end_relation(tie, ends_on=on, by=BY)


def day(typed: str) -> date:
    return date.fromisoformat(typed)
