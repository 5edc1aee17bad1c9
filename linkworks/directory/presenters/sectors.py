"""How sectors and evidence cards are said."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from linkworks.core import vocabulary
from linkworks.organisations.rules.places import boroughs
from linkworks.ui import formats

from ..queries import SectorCounts
from ..rules.evidence import ALL, CERTAINTY, DESIGNS, Card, Sector, evidence

COLOURS = {"high": "green", "moderate": "aqua-green", "low": "yellow", "very-low": "grey"}
READ = {
    "full": "the whole text",
    "abstract": "its abstract",
    "part-of-abstract": "a part of its abstract",
    "summary": "its plain summary",
}
COLUMNS = (
    "Card", "Sectors", "What we know", "Kind of study", "People", "Studies", "How much", "How sure of that", "Certainty",
    "Why", "What it does not show", "Source", "By", "Year", "Address", "Licence of the source’s text", "What we read", "Read on",
)  # fmt: skip


def sector_cards(counts: Mapping[str, int]) -> list[dict[str, str]]:
    """The sectors to choose from."""
    return [
        {
            "heading": each.label,
            "href": reverse("directory:sector", args=[name]),
            "text": each.about,
            "meta": f"{listings(counts[name])}, {formats.plural(len(evidence().of(name)), 'evidence card')}",
        }
        for name, each in evidence().sectors.items()
    ]


def listings(count: int) -> str:
    return f"{count:,} listing{'' if count == 1 else 's'}" if count else "Nothing listed yet"


def page(name: str, counts: SectorCounts) -> dict[str, Any]:
    """Everything a sector's page says."""
    sector = evidence().sectors[name]
    return {
        "name": name,
        "sector": sector,
        "total": listings(counts.total),
        "kinds": kind_words(sector, counts),
        "none_of": [vocabulary.label("kinds", kind) for kind, count in counts.kinds.items() if not count],
        "boroughs": borough_rows(counts),
        "gaps": gap_words(counts),
        "nowhere": nowhere_words(counts.nowhere),
        "href": f"{reverse('directory:find')}?{urlencode({'sector': name})}",
        "cards": [evidence_card(each) for each in evidence().of(name)],
        "for_all": [evidence_card(each) for each in evidence().of(ALL)],
    }


def kind_words(sector: Sector, counts: SectorCounts) -> list[str]:
    return [f"{vocabulary.label('kinds', kind)}: {counts.kinds[kind]:,}" for kind in sector.kinds if counts.kinds[kind]]


def borough_rows(counts: SectorCounts) -> list[tuple[str, str]]:
    known = boroughs()
    return [(known[code].name, f"{count:,}" if count else "None listed") for code, count in counts.boroughs.items()]


def gap_words(counts: SectorCounts) -> str:
    """Which boroughs have none, said so that nobody takes it for all there is."""
    missing = [boroughs()[code].name for code in counts.gaps]
    there = [boroughs()[code].name for code, count in counts.boroughs.items() if count]
    if not missing:
        return "Every borough has at least one."
    if len(missing) < len(there):
        said = f"None is listed in {formats.listed(missing, 'or')}."
    elif there:
        said = f"Only {formats.listed(there)} {'has' if len(there) == 1 else 'have'} any. None is listed in the other {len(missing)}."
    else:
        said = "None is listed in any London borough."
    return f"{said} There may be some that nobody has told us of."


def nowhere_words(count: int) -> str:
    if not count:
        return ""
    more = "1 more is counted in none" if count == 1 else f"{count:,} more are counted in none"
    return f"{more}: by telephone, online, at your home, or at an address that is not known or kept private."


def evidence_card(card: Card) -> dict[str, Any]:
    """One card: what is known, how it was studied and what it does not show; the rest in rows."""
    rows = [
        ("How much", card.effect),
        ("How sure of that", card.uncertainty),
        ("Why this certainty", card.why),
        ("Read by us", f"{formats.long_date(card.read_on)}: {READ[card.read]}"),
    ]
    return {
        "id": card.id,
        "claim": card.claim,
        "tag": {"text": CERTAINTY[card.certainty], "colour": COLOURS[card.certainty]},
        "study": ". ".join(each for each in (DESIGNS[card.design], how_many(card)) if each) + ".",
        "does_not_show": card.does_not_show,
        "rows": [row for row in rows if row[1]],
        "source": card.source,
    }


def how_many(card: Card) -> str:
    people = f"{card.people:,} people" if card.people else ""
    return formats.listed([each for each in (f"{card.studies} studies" if card.studies else "", people) if each])


def borough_sheet(counts: SectorCounts) -> Iterator[tuple[str, str, str]]:
    """The boroughs for a spreadsheet."""
    yield ("Borough", "ONS code", "Listings")
    for code, count in counts.boroughs.items():
        yield (boroughs()[code].name, code, str(count))
    yield ("In no borough (telephone, online, at home, address not known or private)", "", str(counts.nowhere))


def evidence_sheet() -> Iterator[tuple[str, ...]]:
    """Every card for a spreadsheet."""
    yield COLUMNS
    yield from (sheet_row(card) for card in evidence().cards)


def sheet_row(card: Card) -> tuple[str, ...]:
    sectors = "Social prescribing as a whole" if ALL in card.sectors else labels(card)
    source = card.source
    return (
        card.id, sectors, card.claim, DESIGNS[card.design], str(card.people or ""), str(card.studies or ""), card.effect,
        card.uncertainty, CERTAINTY[card.certainty], card.why, card.does_not_show, source.title, source.who, str(source.year),
        source.address, source.licence or "Not known", READ[card.read], card.read_on.isoformat(),
    )  # fmt: skip


def labels(card: Card) -> str:
    return formats.listed([evidence().sectors[each].label for each in card.sectors])
