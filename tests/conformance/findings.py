"""What is wrong with a feed, and where."""

from typing import NamedTuple


class Finding(NamedTuple):
    code: str
    where: str
    said: str = ""

    def __str__(self) -> str:
        return f"{self.code} at {self.where}: {self.said}"
