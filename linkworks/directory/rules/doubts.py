"""Days that a rule names and of which nobody can be sure. Who comes on one of them may stand before a locked door."""

from datetime import date

from linkworks.core.days_off import BANK_HOLIDAYS

from .sessions import Session, Timed, is_once
from .term_time import is_term_time, may_be_holiday

BANK_HOLIDAY, TERM_TIME = "bank holiday", "term time"


def doubt(session: Session) -> str:
    """Why this session may not be on. A date that was told as such is simply told."""
    return doubt_of(session.schedule, session.day)


def doubt_of(schedule: Timed, day: date) -> str:
    if is_once(schedule):
        return ""
    if day in BANK_HOLIDAYS:
        return BANK_HOLIDAY
    return TERM_TIME if is_term_time(schedule) and may_be_holiday(day) else ""
