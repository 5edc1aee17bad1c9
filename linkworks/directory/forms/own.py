"""What a group says of its own listing, and what stewards answer to it."""

from typing import Any

from linkworks.ui import fields

from ..rules import claims, proposing
from . import REALLY_LIKE, FactsForm

OWN_FACTS_IN_ORDER = (
    ("What it is", ("seen", "description", "who_it_is_for", "referral_note", "access_needs", "fees")),
    ("What it is really like", REALLY_LIKE),
    (
        "Name and how to reach you: whoever keeps the directory looks first",
        ("name", "phone", "email", "url", "referral_email", "address_1", "city", "postcode"),
    ),
)


class OwnFactsForm(FactsForm):
    """What a group says of itself. What leads people to it is looked at before it is shown."""

    address_1 = fields.CharField(label="Street", required=False, max_length=255)
    city = fields.CharField(label="Town", required=False, max_length=100)
    postcode = fields.PostcodeField(label="Postcode", required=False)

    def __init__(self, *args: Any, has_one_place: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = [name for _, names in OWN_FACTS_IN_ORDER for name in names]
        left_out = set() if has_one_place else set(proposing.PLACE)
        for name in [each for each in self.fields if each not in kept or each in left_out]:
            del self.fields[name]
        self.sections = [
            (title, [name for name in names if name in self.fields]) for title, names in OWN_FACTS_IN_ORDER
        ]

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
