"""What a group answers: short forms, each done in half a minute."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from linkworks.connections.queries import Expected, Seen
from linkworks.core import clock, vocabulary
from linkworks.ui import fields

from .rules import Marked

ATTENDED = [("yes", "Came"), ("late", "Came late"), ("no", "Did not come")]
NO_HEALTH = "Please do not write about health or anything private."


class AcceptForm(fields.Form):
    first_session_on = fields.DateField(
        label="When could they first come?",
        hint="Leave this empty if you will arrange it with them.",
        required=False,
        not_before=clock.today,
    )
    words = fields.Words(label="Anything they should know?", hint="For example who to ask for, or which door to use.")


class WaitlistForm(fields.Form):
    words = fields.Words(label="How long is the wait, as far as you know?", hint="For example: about a month.", rows=2)


class DeclineForm(fields.Form):
    reason = fields.ChoiceField(
        label="Why not?", choices=lambda: vocabulary.choices("decline_reasons"), missing="Choose why not", divider="or"
    )
    words = fields.Words(label="Anything that would help the link worker?", hint=NO_HEALTH)


class AskForm(fields.Form):
    text = fields.TextAreaField(
        label="What would you like to ask or say?",
        hint=NO_HEALTH,
        missing="Write your message",
        max_length=1000,
        rows=4,
    )


class AttendanceForm(fields.Form):
    session_on = fields.DateField(
        label="Which session?", not_after=clock.today, missing="Enter the date of the session"
    )
    attended = fields.ChoiceField(
        label="Did they come?", choices=ATTENDED, reveal={"no": "absence"}, missing="Choose whether they came"
    )
    absence = fields.ChoiceField(
        label="What happened?",
        choices=lambda: vocabulary.choices("non_attendance"),
        missing="Choose what happened",
        small=True,
    )
    date_changed = fields.BooleanField(
        label="The first day was changed: they came before the day we had agreed", required=False
    )
    note = fields.CharField(label="A short note", hint=NO_HEALTH, required=False, max_length=300)

    def __init__(self, *args: Any, first_session_on: date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if first_session_on is None:  # no day was agreed, so none can have been changed
            del self.fields["date_changed"]


class EnoughForm(fields.Form):
    enough = fields.ChoiceField(
        label="Was what we told you enough?",
        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
        missing="Choose whether it was enough",
    )
    text = fields.Words(
        label="What would have helped you to know?",
        hint="The link worker reads this. Please do not write about the person’s health or anything private.",
        max_length=600,
    )


class WorryForm(fields.Form):
    text = fields.TextAreaField(
        label="What worries you?",
        hint="What you saw or heard, in their own words where you can. Only the safeguarding lead reads this.",
        missing="Write what worries you",
        max_length=1000,
        rows=5,
    )


STILL_RIGHT = [
    ("right", "Yes, it is all right"),
    ("wrong", "No, something is wrong"),
    ("closed", "It does not run any more"),
]


class ListingForm(fields.Form):
    """Is it still right? Done in less than a minute on a telephone."""

    answer = fields.ChoiceField(
        label="Is this still right?",
        choices=STILL_RIGHT,
        missing="Choose whether it is still right",
        reveal={"wrong": "words"},
    )
    words = fields.TextAreaField(
        label="What should it say?",
        hint="Whoever keeps the directory puts it right. Do not write about a person",
        missing="Write what it should say",
        max_length=500,
        rows=3,
    )
    places_left = fields.IntegerField(
        label="How many places are left for new people?",
        hint="Leave empty if you do not count places",
        required=False,
        min_value=0,
        max_value=1000,
        width=3,
    )
    next_on = fields.DateField(
        label="When do you meet next?",
        hint="Only if it is not on your usual day",
        required=False,
        not_before=clock.today,
    )


FORMS: dict[str, type[fields.Form]] = {
    "accept": AcceptForm,
    "waitlist": WaitlistForm,
    "decline": DeclineForm,
    "ask": AskForm,
    "attendance": AttendanceForm,
    "enough": EnoughForm,
    "worry": WorryForm,
}


def form_for(kind: str, seen: Seen, data: Any) -> fields.Form:
    """The form of an answer, for how the connection stands."""
    if kind == "attendance":
        return AttendanceForm(data, initial={"session_on": clock.today()}, first_session_on=seen.first_session_on)
    return FORMS[kind](data)


class RegisterForm(fields.Form):
    """One question for each person expected; those left empty are not marked."""

    def __init__(self, expected: Sequence[Expected], **options: Any) -> None:
        super().__init__(initial=marked_already(expected), **options)
        self.expected = expected
        for each in expected:
            self.fields[came(each.id)] = fields.ChoiceField(
                label=each.name_shared,
                hint=what_to_know(each),
                choices=ATTENDED,
                reveal={"no": why(each.id)},
                required=False,
                mark_optional=False,
                inline=False,
                small=True,
            )
            self.fields[why(each.id)] = fields.ChoiceField(
                label="What happened?",
                choices=vocabulary.choices("non_attendance"),
                missing=f"Choose what happened for {each.name_shared}",
                small=True,
            )

    def marks(self) -> list[Marked]:
        """The lines that were ticked otherwise than they stand."""
        given = self.cleaned_data
        ticked = [
            (each.mark, Marked(each.id, given[came(each.id)], given[why(each.id)] or "")) for each in self.expected
        ]
        return [
            line
            for before, line in ticked
            if line.attended and not (before and (before.attended, before.absence) == (line.attended, line.absence))
        ]


def came(connection_id: UUID) -> str:
    return f"came-{connection_id.hex}"


def why(connection_id: UUID) -> str:
    return f"why-{connection_id.hex}"


def what_to_know(each: Expected) -> str:
    emergency = f"In an emergency: {each.emergency_contact}" if each.emergency_contact else ""
    return ". ".join(filter(None, [each.access_and_language, emergency]))


def marked_already(expected: Sequence[Expected]) -> dict[str, str]:
    marks = {each.id: each.mark for each in expected if each.mark}
    return {came(pk): mark.attended for pk, mark in marks.items()} | {
        why(pk): mark.absence for pk, mark in marks.items()
    }
