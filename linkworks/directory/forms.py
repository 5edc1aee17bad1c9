"""What somebody asks of the directory, and what a steward says of a listing."""

from typing import Any

from linkworks.core import vocabulary
from linkworks.ui import fields

KM_IN_A_MILE = 1.609344
DISTANCES = [
    ("1", "Within 1 mile"),
    ("3", "Within 3 miles"),
    ("5", "Within 5 miles"),
    ("10", "Within 10 miles"),
    ("25", "Within 25 miles"),
]
USUAL_DISTANCE = "3"


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

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked, rightly or wrongly."""
        return any(str(self[name].value() or "").strip() for name in ("q", "postcode", "need", "category"))

    @property
    def within_km(self) -> float | None:
        miles = self.cleaned_data.get("distance")
        return float(miles) * KM_IN_A_MILE if miles else None


class RoomForm(fields.Form):
    """How many places there are, how long the wait is, and that the rest is right and may be shown."""

    capacity_places = fields.IntegerField(
        label="How many places are there in all?",
        hint="Leave empty if there is no limit, or it is not known",
        required=False,
        min_value=0,
        max_value=9999,
        width=4,
    )
    wait_weeks = fields.IntegerField(
        label="How long do new people wait?", required=False, min_value=0, max_value=104, suffix="weeks", width=3
    )
    wait_words = fields.CharField(
        label="Anything to say about waiting",
        hint="For example, new people can start each term",
        required=False,
        max_length=200,
    )
    still_right = fields.BooleanField(
        label="I have checked the rest of the listing, and it is still right", required=False
    )
    show = fields.BooleanField(label="Show this listing to the public", required=False)

    def __init__(self, *args: Any, is_held: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_held:
            del self.fields["show"]
