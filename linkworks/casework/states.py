"""Cases, plans, goals and unmet need: which moves exist."""

from enum import StrEnum


class CaseState(StrEnum):
    WAITING = "waiting"
    ALLOCATED = "allocated"
    CONTACTING = "contacting"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class CaseMove(StrEnum):
    OPEN = "open"
    ALLOCATE = "allocate"
    TRY_CONTACT = "try-contact"
    BEGIN = "begin"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"


_S, _M = CaseState, CaseMove
CASE_MOVES: dict[tuple[CaseState, CaseMove], CaseState] = {
    (_S.WAITING, _M.ALLOCATE): _S.ALLOCATED,
    (_S.WAITING, _M.CLOSE): _S.CLOSED,
    (_S.ALLOCATED, _M.ALLOCATE): _S.ALLOCATED,
    (_S.ALLOCATED, _M.TRY_CONTACT): _S.CONTACTING,
    (_S.ALLOCATED, _M.BEGIN): _S.ACTIVE,
    (_S.ALLOCATED, _M.PAUSE): _S.PAUSED,
    (_S.ALLOCATED, _M.CLOSE): _S.CLOSED,
    (_S.CONTACTING, _M.ALLOCATE): _S.CONTACTING,
    (_S.CONTACTING, _M.TRY_CONTACT): _S.CONTACTING,
    (_S.CONTACTING, _M.BEGIN): _S.ACTIVE,
    (_S.CONTACTING, _M.PAUSE): _S.PAUSED,
    (_S.CONTACTING, _M.CLOSE): _S.CLOSED,
    (_S.ACTIVE, _M.ALLOCATE): _S.ACTIVE,
    (_S.ACTIVE, _M.PAUSE): _S.PAUSED,
    (_S.ACTIVE, _M.CLOSE): _S.CLOSED,
    (_S.PAUSED, _M.ALLOCATE): _S.PAUSED,
    (_S.PAUSED, _M.RESUME): _S.ACTIVE,
    (_S.PAUSED, _M.CLOSE): _S.CLOSED,
    (_S.CLOSED, _M.REOPEN): _S.ACTIVE,
}
OPEN_CASES = frozenset(CaseState) - {CaseState.CLOSED}


class NextKind(StrEnum):
    """What kind of thing comes next in a case, so that the page can offer the click that does it."""

    CONTACT = "contact"
    ALLOCATE = "allocate"
    PLAN = "plan"
    FIND = "find"
    ANSWER = "answer"
    REVIEW = "review"
    FINISH = "finish"
    DECIDE = "decide"
    OWN = "own"  # a worker wrote it in their own words


class PlanState(StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class PlanMove(StrEnum):
    DRAFT = "draft"
    AGREE = "agree"
    SUPERSEDE = "supersede"


PLAN_MOVES: dict[tuple[PlanState, PlanMove], PlanState] = {
    (PlanState.DRAFT, PlanMove.AGREE): PlanState.AGREED,
    (PlanState.AGREED, PlanMove.SUPERSEDE): PlanState.SUPERSEDED,
}


class GoalState(StrEnum):
    OPEN = "open"
    ACHIEVED = "achieved"
    PARTLY_ACHIEVED = "partly-achieved"
    NOT_ACHIEVED = "not-achieved"
    DROPPED = "dropped"


class GoalMove(StrEnum):
    SET = "set"
    ACHIEVE = "achieve"
    ACHIEVE_PARTLY = "achieve-partly"
    MISS = "miss"
    DROP = "drop"
    REOPEN = "reopen"


_ENDS = {
    GoalMove.ACHIEVE: GoalState.ACHIEVED,
    GoalMove.ACHIEVE_PARTLY: GoalState.PARTLY_ACHIEVED,
    GoalMove.MISS: GoalState.NOT_ACHIEVED,
    GoalMove.DROP: GoalState.DROPPED,
}
GOAL_MOVES: dict[tuple[GoalState, GoalMove], GoalState] = {
    **{(GoalState.OPEN, move): state for move, state in _ENDS.items()},
    **{(state, GoalMove.REOPEN): GoalState.OPEN for state in _ENDS.values()},
}


class UnmetState(StrEnum):
    RECORDED = "recorded"
    RESOLVED = "resolved"


class UnmetMove(StrEnum):
    RECORD = "record"
    RESOLVE = "resolve"


UNMET_MOVES: dict[tuple[UnmetState, UnmetMove], UnmetState] = {
    (UnmetState.RECORDED, UnmetMove.RESOLVE): UnmetState.RESOLVED,
}


class ContactHow(StrEnum):
    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    VIDEO = "video"
    OFFICE = "office"
    NOTE = "note"


class ContactResult(StrEnum):
    SPOKE = "spoke"
    NO_ANSWER = "no-answer"
    LEFT_MESSAGE = "left-message"
    WRONG_NUMBER = "wrong-number"
    NOT_A_GOOD_TIME = "not-a-good-time"
    DID_NOT_COME = "did-not-come"
    NOTE_ONLY = "note-only"


class TaskKind(StrEnum):
    """What a task is about, so that a morning can be sorted."""

    TO_DO = "to-do"
    NEW_REFERRAL = "new-referral"
    FOLLOW_UP = "follow-up"
    FIND_ANOTHER = "find-another"
    WAITING_LIST = "waiting-list"
    CALL = "call"
    NO_SHOW = "no-show"
    QUESTION = "question"
    UNANSWERED = "unanswered"
    SAFEGUARDING = "safeguarding"


class ConcernState(StrEnum):
    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class ConcernMove(StrEnum):
    RAISE = "raise"
    ESCALATE = "escalate"
    ACKNOWLEDGE = "acknowledge"
    CLOSE = "close"


CONCERN_MOVES: dict[tuple[ConcernState, ConcernMove], ConcernState] = {
    (ConcernState.RAISED, ConcernMove.ESCALATE): ConcernState.RAISED,
    (ConcernState.RAISED, ConcernMove.ACKNOWLEDGE): ConcernState.ACKNOWLEDGED,
    (ConcernState.ACKNOWLEDGED, ConcernMove.CLOSE): ConcernState.CLOSED,
}
