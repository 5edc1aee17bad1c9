"""Photographs as telephones and forms send them."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

TAKEN_AT = "The back door of number 9"
GPS, LATITUDE = 0x8825, 2
ORIENTATION, DESCRIPTION = 0x0112, 0x010E


def photo(
    size: tuple[int, int] = (80, 60), colour: Any = "green", kind: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    written = BytesIO()
    Image.new(mode, size, colour).save(written, kind, **options)
    return written.getvalue()


def told_where(size: tuple[int, int] = (80, 60), turned: int = 1) -> bytes:
    """A photograph that carries where it was taken, words about it, and how the telephone was held."""
    return photo(size, exif=exif(turned))


def exif(turned: int = 1) -> Image.Exif:
    said = Image.Exif()
    said[ORIENTATION], said[DESCRIPTION] = turned, TAKEN_AT
    said.get_ifd(GPS)[LATITUDE] = (51.0, 28.0, 25.0)
    return said


def upload(content: bytes | None = None, name: str = "door.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if content is None else content, "image/jpeg")
