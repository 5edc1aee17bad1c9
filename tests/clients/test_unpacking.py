"""Packed answers are unpacked a little at a time: a bomb is stopped long before it is large."""

import gzip
import json
import tracemalloc
import zlib
from collections.abc import Iterator

import brotli
import pytest

from linkworks.clients import feeds
from linkworks.core.errors import LinkworksError, Unavailable
from tests.fakes.web import Web, in_parts

WORDS = json.dumps({"contents": [{"id": "a", "name": "Choir"}] * 2000}).encode()
MEGABYTE = 1024 * 1024


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACKED = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}


def fetch(parts: list[bytes] | Iterator[bytes], encoding: str) -> object:
    web = Web(lambda request: in_parts(parts, encoding))
    return feeds.fetch("https://feed.example.org/", resolve=lambda host: ["93.184.215.14"], transport=web)


def in_pieces(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


@pytest.mark.parametrize("size", [1, 7, 1000, 10**6])
@pytest.mark.parametrize("encoding", [*PACKED, "", "identity", "GZIP"])
def test_each_way_to_pack_is_read_in_pieces_of_any_size(encoding: str, size: int) -> None:
    packed = PACKED.get(encoding.lower(), lambda body: body)(WORDS)
    assert fetch(in_pieces(packed, size), encoding) == json.loads(WORDS)


def test_deflate_without_its_header_is_read() -> None:
    assert fetch([raw_deflate(WORDS)], "deflate") == json.loads(WORDS)


def bomb(encoding: str) -> bytes:
    """200 MB of nothing, packed."""
    if encoding == "br":
        packer = brotli.Compressor(quality=5)
        return b"".join(packer.process(bytes(MEGABYTE)) + packer.flush() for _ in range(200)) + packer.finish()
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if "gzip" in encoding else 15)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(200)) + packer.flush()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_bomb_is_stopped_while_it_is_small(encoding: str) -> None:
    packed = bomb(encoding)
    assert len(packed) < MEGABYTE, "it is small as it comes"
    tracemalloc.start()
    with pytest.raises(Unavailable, match="larger than 20 MB"):
        fetch([packed], encoding)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60 * MEGABYTE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_what_is_not_packed_as_it_says_is_refused(encoding: str) -> None:
    with pytest.raises(LinkworksError):
        fetch([b"\xff\xfe this is not packed at all"], encoding)


@pytest.mark.parametrize("encoding", ["zstd", "compress", "gzip, gzip", "made-up"])
def test_other_ways_to_pack_are_refused(encoding: str) -> None:
    with pytest.raises(Unavailable, match="packed in a way"):
        fetch([WORDS], encoding)


def test_a_packed_answer_that_breaks_off_is_no_document() -> None:
    with pytest.raises(LinkworksError):
        fetch([gzip.compress(WORDS)[:200]], "gzip")


def test_an_answer_without_end_is_stopped() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"[" * MEGABYTE

    with pytest.raises(Unavailable, match="larger than 20 MB"):
        fetch(endless(), "")
