"""`linkworks manage draw_london`: the cells of our own maps, from the postcodes that are loaded."""

from typing import Any

from django.core.management.base import BaseCommand

from linkworks.organisations.queries import london_drawn


class Command(BaseCommand):
    help = "Write the cells of London, from the postcodes that are loaded, as linkworks/organisations/data/london.txt has them."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(london_drawn(), ending="")
