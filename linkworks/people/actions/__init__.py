"""What is done to a person's record, and to who may see it."""

from .record import add_person, change_details, choose_sharing, end_channel, log_disclosure, set_channel
from .restriction import open_in_emergency, protect_newcomer, restrict

__all__ = [
    "add_person",
    "change_details",
    "choose_sharing",
    "end_channel",
    "log_disclosure",
    "open_in_emergency",
    "protect_newcomer",
    "restrict",
    "set_channel",
]
