"""What kind of place it is comes in by every door, stays, goes out as a term and comes back the same."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from msgspec import structs

from linkworks.core import vocabulary
from linkworks.directory import actions, queries
from linkworks.directory.models import ImportProblem, Location, Service
from linkworks.directory.rules import going
from linkworks.directory.rules.feeds import Dialect, read_row
from linkworks.directory.rules.lists import list_id, word_id
from tests.directory import readings, sheets
from tests.factories import directory as make
from tests.interop.asking import Feed

pytestmark = pytest.mark.usefixtures("everything")
PLACE = {"address_1": "122 Peckham Hill Street", "city": "London", "postal_code": "SE15 5DD"}


@pytest.fixture
def feed(client: Client) -> Feed:
    return Feed(client)


def kinds() -> dict[str, str]:
    """Each listing, and what kind of place it is at."""
    rows = Service.objects.filter(places__isnull=False)
    return dict(rows.values_list("name", "places__location__place_kind"))


def located(key: str, **location: Any) -> dict[str, Any]:
    return readings.row(key, locations=[PLACE | location])


def test_an_outpost_feeds_buildings_say_what_they_are(tmp_path: Path) -> None:
    run = readings.read(
        tmp_path,
        located("1", name="Peckham Library"),
        located("2", name="Acorn Surgery"),
        located("3", name="The Rose and Crown"),
        located("4", name="Peckham Library", mask_exact_address=True),
        located("5", name="", address_1="Lister Health Centre, 101 Peckham Road"),
    )
    assert run.created == 5
    told = {"Club 1": "library", "Club 2": "gp-surgery", "Club 3": "", "Club 4": "", "Club 5": "health-centre"}
    assert kinds() == told
    (same,) = set(Location.objects.filter(name="Peckham Library").values_list("key", flat=True))
    assert same == "se155dd-peckham-library"


def test_what_a_steward_says_stays_when_the_feed_is_read_again(tmp_path: Path) -> None:
    make.postcode()
    readings.read(tmp_path, located("1", name="Peckham Library"))
    (place,) = queries.parts_of(readings.of(1))["places"]
    say(readings.of(1), place, place_kind="")
    assert kinds() == {"Club 1": ""}
    readings.read(tmp_path, located("1", name="Peckham Library", description="New words."), agreed=True)
    assert kinds() == {"Club 1": ""}, "that it is no library was said by somebody who knows"


def say(service: Service, place: Any, **more: Any) -> None:
    seen = going.mark(queries.parts_of(service)["places"])
    fact = structs.replace(place, **more)
    actions.change_going(service, part="places", number=1, fact=fact, seen=seen, by=make.KEEPER)


SHEET = {
    "Library": "library",
    "LIBRARY.": "library",
    "GP surgery": "gp-surgery",
    "Community centre or hall": "community-centre",
    "Leisure centre": "leisure-centre",
    "": "",
    "Castle": "",
}


def test_a_spreadsheet_has_a_column_for_it_and_says_what_it_does_not_know(tmp_path: Path) -> None:
    rows = [
        sheets.CLUB | {"Name": f"Club “{said}”", "Address": "4 Choumert Road", "Kind of place": said} for said in SHEET
    ]
    (tmp_path / "list.csv").write_bytes(sheets.csv_of(*rows))
    actions.import_feed(str(tmp_path / "list.csv"), name="A list", by=make.KEEPER)
    assert kinds() == {f"Club “{said}”": kind for said, kind in SHEET.items()}
    odd = [each for each in ImportProblem.objects.values_list("reason", flat=True) if each.startswith("Kind of place")]
    assert odd == ["Kind of place: “Castle” is not a kind of place we know."]


def test_it_goes_out_as_a_term_and_comes_back_the_same(feed: Feed, tmp_path: Path) -> None:
    for kind in ("", *vocabulary.PLACE_KINDS):
        make.service(name=f"At {kind or 'none'}", places=(make.place(place_kind=kind),))
    said = feed.json("/services", full="true", per_page=100)
    (tmp_path / "again.json").write_text(json.dumps(said), encoding="utf-8")
    before, earlier = kinds(), set(Service.objects.values_list("id", flat=True))
    call_command("import_feed", str(tmp_path / "again.json"), stdout=StringIO())
    again = Service.objects.exclude(id__in=earlier)
    assert dict(again.values_list("name", "places__location__place_kind")) == before and len(before) == 1 + len(
        vocabulary.PLACE_KINDS
    )


TOLD = {
    "Library": "library", "Libraries": "library", "GP SURGERY": "gp-surgery", "Community Center": "community-centre",
    "Country park": "park", "Castle": "", "Business park": "",
}  # fmt: skip


@pytest.mark.parametrize("dialect", [Dialect.ORUK_3, Dialect.PLACECUBE])
def test_other_feeds_terms_of_a_location_are_understood(dialect: Dialect) -> None:
    for said, kind in TOLD.items():
        terms = [{"id": "a0", "taxonomy_term": None}, {"id": "a1", "taxonomy_term": {"id": "t1", "name": said}}, "odd"]
        location = {"id": "l1", "name": "Kettle House", "attributes": terms, "is_address_hidden": False}
        row = {"id": "s1", "name": "Club", "organization": {"id": "o", "name": "Kettle"}}
        row["service_at_locations"] = [{"id": "p1", "location": location}]
        (place,) = read_row(dialect, row).service.places
        assert place.place_kind == kind, said
        location["is_address_hidden"] = True
        (place,) = read_row(dialect, row).service.places
        assert place.place_kind == "", "a hidden place is of no kind, whatever its feed says"


def test_the_term_is_the_locations_and_finds_its_services(feed: Feed) -> None:
    make.service(name="Rhymes", places=(make.place(place_kind="library"),))
    make.service(name="Lunch")
    (rhymes,) = feed.rows("/services", taxonomy_term_id=word_id("place_kinds", "library"), full="true")
    (place,) = rhymes["service_at_locations"]
    (said,) = place["location"]["attributes"]
    assert (said["link_id"], said["link_type"]) == (place["location_id"], "location")
    assert said["taxonomy_term"] == feed.json(f"/taxonomy_terms/{said['taxonomy_term_id']}")
    assert feed.names(taxonomy_id=list_id("place_kinds")) == ["Rhymes"]
    assert feed.names(taxonomy_term_id=word_id("place_kinds", "hospital")) == []
    assert said["id"] not in {each["id"] for each in rhymes["attributes"]}


@pytest.mark.parametrize("told", [{"place_kind": "library"}, {"key": "se155dd-peckham-library"}])
def test_the_database_itself_keeps_no_kind_of_a_hidden_place(told: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match="hidden_place_has_no_kind"), transaction.atomic():
        Location.objects.create(is_address_hidden=True, **told)


def test_finding_asks_for_a_kind_or_for_any_health_setting() -> None:
    for kind in ("library", "gp-surgery", "hospital", ""):
        make.service(name=f"At {kind}", places=(make.place(place_kind=kind),))
    both = (make.place(place_kind="library"), make.place(place_kind="health-centre", name="Lister"))
    make.service(name="At both", places=both)

    def names(*chosen: str) -> set[str]:
        answers = queries.ranked(queries.Looking(place_kinds=chosen, category="connected", must_be_fresh=True))
        return {each.name for each in answers[:50]}

    assert names("library") == {"At library", "At both"}
    assert names("health") == {"At gp-surgery", "At hospital", "At both"}
    assert names("library", "hospital") == {"At library", "At hospital", "At both"}
    assert names("park") == set()
    counts = queries.ranked(queries.Looking(must_be_fresh=True)).counts["place_kinds"]
    told = {name: count for name, count in counts.items() if count}
    assert told == {"health": 3, "library": 2, "gp-surgery": 1, "health-centre": 1, "hospital": 1}
