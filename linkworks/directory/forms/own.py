"""What a group says of its own listing, and what stewards answer to it."""

from typing import Any

from django.core.exceptions import ValidationError

from linkworks.ui import fields

from ..rules import claims, proposing
from .facts import IF_ADVICE, IF_COURSE, REALLY_LIKE, FactsForm

OWN_FACTS_IN_ORDER = (
    ("What it is", ("seen", "description", "who_it_is_for", "referral_note", "access_needs", "fees")),
    ("What it is really like", REALLY_LIKE),
    IF_ADVICE,
    IF_COURSE,
    (
        "Name and how to reach you: whoever keeps the directory looks first",
        ("name", "phone", "email", "url", "referral_email", "payee"),
    ),
)


LIKE_A_NUMBER = 6  # digits: as many as a sort code has


class OwnFactsForm(FactsForm):
    """What a group says of itself. What leads people to it is looked at before it is shown."""

    payee = fields.CharField(
        label="What is the name on the account you are paid into?",
        hint="As your bank has it. Never an account number or a sort code. It is not shown to the public",
        required=False,
        max_length=140,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = {name for _, names in OWN_FACTS_IN_ORDER for name in names}
        for name in [each for each in self.fields if each not in kept]:
            del self.fields[name]
        self.sections = OWN_FACTS_IN_ORDER

    def clean_payee(self) -> str:
        name = str(self.cleaned_data["payee"])
        if sum(letter.isdigit() for letter in name) >= LIKE_A_NUMBER:
            raise ValidationError("Enter the name on the account only, without account numbers or sort codes")
        return name

    @property
    def answers(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        return {"seen": told.pop("seen"), "facts": told}


class RefuseEditForm(fields.Form):
    """Why a group's change is not made."""

    why_not = fields.ChoiceField(
        label="Why not?", missing="Choose why not", choices=list(proposing.REFUSED_BECAUSE.items())
    )


class RefuseClaimForm(fields.Form):
    """Why somebody is not confirmed as looking after an organisation."""

    why_not = fields.ChoiceField(label="Why not?", missing="Choose why not", choices=list(claims.NOT_CONFIRMED.items()))
