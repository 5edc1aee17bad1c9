"""The published weights, as the document docs/matching.md."""

from typing import Any

from django.core.management.base import BaseCommand

from linkworks.directory.presenters.order import document


class Command(BaseCommand):
    help = "Print how results are put in order as Markdown (docs/matching.md)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")
