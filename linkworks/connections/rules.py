"""What follows about connections: what may be shared, until when a link works, when silence is chased."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from .states import AsExpected, Recommends

# What a provider sees about a person, and nothing else (reference: reliability-security-privacy, section 5.2).
SHARED_FIELDS = (
    "reference",
    "name_shared",
    "contact_shared",
    "support_need",
    "access_and_language",
    "emergency_contact",
    "call_worker_first",
)
LONGEST = {
    "name_shared": 100,
    "contact_shared": 200,
    "support_need": 300,
    "access_and_language": 300,
    "emergency_contact": 200,
}
CALLED = {
    "name_shared": "The name to share",
    "contact_shared": "The way to reach the person",
    "support_need": "What would help",
    "access_and_language": "Access and language",
    "emergency_contact": "The emergency contact",
}
NEEDED = ("name_shared", "contact_shared", "support_need")
ACCESS_AFTER_CLOSING = timedelta(days=30)
LINK_LIFE = timedelta(days=30)
FEWEST = 3  # fewer answers than this are not counted out loud: they would tell who said what
LONGEST_FEEDBACK = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionFacts:
    """Everything a connection is made of. The person saw and agreed what is shared."""

    scheme_id: UUID
    provider_id: UUID
    person_id: UUID
    service_id: UUID
    service_name: str
    worker_id: UUID
    worker_name: str
    name_shared: str
    contact_shared: str
    support_need: str
    access_and_language: str = ""
    emergency_contact: str = ""
    call_worker_first: bool = False

    def problem(self) -> tuple[str, str] | None:
        """The first thing wrong with what would be shared: (field, sentence)."""
        for field in NEEDED:
            if not getattr(self, field).strip():
                return field, f"{CALLED[field]} is missing."
        for field, most in LONGEST.items():
            if len(getattr(self, field)) > most:
                return field, f"{CALLED[field]} must be {most} characters or fewer."
        return None


def link_works_until(now: datetime, first_session_on: date | None) -> datetime:
    """Thirty days after the last thing that happened, or after the first session when that lies ahead."""
    last = now
    if first_session_on and first_session_on > now.date():
        last = datetime.combine(first_session_on, now.timetz())
    return last + LINK_LIFE


@dataclass(frozen=True, slots=True)
class Silence:
    """A connection that waits for its answer, and when we began to do something about it."""

    remind_on: date
    escalate_on: date
    reminded: bool
    escalated: bool


def chase(silence: Silence, today: date) -> str:
    """What an unanswered connection is due today: "escalate" (to the link worker), "remind" (the provider) or nothing."""
    if not silence.escalated and today >= silence.escalate_on:
        return "escalate"
    if not silence.reminded and not silence.escalated and today >= silence.remind_on:
        return "remind"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What somebody said about the service they went to; any of it may be left out, but not all."""

    as_expected: str = ""
    recommends: str = ""
    text: str = ""
    may_share: bool = False

    def problem(self) -> tuple[str, str] | None:
        """The first thing wrong with it: (field, sentence)."""
        if not (self.as_expected or self.recommends or self.text.strip()):
            return "text", "Record at least one answer, or go back if they would rather not say."
        if self.as_expected and self.as_expected not in set(AsExpected):
            return "as_expected", "Choose whether it was what they expected."
        if self.recommends and self.recommends not in set(Recommends):
            return "recommends", "Choose whether they would go again."
        if len(self.text.strip()) > LONGEST_FEEDBACK:
            return "text", f"Their words must be {LONGEST_FEEDBACK} characters or fewer."
        if self.may_share and not self.text.strip():
            return "text", "There are no words to share yet. Write what they said."
        return None


@dataclass(frozen=True, slots=True)
class Tally:
    """What people said about a service, counted. Below three answers nothing is counted out loud."""

    answered: int = 0
    expected_asked: int = 0
    expected: int = 0
    recommend_asked: int = 0
    recommend: int = 0
    words: int = 0

    @property
    def may_be_counted(self) -> bool:
        return self.answered >= FEWEST

    @property
    def recommending(self) -> tuple[int, int] | None:
        """How many would go again, of how many asked; None when too few were."""
        return (self.recommend, self.recommend_asked) if self.recommend_asked >= FEWEST else None

    @property
    def expecting(self) -> tuple[int, int] | None:
        """For how many it was what they expected, of how many asked; None when too few were."""
        return (self.expected, self.expected_asked) if self.expected_asked >= FEWEST else None


def too_early(session_on: date, first_session_on: date | None) -> bool:
    """Whether a session lies before the first one that was agreed."""
    return first_session_on is not None and session_on < first_session_on
