"""Pages of schemes and of who serves where."""

from .boroughs import boroughs
from .profiles import profile, profiles, profiles_csv, profiles_json
from .scheme import document, edit, history, public, scheme, upload

__all__ = [
    "boroughs",
    "document",
    "edit",
    "history",
    "profile",
    "profiles",
    "profiles_csv",
    "profiles_json",
    "public",
    "scheme",
    "upload",
]
