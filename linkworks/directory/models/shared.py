"""Lists of services that are shared by a link."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linkworks.core.models import Identified


class SharedList(Identified):
    """Services behind a link, until a day. Nothing is kept of who shares them, or for whom; withdrawn, it is deleted."""

    service_ids = ArrayField(models.UUIDField())
    expires_at = models.DateTimeField()
