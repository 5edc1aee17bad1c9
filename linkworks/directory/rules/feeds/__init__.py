"""Feeds of listings in the dialects that councils publish, each read into the same rows."""

from .envelope import Dialect, Feed, NotAFeed, lacks_details, open_envelope
from .reading import RowProblem
from .rows import read_row
from .sheet import open_sheet

__all__ = ["Dialect", "Feed", "NotAFeed", "RowProblem", "lacks_details", "open_envelope", "open_sheet", "read_row"]
