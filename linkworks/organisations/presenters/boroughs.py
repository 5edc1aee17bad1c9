"""How boroughs read on a page: who serves each, or the gap."""

from typing import Any

from linkworks.ui import formats

from ..queries import BoroughCoverage, SchemeCard
from ..states import Coverage

TAGS = {
    Coverage.WHOLE_POPULATION.value: ("Everybody", "green"),
    Coverage.PLACE.value: ("Part of the borough", "aqua-green"),
    Coverage.COHORT.value: ("Some people", "blue"),
    Coverage.DEVELOPING.value: ("Being set up", "yellow"),
    Coverage.NONE.value: ("No scheme", "grey"),
}


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
