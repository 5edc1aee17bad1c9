"""What goes into the log. Links that let somebody in do not: whoever reads the log could follow them."""

import logging
import re

A_LINK = re.compile(
    r"(?<=/)"
    r"(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w.:=~-]))"  # the id of a record opens nothing
    r"[\w.:=~-]{24,}"
)


class WithoutLinks(logging.Filter):
    """Replace each long part of an address by an ellipsis; ids of records stay."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = A_LINK.sub("…", record.getMessage()), ()
        return True
