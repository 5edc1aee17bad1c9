"""What people changed of a listing, and what was held back."""

from django.db import models

from linkworks.core.models import Identified

from .service import Service


class ListingChange(Identified):
    """One fact of a listing that was changed here: by whom, from what, to what. Never rewritten."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    became = models.TextField(blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-created_at", "id"]
