"""What a scheme asks and offers in a case: when wellbeing is asked, and how many conversations are usual."""

from dataclasses import dataclass
from uuid import UUID

from linkworks.core.clock import LONDON, today
from linkworks.organisations.queries import settings_of
from linkworks.organisations.rules.settings import SchemeSettings

from ..models import Case, CaseMeasure
from ..states import ContactResult
from .story import Story

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
    return stages_of(settings_of(scheme_id))


def stages_of(settings: SchemeSettings) -> frozenset[str]:
    return frozenset(STAGES[each] for each in settings.measure_stages)


def is_to_ask(case: Case, stage: str) -> bool:
    """Whether the scheme asks about wellbeing at this stage and nobody has: at a review, not yet today."""
    if stage not in asked_at(case.scheme_id):
        return False
    answers = CaseMeasure.objects.filter(case=case, stage=stage)
    return not (answers.filter(answer_set__asked_on=today()) if stage == "review" else answers).exists()


def sessions_of(story: Story, usual: int) -> Sessions:
    """The days they talked since the case was last opened. A conversation and a call on one day are one."""
    days = {each.happened_at.astimezone(LONDON).date() for each in story.contacts if each.result == ContactResult.SPOKE}
    days |= {story.conversation.held_on} if story.conversation else set()
    reopened = story.reopened_at
    since = {day for day in days if not reopened or day >= reopened.astimezone(LONDON).date()}
    return Sessions(len(since), usual)
