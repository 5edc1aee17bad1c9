"""A scheme's public page, the list of all of them, and the same as open data."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from linkworks.organisations import actions, queries
from linkworks.organisations.models import CatchmentArea, Organisation, Scheme
from linkworks.organisations.presenters import COLUMNS
from linkworks.organisations.rules.settings import as_document
from tests.cast import Cast
from tests.factories.organisations import CAMDEN, LAMBETH, SOUTHWARK, make_organisation, make_postcode, make_scheme

pytestmark = pytest.mark.django_db

LIST = "/organisations/schemes"


def page(client: Client, slug: str) -> str:
    response = client.get(reverse("organisations:profile", args=[slug]))
    assert response.status_code == 200
    return response.content.decode()


def listed(client: Client, **asked: str) -> str:
    response = client.get(LIST, asked)
    assert response.status_code == 200
    return response.content.decode()


def names(html: str) -> list[str]:
    return re.findall(r"app-card__heading[^>]*>\s*<a[^>]*>\s*([^<]+?)\s*<", html)


def data(client: Client) -> dict[str, Any]:
    return json.loads(client.get(f"{LIST}/all.json").content)


def rows(client: Client) -> list[dict[str, str]]:
    text = client.get(f"{LIST}/all.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def say(cast: Cast, **changed: Any) -> None:
    """The manager changes how the scheme works."""
    scheme = Scheme.objects.get(pk=cast.scheme.pk)
    document = as_document(queries.settings_in(scheme)) | changed
    actions.change_settings(scheme, document=document, by=cast.actor(cast.manager), reason="To be clear")


@pytest.fixture
def all_kinds() -> Scheme:
    """A scheme of a whole borough, a practice in another and a postcode sector in a third."""
    make_postcode()
    make_postcode("NW1 1AA", CAMDEN, 51.53, -0.13)
    make_postcode("SW9 8AA", LAMBETH, 51.46, -0.11)
    make_organisation("The Canal Surgery", "gp-practice", ods_code="X12345", postcode="NW1 1AA")
    host = make_organisation("Hearth Trust", website="https://hearth.example.org")
    made = make_scheme("Hearth Links", boroughs=(SOUTHWARK,), host=host, phone="02079460150")
    for kind, code in (("practice", "X12345"), ("practice", "X99999"), ("postcode-sector", "SW9 8")):
        CatchmentArea.objects.create(scheme=made, kind=kind, code=code)
    return made


def test_a_page_says_who_it_is_for_where_and_how_to_reach_it(client: Client, all_kinds: Scheme) -> None:
    html = page(client, all_kinds.slug)
    for said in (
        "Hearth Links", "Made up", "People aged 18 and over", "All of Southwark, and parts of Camden and Lambeth", "SW9 8",
        "The Canal Surgery", "X99999", "020 7946 0150", "Hearth Trust", "https://hearth.example.org", "English",
        "Within 5 working days", "Usually up to 8", "Open Government Licence v3.0", "was last changed on",
    ):  # fmt: skip
        assert said in html, said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"coverage": "developing"}, "It takes no referrals yet."),
        ({"coverage": "cohort", "coverage_note": "People who leave hospital."}, "People who leave hospital."),
        ({"is_fictional": False}, ""),
    ],
)
def test_what_differs_between_schemes(cast: Cast, client: Client, facts: dict[str, Any], said: str) -> None:
    Scheme.objects.filter(pk=cast.scheme.pk).update(**facts)
    html = page(client, cast.scheme.slug)
    assert said in html
    assert ("Ask for support" in main(html)) == (facts.get("coverage") != "developing")
    assert ("Made up" in html) == facts.get("is_fictional", True)


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def test_what_nobody_has_said_is_left_out(client: Client) -> None:
    html = main(page(client, make_scheme(boroughs=(SOUTHWARK,)).slug))
    assert "Not given" not in html
    for label in ("Website", "Postcodes", "GP practices", "Phone"):
        assert label not in html, label


@pytest.mark.parametrize(
    ("doors", "asks", "refers"),
    [(["self"], True, False), (["verified-link", "phone"], False, True), (["paper"], False, False)],
)
def test_only_doors_that_are_open_are_offered(
    cast: Cast, client: Client, doors: list[str], asks: bool, refers: bool
) -> None:
    say(cast, front_doors=doors)
    html = main(page(client, cast.scheme.slug))
    assert (reverse("frontdoor:self-refer") in html, reverse("frontdoor:guest") in html) == (asks, refers)


@pytest.mark.parametrize(
    ("types", "asks", "refers"), [(["self"], True, False), (["gp"], False, True), (["gp", "self"], True, True)]
)
def test_a_door_is_offered_to_those_it_is_open_to(
    cast: Cast, client: Client, types: list[str], asks: bool, refers: bool
) -> None:
    say(cast, front_doors=["self", "verified-link"], referrer_types=types)
    html = main(page(client, cast.scheme.slug))
    assert (reverse("frontdoor:self-refer") in html, reverse("frontdoor:guest") in html) == (asks, refers)
    assert next(each for each in data(client)["schemes"] if each["name"] == cast.scheme.name)["ask_yourself"] is asks


def test_a_change_of_the_settings_is_on_the_page_with_its_day_and_nobody_is_named(cast: Cast, client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False):
        say(cast, languages=["en", "so"], referrer_types=["gp", "library"])
    html = page(client, cast.scheme.slug)
    assert "English and Somali" in html and "Thursday 19 November 2026" in html
    assert "Ruth Adeyemi" not in html and "To be clear" not in html
    everything = client.get(f"{LIST}/all.json").content.decode() + client.get(f"{LIST}/all.csv").content.decode()
    assert "Ruth" not in everything and "To be clear" not in everything


def test_a_scheme_that_ended_and_one_that_never_was_have_no_page(cast: Cast, client: Client) -> None:
    Scheme.objects.filter(pk=cast.scheme.pk).update(coverage="none")
    for slug in (cast.scheme.slug, "nowhere"):
        assert client.get(reverse("organisations:profile", args=[slug])).status_code == 404
    assert cast.scheme.name not in names(listed(client)) + [each["name"] for each in data(client)["schemes"]]


@pytest.mark.parametrize(
    ("search", "found"),
    [("hearth", 1), ("lambeth", 1), ("canal surgery", 1), ("sw9", 1), ("HEARTH southwark", 1), ("hearth barnet", 0)],
)
def test_the_list_is_searched_by_name_host_and_place(
    client: Client, all_kinds: Scheme, search: str, found: int
) -> None:
    html = listed(client, q=search)
    assert names(html) == ["Hearth Links"] * found
    assert ("Nothing was found" in html) == (not found)


def test_nothing_yet_is_said_with_what_to_do(client: Client) -> None:
    html = listed(client)
    assert "No scheme has been added yet." in html and reverse("directory:find") in html


def test_a_long_list_has_pages(client: Client) -> None:
    expected = [f"Links {number:02}" for number in range(30)]
    for name in reversed(expected):
        make_scheme(name)
    first, second = names(listed(client)), names(listed(client, page="2"))
    assert (first, second) == (expected[:25], expected[25:]), "by name"


def test_open_data_says_the_same_as_the_pages_with_its_licence(client: Client, all_kinds: Scheme) -> None:
    told = data(client)
    assert told["licence"] == "Open Government Licence v3.0" and told["licence_address"].startswith("https://")
    (one,) = told["schemes"]
    assert tuple(one) == COLUMNS
    assert one["boroughs"] == ["Southwark"] and one["parts_of_boroughs"] == ["Camden", "Lambeth"]
    assert one["practices"] == ["The Canal Surgery", "X99999"] and one["is_fictional"] is True
    assert one["address"].endswith(f"/schemes/{all_kinds.slug}") and one["address"].startswith("http")
    (row,) = rows(client)
    assert row["licence"] == told["licence"]
    assert (
        row["parts_of_boroughs"] == "Camden; Lambeth" and row["is_fictional"] == "yes" and row["phone"].endswith("0150")
    )
    assert {name for name in COLUMNS if row[name]} == {name for name in COLUMNS if one[name] not in ("", [])}


def test_whoever_runs_linkworks_says_which_licence(client: Client, settings: Any) -> None:
    settings.OPEN_DATA_LICENCE = "Our own licence"
    make_scheme()
    assert "licence_address" not in data(client) and data(client)["licence"] == "Our own licence"
    assert "under the Our own licence" in listed(client) and "nationalarchives" not in listed(client)
    assert rows(client)[0]["licence"] == "Our own licence"


def test_open_data_is_read_from_any_site_and_no_spreadsheet_runs_it(client: Client) -> None:
    make_scheme("=SUM(A1)", slug="sum")
    assert client.get(f"{LIST}/all.json")["Access-Control-Allow-Origin"] == "*"
    assert rows(client)[0]["name"] == "'=SUM(A1)"
    assert data(client)["schemes"][0]["name"] == "=SUM(A1)"


@pytest.mark.parametrize("address", [LIST, f"{LIST}/all.csv", f"{LIST}/all.json", "{scheme}"])
def test_anybody_may_look_and_nobody_may_send(cast: Cast, address: str) -> None:
    address = address.format(scheme=reverse("organisations:profile", args=[cast.scheme.slug]))
    for who in (None, cast.link_worker, cast.referrer, cast.outsider):
        assert cast.client(who).get(address).status_code == 200
    assert cast.client().post(address).status_code == 405


@pytest.mark.parametrize("address", [LIST, f"{LIST}/all.csv", f"{LIST}/all.json"])
def test_queries_do_not_grow_with_schemes(
    cast: Cast, client: Client, django_assert_max_num_queries: Any, address: str
) -> None:
    for number in range(1, 20):
        scheme = make_scheme(f"Links {number}", boroughs=(SOUTHWARK,))
        CatchmentArea.objects.create(scheme=scheme, kind="practice", code=f"Y{number:05}")
        Organisation.objects.create(name=f"Surgery {number}", kind="gp-practice", ods_code=f"Y{number:05}")
    with django_assert_max_num_queries(9):
        client.get(address)


def test_the_pages_that_lead_here(cast: Cast, client: Client) -> None:
    make_postcode()
    here = reverse("organisations:profile", args=[cast.scheme.slug])
    who = client.get(reverse("frontdoor:who-serves-me"), {"postcode": "SE15 5DD"}).content.decode()
    own = cast.client(cast.manager).get(reverse("organisations:scheme")).content.decode()
    assert f'href="{here}"' in who and f'href="{here}"' in own
    for name in ("home", "organisations:boroughs"):
        assert f'href="{LIST}"' in client.get(reverse(name)).content.decode(), name
