"""Pausing, closing, opening again, and safeguarding."""

from typing import Any

from linkworks.core import clock, vocabulary
from linkworks.ui import fields, formats

from ..rules.closing import NOT_REACHED, ClosingFacts
from ..rules.facts import ConcernFacts
from .dates import tomorrow

DAY_NOT_KNOWN = "If you do not know, leave it empty: today is written down, as the day we heard"
LEAD_KNOWS = "The safeguarding lead knows that I am closing"


class UnreachedForm(fields.Form):
    """Over an open concern nobody closes without the safeguarding lead."""

    lead_knows = fields.BooleanField(label=LEAD_KNOWS, missing="Tell the safeguarding lead, then tick the box")

    def __init__(self, *args: Any, has_open_concern: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_open_concern:
            del self.fields["lead_knows"]


class CloseForm(fields.Form):
    """Why the work is finished. What is not missing is not asked for."""

    reason = fields.ChoiceField(
        label="Why is the work finished?",
        choices=lambda: [each for each in vocabulary.choices("close_reasons") if each[0] != NOT_REACHED],
        missing="Choose why the work is finished",
        small=True,
        reveal={"deceased": "died_on"},
    )
    died_on = fields.DateField(label="When did they die?", hint=DAY_NOT_KNOWN, required=False, not_after=clock.today)
    summary = fields.TextAreaField(
        label="Summary",
        hint="In words that may go to the referrer if the person agreed. Say what changed.",
        required=False,
        max_length=2000,
        rows=4,
    )
    todays_answers = fields.BooleanField(
        label="Use what they answered today, at the review, as their closing answers", required=False, initial=True
    )
    missing_because = fields.CharField(
        label="Why there are no closing answers",
        required=False,
        max_length=200,
        hint="For example: they chose not to answer again",
    )
    withdraw_unanswered = fields.BooleanField(
        label="Withdraw the connections that are still waiting for an answer", required=False
    )

    lead_knows = fields.BooleanField(label=LEAD_KNOWS, required=False)

    with_letter = fields.BooleanField(label="Prepare the letter to them", required=False, initial=True)

    def __init__(self, *args: Any, facts: ClosingFacts, has_letter: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_letter:
            del self.fields["with_letter"]
        if not facts.has_open_concern:
            del self.fields["lead_knows"]
        if not facts.lacks_closing_answers:
            del self.fields["missing_because"]
        if not (facts.lacks_closing_answers and facts.answered_today):
            del self.fields["todays_answers"]
        if facts.unanswered:
            waiting = formats.listed(facts.unanswered)
            self.fields["withdraw_unanswered"].label = f"Withdraw from {waiting}: still waiting for an answer"
        else:
            del self.fields["withdraw_unanswered"]


class PauseForm(fields.Form):
    """Wait until a day."""

    until = fields.DateField(label="Until when", not_before=tomorrow, missing="Enter a day")
    reason = fields.CharField(label="Why", max_length=300, missing="Say why, in a few words")


class ReopenForm(fields.Form):
    """Why a case is opened again."""

    reason = fields.TextAreaField(
        label="Why is it opened again?", max_length=1000, rows=3, missing="Say why it is opened again"
    )


class ConcernForm(fields.Form):
    """What somebody is worried about. Short: it must take two minutes."""

    what_happened = fields.TextAreaField(
        label="What did you see or hear?",
        hint="Facts, and the person’s own words where you can",
        max_length=5000,
        rows=6,
        missing="Write what you saw or heard",
    )
    immediate_danger = fields.YesNoField(
        label="Is anybody in danger right now?",
        hint="If yes, call 999 first",
        missing="Say whether anybody is in danger right now",
    )
    person_knows = fields.YesNoField(
        label="Does the person know you are raising this?",
        hint="Tell them unless that would put somebody at risk",
        missing="Say whether the person knows",
    )

    def facts(self) -> ConcernFacts:
        return ConcernFacts(**self.cleaned_data)


class ConcernCloseForm(fields.Form):
    """What was done about a concern."""

    what_was_done = fields.TextAreaField(
        label="What was done, and who knows?",
        max_length=5000,
        rows=5,
        missing="Write what was done, and who knows about it",
    )
