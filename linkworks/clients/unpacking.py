"""Unpacking what came packed, a little at a time: a small answer may not become a large one unseen."""

import zlib
from collections.abc import Callable, Iterator

import brotli

from linkworks.core.errors import Unavailable

PIECE = 64 * 1024
ODD = "The feed is packed in a way that cannot be read."


def unpacked(encoding: str, parts: Iterator[bytes]) -> Iterator[bytes]:
    """The answer's bytes in small pieces, so that whoever counts them can stop in time."""
    ways: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
        "": lambda each: each,
        "identity": lambda each: each,
        "gzip": lambda each: inflated(each, 16 + zlib.MAX_WBITS),
        "x-gzip": lambda each: inflated(each, 16 + zlib.MAX_WBITS),
        "deflate": deflated,
        "br": unbrotlied,
    }
    way = ways.get(encoding.strip().lower())
    if way is None:
        raise Unavailable(ODD)
    return way(parts)


def deflated(parts: Iterator[bytes]) -> Iterator[bytes]:
    """With a header, as the standard says, or without, as some servers do."""
    first = next(parts, b"")
    bits = zlib.MAX_WBITS if first[:1] and first[0] & 0x0F == 8 else -zlib.MAX_WBITS
    yield from inflated((each for pieces in ([first], parts) for each in pieces), bits)


def inflated(parts: Iterator[bytes], bits: int) -> Iterator[bytes]:
    packed = zlib.decompressobj(bits)
    try:
        for part in parts:
            while part:
                yield packed.decompress(part, PIECE)
                part = packed.unconsumed_tail
            if packed.eof:
                return
    except zlib.error as error:
        raise Unavailable(ODD) from error


def unbrotlied(parts: Iterator[bytes]) -> Iterator[bytes]:
    packed = brotli.Decompressor()
    try:
        for part in parts:
            yield packed.process(part, output_buffer_limit=PIECE)
            while not packed.can_accept_more_data():
                yield packed.process(b"", output_buffer_limit=PIECE)
    except brotli.error as error:
        raise Unavailable(ODD) from error
