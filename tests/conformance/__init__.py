"""A strict check of an Open Referral UK 3.0 feed: every page in several sizes, every id. It knows nothing of how the feed is made."""

from .findings import Finding
from .judge import judge
from .reading import Answer, Fetch

__all__ = ["Answer", "Fetch", "Finding", "judge"]
