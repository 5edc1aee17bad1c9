"""What a steward says of a source of listings, of its words, and of listings told twice."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from linkworks.core import vocabulary
from linkworks.ui import fields

from ..states import Schedule, SourceKind


class JoinForm(fields.Form):
    """Which of two listings of the same thing is shown."""

    lead = fields.ChoiceField(label="Which one is shown from now on?", missing="Choose which listing is shown")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead"].choices = list(choices)  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        return {"lead_id": UUID(self.cleaned_data["lead"])}


SCHEDULES = list(zip(Schedule, ("Only when a steward asks", "Every day", "Every week"), strict=True))
KINDS = [
    (SourceKind.LISTINGS.value, "Services (Open Referral UK, Outpost or a spreadsheet)"),
    (SourceKind.ACTIVITIES.value, "Activity sessions (OpenActive)"),
]
MOST_BYTES = 20 * 1024 * 1024


class SourceForm(fields.Form):
    """A source of listings: where it is, whose it is, and how often it is read."""

    name = fields.CharField(
        label="Name", hint="For example, the council’s list of groups", missing="Enter a name", max_length=200
    )
    address = fields.CharField(
        label="Web address of its list or feed",
        hint="Begins with https://. Leave empty if it is a spreadsheet that somebody gives you",
        required=False,
        max_length=500,
    )
    kind = fields.ChoiceField(
        label="What is in it?",
        choices=KINDS,
        initial=SourceKind.LISTINGS.value,
        reveal={SourceKind.ACTIVITIES.value: ["dates_address"]},
    )
    dates_address = fields.CharField(
        label="Web address of its dated sessions, if they have a feed of their own",
        hint="Often ends in scheduled-sessions. Leave empty if the dates are in the main feed",
        required=False,
        max_length=500,
    )
    licence = fields.CharField(
        label="Licence",
        hint="For example, Open Government Licence v3.0. Without one its listings are found here and not passed on",
        required=False,
        max_length=200,
    )
    owner = fields.CharField(label="Who keeps the list", hint="A team or a post, to ask about it", required=False)
    priority = fields.IntegerField(
        label="Which list is right when two differ?",
        hint="1 is the one you trust most, 9 the least",
        min_value=1,
        max_value=9,
        width=2,
        initial=5,
    )
    schedule = fields.ChoiceField(label="How often is it read?", choices=SCHEDULES, initial=Schedule.OFF.value)


class SourceFileForm(fields.Form):
    """A file with listings, as somebody gave it."""

    file = fields.FileField(
        label="File with listings",
        hint="A spreadsheet (CSV or XLSX) in the form of our template, or a feed saved as JSON. 20 MB at most",
        missing="Choose a file",
        accept=".csv,.xlsx,.json",
        most_bytes=MOST_BYTES,
    )


class MeaningForm(fields.Form):
    """What a term of a source means in our words."""

    kinds = fields.MultipleChoiceField(
        label="What kind of thing is it?", choices=vocabulary.choices("kinds"), required=False
    )
    needs = fields.MultipleChoiceField(
        label="What does it help with?", choices=vocabulary.choices("needs"), required=False
    )
    as_before = fields.BooleanField(label="Go back to what Linkworks takes it to mean by itself", required=False)
