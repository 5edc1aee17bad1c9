"""Looking for something that fits, and what exactly the group is told."""

from typing import Any

from linkworks.connections.states import MOVES, Attended, Move, NonAttendance, State
from linkworks.core import clock, vocabulary
from linkworks.core.states import can
from linkworks.ui import fields

from ..models.matching import ANYWHERE
from ..rules.facts import AttendanceFacts, SharingFacts
from .plans import AGREED_HOW

DISTANCES = [("1.6", "1 mile"), ("3.2", "2 miles"), ("5", "3 miles"), ("8", "5 miles"), ("16", "10 miles")]


class LookForm(fields.Form):
    """What to look for; sent by GET."""

    words = fields.CharField(label="Words", required=False, max_length=100, hint="For example, gardening or chair yoga")
    needs = fields.MultipleChoiceField(
        classes="app-two-columns",
        label="About",
        choices=lambda: vocabulary.choices("needs"),
        required=False,
        small=True,
    )
    within = fields.SelectField(
        label="Within", choices=[*DISTANCES, (f"{ANYWHERE:g}", "Any distance")], required=False, empty=""
    )
    advice = fields.SelectField(
        label="How far it must go",
        choices=lambda: vocabulary.choices("advice_levels"),
        required=False,
        empty="Any, or it is not advice",
    )


class SharingForm(fields.Form):
    """Exactly what the group will see. Nothing else leaves."""

    name_shared = fields.CharField(label="Name to use", max_length=100, missing="Enter the name the group should use")
    contact_shared = fields.ChoiceField(
        label="How the group may reach them",
        choices=[],
        missing="Choose a safe way",
        hint="Only ways they said are safe",
    )
    support_need = fields.CharField(
        label="What would help", hint="In words the person agreed. No diagnosis.", max_length=300,
        missing="Write what would help, in words the person agreed",
    )  # fmt: skip
    access_and_language = fields.CharField(label="Access and language", required=False, max_length=300)
    emergency_contact = fields.CharField(label="Emergency contact", required=False, max_length=200)
    emergency_agreed = fields.BooleanField(
        label="They agree that this group has their emergency contact", required=False
    )
    call_worker_first = fields.BooleanField(label="The group must call me before the first contact", required=False)
    although_full = fields.ChoiceField(
        label="Why do you ask them all the same?",
        choices=lambda: vocabulary.choices("reasons_although_full"),
        small=True,
        hint="They have no free place. The group reads this. It is counted as missing support",
        missing="Choose why you ask them although they have no free place",
    )
    agreed = fields.BooleanField(
        label="I went through this with the person and they agree that the group sees exactly this",
        missing="Go through this with the person first. Nothing is sent unless they agree",
    )
    agreed_how = fields.ChoiceField(
        label="How did they agree?", choices=AGREED_HOW, small=True, inline=True, missing="Choose how they agreed"
    )

    def __init__(
        self,
        *args: Any,
        ways: tuple[tuple[str, str], ...] = (),
        is_full: bool = False,
        asks_emergency: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if not asks_emergency:
            del self.fields["emergency_agreed"]
        if not is_full:
            del self.fields["although_full"]
        self.fields["contact_shared"].choices = list(ways)  # type: ignore[attr-defined]

    def facts(self) -> SharingFacts:
        return SharingFacts(**{name: said for name, said in self.cleaned_data.items() if name != "although_full"})

    def why_although_full(self) -> str:
        return str(self.cleaned_data.get("although_full", ""))


class AnswerForm(fields.Form):
    """What the group said on the telephone."""

    answer = fields.ChoiceField(
        label="What did they say?",
        choices=[("accept", "Yes, there is a place"), ("waitlist", "There is a waiting list"), ("decline", "No")],
        reveal={"accept": "first_session_on", "decline": "reason"},
        missing="Choose what they said",
    )
    first_session_on = fields.DateField(
        label="When can they first come?",
        hint="Leave this empty if no day was agreed.",
        required=False,
        not_before=clock.today,
    )
    reason = fields.SelectField(
        label="Why not", choices=lambda: vocabulary.choices("decline_reasons"), missing="Choose why not"
    )
    words = fields.Words(label="What else they said", rows=2)

    def __init__(self, *args: Any, state: str = State.SENT, **options: Any) -> None:
        """Only what can be said where the connection stands; where nothing can, what is chosen is refused in words."""
        super().__init__(*args, **options)
        question: Any = self.fields["answer"]
        question.choices = [each for each in question.choices if can(MOVES, state, Move(each[0]))] or question.choices


ATTENDED = [(str(Attended.YES), "Yes"), (str(Attended.LATE), "Yes, late"), (str(Attended.NO), "No")]


class AttendanceForm(fields.Form):
    """Did they go?"""

    session_on = fields.DateField(label="Which day", not_after=clock.today, missing="Enter the day")
    attended = fields.ChoiceField(
        label="Did they go?", choices=ATTENDED, reveal={"no": "absence"}, missing="Choose whether they went"
    )
    absence = fields.ChoiceField(
        label="What happened",
        choices=[(str(each), vocabulary.label("non_attendance", each)) for each in NonAttendance],
        small=True,
        missing="Choose what happened",
    )
    date_changed = fields.BooleanField(
        label="The first day was changed: they went before the day that was agreed", required=False
    )
    note = fields.CharField(label="Note", hint="The group does not see this", required=False, max_length=300)

    def __init__(self, *args: Any, has_first_day: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_first_day:  # what was not agreed was not changed
            del self.fields["date_changed"]

    def facts(self) -> AttendanceFacts:
        return AttendanceFacts(**self.cleaned_data)


class MessageForm(fields.Form):
    """A message to the group about one connection."""

    text = fields.TextAreaField(
        label="Message",
        hint="The group sees this. Write nothing they do not need to know.",
        max_length=1000,
        rows=3,
        missing="Write your message first",
    )


class WithdrawForm(fields.Form):
    """Take a connection back."""

    reason = fields.CharField(
        label="Why",
        hint="The group is told that it was taken back, not why",
        max_length=300,
        missing="Say why, in a few words",
    )


class EndForm(fields.Form):
    """How it ended with the group."""

    ending = fields.ChoiceField(
        label="How did it end?",
        choices=lambda: vocabulary.choices("endings"),
        missing="Choose how it ended",
        small=True,
    )
    words = fields.Words(label="What changed, in their words", hint="The group does not see this")
