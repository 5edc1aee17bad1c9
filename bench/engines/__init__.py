"""Ways to find, compared: ours, a raw scan of all columns (the limit of the machine), and a search engine in a library."""

from typing import Any, NamedTuple


class Found(NamedTuple):
    """How many, the best twenty in order, how many of each kind; and all of them, for comparing."""

    total: int
    top: list[int]
    counts: list[int]
    rows: Any
