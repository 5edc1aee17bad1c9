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
