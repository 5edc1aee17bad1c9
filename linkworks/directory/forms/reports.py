"""What is told about a listing, or of what is missing, and what was done about it."""

from linkworks.core import vocabulary
from linkworks.ui import fields

from ..rules import reporting
from ..rules.nothing_fits import WHY
from ..rules.searches import LONGEST

TAKEN_DOWN = (
    "It does not run any more",
    "It asked to be taken down",
    "It is listed twice",
    "What it says is wrong, and we do not know what is right",
    "It may not be safe for people",
    "Another reason",
)


class TakeDownForm(fields.Form):
    """Why a listing is taken off the pages."""

    why = fields.ChoiceField(
        label="Why are you taking it down?",
        missing="Choose why you are taking it down",
        choices=[(each, each) for each in TAKEN_DOWN],
    )
    words = fields.TextAreaField(
        label="Anything to add?",
        hint="Other stewards read this. Do not write about a person",
        required=False,
        max_length=500,
        rows=3,
    )

    @property
    def because(self) -> str:
        words = self.cleaned_data["words"].strip()
        return f"{self.cleaned_data['why']}. {words}".strip()


class ReportForm(fields.Form):
    """What somebody says is wrong with a listing. Nothing is asked about whoever says so."""

    reason = fields.ChoiceField(
        label="What is wrong?", missing="Choose what is wrong", choices=list(reporting.WRONG.items())
    )
    words = fields.TextAreaField(
        label="What should it say?",
        hint="Do not write your name, or anything about another person",
        required=False,
        max_length=500,
        rows=3,
    )


class DealtWithForm(fields.Form):
    """What a steward did about a report."""

    done = fields.TextAreaField(
        label="What did you do?",
        hint="For example, rang them and changed the time",
        missing="Say what you did",
        max_length=500,
        rows=3,
    )


class NothingFitsForm(fields.Form):
    """Why, and what was looked for. Nothing is asked about whoever says so."""

    reason = fields.ChoiceField(
        label="Why does nothing fit?", missing="Choose why nothing fits", choices=list(WHY.items())
    )
    need = fields.SelectField(
        label="What would help?", choices=vocabulary.choices("needs"), empty="Something else", required=False
    )
    postcode = fields.PostcodeField(label="Postcode", hint="We keep the borough only", required=False)
    words = fields.CharField(
        label="What would fit, in a few words?",
        hint="For example, a men’s choir in the evening. Do not write a name or a telephone number",
        required=False,
        max_length=LONGEST,
        autocomplete="off",
    )
