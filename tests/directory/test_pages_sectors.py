"""The pages of sectors: for everybody, counted right, gaps said, cards beneath, and one click from a listing."""

import csv
import io
import re
from collections import Counter
from html import unescape
from pathlib import Path
from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core.actor import Actor
from linkworks.directory import access, presenters, queries
from linkworks.directory.models import Location, Service
from linkworks.directory.rules.evidence import ALL, evidence
from linkworks.organisations.rules.places import boroughs
from tests.cast import Cast
from tests.directory.pages import statements
from tests.factories import directory as make
from tests.factories import many_services as many

pytestmark = pytest.mark.django_db
SECTORS = tuple(evidence().sectors)
ANYBODY = Actor(id="anybody", name="Anybody")
COUNT = re.compile(r'<h2 class="nhsuk-heading-m">([\d,]+) services?')


@pytest.fixture(autouse=True)
def _near(everything: None) -> None:
    make.postcode()


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return unescape(answer.content.decode())


def at(sector: str, more: str = "") -> str:
    return f"/find/sectors/{sector}{more}"


def slowly(sector: str) -> tuple[int, Counter[str], Counter[str], int]:
    """One listing after the other, as somebody would count with a pencil."""
    wanted = set(evidence().sectors[sector].kinds)
    total, kinds, places, nowhere = 0, Counter[str](), Counter[str](), 0
    for each in access.offered_services():
        if not wanted & set(each.kinds):
            continue
        total += 1
        kinds.update(wanted & set(each.kinds))
        held = [one.location for one in each.places.all()]
        places.update({one.borough_code for one in held if one.borough_code and not one.is_address_hidden})
        nowhere += not any(one.borough_code in boroughs() and not one.is_address_hidden for one in held)
    return total, kinds, places, nowhere


def test_the_counts_are_those_of_a_pencil(client: Client) -> None:
    many.write(Random(58), make.organisation(), 300)
    hidden = list(Location.objects.order_by("id")[:60])
    Location.objects.filter(id__in=[each.id for each in hidden]).update(is_address_hidden=True, place_kind="", key="")
    for name, sector in evidence().sectors.items():
        found, (total, kinds, places, nowhere) = queries.sector_counts(ANYBODY, sector), slowly(name)
        assert found.total == total > 0
        assert found.kinds == {kind: kinds[kind] for kind in sector.kinds}
        assert found.boroughs == {code: places[code] for code in boroughs()}
        assert found.nowhere == nowhere
        assert found.gaps == [code for code in boroughs() if not places[code]]
        listed = COUNT.search(page(client, f"/find?sector={name}"))
        assert listed is not None and int(listed[1]) == total, "the link leads to as many as it says"
    assert queries.everywhere(ANYBODY) == {name: slowly(name)[0] for name in SECTORS}


def test_the_overview_names_each_sector_with_how_much_there_is(client: Client) -> None:
    make.service(kinds=("debt-advice",), needs=("money-debt",))
    shown = page(client, "/find/sectors")
    for name, sector in evidence().sectors.items():
        assert sector.label in shown and at(name) in shown
    assert "1 listing, 3 evidence cards" in shown and "Nothing listed yet" in shown
    assert "/find/sectors" in page(client, "/find") and "/find/sectors" in page(client, "/find/order")


def test_a_sector_says_what_there_is_where_it_is_missing_and_how_to_look_near_you(client: Client) -> None:
    make.service(name="Chestnut Growers", kinds=("food-growing",), needs=("nature",))
    make.service(name="Growing by telephone", kinds=("food-growing",), needs=("nature",), places=())
    make.service(name="Not of this field")
    shown = page(client, at("food-growing"))
    assert (
        "2 listings" in shown and "Food growing and gardening: 2" in shown and "None of: nature and green care" in shown
    )
    assert (
        "Only Southwark has any. None is listed in the other 32. There may be some that nobody has told us of." in shown
    )
    assert "1 more is counted in none: by telephone, online, at your home" in shown
    assert '<input type="hidden" name="sector" value="food-growing">' in shown
    near = page(client, "/find?sector=food-growing&postcode=SE15+5DD")
    assert "Chestnut Growers" in near and "Growing by telephone" in near and "Not of this field" not in near
    assert "<strong>Food growing</strong>" in near and 'name="sector" value="food-growing"' in near


@pytest.mark.parametrize(
    ("having", "said"),
    [
        (33, "Every borough has at least one."),
        (32, "None is listed in Westminster. There may"),
        (31, "None is listed in Wandsworth or Westminster. There may"),
        (2, "Only Barking and Dagenham and Barnet have any. None is listed in the other 31. There may"),
        (1, "Only Barking and Dagenham has any. None is listed in the other 32. There may"),
        (0, "None is listed in any London borough. There may"),
    ],
)
def test_the_gap_is_said_the_shorter_way(having: int, said: str) -> None:
    in_order = sorted(boroughs(), key=lambda code: boroughs()[code].name)
    counts = {code: int(place < having) for place, code in enumerate(in_order)}
    assert presenters.sectors.gap_words(queries.SectorCounts(having, {}, counts, 0)).startswith(said)


@pytest.mark.parametrize(
    ("count", "said"), [(0, ""), (1, "1 more is counted in none: by"), (1200, "1,200 more are counted")]
)
def test_what_has_no_place_is_counted_apart(count: int, said: str) -> None:
    assert presenters.sectors.nowhere_words(count)[: len(said) or None] == said


def test_with_nothing_listed_it_says_so_and_still_says_what_is_known(client: Client) -> None:
    shown = page(client, at("housing"))
    assert (
        "Nothing listed yet" in shown
        and "None is listed in any London borough" in shown
        and "See them all" not in shown
    )
    assert "We know of no good study of whether housing advice" in shown


@pytest.mark.parametrize("sector", SECTORS)
def test_each_card_says_how_sure_it_is_and_what_it_does_not_show(client: Client, sector: str) -> None:
    shown = page(client, at(sector))
    for card in (*evidence().of(sector), *evidence().of(ALL)):
        for said in (card.claim, card.why, card.does_not_show, card.effect, card.uncertainty, card.source.title):
            assert said in shown
        assert f'href="{card.source.address}"' in shown and f'id="{card.id}"' in shown
    others = [each for each in evidence().cards if sector not in each.sectors and ALL not in each.sectors]
    assert others and not any(each.claim in shown for each in others)
    assert "Monday 23 November 2026: its abstract" in shown
    for name in ("before-after", "very-low", "randomised-trial"):
        assert name not in re.sub(r"<[^>]+>", " ", shown), "no name of ours on a page"


def test_what_compares_nobody_is_marked_so(client: Client) -> None:
    shown = page(client, at("arts-and-culture"))
    marked = shown.split('id="arts-on-referral"')[1].split("</li>")[0]
    assert "with nobody to compare with" in marked and "Very low: we cannot tell from this" in marked


def test_a_sector_without_cards_says_that_we_know_of_none(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(evidence()), "of", lambda self, sector: ())
    assert "We know of no good study of this field." in page(client, at("food-growing"))


def test_from_a_listing_it_is_one_click_to_what_we_know(client: Client) -> None:
    for kinds, sector in ((("housing-advice",), "housing"), (("lunch-club", "dance"), "arts-and-culture")):
        made = make.service(kinds=kinds)
        assert f'href="{at(sector)}#evidence"' in page(client, reverse("directory:service", args=[made.id]))
    plain = make.service()
    assert "What do we know" not in page(client, reverse("directory:service", args=[plain.id]))


def test_the_order_knows_nothing_of_evidence(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same services in the same order, whatever the cards say."""
    many.write(Random(7), make.organisation(), 60)
    asked = queries.Looking(words="singing garden debt advice")
    before = queries.ranked(asked).ids()
    monkeypatch.setattr(type(evidence()), "of", lambda self, sector: ())
    assert queries.ranked(asked).ids() == before and len(before) > 1
    used = {path.name for path in Path(queries.__file__).parent.rglob("*.py") if "evidence" in path.read_text()}
    assert used == {"sectors.py"}, "and no other query reads them"


def test_a_hidden_place_is_in_no_boroughs_count(client: Client) -> None:
    make.service(kinds=("legal-advice",), places=(make.place(is_address_hidden=True),))
    found = queries.sector_counts(ANYBODY, evidence().sectors["benefits-and-legal-advice"])
    assert (found.total, sum(found.boroughs.values())) == (1, 0)
    assert "Southwark,1" not in client.get(at("benefits-and-legal-advice", "/boroughs.csv")).content.decode()


def test_little_found_in_a_sector_offers_what_is_outside_it(client: Client) -> None:
    for number in range(4):
        make.service(name=f"Lunch {number}")
    shown = page(client, "/find?q=lunch&sector=housing")
    assert "Outside this field too: 4 services" in shown
    back = re.search(r'href="([^"]*)">Outside this field too', shown)
    assert back is not None and "sector" not in back[1]


@pytest.mark.parametrize("nonsense", ["opera", "", "housing'--", "Housing"])
def test_a_sector_that_nobody_could_choose_is_no_choice(client: Client, nonsense: str) -> None:
    make.service()
    assert "Tuesday lunch club" in page(client, f"/find?q=lunch&sector={nonsense}")


def rows(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_spreadsheets_hold_every_borough_and_every_card(client: Client) -> None:
    make.service(kinds=("food-growing",))
    told = rows(client, at("food-growing", "/boroughs.csv"))
    assert told[0] == ["Borough", "ONS code", "Listings"] and len(told) == 35
    assert ["Southwark", "E09000028", "1"] in told and ["Barnet", "E09000003", "0"] in told
    cards = rows(client, "/find/sectors/evidence.csv")
    assert [each[0] for each in cards[1:]] == [each.id for each in evidence().cards]
    assert cards[0] == list(presenters.sectors.COLUMNS) and all(len(each) == len(cards[0]) for each in cards)
    assert "Social prescribing as a whole" in {each[1] for each in cards}


def test_on_paper_it_says_the_same_and_when_it_was_printed(client: Client) -> None:
    make.service(kinds=("housing-advice",))
    shown = page(client, at("housing", "/print?size=large"))
    assert "Printed on" in shown and evidence().of("housing")[0].claim in shown and "Large print" not in shown
    assert "Southwark" in shown and "Barnet" not in shown and "None listed" not in shown, "paper is short"
    for card in evidence().of("housing"):
        assert f"({card.source.address})" in shown, "nobody can press a link on paper"
        assert card.why in shown


EVERY = (
    "/find/sectors",
    *(at("housing", more) for more in ("", "/print", "/boroughs.csv")),
    "/find/sectors/evidence.csv",
)


@pytest.mark.parametrize("address", EVERY)
def test_it_is_for_everybody_and_only_to_look_at(client: Client, cast: Cast, address: str) -> None:
    assert client.get(address).status_code == 200
    for who in (cast.link_worker, cast.provider_coordinator, cast.commissioner):
        assert cast.client(who).get(address).status_code == 200
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("name", ["opera", "arts", "Housing", "all", "evidence"])
@pytest.mark.parametrize("more", ["", "/print", "/boroughs.csv"])
def test_a_sector_that_is_not_there_is_not_found(client: Client, name: str, more: str) -> None:
    assert client.get(at(name, more)).status_code == 404


def test_more_listings_ask_no_more_of_the_database(client: Client) -> None:
    make.service(kinds=("food-growing",))
    before = [statements(client, each) for each in EVERY]
    for number in range(6):
        make.service(name=f"Plot {number}", kinds=("food-growing", "housing-advice"))
    assert [statements(client, each) for each in EVERY] == before
    assert Service.objects.count() == 7
