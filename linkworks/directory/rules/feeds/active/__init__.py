"""OpenActive: feeds of activities with dates, page by page (RPDE), each item in the many spellings of JSON-LD."""

from .kept import Kept, keep
from .listing import over, read
from .paging import Cursor, Page, moved, open_page, started
from .timed import WEEKS_AHEAD

__all__ = ["WEEKS_AHEAD", "Cursor", "Kept", "Page", "keep", "moved", "open_page", "over", "read", "started"]
