"""The tests are 1.4 to 2.3 times the code. Lines that are not blank are counted.

Code is `linkworks/` without migrations, which a command makes. Tests are all of `tests/`: factories and fakes are written
for the tests alone and are read with them, so they count on that side.
"""

from collections.abc import Iterable
from pathlib import Path

from . import source

LEAST, MOST = 1.4, 2.3


def lines(files: Iterable[Path]) -> int:
    return sum(1 for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def test_the_house_is_tested_in_proportion() -> None:
    code, tested = lines(source.python_files()), lines(source.python_files("tests"))

    assert LEAST <= tested / code <= MOST, f"{tested} lines of tests for {code} of code: {tested / code:.2f} times"
