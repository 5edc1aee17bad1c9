"""The referral form: who, why, do they agree, how to reach them, anything to know. One page."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from linkworks.core import clock, vocabulary
from linkworks.people.forms import NhsNumberField, ReachForm, reach_answers
from linkworks.ui import fields

from .. import rules
from ..models import Referral
from ..rules import Reach, ReferralDetails
from ..states import Door

# The reasons heard most come first; the rest are one click away, by subject. Together they are every need there is.
NEEDS_SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "needs_common": (
        "Why are you referring them?",
        (
            "loneliness",
            "low-mood",
            "anxiety-stress",
            "money-debt",
            "housing",
            "physical-activity",
            "long-term-condition",
            "caring",
            "bereavement",
        ),
    ),
    "needs_home": (
        "Money and home",
        ("benefits", "homelessness", "food-access", "fuel-energy", "legal-immigration", "transport"),
    ),
    "needs_safety": (
        "Family and safety",
        ("family-parenting", "domestic-abuse", "safety-crime", "identity-discrimination", "substance-use"),
    ),
    "needs_health": ("Health", ("weight-food", "falls-mobility", "pain", "memory", "hospital-discharge")),
    "needs_learning": (
        "Work and learning",
        ("employment", "skills-learning", "digital-skills", "english-language", "literacy"),
    ),
    "needs_life": ("Things to do", ("purpose-volunteering", "creativity", "nature", "faith-community")),
}
MORE_NEEDS = [name for name in NEEDS_SHOWN if name != "needs_common"]
WHO = ["given_name", "family_name", "born_on", "postcode", "nhs_number", "chosen_name", "address"]
TEXTS = [
    "given_name",
    "family_name",
    "chosen_name",
    "nhs_number",
    "address",
    "postcode",
    "in_their_words",
    "anything_to_know",
]
ABOUT_REFERRER = [
    "referrer_type",
    "referrer_name",
    "from_organisation_name",
    "referrer_job",
    "referrer_email",
    "referrer_phone",
]
EASIER = ["language", "needs_interpreter", "access_needs"]


def needs_field(name: str) -> fields.MultipleChoiceField:
    """The checkboxes of one group of reasons, with their descriptions where these say more than the label."""
    label, needs = NEEDS_SHOWN[name]
    choices = [(each, vocabulary.label("needs", each)) for each in needs]
    return fields.MultipleChoiceField(
        label=label, required=False, mark_optional=False, choices=choices, small=True, classes="app-two-columns"
    )


class ReferralForm(ReachForm):
    """What anybody who refers is asked."""

    given_name = fields.CharField(
        label="First name", max_length=100, autocomplete="off", width=20, missing="Enter their first name"
    )
    family_name = fields.CharField(
        label="Last name", max_length=100, autocomplete="off", width=20, missing="Enter their last name"
    )
    born_on = fields.DateField(
        label="Date of birth", hint="For example, 15 3 1984", required=False, not_after=clock.today
    )
    postcode = fields.PostcodeField(
        label="Postcode",
        hint="Decides which scheme supports them. Leave it empty if they have no fixed address",
        required=False,
        autocomplete="off",
    )
    nhs_number = NhsNumberField(required=False)
    chosen_name = fields.CharField(label="What they like to be called", required=False, max_length=100, width=20)
    address = fields.TextAreaField(label="Address", required=False, max_length=400, rows=3)
    needs_common = needs_field("needs_common")
    needs_home = needs_field("needs_home")
    needs_safety = needs_field("needs_safety")
    needs_health = needs_field("needs_health")
    needs_learning = needs_field("needs_learning")
    needs_life = needs_field("needs_life")
    in_their_words = fields.TextAreaField(
        label="In their own words",
        hint="What they said they would like help with",
        required=False,
        max_length=2000,
        rows=3,
    )
    told_and_agrees = fields.YesNoField(
        label="Have you told them why you are referring them, and do they agree?",
        hint="The scheme’s team will see what you write here. You hear that it arrived and, if the person chooses, how it went.",
        yes="Yes, they know why and they agree",
        no="No, or not yet",
        missing="Choose whether they know why and agree",
        inline=False,
    )
    anything_to_know = fields.TextAreaField(
        label="Anything the team should know",
        hint="For example risks at a home visit, or a good time to talk",
        required=False,
        max_length=2000,
        rows=3,
    )
    language = fields.SelectField(
        label="Language they like best", choices=vocabulary.choices("languages"), required=False
    )
    needs_interpreter = fields.BooleanField(label="They need an interpreter", required=False, small=True)
    access_needs = fields.MultipleChoiceField(
        label="What makes it easier for them?",
        required=False,
        choices=vocabulary.choices("access_needs"),
        small=True,
        classes="app-two-columns",
    )
    conditions = [
        fields.given_field_value("needs_interpreter", True).require(
            "language", message="Choose the language the interpreter should speak"
        )
    ]
    reach_fields = list(ReachForm.base_fields)
    field_order = [*WHO, *NEEDS_SHOWN, "in_their_words", "told_and_agrees", *reach_fields, "anything_to_know", *EASIER]

    def clean_told_and_agrees(self) -> bool:
        if self.cleaned_data["told_and_agrees"] is not True:
            raise ValidationError(rules.WITHOUT_AGREEMENT)
        return True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not needs_of(data) and not data.get("in_their_words") and "in_their_words" not in self.errors:
            self.add_error("needs_common", rules.NO_REASON)
        return data


class AccountReferralForm(ReferralForm):
    """Where an organisation has several kinds of referrer, who of them this is."""

    referrer_type = fields.ChoiceField(
        label="You are referring as", missing="Choose what you are referring as", inline=True
    )

    def __init__(self, *args: Any, referrer_types: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        types = list(referrer_types)
        self.fields["referrer_type"].choices = [(each, vocabulary.label("referrer_types", each)) for each in types]  # type: ignore[attr-defined]
        if len(types) < 2:
            del self.fields["referrer_type"]
        else:
            self.fields["referrer_type"].initial = types[0]


class KeyedInForm(ReferralForm):
    """A referral that came by telephone or on paper, and who made it."""

    door = fields.ChoiceField(
        label="How did it come in?",
        choices=[(Door.PHONE.value, "By telephone"), (Door.PAPER.value, "On paper")],
        inline=True,
        missing="Choose how it came in",
    )
    whose = fields.ChoiceField(
        label="Who is asking?",
        choices=[("self", "The person themselves"), ("other", "Somebody else, for them")],
        reveal={"other": tuple(ABOUT_REFERRER)},
        missing="Choose who is asking",
    )
    referrer_type = fields.SelectField(
        label="Who is referring?", choices=vocabulary.choices("referrer_types"), missing="Choose who is referring"
    )
    referrer_name = fields.CharField(
        label="Their name", max_length=200, width=20, missing="Enter the name of who is referring"
    )
    from_organisation_name = fields.CharField(label="Organisation or practice", required=False, max_length=200)
    referrer_job = fields.CharField(label="Job", required=False, max_length=100, width=20)
    referrer_email = fields.EmailField(
        label="Their email address", hint="They hear what became of it", required=False, autocomplete="off"
    )
    referrer_phone = fields.PhoneField(label="Their phone number", required=False, autocomplete="off")
    referrer_fields = ["door", "whose"]
    field_order = [*referrer_fields, *ABOUT_REFERRER, *ReferralForm.field_order]
    # What is said to somebody who writes down what they hear, where it differs.
    labels = {
        "told_and_agrees": (
            "Does the person know about this referral, and do they agree?",
            "Whoever referred them, if you give their email address, hears that it arrived and, if the person chooses, how it went.",
        ),
        "postcode": ("Postcode", "Leave it empty if they have no fixed address"),
        "needs_common": ("What would help?", ""),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [each for each in vocabulary.choices("referrer_types") if each[0] != "self"]
        self.fields["referrer_type"].choices = [("", "Choose from the list"), *others]  # type: ignore[attr-defined]
        self.fields["family_name"].required = False  # "Jean, from the choir": a name is enough
        for name, (label, hint) in self.labels.items():
            question: Any = self.fields[name]
            question.label, question.hint = label, hint

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("whose") == "self":
            data["referrer_type"] = "self"
        return data


def needs_of(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The reasons chosen in every group, in the vocabulary's order."""
    return tuple(vocabulary.known("needs", (each for name in NEEDS_SHOWN for each in answers.get(name) or [])))


def details_from(answers: Mapping[str, Any], referrer: Mapping[str, Any]) -> ReferralDetails:
    """The referral that these answers mean, from this referrer; who keys one in answers for the referrer too."""
    texts: dict[str, Any] = {name: answers.get(name) or "" for name in TEXTS}
    given = {name: answers[name] for name in ABOUT_REFERRER if name in answers}
    return ReferralDetails(
        **{**texts, **referrer, **given},
        born_on=answers.get("born_on"),
        language=answers.get("language") or "",
        needs_interpreter=bool(answers.get("needs_interpreter")),
        access_needs=tuple(answers.get("access_needs") or ()),
        contact_channels=tuple(Reach(**asdict(each)) for each in reach_answers(answers)),
        needs=needs_of(answers),
        told_and_agrees=answers.get("told_and_agrees") is True,
    )


def answers_of(referral: Referral) -> dict[str, Any]:
    """A stored referral as the answers that made it, to be put right."""
    needs = {name: [each for each in referral.needs if each in group] for name, (_, group) in NEEDS_SHOWN.items()}
    plain = {
        name: getattr(referral, name)
        for name in [*WHO, "in_their_words", "anything_to_know", *EASIER, "told_and_agrees"]
    }
    return {**plain, **needs, **_reach_of(referral.contact_channels)}


def person_of(referral: Referral) -> dict[str, Any]:
    """Who an earlier referral was about, and how to reach them: not why, which is new each time."""
    plain = {name: getattr(referral, name) for name in [*WHO, *EASIER]}
    return {**plain, **_reach_of(referral.contact_channels)}


def _reach_of(channels: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    answers: dict[str, Any] = {"ways": []}
    for each in channels:
        answers["ways"].append(each["kind"])
        answers["through" if each["kind"] == "through-someone" else each["kind"]] = each["value"]
        if each["kind"] == "phone":
            answers |= {
                "phone_message": each["may_leave_message"],
                "phone_say_who": each["may_say_who_is_calling"],
                "phone_times": each["best_times"],
            }
    return answers


class SchemeForm(fields.Form):
    """Which scheme, when the postcode alone does not decide."""

    scheme = fields.ChoiceField(label="Which scheme should get this referral?", missing="Choose a scheme")

    def __init__(self, *args: Any, options: Iterable[Any], **rest: Any) -> None:
        super().__init__(*args, **rest)
        cards = list(options)
        question = self.fields["scheme"]
        question.choices = [(str(each.id), each.name) for each in cards]  # type: ignore[attr-defined]
        question.hints = {str(each.id): each.coverage_note or f"Run by {each.host_name}" for each in cards}  # type: ignore[attr-defined]

    @property
    def scheme_id(self) -> UUID:
        return UUID(self.cleaned_data["scheme"])
