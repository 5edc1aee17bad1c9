"""Pages of schemes and of who serves where."""

from .boroughs import boroughs
from .scheme import document, edit, history, public, scheme, upload

__all__ = ["boroughs", "document", "edit", "history", "public", "scheme", "upload"]
