"""What should be done before a case is closed."""

from dataclasses import dataclass

NOT_REACHED = "could-not-contact"
# Reasons after which nobody can be asked how things are now.
NO_CLOSING_ANSWERS_EXPECTED = frozenset({NOT_REACHED, "deceased", "moved-away", "inappropriate-referral"})
NO_LETTER = NO_CLOSING_ANSWERS_EXPECTED  # nor does a letter about our work together reach them, or mean anything
AFTER_THE_TRIES = (
    "Somebody you could not reach has an ending of their own: record the scheme’s tries, "
    "then choose “Close because we could not reach them”."
)
CONCERN_OPEN = "A safeguarding concern is open. Tell the safeguarding lead that you are closing, then tick the box"
NO_REVIEW_EXPECTED = NO_CLOSING_ANSWERS_EXPECTED | {"transferred"}


@dataclass(frozen=True)
class ClosingFacts:
    """How a case stands when somebody wants to close it."""

    open_goals: int
    open_connections: tuple[str, ...]
    has_closing_answers: bool
    had_conversation: bool
    asks_closing_answers: bool = True
    unanswered: tuple[str, ...] = ()
    open_tasks: tuple[str, ...] = ()
    promised_answers: tuple[str, ...] = ()
    has_open_concern: bool = False
    answered_today: bool = False  # at a review: the same questions, on the same day

    @property
    def lacks_closing_answers(self) -> bool:
        """The scheme asks at the end, there was somebody to ask, and nobody has."""
        return self.asks_closing_answers and self.had_conversation and not self.has_closing_answers


@dataclass(frozen=True)
class Obstacle:
    """Something to do first, and the field it is about."""

    field: str
    message: str


def obstacles(
    facts: ClosingFacts, *, reason: str, missing_because: str, todays_answers: bool = False, lead_knows: bool = False
) -> list[Obstacle]:
    """What keeps a case from being closed for this reason."""
    found: list[Obstacle] = []
    if reason == NOT_REACHED:
        found.append(Obstacle("reason", AFTER_THE_TRIES))
    if facts.open_goals and reason not in NO_REVIEW_EXPECTED:
        goals = "1 goal has" if facts.open_goals == 1 else f"{facts.open_goals} goals have"
        found.append(Obstacle("reason", f"{goals} not been reviewed. Review the goals first."))
    is_answered = todays_answers and facts.answered_today
    if needs_answers(facts, reason) and not (missing_because.strip() or is_answered):
        found.append(Obstacle("missing_because", "Record the closing answers first, or say why there are none"))
    if facts.has_open_concern and not lead_knows:
        found.append(Obstacle("lead_knows", CONCERN_OPEN))
    return found


def ends_with_letter(reason: str) -> bool:
    """Whether a letter about the end of the work is written after closing for this reason."""
    return reason not in NO_LETTER


def needs_answers(facts: ClosingFacts, reason: str) -> bool:
    """Whether closing answers are expected and not there."""
    return facts.lacks_closing_answers and reason not in NO_CLOSING_ANSWERS_EXPECTED
