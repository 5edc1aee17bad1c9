"""Where it is, and what it is like to get into."""

from typing import Any

from django.core.exceptions import ValidationError
from msgspec import structs

from linkworks.core import vocabulary
from linkworks.core.postcodes import tidy_postcode
from linkworks.ui import fields

from ...queries import One
from ...rules.facts import AccessFacts, PlaceFacts
from ...states import LocationType
from .one import OneForm

INSIDE = ("place_kind", "description", "access", "access_words")
ADDRESS = ("kind", "name", "place_kind", "address_1", "city", "postcode", "hidden", "description")


def place_name(place: PlaceFacts) -> str:
    if place.location_type == LocationType.VIRTUAL:
        return "Online"
    return place.name or place.address_1 or place.postcode or "A place with no address"


class PlaceForm(OneForm):
    """Where it is, and what it is like to get into."""

    kind = fields.ChoiceField(
        label="Is it a place to go to, or online?",
        choices=[(LocationType.PHYSICAL.value, "A place to go to"), (LocationType.VIRTUAL.value, "Online")],
        reveal={LocationType.PHYSICAL.value: ("name", "place_kind", "address_1", "city", "postcode", "hidden")},
        missing="Choose whether it is a place to go to, or online",
    )
    name = fields.CharField(label="Name of the building", required=False)
    place_kind = fields.SelectField(
        label="What kind of place is it?",
        choices=vocabulary.choices("place_kinds"),
        empty="Not known, or something else",
        required=False,
    )
    address_1 = fields.CharField(label="Street", required=False)
    city = fields.CharField(label="Town", required=False, max_length=100)
    postcode = fields.CharField(label="Postcode", missing="Enter its postcode", max_length=10, width=10)
    hidden = fields.BooleanField(
        label="Keep the exact address private",
        required=False,
        hints={"on": "For example, of a refuge. Only its district is kept, and nothing that leads to it is shown"},
    )
    description = fields.TextAreaField(label="How do people find the door?", required=False, max_length=1000, rows=2)
    access = fields.MultipleChoiceField(
        label="What has it for access?", choices=vocabulary.choices("access_needs"), required=False, small=True
    )
    access_words = fields.TextAreaField(
        label="Anything else about getting in and around",
        hint="One thing on each line",
        required=False,
        max_length=2000,
        rows=3,
    )

    def __init__(self, data: Any, one: One) -> None:
        self.before = one.fact or PlaceFacts()
        super().__init__(data, one)

    def asked(self, fact: PlaceFacts) -> dict[str, Any]:
        return place_asked(fact)

    def clean_postcode(self) -> str:
        typed = str(self.cleaned_data["postcode"]).strip()
        if self.before.is_address_hidden and typed == self.before.postcode:
            return typed
        found = tidy_postcode(typed)
        if typed and found is None:
            raise ValidationError("Enter a full UK postcode, like SE15 5DD")
        return found or ""

    @property
    def fact(self) -> PlaceFacts:
        said = {**place_asked(self.before), **self.cleaned_data}
        moved = {name: said[name] for name in ("name", "address_1", "city", "postcode")}
        is_same = all(getattr(self.before, name) == value for name, value in moved.items())
        nowhere = {} if is_same else {"latitude": None, "longitude": None, "borough_code": ""}
        return structs.replace(
            self.before,
            location_type=said["kind"],
            is_address_hidden=said["hidden"],
            place_kind=said["place_kind"],
            description=said["description"],
            accessibility=accessibility(said["access"], said["access_words"], self.before.accessibility),
            **moved,
            **nowhere,
        )


class OwnPlaceForm(PlaceForm):
    """Where a group is, in its own words. What it is like there is asked once whoever keeps the directory has looked."""

    def __init__(self, data: Any, one: One) -> None:
        super().__init__(data, one)
        left_out = ("hidden", *INSIDE) if one.fact is None else ADDRESS if self.before.is_address_hidden else ()
        for name in left_out:
            del self.fields[name]
        if "kind" in self.fields:
            kind: Any = self.fields["kind"]
            kind.reveal = {each: [name for name in names if name in self.fields] for each, names in kind.reveal.items()}


def place_asked(place: PlaceFacts) -> dict[str, Any]:
    """What the form shows of a place as it is told now. What has our word is ticked, the rest is in words."""
    return {
        "kind": place.location_type,
        "name": place.name,
        "place_kind": place.place_kind,
        "address_1": place.address_1,
        "city": place.city,
        "postcode": place.postcode,
        "hidden": place.is_address_hidden,
        "description": place.description,
        "access": [each.access_need for each in place.accessibility if each.access_need],
        "access_words": "\n".join(each.description for each in place.accessibility if not each.access_need),
    }


def accessibility(ticked: list[str], words: str, before: tuple[AccessFacts, ...]) -> tuple[AccessFacts, ...]:
    """What is ticked, in the words it had before or in ours, and what was written, a line each."""
    said = {each.access_need: each for each in before if each.access_need}
    known = [said.get(each) or AccessFacts(vocabulary.label("access_needs", each), each) for each in ticked]
    lines = [" ".join(line.split())[:255] for line in words.splitlines()]
    return (*known, *(AccessFacts(line) for line in lines if line))
