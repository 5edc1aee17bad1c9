"""What a manager types when changing how a scheme works."""

from collections.abc import Mapping
from typing import Any

from linkworks.core import vocabulary
from linkworks.ui import fields

from .rules.settings import DECLINE_REASONS, SchemeSettings

FRONT_DOORS = [
    ("account", "Referrers with an account"),
    ("verified-link", "Referrers without an account, by a link sent to their email"),
    ("self", "People referring themselves"),
    ("phone", "By telephone"),
    ("paper", "On paper"),
]
STAGES = [("start", "At the start"), ("review", "At each review"), ("close", "At the end")]
SAME_FOR_ALL = (
    "Goes only where letters are safe. Everybody gets the same words, so name no need, condition or group. "
    "Their name, your telephone number and their reference are put round it."
)
SAME_NAME = (
    "contact_tries",
    "first_contact_working_days",
    "max_sessions",
    "review_weeks",
    "reminder_working_days",
    "escalate_working_days",
    "caseload_weight_target",
)
LISTS = ("front_doors", "measure_stages", "decline_reasons", "referrer_types", "categories", "languages")


def number(label: str, most: int, *, suffix: str = "", hint: str = "") -> fields.IntegerField:
    return fields.IntegerField(label=label, hint=hint, suffix=suffix, min_value=1, max_value=most, width=3)


class SettingsForm(fields.Form):
    """The settings changed most often. Everything else is in the YAML document."""

    contact_tries = number("Tries to reach somebody before closing", 10)
    first_contact_working_days = number("First contact within", 60, suffix="working days")
    max_sessions = number(
        "Conversations a person can usually have", 52, hint="Said on their case when it is reached. It stops nothing"
    )
    review_weeks = number("Review the plan every", 52, suffix="weeks")
    reminder_working_days = number("Remind a provider who has not answered after", 60, suffix="working days")
    escalate_working_days = number("Ask the link worker to step in after", 60, suffix="working days")
    caseload_weight_target = number(
        "Caseload of a full-time link worker",
        300,
        hint="Somebody who needs little help counts 1, the usual 2, a lot 4. The team’s page says who is over",
    )
    age_from = fields.IntegerField(label="Youngest age", min_value=0, max_value=120, width=3)
    age_to = fields.IntegerField(label="Oldest age", min_value=0, max_value=120, width=3, required=False)
    who_words = fields.TextAreaField(
        label="Who the scheme is for, in plain words",
        hint="Referrers read this before they send",
        max_length=300,
        rows=2,
    )
    front_doors = fields.MultipleChoiceField(label="How people can be referred", choices=FRONT_DOORS)
    measure_stages = fields.MultipleChoiceField(label="When wellbeing (ONS4) is asked", choices=STAGES)
    referrer_types = fields.MultipleChoiceField(
        label="Who can refer", choices=lambda: vocabulary.choices("referrer_types"), small=True
    )
    decline_reasons = fields.MultipleChoiceField(
        label="Why a referral may be declined",
        hint="Your team chooses one of these, and the referrer reads it",
        choices=list(DECLINE_REASONS.items()),
        small=True,
    )
    categories = fields.MultipleChoiceField(
        label="Kinds of support offered",
        hint="What your team is shown when they look for something that fits a goal",
        choices=lambda: vocabulary.choices("categories"),
    )
    languages = fields.MultipleChoiceField(
        label="Languages your team can talk in",
        hint="Offered first when somebody says which language they like best, and named in letters to people who like one",
        choices=lambda: vocabulary.choices("languages"),
        small=True,
    )
    could_not_contact = fields.TextAreaField(
        label="Letter when somebody could not be reached", hint=SAME_FOR_ALL, max_length=5000, rows=4
    )
    finished = fields.TextAreaField(
        label="Letter when the work is finished",
        hint=f"{SAME_FOR_ALL} Leave it empty to send no letter",
        required=False,
        mark_optional=False,
        max_length=5000,
        rows=4,
    )
    reason = fields.CharField(
        label="Why are you changing this?", missing="Say why you are changing the settings", max_length=500
    )
    seen_version = fields.HiddenField(required=False)
    sections = (
        ("Working with people", SAME_NAME[:4]),
        ("When a provider does not answer", SAME_NAME[4:6]),
        ("The team", SAME_NAME[6:]),
        ("Who the scheme is for", ("age_from", "age_to", "who_words")),
        ("Referrals", ("front_doors", "referrer_types", "decline_reasons")),
        ("Support and outcomes", ("categories", "measure_stages")),
        ("Languages and letters", ("languages", "could_not_contact", "finished")),
        ("This change", ("reason", "seen_version")),
    )

    def document(self, current: Mapping[str, Any]) -> dict[str, Any]:
        """The whole settings document: as it is now, with what was typed."""
        typed = self.cleaned_data
        who = {"age_from": typed["age_from"], "age_to": typed["age_to"], "words": typed["who_words"]}
        letters = {"could_not_contact": typed["could_not_contact"], "finished": typed["finished"]}
        same = {name: typed[name] for name in (*SAME_NAME, *LISTS)}
        return {**current, **same, "who_can_be_referred": who, "closing_letters": letters}

    def say(self, problem: str) -> str:
        """A problem in the words of this form instead of the document's names."""
        path, _, message = problem.partition(": ")
        asked = self.fields.get(FORM_NAMES.get(path, path))
        said = f"“{asked.label}” {message}" if asked else problem
        for name, field in self.fields.items():
            said = said.replace(name, f"“{field.label}”") if "_" in name else said
        return said


def as_typed(settings: SchemeSettings, version: int) -> dict[str, Any]:
    """How the form shows the settings as they are."""
    same = {name: getattr(settings, name) for name in SAME_NAME} | {
        name: list(getattr(settings, name)) for name in LISTS
    }
    who, letters = settings.who_can_be_referred, settings.closing_letters
    people = {"age_from": who.age_from, "age_to": who.age_to, "who_words": who.words}
    return {
        **same,
        **people,
        "could_not_contact": letters.could_not_contact,
        "finished": letters.finished,
        "seen_version": version,
    }


FORM_NAMES = {
    "who_can_be_referred.age_from": "age_from",
    "who_can_be_referred.age_to": "age_to",
    "who_can_be_referred.words": "who_words",
    "closing_letters.could_not_contact": "could_not_contact",
    "closing_letters.finished": "finished",
}


class UploadForm(fields.Form):
    """A settings document, pasted: the same YAML that can be downloaded."""

    document = fields.TextAreaField(
        label="Settings document", missing="Paste the settings document", max_length=50_000, rows=24, classes="app-code"
    )
    reason = fields.CharField(
        label="Why are you changing this?", missing="Say why you are changing the settings", max_length=500
    )
    seen_version = fields.HiddenField(required=False)

    def say(self, problem: str) -> str:
        """The document's own names are the right words here."""
        return problem


PUBLIC = ("phone", "email", "opening_hours", "without_internet", "coverage_note")


class PublicForm(fields.Form):
    """What anybody reads of the scheme."""

    phone = fields.PhoneField(label="Phone number", hint="Letters and public pages give this number", required=False)
    email = fields.EmailField(label="Email address", required=False)
    opening_hours = fields.CharField(
        label="When somebody answers", hint="For example, Monday to Friday, 9am to 5pm", required=False, max_length=200
    )
    without_internet = fields.TextAreaField(
        label="How can somebody reach you without the internet or a telephone?",
        hint="For example, ask at the desk of your GP practice. Name nobody who works for you",
        required=False,
        max_length=500,
        rows=2,
    )
    coverage_note = fields.TextAreaField(
        label="Who you are for, for people who live here", required=False, max_length=500, rows=3
    )
