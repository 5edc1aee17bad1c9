"""The hours of listings as columns, and which of them are open at a moment."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from linkworks.core.clock import LONDON, now

from ...rules import open_now
from ...rules.open_now import Moment, Span
from .arrays import Array

KINDS = Span(np.uint8, np.int32, np.int32, np.uint16, np.uint16, np.bool_, np.bool_)


class Hours:
    """So many times, and whose each is. What is open is worked out once a minute, however often it is asked."""

    def __init__(self, spans: Span, rows: Array, how_many: int) -> None:
        self.spans, self.rows, self.how_many = spans, rows, how_many
        self.worked_out: tuple[Moment, Array] | None = None

    def open_at(self, at: Moment) -> Array:
        """For each listing whether it is open."""
        known = self.worked_out
        if known is None or known[0] != at:
            found = np.zeros(self.how_many, np.bool_)
            found[self.rows[open_now.is_open(self.spans, at)]] = True
            self.worked_out = known = (at, found)
        return known[1]

    def packed(self) -> Mapping[str, Array]:
        return {"rows": self.rows, **self.spans._asdict()}


def unpacked(arrays: Mapping[str, Array], how_many: int) -> Hours:
    return Hours(Span(*(arrays[name] for name in Span._fields)), arrays["rows"], how_many)


def hours_of(some: Iterable[tuple[int, Span]], how_many: int) -> Hours:
    """The times of so many listings, each with the row that it belongs to."""
    told = list(some)
    columns: Any = zip(*(span for _, span in told), strict=True) if told else [()] * len(KINDS)
    spans = Span(*(np.array(column, kind) for column, kind in zip(columns, KINDS, strict=True)))
    return Hours(spans, np.array([row for row, _ in told], np.int32), how_many)


def this_minute() -> Moment:
    here = now().astimezone(LONDON)
    return open_now.moment(here.date(), here.time())
