"""What people tell us, in the shape actions take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class ContactFacts:
    """One contact or attempt, and what is next."""

    how: str
    result: str
    note: str = ""
    next_action: str = ""
    next_action_on: date | None = None
    minutes: int | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True)
class CorrectionFacts:
    """A contact as it should have been written down, and why it is put right."""

    how: str
    result: str
    note: str
    why: str
    happened_on: date
    minutes: int | None = None


@dataclass(frozen=True)
class ConversationFacts:
    """What the person told us matters to them."""

    what_matters: str
    strengths: str
    held_on: date
    interests: str = ""
    people_around: str = ""
    needs: tuple[str, ...] = ()
    how_support_should_be: str = ""
    complexity: int | None = None


@dataclass(frozen=True)
class GoalFacts:
    """Something the person wants, in their words."""

    words: str
    needs: tuple[str, ...] = ()
    benefit: str = ""


@dataclass(frozen=True)
class StepFacts:
    """Something somebody will do, by a day."""

    what: str
    who: str
    due_on: date | None = None


@dataclass(frozen=True)
class SharingFacts:
    """Exactly what a group is told about a person, as the person agreed it: seven fields at most."""

    name_shared: str
    contact_shared: str
    support_need: str
    access_and_language: str = ""
    emergency_contact: str = ""
    call_worker_first: bool = False
    emergency_agreed: bool = False  # they said yes to this group having it, whatever they said before
    agreed: bool = False
    agreed_how: str = ""

    def names(self) -> list[str]:
        """The fields that leave the scheme, for the ledger."""
        given = {
            "reference": "always",
            "name": self.name_shared,
            "contact": self.contact_shared,
            "support need": self.support_need,
            "access and language": self.access_and_language,
            "emergency contact": self.emergency_contact,
            "call the link worker first": self.call_worker_first,
        }
        return [name for name, value in given.items() if value]


@dataclass(frozen=True)
class UnmetFacts:
    """What could not be found, and why."""

    need: str
    reason: str
    note: str = ""
    goal_id: UUID | None = None


@dataclass(frozen=True)
class MeasureFacts:
    """Answers to a measure at a stage of a case; an unanswered item is None."""

    measure_id: str
    stage: str
    answers: Mapping[str, int | None] = field(default_factory=dict)
    asked_on: date | None = None
    how_asked: str = ""
    declined: bool = False


@dataclass(frozen=True)
class GoalReview:
    """How the person says one goal went; no move means it goes on."""

    goal_id: UUID
    move: str = ""
    words: str = ""


@dataclass(frozen=True)
class ConcernFacts:
    """What somebody is worried about."""

    what_happened: str
    immediate_danger: bool = False
    person_knows: bool = False


@dataclass(frozen=True)
class AttendanceFacts:
    """Whether the person came to a session, as the worker was told."""

    session_on: date
    attended: str
    absence: str = ""
    note: str = ""
    date_changed: bool = False
