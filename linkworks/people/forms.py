"""What did they mean: an NHS number, the languages that come first, and how somebody can be reached safely."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from linkworks.core import vocabulary
from linkworks.ui import fields

from . import rules
from .states import ChannelKind


class NhsNumberField(fields.CharField):
    """Ten digits that check out, however they were typed."""

    def __init__(self, **options: Any) -> None:
        options = {
            "label": "NHS number",
            "hint": "10 digits, like 485 777 3456",
            "width": 10,
            "inputmode": "numeric",
            "max_length": 20,
            **options,
        }
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        number = rules.tidy_nhs_number(super().clean(value))
        if number is None:
            raise ValidationError(
                "Enter a real NHS number: 10 digits, like 485 777 3456. Leave it empty if you do not have it."
            )
        return number


def offer_first(form: fields.Form, languages: Iterable[str]) -> None:
    """Put the languages that can be talked in here before the others; the rest stay in their order."""
    question: Any = form.fields["language"]
    first = vocabulary.known("languages", languages)
    rest = [code for code in vocabulary.LANGUAGES if code not in first]
    question.choices = [(code, vocabulary.label("languages", code)) for code in [*first, *rest]]


@dataclass(frozen=True, slots=True)
class ReachAnswer:
    """One way to reach somebody as it was answered: fits `people.actions.set_channel` and a referral's channels."""

    kind: str
    value: str
    is_safe: bool | None = True
    may_leave_message: bool = False
    may_say_who_is_calling: bool = False
    best_times: str = ""


class ReachForm(fields.Form):
    """How somebody can be reached safely; asked for each way they choose. Other forms stand on this one."""

    ways = fields.MultipleChoiceField(
        label="Which ways are safe to contact them?",
        hint="Choose only what they said is safe. We use nothing else.",
        missing="Choose at least one safe way to contact them, or “Through somebody else”",
        choices=list(rules.WAYS.items()),
        reveal={
            "phone": ("phone", "phone_message", "phone_say_who", "phone_times"),
            "text": "text",
            "email": "email",
            "letter": "letter",
            "through-someone": "through",
        },
    )
    phone = fields.PhoneField(label="Phone number", missing="Enter the phone number to call", autocomplete="off")
    phone_message = fields.YesNoField(
        label="Is it safe to leave a message?", missing="Choose whether it is safe to leave a message"
    )
    phone_say_who = fields.YesNoField(
        label="Is it safe to say who is calling?", missing="Choose whether it is safe to say who is calling"
    )
    phone_times = fields.CharField(label="Best times to call", required=False, max_length=200)
    text = fields.PhoneField(
        label="Mobile number for texts", missing="Enter the mobile number for texts", autocomplete="off"
    )
    email = fields.EmailField(label="Email address", missing="Enter the email address", autocomplete="off")
    letter = fields.TextAreaField(
        label="Address for letters", missing="Enter the address for letters", max_length=290, rows=3
    )
    through = fields.CharField(
        label="Who should we go through, and how?",
        missing="Enter who we should go through and how to reach them",
        max_length=290,
    )

    def reach_answers(self) -> list[ReachAnswer]:
        return reach_answers(self.cleaned_data)


def reach_answers(data: Mapping[str, Any]) -> list[ReachAnswer]:
    """Each way that was chosen, in the order of the page."""
    boxes = {ChannelKind.THROUGH_SOMEONE.value: "through"}
    given = [(kind, data.get(boxes.get(kind, kind), "")) for kind in rules.WAYS if kind in data.get("ways", [])]
    return [_reach_answer(kind, value, data) for kind, value in given if value]


def _reach_answer(kind: str, value: str, data: Mapping[str, Any]) -> ReachAnswer:
    if kind != ChannelKind.PHONE:
        return ReachAnswer(kind, value)
    may_leave, may_say = bool(data.get("phone_message")), bool(data.get("phone_say_who"))
    return ReachAnswer(kind, value, True, may_leave, may_say, data.get("phone_times", ""))
