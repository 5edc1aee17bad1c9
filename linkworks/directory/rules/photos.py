"""Photographs of where a service meets: made small and plain, so that they say what they show and nothing else."""

from io import BytesIO

from msgspec import Struct
from PIL import Image, ImageOps, UnidentifiedImageError

from linkworks.core.errors import Invalid

MOST = 6
MOST_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 1200
# More than telephones take; a bomb unpacks to more. A JPEG is unpacked no larger than it is needed, the others are whole.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}
NOT_A_PHOTO = "The photo must be a JPEG, PNG or WebP file that can be opened"
TOO_LARGE = "The photo has too many pixels. Make it smaller, then choose it again"
FULL = f"There are {MOST} photos, and no more fit. Take one away first"


class Picture(Struct, frozen=True):
    """A photograph as it is kept: a JPEG of these many pixels."""

    jpeg: bytes
    width: int
    height: int


def picture(file: bytes) -> Picture:
    """The photograph upright, at most 1,200 pixels long, and without what a telephone writes into it: where, when, by whom.

    Raises Invalid when it is no photograph, or too large to open.
    """
    try:
        with Image.open(BytesIO(file), formats=tuple(MOST_PIXELS)) as opened:
            if opened.width * opened.height > MOST_PIXELS[str(opened.format)]:
                raise Invalid(TOO_LARGE, field="photo")
            return plain(opened)
    except Image.DecompressionBombError as bomb:
        raise Invalid(TOO_LARGE, field="photo") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as unreadable:
        raise Invalid(NOT_A_PHOTO, field="photo") from unreadable


def plain(opened: Image.Image) -> Picture:
    """The pixels alone, drawn anew on white: nothing else of the file goes along."""
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    page = Image.new("RGB", upright.size, "white")
    page.paste(upright, mask=upright.getchannel("A"))
    written = BytesIO()
    page.save(written, "JPEG", quality=80, optimize=True)
    return Picture(written.getvalue(), page.width, page.height)
