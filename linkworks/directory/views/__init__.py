"""The directory's pages."""

from .claims import claim, confirm_claim
from .duplicates import decide_duplicate, duplicate, duplicates
from .finding import find, order, service
from .going import change_going, going, remove_going
from .imports import decide_import, held_fact, held_facts, import_run, imports
from .photos import photo, photos, remove_photo
from .places import place, places
from .proposals import accept, history, proposal, restore
from .queue import missing, queue
from .saved import save, saved, saved_csv, saved_print, shared, shared_print, take_off
from .sectors import evidence_csv, sector, sector_csv, sector_print, sectors
from .sources import (
    add_source,
    change_source,
    confirm_licence,
    give_file,
    read_source,
    source,
    source_word,
    source_words,
    sources,
    template_csv,
    template_xlsx,
)
from .stewarding import ask_now, deal_with, edit_facts, edit_listing, listings, take_down

__all__ = [
    "accept",
    "add_source",
    "ask_now",
    "change_going",
    "change_source",
    "claim",
    "confirm_claim",
    "confirm_licence",
    "deal_with",
    "decide_duplicate",
    "decide_import",
    "duplicate",
    "duplicates",
    "edit_facts",
    "edit_listing",
    "evidence_csv",
    "find",
    "give_file",
    "going",
    "held_fact",
    "held_facts",
    "history",
    "import_run",
    "imports",
    "listings",
    "missing",
    "order",
    "photo",
    "photos",
    "place",
    "places",
    "proposal",
    "queue",
    "read_source",
    "remove_going",
    "remove_photo",
    "restore",
    "save",
    "saved",
    "saved_csv",
    "saved_print",
    "sector",
    "sector_csv",
    "sector_print",
    "sectors",
    "service",
    "shared",
    "shared_print",
    "source",
    "source_word",
    "source_words",
    "sources",
    "take_down",
    "take_off",
    "template_csv",
    "template_xlsx",
]
