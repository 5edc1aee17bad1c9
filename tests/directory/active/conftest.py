"""What the tests of activities start from."""

from .following import follow

__all__ = ["follow"]
