"""How a scheme's settings read on a page."""

from typing import Any

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..models import SchemeSettingsVersion
from ..rules.settings import DECLINE_REASONS, SchemeSettings

DOORS = {
    "account": "referrers' accounts",
    "verified-link": "links by email",
    "self": "self-referral",
    "phone": "telephone",
    "paper": "paper",
}
STAGES = {"start": "at the start", "review": "at each review", "close": "at the end"}


def settings_rows(settings: SchemeSettings) -> list[tuple[str, str]]:
    """The settings in a list a manager can read in a minute."""
    return [
        ("Who it is for", settings.who_can_be_referred.said()),
        ("How people can be referred", formats.listed([DOORS[each] for each in settings.front_doors]).capitalize()),
        ("Who can refer", formats.plural(len(settings.referrer_types), "kind of referrer", "kinds of referrer")),
        ("A referral may be declined because", listed_reasons(settings)),
        ("First contact", f"Within {formats.plural(settings.first_contact_working_days, 'working day')}"),
        ("Tries to reach somebody", f"{settings.contact_tries}, then the case closes with a letter"),
        ("Conversations", f"Usually up to {settings.max_sessions}"),
        ("Reviews", f"Every {formats.plural(settings.review_weeks, 'week')}"),
        ("Wellbeing (ONS4)", formats.listed([STAGES[each] for each in settings.measure_stages]).capitalize()),
        ("When a provider does not answer", unanswered(settings)),
        ("Caseload of a full-time link worker", str(settings.caseload_weight_target)),
        ("Kinds of support", formats.listed(vocabulary.labels("categories", settings.categories))),
        ("Languages we can talk in", formats.listed(vocabulary.labels("languages", settings.languages))),
    ]


def listed_reasons(settings: SchemeSettings) -> str:
    """Every reason is the usual case, and said shortly."""
    if len(settings.decline_reasons) == len(DECLINE_REASONS):
        return "Any of the usual reasons"
    return "; ".join(DECLINE_REASONS.get(each, each) for each in settings.decline_reasons)


def unanswered(settings: SchemeSettings) -> str:
    reminder = formats.plural(settings.reminder_working_days, "working day")
    return f"Reminder after {reminder}; the link worker is asked to step in after {settings.escalate_working_days}"


def history_item(version: SchemeSettingsVersion) -> dict[str, Any]:
    return {
        "title": f"Version {version.version}",
        "when": formats.date_time(version.made_at),
        "by": version.made_by_name,
        "text": version.reason,
    }
