"""Where a service is: its places, what they are like to get into, and the area it serves."""

from django.db import models

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..rules.same_place import LONGEST as PLACE_KEY
from ..states import LocationType
from .service import Service


class Location(Identified):
    """A place. Its position is in degrees (WGS 84)."""

    name = models.CharField(max_length=255, blank=True)
    description = models.TextField(blank=True)
    location_type = models.CharField(max_length=10, choices=words.choices(LocationType), default=LocationType.PHYSICAL)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    address_1 = models.CharField(max_length=255, blank=True)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    state_province = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    country = models.CharField(max_length=2, default="GB")
    borough_code = models.CharField(max_length=9, blank=True, db_index=True)
    is_address_hidden = models.BooleanField(default=False, help_text="The exact address is not shown")
    place_kind = models.CharField(
        max_length=40, blank=True, help_text="Our word for what kind of place it is, if known"
    )
    key = models.CharField(
        max_length=PLACE_KEY,
        blank=True,
        db_index=True,
        help_text="The same for the same real place (rules/same_place.py)",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True) | models.Q(latitude__gte=-90, latitude__lte=90),
                name="latitude_is_on_earth",
            ),
            models.CheckConstraint(
                condition=models.Q(longitude__isnull=True) | models.Q(longitude__gte=-180, longitude__lte=180),
                name="longitude_is_on_earth",
            ),
            models.CheckConstraint(
                condition=models.Q(is_address_hidden=False) | models.Q(place_kind="", key=""),
                name="hidden_place_has_no_kind_and_no_page",
            ),
        ]
        indexes = [models.Index(fields=["latitude", "longitude"], name="location_position")]

    def __str__(self) -> str:
        return self.name or self.address_1 or self.postcode


class ServiceAtLocation(Identified):
    """A service being offered at a place."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="places")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="services")
    document = models.TextField(
        blank=True, help_text="What our feed tells of the place, made with the service's document"
    )
    summary = models.TextField(blank=True, help_text="What lists show of it")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="service_at_a_location_once")]


class AccessibilityFeature(Identified):
    """One thing that makes a place easier to get into and use."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibility")
    access_need = models.CharField(max_length=40, blank=True, help_text="Our word for it, when there is one")
    description = models.CharField(max_length=255)

    class Meta:
        ordering = ["created_at", "id"]


class ServiceArea(Identified):
    """An area a service is for, in words and, when known, by its ONS code."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(max_length=255)
    ons_code = models.CharField(max_length=9, blank=True, db_index=True)

    class Meta:
        ordering = ["created_at", "id"]
