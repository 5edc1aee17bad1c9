"""One row of a feed, in whichever dialect, as the same facts."""

from collections.abc import Callable, Mapping
from typing import Any

from ..facts import Row
from ..terms import NO_MEANINGS, Meanings
from . import active, oruk3, outpost, placecube, sheet
from .envelope import Dialect

ADAPTERS: Mapping[Dialect, Callable[[Any, Meanings], Row]] = {
    Dialect.ORUK_3: oruk3.read,
    Dialect.PLACECUBE: placecube.read,
    Dialect.OUTPOST: outpost.read,
    Dialect.SPREADSHEET: sheet.read,
    Dialect.OPENACTIVE: active.read,
}


def read_row(dialect: Dialect, raw: Any, meanings: Meanings = NO_MEANINGS) -> Row:
    """The row in our words; `meanings` is what a steward said of the source's terms. Raises RowProblem when it cannot be stored at all."""
    return ADAPTERS[dialect](raw, meanings)
