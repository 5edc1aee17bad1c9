"""What it looks like where a service meets."""

from django.db import models

from linkworks.core.models import Identified

from .service import Service


class ServicePhoto(Identified):
    """A photograph of where a service meets, and what it shows in words. It holds pixels alone (rules/photos.py)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="photos")
    shows = models.CharField(max_length=200, help_text="For whoever cannot see it")
    jpeg = models.BinaryField()
    jpeg_hash = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["service", "jpeg_hash"], name="a_photo_is_there_once"),
        ]
