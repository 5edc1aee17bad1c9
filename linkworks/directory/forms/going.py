"""When and where it is and what it costs: one time, one place, one price on a page."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from msgspec import structs

from linkworks.core import vocabulary
from linkworks.core.postcodes import tidy_postcode
from linkworks.ui import fields
from linkworks.ui.formats import long_date

from ..queries import One
from ..rules.facts import AccessFacts, CostFacts, PlaceFacts, SessionFacts
from ..rules.often import AS_NOW, FORTNIGHTLY, MONTHLY, ONCE, WEEKLY, WEEKS, WORDS, asked_of, session_of
from ..rules.sessions import DAYS, ORDER
from ..states import LocationType

MOST_MONEY = 10_000
INSIDE = ("description", "access", "access_words")
ADDRESS = ("kind", "name", "address_1", "city", "postcode", "hidden", "description")
OFTEN = [
    (WEEKLY, "Every week"),
    (FORTNIGHTLY, "Every two weeks"),
    (MONTHLY, "Every month, on a day of the week"),
    (ONCE, "Once"),
    (WORDS, "Something else, in words"),
]
HOW_OFTEN = {
    WEEKLY: ("days",),
    FORTNIGHTLY: ("other_days", "starts_on"),
    MONTHLY: ("weeks", "month_days"),
    ONCE: ("once_on",),
    WORDS: ("in_words",),
}


def days_field(missing: str = "Choose which days") -> fields.MultipleChoiceField:
    return fields.MultipleChoiceField(label="Which days?", choices=list(DAYS.items()), missing=missing, small=True)


class OneForm(fields.Form):
    """One time, place or price as it is told now, or a new one."""

    seen = fields.HiddenField(required=False)

    def __init__(self, data: Any, one: One) -> None:
        self.one = one
        super().__init__(data, initial={**(self.asked(one.fact) if one.fact else {}), "seen": one.seen})

    def asked(self, fact: Any) -> dict[str, Any]:
        """What the form shows of it as it is told now."""
        raise NotImplementedError

    @property
    def change(self) -> dict[str, Any]:
        """What is changed, for the action."""
        return {"part": self.one.part, "number": self.one.number, "fact": self.fact, "seen": self.cleaned_data["seen"]}

    @property
    def fact(self) -> Any:
        raise NotImplementedError


class TimeForm(OneForm):
    """When it happens."""

    often = fields.ChoiceField(
        label="How often is it?", choices=OFTEN, reveal=HOW_OFTEN, missing="Choose how often it is"
    )
    days = days_field()
    other_days = days_field()
    starts_on = fields.DateField(
        label="A date on which it happens", missing="Enter a date on which it happens", hint="For example, the next one"
    )
    weeks = fields.MultipleChoiceField(
        label="Which weeks of the month?",
        choices=list(WEEKS.items()),
        missing="Choose which weeks of the month",
        small=True,
    )
    month_days = days_field()
    once_on = fields.DateField(label="The date", missing="Enter the date")
    in_words = fields.CharField(
        label="When is it?", missing="Say when it is", hint="For example, when the weather is good: ring first"
    )
    opens_at = fields.TimeField(label="It begins at", required=False, hint="For example, 10am")
    closes_at = fields.TimeField(label="It ends at", required=False, hint="With both, people find it while it is open")
    term_time = fields.BooleanField(label="It keeps to school terms", required=False)
    place = fields.SelectField(label="Where is it?", choices=[], empty="At all of its places", required=False)
    valid_from = fields.DateField(label="From which day?", required=False, hint="Leave empty if it runs already")
    valid_to = fields.DateField(label="Until which day?", required=False, hint="Leave empty if it goes on")
    extra = fields.CharField(label="Anything else to say about this time?", required=False)

    def asked(self, fact: SessionFacts) -> dict[str, Any]:
        return asked_of(fact)

    def __init__(self, data: Any, one: One) -> None:
        super().__init__(data, one)
        question: Any = self.fields["often"]
        if self.initial.get("often") == AS_NOW:
            question.choices = [(AS_NOW, "As it is now"), *OFTEN]
        places: Any = self.fields["place"]
        places.choices = [(str(number), place_name(each)) for number, each in enumerate(one.places)]
        if len(one.places) < 2:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        day, days = said.get("starts_on"), said.get("other_days")
        if day and days and ORDER[day.weekday()] not in days:
            self.add_error("starts_on", f"{long_date(day)} is not one of the days you chose")
        begins, ends = said.get("valid_from"), said.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", f"It must end on {long_date(begins)} or later")
        if said.get("closes_at") and not said.get("opens_at") and "opens_at" not in self.errors:
            self.add_error("opens_at", "Enter when it begins")
        return said

    @property
    def fact(self) -> SessionFacts:
        base = self.one.fact or SessionFacts()
        place = "" if base.place is None else str(base.place)
        return session_of({"place": place, **self.cleaned_data}, base)


def place_name(place: PlaceFacts) -> str:
    if place.location_type == LocationType.VIRTUAL:
        return "Online"
    return place.name or place.address_1 or place.postcode or "A place with no address"


class PlaceForm(OneForm):
    """Where it is, and what it is like to get into."""

    kind = fields.ChoiceField(
        label="What kind of place is it?",
        choices=[(LocationType.PHYSICAL.value, "A place to go to"), (LocationType.VIRTUAL.value, "Online")],
        reveal={LocationType.PHYSICAL.value: ("name", "address_1", "city", "postcode", "hidden")},
        missing="Choose what kind of place it is",
    )
    name = fields.CharField(label="Name of the building", required=False)
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


FREE, PRICE, IN_WORDS = "free", "price", "words"


def cost_asked(cost: CostFacts) -> dict[str, Any]:
    """What the form shows of a price as it is told now."""
    if cost.amount is None:
        return {"kind": IN_WORDS, "in_words": cost.amount_description, "option": cost.option}
    kind = PRICE if cost.amount else FREE
    return {"kind": kind, "amount": cost.amount, "amount_description": cost.amount_description, "option": cost.option}


class CostForm(OneForm):
    """What it costs, or what one of its prices is."""

    kind = fields.ChoiceField(
        label="What does it cost?",
        choices=[(FREE, "It is free"), (PRICE, "A price"), (IN_WORDS, "Something else, in words")],
        reveal={PRICE: ("amount", "amount_description"), IN_WORDS: ("in_words",)},
        missing="Choose what it costs",
    )
    amount = fields.DecimalField(
        label="Amount",
        prefix="£",
        min_value=0,
        max_value=MOST_MONEY,
        places=2,
        example="3.50",
        missing="Enter the amount",
    )
    amount_description = fields.CharField(label="What is that for?", hint="For example, per session", required=False)
    in_words = fields.CharField(
        label="What do people pay?", hint="For example, give what you can", missing="Say what people pay"
    )
    option = fields.CharField(
        label="Who is this price for?",
        hint="For example, people on low incomes. Leave empty if it is for everybody",
        required=False,
    )

    def asked(self, fact: CostFacts) -> dict[str, Any]:
        return cost_asked(fact)

    @property
    def fact(self) -> CostFacts:
        said, before = self.cleaned_data, self.one.fact or CostFacts()
        amounts = {FREE: Decimal(0), PRICE: said["amount"], IN_WORDS: None}
        words = {FREE: "", PRICE: said["amount_description"], IN_WORDS: said["in_words"]}
        kind = said["kind"]
        return structs.replace(before, amount=amounts[kind], amount_description=words[kind], option=said["option"])


class RemoveForm(OneForm):
    """That one of them is taken away."""

    def asked(self, fact: Any) -> dict[str, Any]:
        return {}

    @property
    def fact(self) -> None:
        return None


FORMS: dict[str, type[OneForm]] = {"sessions": TimeForm, "places": PlaceForm, "costs": CostForm}


def form_of(one: One, data: Any) -> OneForm:
    """The form that asks of a time, a place or a price."""
    return FORMS[one.part](data, one)


def own_form_of(one: One, data: Any) -> OneForm:
    """The same for the group itself."""
    return OwnPlaceForm(data, one) if one.part == "places" else form_of(one, data)
