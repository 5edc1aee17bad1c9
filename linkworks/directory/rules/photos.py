"""Photographs of where a service meets: made small and plain, so that they say what they show and nothing else."""

import struct
from io import BytesIO

from msgspec import Struct
from PIL import ExifTags, Image

from linkworks.core.errors import Invalid

MOST = 6
MOST_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 1200
KINDS = ("JPEG", "PNG", "WEBP")
# More than telephones take; a bomb unpacks to more. A JPEG, one with several pictures too (MPO), is unpacked no larger than it
# is needed; the others are whole.
MOST_OF_A_JPEG, MOST_OF_OTHERS = 60_000_000, 20_000_000
MOST_PIXELS = {"PNG": MOST_OF_OTHERS, "WEBP": MOST_OF_OTHERS}
TURN = Image.Transpose
TURNS = dict(zip(range(2, 9), (
    TURN.FLIP_LEFT_RIGHT, TURN.ROTATE_180, TURN.FLIP_TOP_BOTTOM, TURN.TRANSPOSE, TURN.ROTATE_270, TURN.TRANSVERSE, TURN.ROTATE_90,
), strict=True))  # fmt: skip
# What reading a file that is cut off, or only looks like a photograph, can end in.
UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, LookupError, OverflowError, EOFError, struct.error)
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
        with Image.open(BytesIO(file), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS.get(str(opened.format), MOST_OF_A_JPEG):
                raise Invalid(TOO_LARGE, field="photo")
            return plain(opened)
    except Image.DecompressionBombError as bomb:
        raise Invalid(TOO_LARGE, field="photo") from bomb
    except UNREADABLE as unreadable:
        raise Invalid(NOT_A_PHOTO, field="photo") from unreadable


def plain(opened: Image.Image) -> Picture:
    """The pixels alone, drawn anew on white: nothing else of the file goes along."""
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = turned(opened).convert("RGBA")
    page = Image.new("RGB", upright.size, "white")
    page.paste(upright, mask=upright.getchannel("A"))
    written = BytesIO()
    page.save(written, "JPEG", quality=80, optimize=True)
    return Picture(written.getvalue(), page.width, page.height)


def turned(opened: Image.Image) -> Image.Image:
    """As it was held. Where the file's own words about that cannot be read, it stays as it lies."""
    try:
        turn = TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except UNREADABLE:
        return opened
    return opened if turn is None else opened.transpose(turn)
