"""Documents of feeds made into values: JSON that is small enough to hold, and says nothing twice."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from linkworks.core.errors import Invalid

MOST_BYTES = 20 * 1024 * 1024
MOST_VALUES = 1_200_000  # about as many as fit into 20 MB of a real feed; each takes up to a hundred bytes here
BY_NUMBER = (rb"\u0022", rb"\u003a", rb"\u003A")
PIECE = 1 << 17
NOT_JSON = "What was read is not JSON."


class Unsure(Exception):
    """A quick look cannot tell whether a document says a name twice."""


class Doubled(dict[str, Any]):
    """An object of a document that says one of its names twice."""

    names: tuple[str, ...] = ()


def parsed(body: bytes) -> Any:
    """The JSON in a document. Raises Invalid with a sentence that says what is wrong with it."""
    if len(body) > MOST_BYTES:
        raise Invalid(f"The document is larger than {MOST_BYTES // 1024 // 1024} MB.")
    if values_in(body) > MOST_VALUES:
        raise Invalid("The document holds too many values to be a list of services.")
    try:
        return at_once(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, Unsure):
        return name_by_name(body)


def values_in(body: bytes) -> int:
    """How many values it can hold at most."""
    some = (piece[:PIECE] for piece in pieces(body))
    return sum(int(np.count_nonzero(letters == ord(each))) for letters in some for each in ",[{")


def at_once(body: bytes) -> Any:
    """The values of a document that certainly says no name twice. Raises Unsure where only a closer look can tell.

    A name ends in a quotation mark and a colon. Written anew, the values hold each name once: when that makes as many such
    pairs of marks as the document has, none was said twice. Inside words there can only be fewer of them, as long as the
    document spells out neither mark by its number.
    """
    values = msgspec.json.decode(body)
    if spells_by_number(body) or names_in(body) != names_in(msgspec.json.encode(values)):
        raise Unsure
    return values


def names_in(body: bytes) -> int:
    """How often a quotation mark stands right before a colon."""
    found = 0
    for letters in pieces(body):
        before, colons = letters[:-1], letters[1:] == ord(":")
        if (colons & (before <= ord(" "))).any():
            raise Unsure
        found += int(np.count_nonzero(colons & (before == ord('"'))))
    return found


def spells_by_number(body: bytes) -> bool:
    """Whether a quotation mark or a colon is written by its number."""
    numbered = (letters[1:][letters[:-1] == ord("\\")] == ord("u") for letters in pieces(body))
    return any(each.any() for each in numbered) and any(each in body for each in BY_NUMBER)


def pieces(body: bytes) -> Iterator[NDArray[np.uint8]]:
    """Its letters piece by piece, each with the first of the next: so little at a time stays close to the processor."""
    letters = np.frombuffer(body, np.uint8)
    return (letters[start : start + PIECE + 1] for start in range(0, len(letters), PIECE))


def name_by_name(body: bytes) -> Any:
    """The values of any document, its objects looked at one by one. Much slower."""
    try:
        return json.loads(decoded(body), parse_constant=lambda _: None, object_pairs_hook=once_each)
    except RecursionError as error:
        raise Invalid("What was read is not JSON that can be read: it is nested too deeply.") from error
    except ValueError as error:
        long = "integer string conversion" in str(error)
        raise Invalid("What was read holds a number with thousands of digits." if long else NOT_JSON) from error


def decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("What was read is not JSON: it is not written in UTF-8.") from error


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one that says a name twice is marked, for whoever reads the row it is in."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled, names = Doubled(found), [name for name, _ in pairs]
    doubled.names = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))[:3]
    return doubled
