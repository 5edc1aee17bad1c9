"""Reading feeds of activities: what is new is kept, and out of all that is kept the listings are made."""

from .reading import read_activities

__all__ = ["read_activities"]
