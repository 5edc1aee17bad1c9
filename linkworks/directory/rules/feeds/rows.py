"""One row of a feed, in whichever dialect, as the same facts."""

from collections.abc import Callable, Mapping
from typing import Any

from ..facts import Row
from . import oruk3, outpost, placecube
from .envelope import Dialect

ADAPTERS: Mapping[Dialect, Callable[[Any], Row]] = {
    Dialect.ORUK_3: oruk3.read,
    Dialect.PLACECUBE: placecube.read,
    Dialect.OUTPOST: outpost.read,
}


def read_row(dialect: Dialect, raw: Any) -> Row:
    """The row in our words. Raises RowProblem when it cannot be stored at all."""
    return ADAPTERS[dialect](raw)
