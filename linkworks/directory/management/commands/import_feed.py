"""`linkworks import-feed SOURCE`: read an Open Referral UK feed or a spreadsheet into the directory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from linkworks.core.actor import job_actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.directory import actions
from linkworks.directory.models import ImportProblem, ImportRun
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
            "--check",
            action="store_true",
            help="say what a reading would do and what is wrong, row by row, and keep nothing",
        )
        parser.add_argument(
            "--activities", action="store_true", help="the address is a feed of activity sessions (OpenActive)"
        )
        parser.add_argument(
            "--dates", default="", help="where the dated sessions of --activities are, when in a feed of their own"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the summary as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        is_check = options["check"]
        with nothing_kept() if is_check else nullcontext():
            run = self.read(**options)
            problems = list(run.problems.all()) if is_check else []
            said = summary(run, run.problems.count())
        if options["as_json"]:
            rows = {"rows": [row_said(each) for each in problems]} if is_check else {}
            self.stdout.write(json.dumps(said | rows))
        else:
            self.tell(run, said["problems"], problems, is_check=is_check)
        if run.stopped_because:
            raise CommandError(run.stopped_because)

    def read(self, **options: Any) -> ImportRun:
        try:
            return actions.import_feed(
                options["source"],
                name=options["name"],
                licence=options["licence"],
                has_activities=options["activities"],
                dates_address=options["dates"],
                is_agreed=options["apply"] or options["check"],
                by=job_actor("import-feed"),
            )
        except (Conflict, Invalid) as error:
            raise CommandError(error.message) from error

    def tell(self, run: ImportRun, count: int, problems: list[ImportProblem], *, is_check: bool) -> None:
        self.stdout.write(f"{run.source.name} ({run.dialect or 'not read'})")
        self.stdout.write("\n".join(f"{name:>10}: {getattr(run, name):,}" for name in COUNTS))
        self.stdout.write(f"{'problems':>10}: {count:,}")
        for each in problems:
            self.stdout.write(f"{where(each)}: {each.reason}")
        if is_check:
            self.stdout.write("This was a check: nothing of it was kept.")
        elif run.state == RunState.WAITING:
            self.stdout.write(f"A steward decides whether this is carried out. {run.waits_because}")


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Whatever is written meanwhile is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def where(problem: ImportProblem) -> str:
    row = f"Row {problem.row_number}, {problem.name.strip() or problem.key or 'no name'}"
    return row if problem.row_number else "The list as a whole"


def row_said(problem: ImportProblem) -> dict[str, Any]:
    return {
        "row": problem.row_number,
        "id": problem.key,
        "name": problem.name,
        "outcome": problem.outcome,
        "reason": problem.reason,
    }


def summary(run: ImportRun, problems: int) -> dict[str, Any]:
    counts = {name: getattr(run, name) for name in COUNTS}
    return {
        "source": run.source.name,
        "dialect": run.dialect,
        **counts,
        "problems": problems,
        "stopped_because": run.stopped_because or run.waits_because,
    }
