from .going import change_own_going, own_going, remove_own_going
from .inbox import inbox
from .link import link, link_answer, link_done
from .listing import own_listing
from .listings import room, services
from .photos import own_photos, remove_own_photo
from .portal import answer, connection, done, worry
from .refreshing import listing, listing_done, listing_stop, listing_undo
from .registers import register, registers
from .said import said

__all__ = [
    "answer",
    "change_own_going",
    "connection",
    "done",
    "inbox",
    "link",
    "link_answer",
    "link_done",
    "listing",
    "listing_done",
    "listing_stop",
    "listing_undo",
    "own_going",
    "own_listing",
    "own_photos",
    "register",
    "registers",
    "remove_own_going",
    "remove_own_photo",
    "room",
    "said",
    "services",
    "worry",
]
