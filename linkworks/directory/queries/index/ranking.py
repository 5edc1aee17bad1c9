"""The best few of many, in order, without putting all of them in order."""

from collections.abc import Sequence

import numpy as np

from .arrays import Array

FEW = 4


def best(how_many: int, keys: Sequence[Array]) -> Array:
    """The places of the so many smallest, by the first key, then the next: as if all were sorted and the rest cut off."""
    rows, sure, missing = np.arange(len(keys[0])), [], how_many
    for key in keys:
        if len(rows) <= max(FEW * missing, 64) or missing <= 0:
            break
        values = key[rows]
        last = np.partition(values, missing - 1)[missing - 1]
        below = rows[values < last]
        sure.append(below)
        missing -= len(below)
        rows = rows[values == last]
    chosen = np.concatenate([*sure, rows])
    return chosen[np.lexsort([key[chosen] for key in reversed(keys)])][:how_many]
