"""The pages anybody can open: home, who serves me, asking for support, and referring without an account."""

from .claims import claim, claim_verify
from .guests import guest, guest_check, guest_details, guest_link_sent, guest_scheme, guest_sent
from .home import home, who_serves_me
from .nothing_fits import nothing_fits, nothing_fits_thanks
from .reports import report_listing
from .self_refer import call_back, call_back_team, check, done, forget, leave, nearest, question, start
from .sharing import forget_saved, share, stop_sharing

__all__ = [
    "call_back",
    "call_back_team",
    "check",
    "claim",
    "claim_verify",
    "done",
    "forget",
    "forget_saved",
    "guest",
    "guest_check",
    "guest_details",
    "guest_link_sent",
    "guest_scheme",
    "guest_sent",
    "home",
    "leave",
    "nearest",
    "nothing_fits",
    "nothing_fits_thanks",
    "question",
    "report_listing",
    "share",
    "start",
    "stop_sharing",
    "who_serves_me",
]
