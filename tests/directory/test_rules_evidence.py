"""The evidence cards: what a card must say, and that a file that says less, or more than it can know, is refused."""

import datetime
import re
from typing import Any

import msgspec
import pytest
import yaml

from linkworks.core import vocabulary
from linkworks.core.errors import Invalid
from linkworks.directory.rules import evidence as rules
from linkworks.directory.rules.evidence import ALL, CAUSAL, CERTAINTY, DESIGNS, FILE, evidence, read, sector_of
from tests.database import ROOT

SECTOR = {"label": "Arts", "about": "Singing.", "kinds": ["dance"]}
SOURCE = {"title": "A study", "who": "Somebody", "year": 2020, "address": "https://example.org/study"}
CARD = {
    "id": "a-study", "sectors": ["arts"], "claim": "People sang.", "design": "randomised-trial", "certainty": "low",
    "why": "It is small.", "does_not_show": "That they liked it.", "source": SOURCE, "read": "abstract",
    "read_on": datetime.date(2026, 11, 23),
}  # fmt: skip


def file(*cards: dict[str, Any], **sector: Any) -> str:
    return yaml.safe_dump({"sectors": {"arts": {**SECTOR, **sector}}, "cards": list(cards)})


def refused(text: str) -> str:
    with pytest.raises(Invalid) as error:
        read(text)
    return error.value.message


def card(**changed: Any) -> dict[str, Any]:
    return {**CARD, **changed}


def source(**changed: Any) -> dict[str, Any]:
    return card(source={**SOURCE, **changed})


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in CARD.items() if key != name}


def test_the_plain_card_is_right_so_that_each_defect_below_is_the_only_one() -> None:
    assert read(file(CARD)).cards[0].claim == "People sang."
    assert read(file(card(sectors=[ALL]))).of(ALL)


DEFECTS = [
    ("no such sector", card(sectors=["opera"]), "belongs to no sector of ours (opera)"),
    ("no sector at all", card(sectors=[]), "belongs to no sector"),
    ("an empty claim", card(claim="  "), "claim must have words"),
    ("no reason for the grade", card(why=""), "why must have words"),
    ("nothing it does not show", card(does_not_show=""), "does_not_show must have words"),
    ("an address nobody can open", source(address="ftp://example.org"), "must begin with https://"),
    ("a script for an address", source(address="javascript:alert(1)"), "must begin with https://"),
    ("a year to come", source(year=2031), "year cannot be right"),
    ("a year of long ago", source(year=19), "year cannot be right"),
    ("a grade we do not have", card(certainty="certain"), "certainty"),
    ("a design we do not have", card(design="anecdote"), "design"),
    ("a date that is none", card(read_on="last week"), "read_on"),
    ("words for a number", card(people="many"), "people"),
    ("a field we do not have", card(stars=5), "stars"),
    ("before and after, and sure of it", card(design="before-after"), "certainty can be very-low at most"),
    ("a survey, and sure of it", card(design="survey", certainty="high"), "certainty can be low at most"),
    ("no chance in it, and sure", card(design="controlled-not-randomised", certainty="high"), "moderate at most"),
    ("half read, and sure", card(read="part-of-abstract", certainty="moderate"), "certainty can be low at most"),
    ("a range of nothing", card(uncertainty="0 to 1"), "uncertainty without the effect"),
    *((f"no {name}", without(name), name) for name in CARD if name != "id"),
    *((f"a source without {name}", card(source={k: v for k, v in SOURCE.items() if k != name}), name) for name in SOURCE),
]  # fmt: skip


@pytest.mark.parametrize(("what", "wrong", "said"), DEFECTS, ids=[each[0] for each in DEFECTS])
def test_a_card_with_a_defect_is_refused_and_says_which(what: str, wrong: dict[str, Any], said: str) -> None:
    assert said in refused(file(wrong)), what


@pytest.mark.parametrize("word", CAUSAL)
@pytest.mark.parametrize("design", ["before-after", "survey"])
def test_what_compares_nobody_is_never_said_to_cause_anything(word: str, design: str) -> None:
    claim = f"Singing {word} mood."
    assert "says what caused what" in refused(file(card(claim=claim, design=design, certainty="very-low")))
    assert read(file(card(claim=claim))), "a randomised trial may"


def test_everything_wrong_is_said_at_once() -> None:
    said = refused(file(card(why=""), card(claim="", id="other"), CARD))
    assert "a-study: why must have words" in said and "other: claim must have words" in said
    assert "a-study: is there twice" in said


@pytest.mark.parametrize(
    ("sector", "said"),
    [
        ({"kinds": ["opera"]}, "opera is no kind of our vocabulary"),
        ({"kinds": []}, "needs a label"),
        ({"label": ""}, "needs a label"),
        ({"about": " "}, "needs a label"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_sector_with_a_defect_is_refused(sector: dict[str, Any], said: str) -> None:
    assert said in refused(file(CARD, **sector))


@pytest.mark.parametrize("text", ["", "- a list", "sectors: [", "cards: {}", "sectors: {}\ncards: 7"])
def test_what_is_no_such_file_is_refused(text: str) -> None:
    assert "cannot be read" in refused(text)


def test_the_four_sectors_of_the_strategy_are_there_and_share_no_kind() -> None:
    sectors = evidence().sectors
    assert [each.label for each in sectors.values()] == [
        "Arts and culture", "Food growing", "Housing", "Benefits and legal advice",
    ]  # fmt: skip
    kinds = [kind for each in sectors.values() for kind in each.kinds]
    assert len(kinds) == len(set(kinds)), "or a listing would belong to two"
    assert set(kinds) <= set(vocabulary.KINDS)


def test_each_sector_has_cards_or_says_that_we_know_of_none() -> None:
    for name, each in evidence().sectors.items():
        assert evidence().of(name) or each.nothing_on, name
    assert len(evidence().of(ALL)) >= 3, "what holds for social prescribing as a whole"


def test_the_grades_are_those_of_the_sources_where_these_grade() -> None:
    """Spot checks of what we read against what we wrote: a slip of a digit would stand on a public page."""
    cards = {each.id: each for each in evidence().cards}
    assert (cards["link-workers-reviewed"].people, cards["link-workers-reviewed"].studies) == (6500, 8)
    assert (
        cards["welfare-rights-at-home"].effect.startswith("0.3")
        and "-0.8 to 1.5" in cards["welfare-rights-at-home"].uncertainty
    )
    assert cards["singing-older-people"].people == 258 and "0.06 to 4.76" in cards["singing-older-people"].uncertainty
    assert cards["arts-on-referral"].design == "before-after" and cards["arts-on-referral"].certainty == "very-low"
    assert not any(each.certainty == "high" for each in evidence().cards), "nothing here is that sure"


def test_the_documentation_names_every_field_design_and_grade() -> None:
    told = (ROOT / "docs" / "evidence-cards.md").read_text(encoding="utf-8")
    fields = [each.name for kind in (rules.Card, rules.Source, rules.Sector) for each in msgspec.structs.fields(kind)]
    for name in (*fields, *DESIGNS, *CERTAINTY):
        assert f"`{name}`" in told, name


def test_the_file_is_plain_english() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert not re.search(
        r"statistically|significant|efficacy|intervention arm|p ?<",
        text.split("cards:")[1].replace("intervention: prospective", ""),
    )


@pytest.mark.parametrize(
    ("kinds", "sector"),
    [
        (["dance"], "arts-and-culture"), (["lunch-club", "food-growing"], "food-growing"), (["lunch-club"], None), ([], None),
        (["debt-advice"], "benefits-and-legal-advice"), (["gone-from-the-list"], None), (["energy-advice"], "housing"),
    ],
)  # fmt: skip
def test_the_sector_of_a_listing(kinds: list[str], sector: str | None) -> None:
    assert sector_of(kinds) == sector
