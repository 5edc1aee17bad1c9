"""Putting a sent referral right, taking it back, and sending it off after a last look."""

from typing import Any

from linkworks.ui import fields

from .. import rules
from .refer import ReferralForm, details_from


class AmendForm(ReferralForm):
    """The same questions again, and why the answers change. That the person agreed stays as it was."""

    reason = fields.TextAreaField(
        label="Why are you changing it?",
        hint="The team sees this",
        max_length=500,
        rows=2,
        missing="Say why you are changing it",
    )
    told_and_agrees = None  # type: ignore[assignment]  # how Django leaves out a question of the form it stands on
    field_order = [*ReferralForm.field_order, "reason"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["family_name"].required = False  # it may have come without one

    def changes(self) -> dict[str, Any]:
        """What `referrals.actions.amend` is to change."""
        stored = details_from(self.cleaned_data, {"referrer_type": ""}).stored()
        return {name: stored[name] for name in rules.AMENDABLE}


class WithdrawForm(fields.Form):
    reason = fields.TextAreaField(
        label="Why are you withdrawing it?",
        hint="The team sees this",
        max_length=500,
        rows=3,
        missing="Say why you are withdrawing it",
    )


class CheckForm(fields.Form):
    """Nothing to answer: it carries what is wrong when sending does not work."""
