"""What the person can manage: one question to a page."""

from linkworks.core import vocabulary
from linkworks.directory.rules.week import CHOICES
from linkworks.ui import fields

from ..models.matching import ANYWHERE, CAN_PAY, LISTING_WRONG, WHY_ASIDE
from .connecting import DISTANCES

HOW_FAR = [*((km, f"Up to {miles}") for km, miles in DISTANCES), (f"{ANYWHERE:g}", "How far it is does not matter")]
ASK_THEM = "Ask the person. It counts for all their goals and can be changed at any time."


class TimesForm(fields.Form):
    """When they can go."""

    times = fields.MultipleChoiceField(
        label="When can they go?",
        hint="Choose all the times that suit them. Choose none if any time suits.",
        choices=CHOICES,
        required=False,
        small=True,
        mark_optional=False,
        classes="app-three-columns",
    )


class DistanceForm(fields.Form):
    """How far they can go."""

    within_km = fields.ChoiceField(
        label="How far can they go?", hint=ASK_THEM, choices=HOW_FAR, missing="Choose how far they can go"
    )

    def clean_within_km(self) -> float:
        return float(self.cleaned_data["within_km"])


class CostForm(fields.Form):
    """What they can pay."""

    can_pay = fields.ChoiceField(
        label="What can they pay?", hint=ASK_THEM, choices=CAN_PAY, missing="Choose what they can pay"
    )


class WhomForm(fields.Form):
    """Whom a group has to be for."""

    only_for = fields.MultipleChoiceField(
        label="Does it have to be for some people only?",
        hint="Choose only what they would not go without. Choose none if it does not matter.",
        choices=lambda: vocabulary.choices("person_attributes"),
        required=False,
        small=True,
        mark_optional=False,
        classes="app-two-columns",
    )


# Each question by its name in the address.
LIMITS: dict[str, type[fields.Form]] = {
    "times": TimesForm, "distance": DistanceForm, "cost": CostForm, "whom": WhomForm,
}  # fmt: skip


class WhyForm(fields.Form):
    """A group or service by its name; sent by GET."""

    name = fields.CharField(
        label="Name of the group or service", max_length=100, missing="Type the name of a group or service"
    )


class AsideForm(fields.Form):
    """Why a group that fits on paper does not suit the person."""

    reason = fields.ChoiceField(
        label="Why does it not suit them?", choices=WHY_ASIDE, missing="Choose why it does not suit them", small=True
    )
    note = fields.CharField(label="In a few words", required=False, max_length=200)

    @property
    def says_listing_is_wrong(self) -> bool:
        """Then a steward should hear of it too."""
        return bool(self.cleaned_data["reason"] == LISTING_WRONG)
