"""`linkworks import-feed SOURCE`: read an Open Referral UK feed or a spreadsheet into the directory."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.core.actor import job_actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.directory import actions
from linkworks.directory.models import ImportRun
from linkworks.directory.states import RunState

COUNTS = ("read", "created", "updated", "unchanged", "held", "rejected")


class Command(BaseCommand):
    help = "Read an Open Referral UK feed (3.0, 1.0 or Outpost) from a file, folder or address, or a spreadsheet (CSV or XLSX)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "source", help="a JSON, CSV or XLSX file, a folder of them, or the address of a feed's services"
        )
        parser.add_argument(
            "--name", default="", help="what to call this source (its host or file name, when left out)"
        )
        parser.add_argument(
            "--licence",
            default="",
            help="under which licence its listings may be published onwards; without one they are found here and not in our feed",
        )
        parser.add_argument(
            "--apply",
            action="store_true",
            help="carry it out although it changes or takes down more than readings usually do",
        )
        parser.add_argument(
            "--activities", action="store_true", help="the address is a feed of activity sessions (OpenActive)"
        )
        parser.add_argument(
            "--dates", default="", help="where the dated sessions of --activities are, when in a feed of their own"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the summary as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = actions.import_feed(
                options["source"],
                name=options["name"],
                licence=options["licence"],
                has_activities=options["activities"],
                dates_address=options["dates"],
                is_agreed=options["apply"],
                by=job_actor("import-feed"),
            )
        except (Conflict, Invalid) as error:
            raise CommandError(error.message) from error
        problems = run.problems.count()
        if options["as_json"]:
            self.stdout.write(json.dumps(summary(run, problems)))
        else:
            self.stdout.write(f"{run.source.name} ({run.dialect or 'not read'})")
            self.stdout.write("\n".join(f"{name:>10}: {getattr(run, name):,}" for name in COUNTS))
            self.stdout.write(f"{'problems':>10}: {problems:,}")
        if run.state == RunState.WAITING and not options["as_json"]:
            self.stdout.write(f"A steward decides whether this is carried out. {run.waits_because}")
        if run.stopped_because:
            raise CommandError(run.stopped_because)


def summary(run: ImportRun, problems: int) -> dict[str, Any]:
    counts = {name: getattr(run, name) for name in COUNTS}
    return {
        "source": run.source.name,
        "dialect": run.dialect,
        **counts,
        "problems": problems,
        "stopped_because": run.stopped_because or run.waits_because,
    }
