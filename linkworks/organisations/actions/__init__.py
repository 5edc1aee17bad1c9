"""Changes to organisations, their relations, schemes and reference data."""

from .postcodes import load_postcodes
from .reference import load_reference_data
from .registering import add_organisation, change_reach, require_set_up
from .relations import end_relation, move, relate
from .schemes import change_public_facts, change_settings, end_gap, record_gap

__all__ = [
    "add_organisation",
    "change_public_facts",
    "change_reach",
    "change_settings",
    "end_gap",
    "end_relation",
    "load_postcodes",
    "load_reference_data",
    "move",
    "record_gap",
    "relate",
    "require_set_up",
]
