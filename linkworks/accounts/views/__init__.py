"""Pages of accounts."""

from .own import account, arrive, set_up

__all__ = ["account", "arrive", "set_up"]
