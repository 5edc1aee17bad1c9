"""What somebody asks of the directory, and what a steward says of a listing."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field
from markupsafe import Markup

from linkworks.core import vocabulary
from linkworks.ui import fields, once

from ..rules import reporting, text
from ..rules.places import KM_IN_A_MILE
from ..rules.sessions import DAYS
from ..states import Schedule as Schedule

DISTANCES = [(miles, f"Within {miles} {'mile' if miles == '1' else 'miles'}") for miles in ("1", "3", "5", "10", "25")]
USUAL_DISTANCE = "3"
TAKEN_DOWN = (
    "It does not run any more",
    "It asked to be taken down",
    "It is listed twice",
    "What it says is wrong, and we do not know what is right",
    "It may not be safe for people",
    "Another reason",
)


NARROWED = {
    "now": ("1",), "day": tuple(DAYS), "free": ("yes",), "access": vocabulary.ACCESS_NEEDS,
    "language": vocabulary.LANGUAGES,
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
    language = fields.HiddenField(required=False)

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


class RoomForm(fields.Form):
    """How many people from link workers can come, and how long the wait is: the group's own answer, or its steward's."""

    capacity_places = fields.IntegerField(
        label="How many people from link workers can come at one time?",
        hint="Do not count members who came another way. Leave empty if there is no limit, or it is not known",
        required=False,
        min_value=0,
        max_value=100_000,
        width=5,
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


class KeepForm(RoomForm):
    """The room as a steward knows it, and that the rest is right and may be shown."""

    seen = fields.HiddenField(required=False)
    still_right = fields.BooleanField(
        label="I have checked the rest of the listing, and it is still right", required=False
    )
    show = fields.BooleanField(label="Show this listing to the public", required=False)

    def __init__(self, *args: Any, is_held: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_held:
            del self.fields["show"]

    @property
    def answers(self) -> dict[str, Any]:
        """The room, apart from what is said along with it."""
        told = dict(self.cleaned_data)
        return {"room": {name: told.pop(name) for name in RoomForm.base_fields}, **told}


def prose(label: str) -> fields.TextAreaField:
    return fields.TextAreaField(label=label, required=False, max_length=2000, rows=3)


WHAT_IT_IS = (
    "seen", "name", "description", "who_it_is_for", "needs", "categories", "access_needs", "fees", "phone", "email", "url",
)  # fmt: skip
REALLY_LIKE = (
    "what_happens", "who_comes", "first_visit", "ask_for", "bring_someone", "quiet_times", "getting_there",
)  # fmt: skip
FACTS_IN_ORDER = (
    ("What it is", WHAT_IT_IS),
    ("Connecting people to it", ("is_referable", "referral_email", "referral_note")),
    ("What it is really like", REALLY_LIKE),
)
FOLLOWING = "What the feed decides"


class FactsForm(fields.Form):
    """What a listing says: the facts people act on."""

    seen = fields.HiddenField()
    name = fields.CharField(label="Name", missing="Enter the name people know it by")
    description = fields.TextAreaField(label="What it is", required=False, max_length=text.LONGEST)
    phone = fields.CharField(
        label="Telephone",
        hint="The organisation’s own number, never a private person’s",
        required=False,
        max_length=40,
        inputmode="tel",
        width=20,
    )
    email = fields.EmailField(label="Email", required=False, autocomplete="off")
    url = fields.CharField(label="Website", required=False, max_length=500, inputmode="url")
    who_it_is_for = fields.TextAreaField(label="Who it is for", required=False, max_length=text.LONGEST, rows=3)
    needs = fields.MultipleChoiceField(
        label="What does it help with?", choices=vocabulary.choices("needs"), required=False, small=True
    )
    categories = fields.MultipleChoiceField(
        label="Kind of support", choices=vocabulary.choices("categories"), required=False, small=True
    )
    access_needs = fields.MultipleChoiceField(
        label="What has it for access?", choices=vocabulary.choices("access_needs"), required=False, small=True
    )
    fees = fields.TextAreaField(
        label="What does it cost, in words?",
        hint="Only where there is more to say than its prices",
        required=False,
        max_length=text.LONGEST,
        rows=2,
    )
    is_referable = fields.YesNoField(
        label="Does it take people from link workers?", missing="Choose whether it takes people from link workers"
    )
    referral_email = fields.EmailField(
        label="Where do referrals go?",
        hint="The group’s own email address. It is never shown to the public. Without one, link workers telephone.",
        required=False,
        autocomplete="off",
    )
    referral_note = fields.TextAreaField(
        label="What should people know before they are connected?",
        hint="For example, who it cannot take, or what to bring. This is shown to the public",
        required=False,
        max_length=text.LONGEST,
        rows=3,
    )
    what_happens = prose("What happens?")
    who_comes = prose("Who comes?")
    first_visit = prose("What happens at the first visit?")
    ask_for = fields.CharField(
        label="Who should people ask for?",
        hint="A first name or a role. It is shown to the public",
        required=False,
        max_length=120,
    )
    bring_someone = prose("Can people bring somebody along?")
    quiet_times = prose("When is it quieter?")
    getting_there = prose("How do people get there?")
    follow = fields.MultipleChoiceField(
        label="Let the feed decide these again",
        hint="They were changed here, and stay as they are when the feed is read",
        choices=[],
        required=False,
        mark_optional=False,
        small=True,
    )

    def __init__(self, *args: Any, kept: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.sections = [*FACTS_IN_ORDER, (FOLLOWING, ["follow"])] if kept else FACTS_IN_ORDER
        if kept:
            self.fields["follow"].choices = list(kept)  # type: ignore[attr-defined]
        else:
            del self.fields["follow"]

    def clean_phone(self) -> str:
        number = str(self.cleaned_data["phone"])
        if number and sum(letter.isdigit() for letter in number) < 3:
            raise ValidationError("Enter a telephone number, like 020 7946 0000")
        return number

    def clean_url(self) -> str:
        typed = str(self.cleaned_data["url"])
        address = text.web_address(typed)
        if typed and not address:
            raise ValidationError("Enter a web address, like https://www.example.org")
        return address

    @property
    def answers(self) -> dict[str, Any]:
        """What is said, apart from what goes along with it."""
        told = dict(self.cleaned_data)
        return {"seen": told.pop("seen"), "follow": told.pop("follow", []), "facts": told}


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
