"""Goals, steps, agreement and review."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from linkworks.core import clock, vocabulary
from linkworks.ui import fields

from ..rules.facts import GoalFacts, GoalReview, StepFacts, UnmetFacts
from .dates import tomorrow

AGREED_HOW = [
    ("In person", "In person"),
    ("On the telephone", "On the telephone"),
    ("Signed on paper", "Signed on paper"),
    ("By video", "By video"),
    ("In writing", "In a text or e-mail"),
]


class GoalForm(fields.Form):
    """Something the person wants."""

    words = fields.CharField(
        label="What I want",
        hint="In the person’s words, as “I…”",
        max_length=300,
        missing="Write what the person wants, in their own words",
    )
    needs = fields.MultipleChoiceField(
        classes="app-two-columns",
        label="What this is about",
        hint="Used to find support that fits",
        choices=lambda: vocabulary.choices("needs"),
        required=False,
        small=True,
    )
    benefit = fields.SelectField(
        label="What may change",
        choices=lambda: vocabulary.choices("benefits"),
        required=False,
        empty="Choose if you know",
    )

    def facts(self) -> GoalFacts:
        said = self.cleaned_data
        return GoalFacts(words=said["words"], needs=tuple(said["needs"]), benefit=said["benefit"])


class StepForm(fields.Form):
    """Who does what, by when."""

    what = fields.CharField(label="What will be done", max_length=300, missing="Write what will be done")
    who = fields.CharField(
        label="Who will do it",
        hint="For example: Me, my link worker, my daughter",
        max_length=100,
        missing="Say who will do it",
    )
    due_on = fields.DateField(label="By when", required=False, not_before=clock.today)

    def facts(self) -> StepFacts:
        said = self.cleaned_data
        return StepFacts(what=said["what"], who=said["who"], due_on=said["due_on"])


class AgreeForm(fields.Form):
    """The person agrees the plan."""

    review_on = fields.DateField(
        label="When will you look at it together again?", not_before=tomorrow, missing="Enter the day of the review"
    )
    agreed_how = fields.ChoiceField(label="How did they agree?", choices=AGREED_HOW, missing="Choose how they agreed")


class UnmetForm(fields.Form):
    """Nothing fits: what was missing, in one step."""

    need = fields.SelectField(label="What did they need?", choices=[], missing="Choose what they needed")
    reason = fields.ChoiceField(
        label="Why does nothing fit?",
        choices=lambda: vocabulary.choices("unmet_reasons"),
        missing="Choose why nothing fits",
        small=True,
    )
    note = fields.CharField(label="Anything else to know", required=False, max_length=500)

    def __init__(self, *args: Any, needs: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        theirs = vocabulary.known("needs", needs)
        ordered = [*theirs, *(each for each in vocabulary.NEEDS if each not in theirs)]
        self.fields["need"].choices = [("", ""), *((each, vocabulary.label("needs", each)) for each in ordered)]  # type: ignore[attr-defined]
        if theirs:
            self.initial["need"] = theirs[0]

    def facts(self, goal_id: UUID | None) -> UnmetFacts:
        said = self.cleaned_data
        return UnmetFacts(need=said["need"], reason=said["reason"], note=said["note"], goal_id=goal_id)


class ResolveForm(fields.Form):
    """What was found after all."""

    resolution = fields.CharField(
        label="What was found, or what changed?", max_length=300, missing="Say what was found, or what changed"
    )


REVIEW_MOVES = [
    ("", "It goes on"),
    ("achieve", "Achieved"),
    ("achieve-partly", "Partly achieved"),
    ("miss", "Not achieved"),
    ("drop", "No longer wanted"),
]


class ReviewForm(fields.Form):
    """How each goal went, and when to look again. A question for each open goal."""

    def __init__(self, *args: Any, goals: Sequence[tuple[UUID, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.goals = list(goals)
        for goal_id, words in self.goals:
            moves = [(move or "on", text) for move, text in REVIEW_MOVES]
            self.fields[f"move-{goal_id}"] = fields.ChoiceField(
                label=f"“{words}”",
                label_size="m",
                choices=moves,
                small=True,
                inline=True,
                missing="Choose how this goal went",
            )
            self.fields[f"words-{goal_id}"] = fields.TextAreaField(
                label="How they say it went", required=False, max_length=1000, rows=2
            )
        self.fields["review_on"] = fields.DateField(
            label="When will you look at it together again?",
            not_before=tomorrow,
            missing="Enter the day of the next review",
        )

    def reviews(self) -> list[GoalReview]:
        said = self.cleaned_data
        return [
            GoalReview(
                goal_id, "" if said[f"move-{goal_id}"] == "on" else said[f"move-{goal_id}"], said[f"words-{goal_id}"]
            )
            for goal_id, _ in self.goals
        ]
