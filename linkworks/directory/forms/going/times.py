"""When it happens."""

from typing import Any

from linkworks.ui import fields
from linkworks.ui.formats import long_date

from ...queries import One
from ...rules.facts import SessionFacts
from ...rules.often import AS_NOW, FORTNIGHTLY, MONTHLY, ONCE, WEEKLY, WEEKS, WORDS, asked_of, session_of
from ...rules.sessions import DAYS, ORDER
from .one import OneForm
from .places import place_name

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
