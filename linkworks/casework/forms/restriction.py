"""Who may see somebody's record, and opening one in an emergency."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from linkworks.core import clock
from linkworks.people.forms import NhsNumberField
from linkworks.people.rules import Clues
from linkworks.people.states import Restriction
from linkworks.ui import fields

NAMES_OR_NUMBER = "Enter their first name, last name and date of birth, or their NHS number"


class RestrictionForm(fields.Form):
    """How closely a record is kept, for whom when it is sealed, and why."""

    level = fields.ChoiceField(
        label="From now on",
        choices=[],
        hints={
            Restriction.PROTECTED: "To everybody else this person is not there. In an emergency a colleague who knows who "
            "they are can open the record for an hour, with a reason, and the safeguarding lead is told.",
            Restriction.SEALED: "To everybody else this person is not there, and nobody can open the record in an emergency.",
        },
        reveal={Restriction.SEALED.value: "named"},
        missing="Choose who may see this record",
    )
    named = fields.MultipleChoiceField(
        label="Who may see it",
        hint="Whoever works with them now must be among them. If they are not, name one colleague who carries cases: the "
        "case goes to them, and the worker is told that it went.",
        choices=[],
        small=True,
        missing="Choose at least one person who may see this record",
    )
    reason = fields.TextAreaField(
        label="Why",
        hint="Kept with the history of this page.",
        missing="Say why, in a few words",
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, levels: Sequence[tuple[str, str]], team: Mapping[UUID, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = list(levels)  # type: ignore[attr-defined]
        self.fields["named"].choices = [(str(user_id), name) for user_id, name in team.items()]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What `people.actions.restrict` is told."""
        named = [UUID(each) for each in self.cleaned_data["named"]]
        return {"level": self.cleaned_data["level"], "named": named, "reason": self.cleaned_data["reason"]}


class EmergencyForm(fields.Form):
    """Who it is, exactly, and why their record must be opened now."""

    given_name = fields.CharField(
        label="First name", required=False, mark_optional=False, max_length=100, autocomplete="off", width=20
    )
    family_name = fields.CharField(
        label="Last name", required=False, mark_optional=False, max_length=100, autocomplete="off", width=20
    )
    born_on = fields.DateField(
        label="Date of birth", hint="For example, 15 3 1984", required=False, mark_optional=False, not_after=clock.today
    )
    nhs_number = NhsNumberField(required=False, mark_optional=False)
    reason = fields.TextAreaField(
        label="Why must you open this record now?",
        hint="The safeguarding lead reads this.",
        missing="Say why you must open this record now",
        max_length=1000,
        rows=3,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        by_name = all(data.get(each) for each in ("given_name", "family_name", "born_on"))
        if not (by_name or data.get("nhs_number") or self.errors):
            self.add_error("given_name", NAMES_OR_NUMBER)
        return data

    def who(self) -> Clues:
        data = self.cleaned_data
        return Clues(data["given_name"], data["family_name"], data["born_on"], data["nhs_number"])


class UndoLinkForm(fields.Form):
    """Why a referral was joined to the wrong person."""

    reason = fields.TextAreaField(
        label="How do you know it is not the same person?",
        hint="The team reads this. Whoever referred does not.",
        missing="Say how you know it is not the same person",
        max_length=1000,
        rows=3,
    )
