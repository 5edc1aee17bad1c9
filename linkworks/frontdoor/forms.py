"""What did they mean: the six questions of asking for support, a call back, a professional's link, a postcode."""

from typing import Any

from linkworks.core import clock, vocabulary
from linkworks.people.forms import ReachForm
from linkworks.referrals.forms import needs_field, needs_of
from linkworks.referrals.rules import CALL_BACK
from linkworks.ui import fields

NO_WAY = "Choose at least one way we can reach you"


class HelpForm(fields.Form):
    """What would you like help with?"""

    needs_common = needs_field("needs_common")
    needs_home = needs_field("needs_home")
    needs_safety = needs_field("needs_safety")
    needs_health = needs_field("needs_health")
    needs_learning = needs_field("needs_learning")
    needs_life = needs_field("needs_life")
    not_sure = fields.BooleanField(label="I am not sure, or it is something else", required=False, small=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["needs_common"].label = "Choose all that fit"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not needs_of(data) and not data.get("not_sure"):
            self.add_error("needs_common", "Choose what you would like help with, or choose “I am not sure”")
        return data


class WordsForm(fields.Form):
    in_their_words = fields.TextAreaField(
        label="Tell us in your own words",
        hint="A few words are enough. You can also leave this empty and tell us when we talk",
        required=False,
        max_length=2000,
        rows=6,
    )


class NameForm(fields.Form):
    given_name = fields.CharField(
        label="First name", max_length=100, autocomplete="given-name", width=20, missing="Enter your first name"
    )
    family_name = fields.CharField(
        label="Last name", max_length=100, autocomplete="family-name", width=20, required=False
    )
    chosen_name = fields.CharField(
        label="What you like to be called, if that is different", max_length=100, width=20, required=False
    )
    born_on = fields.DateField(
        label="Date of birth",
        hint="For example, 15 3 1984. It helps us know whether we can support you",
        required=False,
        autocomplete="bday",
        not_after=clock.today,
    )


class PostcodeForm(fields.Form):
    postcode = fields.PostcodeField(
        label="What is your postcode?",
        hint="For example, SE15 5DD. With no fixed address, use a place you stay at or go to often, like a library",
        missing="Enter your postcode",
    )


class SelfReachForm(ReachForm):
    """How can we reach you safely?"""

    labels = {
        "ways": ("Which ways are safe for you?", "Choose all that are safe for you. We use nothing else."),
        "phone": ("Phone number", ""),
        "phone_message": ("Is it safe to leave a message?", "Somebody else might hear it"),
        "phone_say_who": ("Is it safe to say who is calling?", "If somebody else answers"),
        "phone_times": ("Best times to call", ""),
        "text": ("Mobile number for texts", "Somebody else might see it on your phone"),
        "email": ("Email address", ""),
        "letter": ("Address for letters", ""),
        "through": (
            "Who should we go through, and how do we reach them?",
            "For example a friend, your support worker or your GP practice",
        ),
    }
    missing = {
        "ways": NO_WAY,
        "phone": "Enter your phone number",
        "text": "Enter your mobile number",
        "email": "Enter your email address",
        "letter": "Enter your address",
    }
    fills = {"phone": "tel", "text": "tel", "email": "email", "letter": "street-address"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (label, hint) in self.labels.items():
            question: Any = self.fields[name]
            question.label, question.hint = label, hint
        for name, sentence in self.missing.items():
            asked: Any = self.fields[name]
            asked.missing = asked.error_messages["required"] = sentence
        for name, fill in self.fills.items():
            box: Any = self.fields[name]
            if hasattr(box, "look"):
                box.look = {**box.look, "autocomplete": fill}


class EasierForm(fields.Form):
    language = fields.SelectField(
        label="Which language do you like best?", choices=vocabulary.choices("languages"), required=False
    )
    needs_interpreter = fields.BooleanField(label="I would like an interpreter", required=False, small=True)
    access_needs = fields.MultipleChoiceField(
        label="What makes it easier for you?",
        hint="Choose all that fit, or none",
        required=False,
        mark_optional=False,
        choices=vocabulary.choices("access_needs"),
        small=True,
        classes="app-two-columns",
    )
    anything_to_know = fields.TextAreaField(
        label="Anything else that helps us", required=False, max_length=1000, rows=3
    )
    conditions = [
        fields.given_field_value("needs_interpreter", True).require(
            "language", message="Choose the language the interpreter should speak"
        )
    ]


class CallBackForm(fields.Form):
    """The telephone way: who to call, on which number, and when."""

    given_name = fields.CharField(
        label="What should we call you?",
        max_length=100,
        autocomplete="given-name",
        width=20,
        missing="Enter what we should call you",
    )
    phone = fields.PhoneField(label="Phone number", missing="Enter the phone number we should call")
    phone_message = fields.YesNoField(
        label="Is it safe to leave a message?", missing="Choose whether it is safe to leave a message"
    )
    phone_say_who = fields.YesNoField(
        label="Is it safe to say who is calling?", missing="Choose whether it is safe to say who is calling"
    )
    phone_times = fields.CharField(label="Best times to call", required=False, max_length=200)
    postcode = fields.PostcodeField(
        label="Your postcode", hint="So that the right team calls you", missing="Enter your postcode"
    )
    language = fields.SelectField(
        label="Which language should we speak?", choices=vocabulary.choices("languages"), required=False
    )

    def answers(self) -> dict[str, Any]:
        """The same answers that the six questions give."""
        return {**self.cleaned_data, "ways": ["phone"], "in_their_words": CALL_BACK}


class GuestForm(fields.Form):
    """Who is referring, and the work e-mail that proves it."""

    name = fields.CharField(label="Your name", max_length=200, autocomplete="name", missing="Enter your name")
    job = fields.CharField(
        label="Your job", max_length=100, autocomplete="organization-title", missing="Enter your job"
    )
    organisation_name = fields.CharField(
        label="Where you work", max_length=200, autocomplete="organization", missing="Enter where you work"
    )
    referrer_type = fields.SelectField(label="What describes you best?", missing="Choose what describes you best")
    email = fields.EmailField(
        label="Your work email address",
        hint="We send a link there. It works for 24 hours",
        missing="Enter your work email address",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        professionals = [each for each in vocabulary.choices("referrer_types") if each[0] != "self"]
        self.fields["referrer_type"].choices = professionals  # type: ignore[attr-defined]


class ClaimForm(fields.Form):
    """Who asks to look after an organisation, and the work e-mail that proves it."""

    name = fields.CharField(label="Your name", max_length=200, autocomplete="name", missing="Enter your name")
    job = fields.CharField(
        label="What do you do there?",
        hint="For example, secretary or volunteer co-ordinator",
        max_length=120,
        autocomplete="organization-title",
        missing="Enter what you do there",
    )
    email = fields.EmailField(
        label="Your work email address",
        hint="We send a link there. It works for three days",
        missing="Enter your work email address",
    )


class WhoServesForm(fields.Form):
    postcode = fields.CharField(
        label="Postcode", hint="For example, SE15 5DD", width=10, autocomplete="postal-code", missing="Enter a postcode"
    )
