"""What a scheme asks and offers in a case: when wellbeing is asked, and how many conversations are usual."""

from dataclasses import dataclass
from uuid import UUID

from linkworks.core.clock import LONDON, today
from linkworks.organisations.queries import settings_of

from ..models import Case, CaseMeasure, Contact, Conversation
from ..states import ContactResult
from .contacts import reopened_at

# The settings say when a case closes; a case says at the end.
STAGES = {"start": "start", "review": "review", "close": "end"}


@dataclass(frozen=True)
class Sessions:
    """On how many days the person and the team have talked, against what the scheme usually offers."""

    held: int
    usual: int

    @property
    def is_reached(self) -> bool:
        return self.held >= self.usual


def asked_at(scheme_id: UUID) -> frozenset[str]:
    """The stages of a case at which this scheme asks about wellbeing."""
    return frozenset(STAGES[each] for each in settings_of(scheme_id).measure_stages)


def is_to_ask(case: Case, stage: str) -> bool:
    """Whether the scheme asks about wellbeing at this stage and nobody has: at a review, not yet today."""
    if stage not in asked_at(case.scheme_id):
        return False
    answers = CaseMeasure.objects.filter(case=case, stage=stage)
    return not (answers.filter(answer_set__asked_on=today()) if stage == "review" else answers).exists()


def sessions_of(case: Case) -> Sessions:
    """The days they talked since the case was last opened. A conversation and a call on one day are one."""
    spoke = Contact.objects.filter(case=case, result=ContactResult.SPOKE).values_list("happened_at", flat=True)
    days = {each.astimezone(LONDON).date() for each in spoke}
    days |= set(Conversation.objects.filter(case=case).values_list("held_on", flat=True))
    reopened = reopened_at(case)
    since = {day for day in days if not reopened or day >= reopened.astimezone(LONDON).date()}
    return Sessions(len(since), settings_of(case.scheme_id).max_sessions)
