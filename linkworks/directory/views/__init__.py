"""The directory's pages."""

from .finding import find, service
from .stewarding import ask_now, deal_with, edit_facts, edit_listing, import_run, imports, listings, take_down

__all__ = [
    "ask_now",
    "deal_with",
    "edit_facts",
    "edit_listing",
    "find",
    "import_run",
    "imports",
    "listings",
    "service",
    "take_down",
]
