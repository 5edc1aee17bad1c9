"""Documents of feeds made into values: JSON that is small enough to hold, and says nothing twice."""

import json
from typing import Any

from linkworks.core.errors import Invalid

MOST_BYTES = 20 * 1024 * 1024
MOST_VALUES = 1_200_000  # about as many as fit into 20 MB of a real feed; each takes up to a hundred bytes here
NOT_JSON = "What was read is not JSON."


class Doubled(dict[str, Any]):
    """An object of a document that says one of its names twice."""

    names: tuple[str, ...] = ()


def parsed(body: bytes) -> Any:
    """The JSON in a document. Raises Invalid with a sentence that says what is wrong with it."""
    if len(body) > MOST_BYTES:
        raise Invalid(f"The document is larger than {MOST_BYTES // 1024 // 1024} MB.")
    if body.count(b",") + body.count(b"[") + body.count(b"{") > MOST_VALUES:
        raise Invalid("The document holds too many values to be a list of services.")
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
