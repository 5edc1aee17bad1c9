"""What goes into the log. Links that let somebody in do not: whoever reads the log could follow them."""

import logging
import re
from typing import Any

A_LINK = re.compile(
    r"(?<=/)"
    r"(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w.:=~-]))"  # the id of a record opens nothing
    r"[\w.:=~-]{24,}"
)
A_ROW = re.compile(  # to the end of that error; the next one of the chain begins after an empty line
    r"^(?:DETAIL|LINE \d+): .*?(?=\n\n(?:The above exception|During handling)|\Z)", re.MULTILINE | re.DOTALL
)


class WithoutLinks(logging.Filter):
    """Replace each long part of an address by an ellipsis; ids of records stay."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = A_LINK.sub("…", record.getMessage()), ()
        return True


class WithoutRecords(logging.Formatter):
    """PostgreSQL's errors quote the row they refuse, with names and addresses. The log keeps the error without the row."""

    def formatException(self, ei: Any) -> str:
        return A_ROW.sub("(what the database quoted is left out)", super().formatException(ei))


class OneLine(logging.Filter):
    """A strange host name is asked for by every scanner of the internet: a line says so, and where it came from is no news."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True
