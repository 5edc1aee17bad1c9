"""What somebody asks of the directory."""

from functools import lru_cache
from typing import Any

from django.forms import Field
from markupsafe import Markup

from linkworks.core import vocabulary
from linkworks.ui import fields, once

from ..rules import levels, place_kinds
from ..rules.evidence import evidence
from ..rules.places import KM_IN_A_MILE
from ..rules.sessions import DAYS


def within(*miles: str) -> list[tuple[str, str]]:
    """Choices of how far, by their number of miles."""
    return [(each, f"Within {each} {'mile' if each == '1' else 'miles'}") for each in miles]


DISTANCES = within("1", "3", "5", "10", "25")
USUAL_DISTANCE = "3"

NARROWED = {
    "now": ("1",), "day": tuple(DAYS), "free": ("yes",), "access": vocabulary.ACCESS_NEEDS,
    "place": place_kinds.CHOICES, "language": vocabulary.LANGUAGES, "sector": tuple(evidence().sectors),
    "advice": levels.CHOICES, "course": vocabulary.COURSE_LEVELS,
}  # fmt: skip

LONG, TYPED = frozenset({"distance", "need", "category"}), frozenset({"q", "postcode"})


class FindForm(fields.Form):
    """The question on the finding page. Nothing has to be answered, and it stays in the address."""

    q = fields.CharField(
        label="What are you looking for?",
        hint="For example, lunch club, debt advice or someone to talk to",
        required=False,
        mark_optional=False,
        max_length=200,
        autocomplete="off",
    )
    postcode = fields.PostcodeField(label="Postcode", required=False, mark_optional=False)
    distance = fields.SelectField(
        label="How far?", choices=DISTANCES, empty="Any distance", required=False, mark_optional=False
    )
    need = fields.SelectField(
        label="What would help?",
        choices=vocabulary.choices("needs"),
        empty="Anything",
        required=False,
        mark_optional=False,
    )
    category = fields.SelectField(
        label="Kind of support",
        choices=vocabulary.choices("categories"),
        empty="Any kind",
        required=False,
        mark_optional=False,
    )

    now = fields.HiddenField(required=False)
    day = fields.HiddenField(required=False)
    free = fields.HiddenField(required=False)
    access = fields.HiddenField(required=False)
    place = fields.HiddenField(required=False)
    language = fields.HiddenField(required=False)
    sector = fields.HiddenField(required=False)
    advice = fields.HiddenField(required=False)
    course = fields.HiddenField(required=False)

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked, rightly or wrongly."""
        return any(str(self[name].value() or "").strip() for name in ("q", "postcode", "need", "category", *NARROWED))

    def field(self, name: str, *, heading: bool = False) -> Markup:
        """A question rightly answered looks the same each time, so it is made once: a list for each choice, a box for all words."""
        value = str(self[name].value() or "")
        if name in LONG and name not in self.errors:
            return made_once(name, value)
        if name in TYPED and value and name not in self.errors:
            return once.put_in(made_once(name, once.HERE), value)
        return super().field(name, heading=heading)

    @property
    def narrowed(self) -> dict[str, str]:
        """What was chosen among what was found; what nobody could choose is nothing."""
        return {name: self.cleaned_data[name] for name in NARROWED if self.cleaned_data.get(name) in NARROWED[name]}

    @property
    def within_km(self) -> float | None:
        miles = self.cleaned_data.get("distance")
        return float(miles) * KM_IN_A_MILE if miles else None


class OneSet(dict[str, Field]):
    """The questions of a form that asks everybody the same: each reader's form has these, and none of its own."""

    def __deepcopy__(self, memo: Any) -> dict[str, Field]:
        return dict(self)


FindForm.base_fields = OneSet(FindForm.base_fields)  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def made_once(name: str, value: str) -> Markup:
    return fields.Form.field(FindForm(initial={name: value}), name)
