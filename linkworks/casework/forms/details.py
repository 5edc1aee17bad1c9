"""Who the person is, how it is safe to reach them, and what they agreed to share."""

from typing import Any

from linkworks.core import clock, vocabulary
from linkworks.people.forms import NhsNumberField
from linkworks.people.states import ChannelKind, SharingTopic
from linkworks.ui import fields

from .plans import AGREED_HOW

KINDS = [
    (str(ChannelKind.PHONE), "Phone call"),
    (str(ChannelKind.TEXT), "Text message"),
    (str(ChannelKind.EMAIL), "E-mail"),
    (str(ChannelKind.LETTER), "Letter"),
    (str(ChannelKind.THROUGH_SOMEONE), "Through somebody else"),
]
TOPICS = {
    SharingTopic.REFERRER_FEEDBACK: (
        "May whoever referred you read the goals of your plan, how each went, and why and how our work ended?"
    ),
    SharingTopic.PROVIDERS: "May we share what is needed with groups you choose to go to?",
    SharingTopic.EMERGENCY_CONTACT: "May groups have your emergency contact?",
    SharingTopic.RESEARCH: "May we use your answers, without your name, to learn what helps?",
}


class DetailsForm(fields.Form):
    """Who the person is."""

    given_name = fields.CharField(label="First name", max_length=100, missing="Enter the first name")
    family_name = fields.CharField(label="Last name", max_length=100, required=False)
    chosen_name = fields.CharField(label="What they like to be called", max_length=100, required=False)
    pronouns = fields.CharField(label="Pronouns", max_length=40, required=False, width=10)
    born_on = fields.DateField(label="Date of birth", required=False, not_after=clock.today)
    nhs_number = NhsNumberField(required=False)
    address = fields.TextAreaField(label="Address", required=False, max_length=500, rows=3)
    postcode = fields.PostcodeField(label="Postcode", required=False)
    language = fields.SelectField(
        label="Language", choices=lambda: vocabulary.choices("languages"), missing="Choose the language"
    )
    needs_interpreter = fields.BooleanField(label="Needs an interpreter", required=False)
    access_needs = fields.MultipleChoiceField(
        classes="app-two-columns",
        label="Access needs",
        choices=lambda: vocabulary.choices("access_needs"),
        required=False,
        small=True,
    )
    emergency_contact = fields.CharField(
        label="Emergency contact", required=False, max_length=200, hint="Name, who they are, and number"
    )
    call_worker_first = fields.BooleanField(
        label="Groups must call the link worker before first contact", required=False
    )

    def changes(self) -> dict[str, Any]:
        return {**self.cleaned_data, "access_needs": tuple(self.cleaned_data["access_needs"])}


class ChannelForm(fields.Form):
    """One way to reach somebody, and whether it is safe."""

    kind = fields.ChoiceField(
        label="How",
        choices=KINDS,
        reveal={
            "phone": "phone",
            "text": "mobile",
            "email": "email",
            "letter": "address",
            "through-someone": "someone",
        },
        missing="Choose how",
    )
    phone = fields.PhoneField(label="Phone number", missing="Enter the phone number")
    mobile = fields.PhoneField(label="Mobile number", missing="Enter the mobile number")
    email = fields.EmailField(label="E-mail address", missing="Enter the e-mail address")
    address = fields.TextAreaField(label="Address", missing="Enter the address", max_length=300, rows=3)
    someone = fields.CharField(label="Who, and how to reach them", max_length=300, missing="Enter who to go through")
    is_safe = fields.YesNoField(
        label="Did they say this is safe to use?", missing="Ask whether it is safe. Could somebody else see or hear it?"
    )
    may_leave_message = fields.BooleanField(label="We may leave a message", required=False)
    may_say_who_is_calling = fields.BooleanField(label="We may say who is calling", required=False)
    is_preferred = fields.BooleanField(label="This is the way they like best", required=False)
    best_times = fields.CharField(
        label="Best times", required=False, max_length=200, hint="For example, mornings except Tuesday"
    )

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        box = {"phone": "phone", "text": "mobile", "email": "email", "letter": "address", "through-someone": "someone"}[
            said["kind"]
        ]
        kept = ("kind", "is_safe", "may_leave_message", "may_say_who_is_calling", "is_preferred", "best_times")
        return {"value": said[box], **{name: said[name] for name in kept}}


class SharingChoicesForm(fields.Form):
    """What the person agrees to. A question left is not a yes."""

    how = fields.ChoiceField(
        label="How did they say so?", choices=AGREED_HOW, inline=True, small=True, missing="Choose how they said so"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = {
            topic.value: fields.YesNoField(label=words, required=False, mark_optional=False)
            for topic, words in TOPICS.items()
        }
        self.fields = {**asked, **self.fields}

    def choices(self) -> dict[str, bool]:
        """What is new: an answer that stands is not said again today, in another way."""
        said = {topic.value: self.cleaned_data[topic.value] for topic in TOPICS}
        return {topic: yes for topic, yes in said.items() if yes is not None and yes != self.initial.get(topic)}
