"""Real listings of two councils, in two dialects, for local tests only: skipped where the data folder is absent."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from linkworks.directory.models import Location, Service, TaxonomyTerm
from linkworks.directory.rules import contacts, text
from linkworks.directory.rules.feeds import Dialect, read_row
from linkworks.organisations.models import Postcode
from tests.context import EVERYTHING, acting
from tests.directory import asking, official

FOLDER = settings.BASE_DIR.parent / "shared" / "data" / "council-feeds"
FEEDS = {"Placecube": "bristol_v1_services_sample.json", "Outpost": "buckinghamshire_outpost_services_page_{}.json"}
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="The councils' feeds are not on this machine.")


def read(name: str, source: str) -> dict[str, object]:
    out = StringIO()
    call_command("import_feed", str(FOLDER / name), "--name", source, "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


@pytest.fixture(scope="module")
def read_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[dict[str, object]]]:
    """The feeds are read once for all of these tests, in a transaction that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        with acting(EVERYTHING):
            yield [
                read(FEEDS["Placecube"], "One council"),
                read(FEEDS["Outpost"].format(1), "Another council"),
                read(FEEDS["Outpost"].format(2), "Another council"),
            ]
        transaction.set_rollback(True)


@pytest.fixture
def imported(read_once: list[dict[str, object]], everything: None) -> list[dict[str, object]]:
    return read_once


def test_all_133_are_read(imported: list[dict[str, object]]) -> None:
    assert [(run["dialect"], run["read"], run["created"], run["rejected"]) for run in imported] == [
        ("Open Referral UK 1.0", 38, 38, 0),
        ("Outpost", 50, 50, 0),
        ("Outpost", 45, 45, 0),
    ]
    assert Service.objects.count() == 133
    assert not Service.objects.filter(is_fictional=True).exists()


def test_most_are_said_in_our_words_and_all_of_it_is_marked_as_guessed(imported: list[dict[str, object]]) -> None:
    said = Service.objects.exclude(needs=[], kinds=[]).count()
    assert said > 110
    assert not Service.objects.filter(terms_are_guessed=False).exists()


def test_reading_again_changes_nothing_and_the_detail_is_the_listed_service(imported: list[dict[str, object]]) -> None:
    assert read(FEEDS["Outpost"].format(2), "Another council")["unchanged"] == 45
    assert read("buckinghamshire_outpost_service_response.json", "Another council")["unchanged"] == 1


def test_a_councils_categories_keep_their_levels(imported: list[dict[str, object]]) -> None:
    rows = [
        row for page in (1, 2) for row in json.loads((FOLDER / FEEDS["Outpost"].format(page)).read_text())["content"]
    ]
    said = [each for row in rows for each in row["taxonomies"]]
    slugs: dict[int, set[str]] = {}  # one of theirs has another name on the second page
    for each in said:
        slugs.setdefault(each["id"], set()).add(each["slug"])
    above = {each["slug"]: slugs[each["parent_id"]] for each in said if each["parent_id"] in slugs}
    listed = TaxonomyTerm.objects.filter(taxonomy__name="Outpost categories", parent__isnull=False)
    found = dict(listed.values_list("code", "parent__code"))
    assert found.keys() == above.keys()
    assert all(found[slug] in above[slug] for slug in found)
    assert len(found) > 40


def test_no_private_contact_is_in_what_is_published(imported: list[dict[str, object]]) -> None:
    for service in Service.objects.prefetch_related("contacts"):
        named = [each.name for each in service.contacts.all() if each.name.startswith("Contact ")]
        assert not any(name in service.document for name in named)


def test_one_is_found_by_words_and_postcode_and_opened(imported: list[dict[str, object]], client: Client) -> None:
    walk = Service.objects.get(name="Weekday Walking Group")
    at = walk.places.get().location
    Postcode.objects.create(postcode="HP224PE", borough_code="E06000060", latitude=at.latitude, longitude=at.longitude)
    page = client.get(
        reverse("directory:find"), {"q": "walking", "postcode": "HP22 4PE", "distance": "5"}
    ).content.decode()
    assert "Weekday Walking Group" in page
    assert "Less than 200 yards away" in page
    opened = client.get(reverse("directory:service", args=[walk.id])).content.decode()
    assert "The second Monday of the month, 9:30am to midday" in opened
    fits = asking.match(
        needs=["physical-activity"], latitude=at.latitude, longitude=at.longitude, access_needs=["step-free"]
    )
    assert "Weekday Walking Group" in [each.name for each in fits.found]


def test_nothing_is_marked_as_gone_by_reading_a_feed_in_parts(imported: list[dict[str, object]]) -> None:
    assert not Service.objects.filter(gone_since__isnull=False).exists()


def test_no_mobile_number_or_private_mail_box_is_in_what_is_published(imported: list[dict[str, object]]) -> None:
    for service in Service.objects.filter(is_published=True):
        shown = f"{service.name} {service.description} {service.fees} {service.email} {service.url}"
        assert not contacts.is_mobile(shown)
        assert not [each for each in text.EMAIL.findall(shown) if contacts.is_personal_email(each)]


@pytest.mark.skipif(not official.FOLDER.is_dir(), reason="The official schemas are not on this machine.")
def test_each_goes_out_in_order_and_comes_back_the_same(imported: list[dict[str, object]]) -> None:
    for service in Service.objects.all():
        made = json.loads(service.document)
        assert official.faults(made) == []
        back = read_row(Dialect.ORUK_3, made).service
        assert (back.name, back.status, back.url) == (service.name, service.status, service.url)
        assert set(service.kinds) <= set(back.kinds)
        assert set(service.needs) <= set(back.needs)


def test_most_buildings_that_have_a_name_say_what_they_are_and_their_pages_open(
    imported: list[dict[str, object]], client: Client
) -> None:
    named = Location.objects.exclude(name="").filter(location_type="physical", is_address_hidden=False)
    told = named.exclude(place_kind="")
    assert (named.count(), told.count()) == (55, 35)
    assert not Location.objects.filter(is_address_hidden=True).exclude(place_kind="", key="").exists()
    keys = Location.objects.exclude(key="").filter(services__service__is_published=True).values_list("key", flat=True)
    seen = [client.get(reverse("directory:place", args=[key])).status_code for key in list(keys.distinct())[:15]]
    assert set(seen) == {200}
