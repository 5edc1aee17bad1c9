"""A photograph is kept small and upright, and tells nothing but what it shows."""

import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from linkworks.core.errors import Invalid
from linkworks.directory.rules import photos
from tests.factories import pictures

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it says of broken files that they are


def opened(kept: photos.Picture) -> Image.Image:
    return Image.open(BytesIO(kept.jpeg))


@pytest.mark.parametrize("kind", photos.KINDS)
def test_each_kind_becomes_a_jpeg(kind: str) -> None:
    kept = photos.picture(pictures.photo(kind=kind))
    assert opened(kept).format == "JPEG"
    assert (kept.width, kept.height) == opened(kept).size == (80, 60)


def test_where_it_was_taken_and_all_words_in_it_are_gone() -> None:
    file = pictures.told_where()
    assert pictures.TAKEN_AT.encode() in file and Image.open(BytesIO(file)).getexif().get_ifd(pictures.GPS)
    kept = photos.picture(file)
    assert pictures.TAKEN_AT.encode() not in kept.jpeg
    assert not opened(kept).getexif()
    assert set(opened(kept).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_words_in_a_png_are_gone_too() -> None:
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", pictures.TAKEN_AT)
    file = pictures.photo(kind="PNG", pnginfo=said)
    assert pictures.TAKEN_AT.encode() in file
    assert pictures.TAKEN_AT.encode() not in photos.picture(file).jpeg


@pytest.mark.parametrize(("turned", "size"), [(1, (80, 60)), (3, (80, 60)), (6, (60, 80)), (8, (60, 80))])
def test_it_stands_upright_however_the_telephone_was_held(turned: int, size: tuple[int, int]) -> None:
    assert opened(photos.picture(pictures.told_where(turned=turned))).size == size


@given(width=st.integers(1, 3000), height=st.integers(1, 3000))
def test_it_is_never_longer_than_it_is_shown_and_keeps_its_shape(width: int, height: int) -> None:
    kept = photos.picture(pictures.photo((width, height), kind="PNG"))
    assert max(kept.width, kept.height) == min(max(width, height), photos.LONGEST_SIDE)
    scale = kept.width / width if width >= height else kept.height / height
    assert abs(kept.width - width * scale) <= 1 and abs(kept.height - height * scale) <= 1


def test_what_can_be_seen_through_stands_on_white() -> None:
    kept = photos.picture(pictures.photo(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert opened(kept).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "RGB"])
def test_each_way_of_writing_colours_is_read(mode: str) -> None:
    kept = photos.picture(pictures.photo(kind="PNG" if mode == "P" else "JPEG", mode=mode, colour=0))
    assert opened(kept).mode == "RGB"


def test_a_photo_of_several_pictures_is_the_first_of_them() -> None:
    """As many telephones write portraits: a JPEG with a second picture of how far away things are."""
    written, small = BytesIO(), Image.new("RGB", (40, 30), "red")
    Image.new("RGB", (80, 60), "green").save(written, "MPO", save_all=True, append_images=[small])
    assert Image.open(BytesIO(written.getvalue())).format == "MPO"
    assert opened(photos.picture(written.getvalue())).size == (80, 60)


def test_broken_words_about_how_it_was_held_do_no_harm() -> None:
    file = pictures.told_where(turned=6)
    at = file.index(b"Exif")
    broken = file[: at + 14] + b"\xff" * 20 + file[at + 34 :]
    assert opened(photos.picture(broken)).format == "JPEG"


@pytest.mark.parametrize("kind", photos.KINDS)
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_file_with_any_bytes_changed_is_a_photo_or_none(kind: str, changes: list[tuple[int, int]]) -> None:
    file = bytearray(pictures.photo(kind=kind, exif=pictures.exif(turned=6)))
    for place, byte in changes:
        file[place % len(file)] = byte
    with suppress(Invalid):
        assert opened(photos.picture(bytes(file))).format == "JPEG"


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", id="drawing with a script"),
        pytest.param(b"%PDF-1.7", id="document"),
        pytest.param(pictures.photo(kind="GIF"), id="kind that is not taken"),
        pytest.param(pictures.photo((400, 400))[:300], id="cut off"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"\0" * 100, id="begins like one"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_said_to_be_none(file: bytes) -> None:
    with pytest.raises(Invalid, match="JPEG, PNG or WebP") as said:
        photos.picture(file)
    assert said.value.field == "photo"


def bomb(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(5000, 5000), (9000, 9000), (30_000, 30_000), (2_000_000, 2_000_000)])
def test_a_picture_that_unpacks_to_more_than_a_telephone_takes_is_not_opened(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="too many pixels"):
        photos.picture(bomb(*size))


MADE_SMALL = """
import resource, sys
from linkworks.directory.rules import photos
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
file, before = sys.stdin.buffer.read(), most()
print(photos.picture(file).width, most() - before)
"""


def test_a_large_photo_takes_little_memory_to_make_small() -> None:
    """A JPEG of 48 million pixels is 144 MB unpacked. Measured in a process of its own, which unpacked nothing before."""
    file = pictures.photo((8000, 6000))
    made = subprocess.run([sys.executable, "-c", MADE_SMALL], input=file, capture_output=True, check=True)
    width, kilobytes = map(int, made.stdout.split())
    assert width == photos.LONGEST_SIDE
    assert kilobytes < 40 * 1024
