"""What people looked for when nothing fitted, as numbers."""

from django.db import models

from linkworks.core.models import Identified


class NothingFitted(Identified):
    """How often people said that nothing fitted: for which need, in which borough, and why. No row is about one person."""

    reason = models.CharField(max_length=40)
    need = models.CharField(max_length=40, blank=True)
    borough_code = models.CharField(max_length=9, blank=True)
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["-times", "-last_at"]
        constraints = [
            models.UniqueConstraint(fields=["reason", "need", "borough_code"], name="nothing_fitted_counted_once"),
        ]
