"""What a listing says, as its steward writes it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from linkworks.core import vocabulary
from linkworks.ui import fields

from ..rules import text


def prose(label: str, hint: str = "") -> fields.TextAreaField:
    return fields.TextAreaField(label=label, hint=hint, required=False, max_length=text.LONGEST_ANSWER, rows=3)


def described(name: str) -> list[tuple[str, str]]:
    return [
        (each.id, f"{each.label}: {vocabulary.lower_first(each.description)}")
        for each in vocabulary.LISTS[name].values()
    ]


WHAT_IT_IS = (
    "seen", "name", "description", "who_it_is_for", "needs", "categories", "access_needs", "fees", "phone", "email", "url",
)  # fmt: skip
REALLY_LIKE = (
    "what_happens", "who_comes", "first_visit", "ask_for", "bring_someone", "quiet_times", "getting_there",
)  # fmt: skip
IF_ADVICE = ("If it gives advice", ("advice_levels", "quality_mark", "quality_mark_until"))
IF_COURSE = ("If it is a course", ("course_levels", "join_by", "certificate", "leads_to"))
FACTS_IN_ORDER = (
    ("What it is", WHAT_IT_IS),
    ("Connecting people to it", ("is_referable", "referral_email", "referral_note")),
    ("What it is really like", REALLY_LIKE),
    IF_ADVICE,
    IF_COURSE,
)
FOLLOWING = "What the feed decides"


class FactsForm(fields.Form):
    """What a listing says: the facts people act on."""

    folded = frozenset({IF_ADVICE[0], IF_COURSE[0]})
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
        label="What does it help with?",
        choices=vocabulary.choices("needs"),
        classes="app-two-columns",
        required=False,
        small=True,
    )
    categories = fields.MultipleChoiceField(
        label="Kind of support", choices=vocabulary.choices("categories"), required=False, small=True
    )
    access_needs = fields.MultipleChoiceField(
        label="What has it for access?",
        choices=vocabulary.choices("access_needs"),
        classes="app-two-columns",
        required=False,
        small=True,
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
    getting_there = prose(
        "How do people get there?", "One step on each line, from the bus stop or the station to the room"
    )
    advice_levels = fields.MultipleChoiceField(
        label="How far does its advice go?", choices=described("advice_levels"), required=False, small=True
    )
    quality_mark = fields.CharField(
        label="Does its advice hold a quality mark?", hint="As it is called", required=False, max_length=200
    )
    quality_mark_until = fields.DateField(label="Until when does the mark hold?", required=False)
    course_levels = fields.MultipleChoiceField(
        label="At what level is the course?", choices=vocabulary.choices("course_levels"), required=False, small=True
    )
    join_by = fields.DateField(label="What is the last day to join?", required=False)
    certificate = fields.CharField(
        label="What certificate do people get?", hint="Leave empty if there is none", required=False, max_length=200
    )
    leads_to = prose("What can people go on to afterwards?")
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

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("quality_mark_until") and not said.get("quality_mark") and "quality_mark" in self.fields:
            self.add_error("quality_mark", "Enter what the quality mark is called")
        return said

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
