"""The words of the directory's own columns: a service's status, the type of a place, how often, and how a run went."""

from enum import StrEnum


class ServiceStatus(StrEnum):
    """Open Referral UK's four, spelled as it spells them."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class LocationType(StrEnum):
    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"


class Frequency(StrEnum):
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


class Outcome(StrEnum):
    """What became of one row of a feed."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"  # stored, and not shown until somebody has looked
    REJECTED = "rejected"  # not stored; the row and its reason are kept
    NOTED = "noted"  # stored and shown, with something a person should look at


class ReportState(StrEnum):
    OPEN = "open"
    DEALT_WITH = "dealt-with"


class ReportMove(StrEnum):
    DEAL_WITH = "deal-with"


LISTING_REPORT_MOVES = {(ReportState.OPEN, ReportMove.DEAL_WITH): ReportState.DEALT_WITH}


class RefreshState(StrEnum):
    """A group was asked whether its listing is still right."""

    ASKED = "asked"
    REMINDED = "reminded"
    ANSWERED = "answered"
    STOPPED = "stopped"  # they would rather not be asked
    LAPSED = "lapsed"  # nobody answered; a steward hears of it


class RefreshMove(StrEnum):
    REMIND = "remind"
    ANSWER = "answer"
    UNDO = "undo"
    STOP = "stop"
    LAPSE = "lapse"


REFRESH_REQUEST_MOVES = {
    (RefreshState.ASKED, RefreshMove.REMIND): RefreshState.REMINDED,
    (RefreshState.ASKED, RefreshMove.ANSWER): RefreshState.ANSWERED,
    (RefreshState.ASKED, RefreshMove.STOP): RefreshState.STOPPED,
    (RefreshState.ASKED, RefreshMove.LAPSE): RefreshState.LAPSED,
    (RefreshState.REMINDED, RefreshMove.ANSWER): RefreshState.ANSWERED,
    (RefreshState.REMINDED, RefreshMove.STOP): RefreshState.STOPPED,
    (RefreshState.REMINDED, RefreshMove.LAPSE): RefreshState.LAPSED,
    (RefreshState.ANSWERED, RefreshMove.UNDO): RefreshState.ASKED,
    (RefreshState.ANSWERED, RefreshMove.STOP): RefreshState.STOPPED,
}
