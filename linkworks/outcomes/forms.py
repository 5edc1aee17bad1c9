"""The questions of a measure, as a form."""

from typing import Any

from linkworks.core import clock
from linkworks.ui import fields

from .rules import Item, Measure

HOW_ASKED = [
    ("in-person", "Face to face"),
    ("telephone", "By telephone"),
    ("video", "By video"),
    ("paper", "On paper, by themselves"),
]
RATHER_NOT = "Prefer not to say"


class MeasureForm(fields.Form):
    """Base of the form a measure makes: its questions first, then when and how they were asked."""

    measure: Measure

    def answers(self) -> dict[str, int | None]:
        return {each.id: self.cleaned_data[each.id] for each in self.measure.items}

    def facts(self) -> dict[str, Any]:
        """What `actions.record_answers` takes, besides who and where."""
        answers = self.answers()
        return {
            "measure_id": self.measure.id,
            "answers": answers,
            "asked_on": self.cleaned_data["asked_on"],
            "how_asked": self.cleaned_data["how_asked"],
            "declined": all(answer is None for answer in answers.values()),
        }


def measure_form(measure: Measure) -> type[MeasureForm]:
    """The form class of a measure: every question has to be answered or passed over on purpose."""
    questions = {each.id: scale_of(measure, each) for each in measure.items}
    asked: dict[str, Any] = {
        "asked_on": fields.DateField(label="When did you ask?", initial=clock.today, not_after=clock.today),
        "how_asked": fields.ChoiceField(label="How did you ask?", choices=HOW_ASKED, missing="Choose how you asked"),
    }
    return type(f"{measure.id.title()}Form", (MeasureForm,), {**questions, **asked, "measure": measure})


def scale_of(measure: Measure, item: Item) -> fields.ScaleField:
    return fields.ScaleField(
        label=item.words,
        low=item.low,
        high=item.high,
        top=measure.scale.highest,
        rather_not=RATHER_NOT,
        missing=f"Choose a number for “{item.label}”, or “{RATHER_NOT}”",
    )
