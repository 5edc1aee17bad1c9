"""Fill an empty database with the made-up London."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linkworks.demo import seeding
from linkworks.organisations.models import Postcode, Scheme


class Command(BaseCommand):
    help = "Fill an empty database with the made-up London (development and demo only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--small", action="store_true", help="A quarter of the activities and a few people, for journeys"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if seeding.is_seeded():
            self.stdout.write("The made-up London is there already.")
            return
        if Scheme.objects.exists():
            raise CommandError("There are schemes here already. The made-up London needs a database of its own.")
        if settings.EMAIL_URL or settings.NOTIFY_KEY:
            raise CommandError("Messages would leave this machine: unset LINKWORKS_EMAIL_URL and LINKWORKS_NOTIFY_KEY.")
        if not Postcode.objects.exists():
            raise CommandError("Load the postcodes first: linkworks load-postcodes")
        seeding.seed(small=options["small"], out=sys.stdout)
