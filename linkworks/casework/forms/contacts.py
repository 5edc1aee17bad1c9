"""A contact on one screen, the first conversation, and tasks."""

from datetime import datetime, time
from typing import Any

from linkworks.core import clock, vocabulary
from linkworks.ui import fields

from ..rules.caseload import COMPLEXITY_WORDS
from ..rules.facts import ContactFacts, ConversationFacts, CorrectionFacts
from ..states import ContactHow, ContactResult
from .dates import pick_field, picked_day

HOW = [
    (ContactHow.PHONE, "Telephone call"),
    (ContactHow.TEXT, "Text message"),
    (ContactHow.VISIT, "Visit"),
    (ContactHow.OFFICE, "They came to us"),
    (ContactHow.VIDEO, "Video call"),
    (ContactHow.EMAIL, "E-mail"),
    (ContactHow.LETTER, "Letter"),
    (ContactHow.NOTE, "Just a note, no contact"),
]
RESULT = [
    (ContactResult.SPOKE, "We spoke"),
    (ContactResult.NO_ANSWER, "No answer"),
    (ContactResult.LEFT_MESSAGE, "Left or sent a message"),
    (ContactResult.NOT_A_GOOD_TIME, "Not a good time"),
    (ContactResult.WRONG_NUMBER, "Wrong number"),
    (ContactResult.DID_NOT_COME, "They did not come"),
]
HOW_CHOICES = [(str(value), words) for value, words in HOW]
RESULT_CHOICES = [(str(value), words) for value, words in RESULT]


COMPLEXITY_CHOICES = [(str(number), words) for number, words in COMPLEXITY_WORDS.items()]
COMPLEXITY_HINTS = {
    "1": "A conversation or two", "2": "A plan and a few months", "3": "Many things at once, or risk",
}  # fmt: skip
CONTACTS = [value for value, _ in HOW_CHOICES if value != ContactHow.NOTE]


class ContactForm(fields.Form):
    """How, what came of it, what was said, what is next: under two minutes."""

    how = fields.ChoiceField(
        label="How", choices=HOW_CHOICES, small=True, inline=True, missing="Choose how you got in touch"
    )
    result = fields.ChoiceField(
        label="What came of it",
        choices=RESULT_CHOICES,
        small=True,
        inline=True,
        required=False,
        missing="Choose what came of it",
    )
    note = fields.TextAreaField(
        label="Note",
        hint="What was said or agreed. Write it so that the person could read it.",
        required=False,
        max_length=4000,
        rows=5,
    )
    next_action = fields.CharField(
        label="What happens next",
        hint="For example, call about the lunch club",
        required=False,
        max_length=200,
        missing="Say what happens next",
    )
    next_action_pick = pick_field("When", required=False)
    next_action_other = fields.DateField(
        label="Which day", not_before=clock.today, missing="Enter the day of the next action"
    )
    happened_on = fields.DateField(
        label="When was this", hint="Leave empty for now", required=False, not_after=clock.today
    )
    minutes = fields.IntegerField(label="Minutes it took", required=False, min_value=1, max_value=600, width=3)
    conditions = [
        fields.given_field_value("how", *CONTACTS).require("result"),
        fields.given_field_value("how", "note").require("note", message="Write the note"),
        fields.given_field_value("result", "spoke", "not-a-good-time").require("next_action", "next_action_pick"),
    ]

    def _forget_what_was_not_asked(self) -> None:
        """A note has no answer: one left standing from before asks for nothing."""
        super()._forget_what_was_not_asked()
        if self.cleaned_data.get("how") == ContactHow.NOTE:
            self.errors.pop("result", None)
            self.cleaned_data["result"] = ""

    def clean(self) -> dict[str, Any]:
        """A next action and its day go together."""
        answers = super().clean() or self.cleaned_data
        if answers.get("next_action") and not answers.get("next_action_pick") and "next_action_pick" not in self.errors:
            self.add_error("next_action_pick", "Choose when")
        if answers.get("next_action_pick") and not answers.get("next_action") and "next_action" not in self.errors:
            self.add_error("next_action", "Say what happens next")
        return answers

    def facts(self) -> ContactFacts:
        said = self.cleaned_data
        return ContactFacts(
            how=said["how"],
            result=ContactResult.NOTE_ONLY.value if said["how"] == ContactHow.NOTE else said["result"],
            note=said["note"],
            next_action=said["next_action"],
            next_action_on=picked_day(said["next_action_pick"], said["next_action_other"]),
            minutes=said["minutes"],
            happened_at=moment_of(said["happened_on"]),
        )


class NoteForm(fields.Form):
    """A note, where nothing else is written any more."""

    note = fields.TextAreaField(
        label="Note",
        hint="Write it so that the person could read it.",
        max_length=4000,
        rows=5,
        missing="Write the note",
    )

    def facts(self) -> ContactFacts:
        note = self.cleaned_data["note"]
        return ContactFacts(how=ContactHow.NOTE.value, result=ContactResult.NOTE_ONLY.value, note=note)


def moment_of(day: Any) -> datetime | None:
    """Noon of an earlier day; nothing for today, which means now."""
    if day is None or day == clock.today():
        return None
    return datetime.combine(day, time(12), tzinfo=clock.LONDON)


class CorrectionForm(fields.Form):
    """A contact as it should have been written down."""

    how = fields.ChoiceField(label="How", choices=HOW_CHOICES, small=True, inline=True)
    result = fields.ChoiceField(
        label="What came of it", choices=RESULT_CHOICES, small=True, inline=True, required=False
    )
    note = fields.TextAreaField(label="Note", required=False, max_length=4000, rows=5)
    happened_on = fields.DateField(label="When was this", not_after=clock.today, missing="Enter the day")
    minutes = fields.IntegerField(label="Minutes it took", required=False, min_value=1, max_value=600, width=3)
    why = fields.CharField(
        label="Why is it put right?",
        hint="For example: written on the wrong person’s record",
        max_length=300,
        missing="Say why it is put right",
    )
    conditions = [
        fields.given_field_value("how", *CONTACTS).require("result", message="Choose what came of it"),
        fields.given_field_value("how", "note").require("note", message="Write the note"),
    ]

    def facts(self) -> CorrectionFacts:
        said = self.cleaned_data
        result = ContactResult.NOTE_ONLY.value if said["how"] == ContactHow.NOTE else said["result"]
        return CorrectionFacts(**{**said, "result": result})


class ComplexityForm(fields.Form):
    """How much support somebody needs, and so how much their case weighs."""

    complexity = fields.ChoiceField(
        label="How much support do they need?",
        hint="It helps your manager share the work fairly",
        choices=COMPLEXITY_CHOICES,
        hints=COMPLEXITY_HINTS,
        missing="Choose light, usual or complex",
    )


class ConversationForm(fields.Form):
    """What matters, in their words; what they bring; what would help."""

    what_matters = fields.TextAreaField(
        label="What matters to me",
        hint="In the person’s own words, as “I…”",
        missing="Write what matters to the person, in their own words",
        max_length=4000,
        rows=5,
    )
    strengths = fields.TextAreaField(
        label="What I am good at or proud of",
        hint="Strengths, skills, things they have come through",
        missing="Write what the person is good at or proud of. Everybody brings something",
        max_length=4000,
        rows=3,
    )
    interests = fields.TextAreaField(label="What I enjoy, or used to", required=False, max_length=2000, rows=3)
    people_around = fields.TextAreaField(label="People in my life", required=False, max_length=2000, rows=2)
    needs = fields.MultipleChoiceField(
        classes="app-two-columns",
        label="What they would like help with",
        choices=lambda: vocabulary.choices("needs"),
        required=False,
        small=True,
    )
    how_support_should_be = fields.TextAreaField(
        label="What would make it easy or hard to go somewhere",
        hint="For example: mornings, small groups, somebody to go with, money for the bus",
        required=False,
        max_length=2000,
        rows=3,
    )
    held_on = fields.DateField(label="When you talked", not_after=clock.today, missing="Enter the day you talked")
    complexity = fields.ChoiceField(
        label="How much support do they need?",
        hint="It helps your manager share the work fairly",
        choices=COMPLEXITY_CHOICES,
        hints=COMPLEXITY_HINTS,
        missing="Choose light, usual or complex",
    )

    def facts(self) -> ConversationFacts:
        said = self.cleaned_data
        return ConversationFacts(
            what_matters=said["what_matters"],
            strengths=said["strengths"],
            held_on=said["held_on"],
            interests=said["interests"],
            people_around=said["people_around"],
            needs=tuple(said["needs"]),
            how_support_should_be=said["how_support_should_be"],
            complexity=int(said["complexity"]),
        )


class TaskForm(fields.Form):
    """Something to do by a day."""

    title = fields.CharField(label="What there is to do", missing="Say what there is to do", max_length=200)
    due_pick = pick_field("By when", reveal="due_other")
    due_other = fields.DateField(label="Which day", not_before=clock.today, missing="Enter the day")

    def due_on(self) -> Any:
        return picked_day(self.cleaned_data["due_pick"], self.cleaned_data["due_other"])
