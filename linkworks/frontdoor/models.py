"""How often the public doors were used from one part of the network in an hour; no address is kept."""

from django.db import models


class SendCount(models.Model):
    """A count for one hour. `who` cannot be turned back into an address."""

    door = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "who", "hour"], name="one_count_per_hour_and_door")]
