"""The words of the directory's own columns: a service's status, the type of a place, how often, and how a reading went."""

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


class SourceKind(StrEnum):
    """What a source is read as: lists of services are told apart when they are read, activities are followed."""

    LISTINGS = "listings"
    ACTIVITIES = "activities"


class FeedItemKind(StrEnum):
    """What an item of a feed of activities stands for."""

    LISTING = "listing"
    DATE = "date"


class Schedule(StrEnum):
    """How often a source is read by itself."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


class RunState(StrEnum):
    """Where a reading of a source is."""

    ASKED = "asked"
    READING = "reading"
    WAITING = "waiting"  # read, and a steward decides whether it is carried out
    CARRYING_OUT = "carrying-out"
    DONE = "done"
    DROPPED = "dropped"
    STOPPED = "stopped"  # nothing of it could be read


class RunMove(StrEnum):
    BEGIN = "begin"
    WAIT = "wait"
    CARRY_OUT = "carry-out"
    FINISH = "finish"
    DROP = "drop"
    STOP = "stop"


IMPORT_RUN_MOVES = {
    (RunState.ASKED, RunMove.BEGIN): RunState.READING,
    (RunState.ASKED, RunMove.STOP): RunState.STOPPED,
    (RunState.READING, RunMove.BEGIN): RunState.READING,  # its worker died: another begins again
    (RunState.READING, RunMove.WAIT): RunState.WAITING,
    (RunState.READING, RunMove.CARRY_OUT): RunState.CARRYING_OUT,
    (RunState.READING, RunMove.STOP): RunState.STOPPED,
    (RunState.READING, RunMove.DROP): RunState.DROPPED,
    (RunState.WAITING, RunMove.CARRY_OUT): RunState.CARRYING_OUT,
    (RunState.WAITING, RunMove.DROP): RunState.DROPPED,
    (RunState.CARRYING_OUT, RunMove.DROP): RunState.DROPPED,  # its worker died, and a newer reading was quicker
    (RunState.CARRYING_OUT, RunMove.FINISH): RunState.DONE,
}


class StagedKind(StrEnum):
    """What a reading would do with one listing."""

    NEW = "new"
    CHANGED = "changed"
    DATES = "dates"  # only its dates, or the places left on them
    MISSING = "missing"  # not in the whole feed for the first time
    GONE = "gone"  # not in it for the second time: taken down
    BACK = "back"


class HeldState(StrEnum):
    """Where a changed telephone number or web address is."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


class HeldMove(StrEnum):
    TAKE = "take"
    REFUSE = "refuse"
    OVERTAKE = "overtake"


HELD_FACT_MOVES = {
    (HeldState.WAITING, HeldMove.TAKE): HeldState.TAKEN,
    (HeldState.WAITING, HeldMove.REFUSE): HeldState.REFUSED,
    (HeldState.WAITING, HeldMove.OVERTAKE): HeldState.OVERTAKEN,
}


class ProposedEditState(StrEnum):
    """A group would like to change what identifies it or leads people to it: a steward looks first."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPLACED = "replaced"  # the group proposed something else since


class ProposedEditMove(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"
    REPLACE = "replace"


PROPOSED_EDIT_MOVES = {
    (ProposedEditState.WAITING, ProposedEditMove.ACCEPT): ProposedEditState.ACCEPTED,
    (ProposedEditState.WAITING, ProposedEditMove.REFUSE): ProposedEditState.REFUSED,
    (ProposedEditState.WAITING, ProposedEditMove.REPLACE): ProposedEditState.REPLACED,
}


class ClaimState(StrEnum):
    """Somebody says that they look after an organisation."""

    ASKED = "asked"  # their address is not known to be theirs yet
    WAITING = "waiting"  # it is theirs, and somebody confirms that they belong to the organisation
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class ClaimMove(StrEnum):
    VERIFY = "verify"
    CONFIRM = "confirm"
    REFUSE = "refuse"


CLAIM_MOVES = {
    (ClaimState.ASKED, ClaimMove.VERIFY): ClaimState.WAITING,
    (ClaimState.WAITING, ClaimMove.CONFIRM): ClaimState.CONFIRMED,
    (ClaimState.WAITING, ClaimMove.REFUSE): ClaimState.REFUSED,
}


class PairState(StrEnum):
    """Whether two listings are the same thing."""

    SUSPECTED = "suspected"
    JOINED = "joined"
    DIFFERENT = "different"


class PairMove(StrEnum):
    JOIN = "join"
    SAY_DIFFERENT = "say-different"
    UNDO = "undo"


DUPLICATE_PAIR_MOVES = {
    (PairState.SUSPECTED, PairMove.JOIN): PairState.JOINED,
    (PairState.SUSPECTED, PairMove.SAY_DIFFERENT): PairState.DIFFERENT,
    (PairState.JOINED, PairMove.UNDO): PairState.SUSPECTED,
    (PairState.DIFFERENT, PairMove.UNDO): PairState.SUSPECTED,
}
