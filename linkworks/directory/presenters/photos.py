"""The words and addresses of photographs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ..models import Service, ServicePhoto
from ..rules.photos import MOST


@dataclass(frozen=True)
class PhotoDoor:
    """Where photographs are kept: on the stewards' pages, or on the group's own."""

    name: str
    service: Service

    def to(self) -> str:
        return reverse(self.name, args=[self.service.id])

    def remove(self, photo: ServicePhoto) -> str:
        return reverse(f"{self.name.removesuffix('s')}-remove", args=[self.service.id, photo.id])


def photo_words(photo: ServicePhoto) -> dict[str, Any]:
    """A photograph as a page shows it; its size is said, so that nothing jumps while it arrives."""
    return {
        "src": reverse("directory:photo", args=[photo.service_id, photo.id]),
        "shows": photo.shows,
        "width": photo.width,
        "height": photo.height,
    }


def kept_photos(photos: Iterable[ServicePhoto], door: PhotoDoor) -> list[dict[str, Any]]:
    """Photographs for those who keep them, each with the way to take it away."""
    return [{**photo_words(each), "remove": door.remove(each)} for each in photos]


def room_for_photos(photos: Sequence[Any]) -> dict[str, Any]:
    """How many there may be, and whether one more fits."""
    return {"most": MOST, "is_full": len(photos) >= MOST}
