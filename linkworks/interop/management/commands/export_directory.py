"""`linkworks export-directory FOLDER`: everything our feed tells, as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linkworks.core.errors import Invalid
from linkworks.interop.oruk import actions


class Command(BaseCommand):
    help = "Write the open directory to a folder or a .zip file: the standard's tables (CSV and datapackage.json), or ndjson."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="a folder, or the name of a .zip file")
        parser.add_argument(
            "--format", choices=actions.WRITERS, default="tabular", dest="form", help="tabular when left out"
        )
        parser.add_argument("--replace", action="store_true", help="write over what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = actions.export_directory(options["target"], form=options["form"], replace=options["replace"])
        except (Invalid, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("\n".join(f"{number:>9,} {name.replace('_', ' ')}" for name, number in counts.items()))
        self.stdout.write(f"Written to {options['target']}")
