"""How schemes and boroughs read on a page."""

from typing import Any

from linkworks.core import vocabulary
from linkworks.ui import formats

from .models import SchemeSettingsVersion
from .queries import BoroughCoverage, SchemeCard
from .rules.settings import DECLINE_REASONS, SchemeSettings
from .states import Coverage

TAGS = {
    Coverage.WHOLE_POPULATION.value: ("Everybody", "green"),
    Coverage.PLACE.value: ("Part of the borough", "aqua-green"),
    Coverage.COHORT.value: ("Some people", "blue"),
    Coverage.DEVELOPING.value: ("Being set up", "yellow"),
    Coverage.NONE.value: ("No scheme", "grey"),
}
DOORS = {
    "account": "referrers' accounts",
    "verified-link": "links by email",
    "self": "self-referral",
    "phone": "telephone",
    "paper": "paper",
}
STAGES = {"start": "at the start", "review": "at each review", "close": "at the end"}


def borough_card(coverage: BoroughCoverage) -> dict[str, Any]:
    """A borough: who serves it, or why nobody does and who is nearest."""
    tags = [tag(each.coverage) for each in coverage.schemes] or [tag(Coverage.NONE.value)]
    facts = [(each.name, contact(each)) for each in coverage.schemes]
    gap = coverage.gap
    nearest = [("Nearest scheme", f"{gap.nearest.name}. {contact(gap.nearest)}")] if gap and gap.nearest else []
    return {
        "heading": coverage.borough.name,
        "tags": tags,
        "text": gap.reason if gap else "",
        "facts": facts + nearest,
        "search": " ".join(
            [coverage.borough.name, coverage.borough.council, *(each.name for each in coverage.schemes)]
        ).lower(),
    }


def tag(coverage: str) -> dict[str, str]:
    text, colour = TAGS[coverage]
    return {"text": text, "colour": colour}


def contact(scheme: SchemeCard) -> str:
    """How to reach a scheme, in a line."""
    ways = [formats.phone(scheme.phone) if scheme.phone else "", scheme.email, scheme.opening_hours]
    said = ", ".join(each for each in ways if each) or "Ask a GP practice how to reach them"
    return f"{said}. {scheme.coverage_note}".strip() if scheme.coverage_note else said


def borough_cards(coverages: list[BoroughCoverage], search: str) -> list[dict[str, Any]]:
    cards = [borough_card(each) for each in coverages]
    return [card for card in cards if all(word in card["search"] for word in search.lower().split())]


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
