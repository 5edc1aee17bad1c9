"""The feed of the directory for other programs, and the page that explains it."""

from .feed import anything_else, details, list_of, one_of
from .pages import open_directory, openapi

__all__ = ["anything_else", "details", "list_of", "one_of", "open_directory", "openapi"]
