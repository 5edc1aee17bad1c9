"""What did they mean: details of a person, ways to reach them, and what they choose to share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from linkworks.core import clock, vocabulary
from linkworks.ui import fields, typed

from . import rules
from .states import ChannelKind, SharingTopic

WAYS = [
    (ChannelKind.PHONE.value, "Phone call"),
    (ChannelKind.TEXT.value, "Text message"),
    (ChannelKind.EMAIL.value, "Email"),
    (ChannelKind.LETTER.value, "Letter"),
    (ChannelKind.THROUGH_SOMEONE.value, "Through somebody else"),
]
SHARING = {
    SharingTopic.REFERRER_FEEDBACK: (
        "Tell the person who referred them how it went",
        "That a plan was agreed and that it finished, not what was said",
    ),
    SharingTopic.PROVIDERS: ("Share what is needed with groups they choose to go to", "They see it first, every time"),
    SharingTopic.EMERGENCY_CONTACT: ("Give those groups an emergency contact", "Only for an emergency at a session"),
    SharingTopic.RESEARCH: ("Use their answers, without their name, to learn what helps", ""),
}


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


class PersonDetailsForm(fields.Form):
    """Everything we may know about who somebody is."""

    given_name = fields.CharField(
        label="First name", max_length=100, autocomplete="off", missing="Enter the person’s first name"
    )
    family_name = fields.CharField(
        label="Last name", max_length=100, autocomplete="off", missing="Enter the person’s last name"
    )
    chosen_name = fields.CharField(label="What they like to be called", required=False, max_length=100, width=20)
    pronouns = fields.CharField(label="Pronouns", required=False, max_length=40, width=10)
    born_on = fields.DateField(
        label="Date of birth", hint="For example, 15 3 1984", required=False, not_after=clock.today
    )
    nhs_number = NhsNumberField(required=False)
    address = fields.TextAreaField(label="Address", required=False, max_length=400, rows=3)
    postcode = fields.PostcodeField(label="Postcode", required=False)
    gender = fields.CharField(label="Gender, in their own words", required=False, max_length=40, width=20)
    ethnicity = fields.CharField(label="Ethnic background, in their own words", required=False, max_length=60, width=20)
    language = fields.SelectField(
        label="Language they like best", choices=vocabulary.choices("languages"), initial="en"
    )
    needs_interpreter = fields.YesNoField(label="Do they need an interpreter?", required=False)
    access_needs = fields.MultipleChoiceField(
        label="What makes it easier for them?", required=False, choices=vocabulary.choices("access_needs"), small=True
    )
    emergency_contact = fields.CharField(
        label="Emergency contact", hint="A name and a phone number", required=False, max_length=200
    )
    call_worker_first = fields.BooleanField(
        label="Groups must ring the link worker before first contact", required=False
    )
    sections = [
        (
            "Who they are",
            ["given_name", "family_name", "chosen_name", "pronouns", "born_on", "nhs_number", "gender", "ethnicity"],
        ),
        ("Where they live", ["address", "postcode"]),
        ("What makes it easier", ["language", "needs_interpreter", "access_needs"]),
        ("Keeping safe", ["emergency_contact", "call_worker_first"]),
    ]

    def changes(self) -> dict[str, Any]:
        """What `people.actions.change_details` is to change."""
        return {**self.cleaned_data, "needs_interpreter": bool(self.cleaned_data["needs_interpreter"])}


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
        choices=WAYS,
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
    given = [(kind, data.get(boxes.get(kind, kind), "")) for kind, _ in WAYS if kind in data.get("ways", [])]
    return [_reach_answer(kind, value, data) for kind, value in given if value]


def _reach_answer(kind: str, value: str, data: Mapping[str, Any]) -> ReachAnswer:
    if kind != ChannelKind.PHONE:
        return ReachAnswer(kind, value)
    may_leave, may_say = bool(data.get("phone_message")), bool(data.get("phone_say_who"))
    return ReachAnswer(kind, value, True, may_leave, may_say, data.get("phone_times", ""))


class ChannelForm(fields.Form):
    """One more way to reach somebody."""

    kind = fields.ChoiceField(label="How would we reach them?", choices=WAYS, missing="Choose how we would reach them")
    value = fields.CharField(
        label="Number, address, or who to go through",
        max_length=290,
        missing="Enter the number, address, or who to go through",
        autocomplete="off",
    )
    is_safe = fields.YesNoField(
        label="Is it safe to reach them this way?",
        hint="Ask the person; if they are not sure, answer no",
        missing="Choose whether it is safe to reach them this way",
        reveal={"yes": ("may_leave_message", "may_say_who_is_calling", "best_times")},
    )
    may_leave_message = fields.YesNoField(label="Is it safe to leave a message?", required=False)
    may_say_who_is_calling = fields.YesNoField(label="Is it safe to say who is calling?", required=False)
    best_times = fields.CharField(label="Best times", required=False, max_length=200)
    is_preferred = fields.BooleanField(label="This is the way they like best", required=False)

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"]
        if self.cleaned_data.get("kind") not in (ChannelKind.PHONE, ChannelKind.TEXT):
            return value
        number = typed.phone(value)
        if number is None:
            raise ValidationError("Enter a phone number, like 01632 960 001 or 07700 900 982")
        return number

    def answers(self) -> dict[str, Any]:
        """What `people.actions.set_channel` is told."""
        return {
            **self.cleaned_data,
            **{name: bool(self.cleaned_data[name]) for name in ("may_leave_message", "may_say_who_is_calling")},
        }


class ChannelsForm(fields.Form):
    """The questions of safe contact, asked again of each way we have. `channels` are rows with id, kind and value."""

    def __init__(self, *args: Any, channels: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.channels: Sequence[Any] = list(channels)
        self.sections = [self._ask(channel) for channel in self.channels]

    def _ask(self, channel: Any) -> tuple[str, list[str]]:
        asked = {
            name: f"{name}_{channel.id.hex}"
            for name in ("is_safe", "may_leave_message", "may_say_who_is_calling", "best_times")
        }
        self.fields[asked["is_safe"]] = fields.YesNoField(
            label="Is it safe to reach them this way?",
            initial=channel.is_safe,
            missing=f"Choose whether {channel.value} is safe",
            reveal={"yes": (asked["may_leave_message"], asked["may_say_who_is_calling"], asked["best_times"])},
        )
        for name, label in (
            ("may_leave_message", "Is it safe to leave a message?"),
            ("may_say_who_is_calling", "Is it safe to say who is calling?"),
        ):
            self.fields[asked[name]] = fields.YesNoField(label=label, initial=getattr(channel, name), required=False)
        self.fields[asked["best_times"]] = fields.CharField(
            label="Best times", initial=channel.best_times, required=False, max_length=200
        )
        return f"{dict(WAYS)[channel.kind]}: {channel.value}", list(asked.values())

    def answers(self) -> dict[UUID, dict[str, Any]]:
        """For each channel's id, what `people.actions.set_channel` is told (besides its kind and value)."""
        return {channel.id: self._answer(channel.id.hex) for channel in self.channels}

    def _answer(self, key: str) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "is_safe": data[f"is_safe_{key}"],
            "may_leave_message": bool(data[f"may_leave_message_{key}"]),
            "may_say_who_is_calling": bool(data[f"may_say_who_is_calling_{key}"]),
            "best_times": data[f"best_times_{key}"],
        }


class SharingForm(fields.Form):
    """What somebody chooses to share, one question per topic. `current` comes from `people.queries.sharing_of`."""

    def __init__(self, *args: Any, current: dict[SharingTopic, bool | None] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for topic, (label, hint) in SHARING.items():
            initial = (current or {}).get(topic)
            self.fields[topic.value] = fields.YesNoField(
                label=label, hint=hint, initial=initial, missing=f"Choose yes or no: {label[:1].lower()}{label[1:]}"
            )
        self.fields["how"] = fields.CharField(
            label="How did they tell you?", hint="For example, on the telephone", required=False, max_length=200
        )

    def choices(self) -> dict[SharingTopic, bool]:
        return {topic: self.cleaned_data[topic.value] for topic in SHARING}
