"""Says that it was called."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Stands in for the real load_postcodes."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true")
        parser.add_argument("words", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"load_postcodes {options['words']} {options['all']}")
