"""The pages of whoever refers. `flow` is shared with the doors that need no account."""

from .own import amend, detail, download, list_page, withdraw
from .refer import key_in, key_in_check, key_in_sent, new, new_check, new_scheme, new_sent

__all__ = [
    "amend",
    "detail",
    "download",
    "key_in",
    "key_in_check",
    "key_in_sent",
    "list_page",
    "new",
    "new_check",
    "new_scheme",
    "new_sent",
    "withdraw",
]
