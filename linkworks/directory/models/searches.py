"""What people looked for in the directory and did not find, without a trace of who looked."""

from django.db import models

from linkworks.core.models import Identified


class EmptySearch(Identified):
    """Words that found nothing. They stand as a code until enough people, in different hours, looked for the same."""

    code = models.CharField(
        max_length=64, unique=True, help_text="Stands for the words; cannot be turned back into them"
    )
    words = models.CharField(max_length=80, blank=True, help_text="Empty while they are rare")
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["-times", "-last_at"]
