"""A masked place's canary: told in every field and every text, by a person and by feeds, and found on no path out."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import JSONField, TextField
from django.db.models.fields import CharField, FloatField
from django.test import Client
from msgspec import structs

from linkworks.core.errors import Invalid
from linkworks.directory import actions
from linkworks.directory.models import Location, Service
from linkworks.directory.rules import editing
from linkworks.directory.rules.facts import AccessFacts, ContactFacts, CostFacts, SessionFacts
from linkworks.organisations.models import Organisation
from tests.cast import Cast
from tests.factories import directory as make
from tests.interop.asking import Feed

STREET, HOUSE, POSTCODE = "17 Wrenfield Mews", "Halcyonhouse Annexe", "SE15 4QN"
LATITUDE, LONGITUDE = 51.473912, -0.069487
CANARIES = ("wrenfield", "halcyonhouse", "se154qn", "se15 4qn", "51.4739", "0.06948")
TEXT = f"Tea and talk at {HOUSE}, {STREET}, {POSTCODE} ({LATITUDE}, {LONGITUDE}). Everybody is welcome."
SESSION = SessionFacts(freq="WEEKLY", byday="MO", description=TEXT, notes=TEXT, place=0)


def leaks(said: str) -> list[str]:
    return [each for each in CANARIES if each in said.lower()]


def secret_place(**more: Any) -> Any:
    hidden = {"is_address_hidden": True, "name": HOUSE, "address_1": STREET, "postcode": POSTCODE, "region": STREET}
    hidden["place_kind"] = "museum"
    about = {"state_province": f"{HOUSE} 1", "description": f"Behind {STREET}", "accessibility": (AccessFacts(TEXT),)}
    return make.place(at=(LATITUDE, LONGITUDE), **(hidden | about | more))


def told_by_hand(**more: Any) -> Service:
    owner = make.organisation("Kettle and Company", description=TEXT)
    words = dict.fromkeys(
        (
            "description",
            "fees",
            "alert",
            "who_it_is_for",
            "referral_note",
            "what_happens",
            "first_visit",
            "getting_there",
        ),
        TEXT,
    )
    facts: dict[str, Any] = words | {
        "name": f"Quiet tea at {STREET}",
        "url": "https://maps.example.org/?q=17+Wrenfield+Mews+SE15+4QN",
        "places": (secret_place(),),
        "sessions": (SESSION,),
        "costs": (CostFacts(option=TEXT, amount_description=TEXT[:200]),),
        "contacts": (ContactFacts(name=f"{HOUSE} office", title=TEXT, phone="020 7946 0000"),),
    }
    return make.service(owner, **facts | more)


def told_by_feed(dialect: str, folder: Path) -> Service:
    """The same, from a feed that says that its address is masked, or that it is a refuge."""
    location = {
        "mask_exact_address": dialect == "outpost", "is_address_hidden": "yes" if dialect == "oruk3" else True,
        "name": HOUSE, "address_1": STREET, "city": "London",
        "state_province": "London", "postal_code": POSTCODE, "geometry": {"coordinates": [LONGITUDE, LATITUDE]}, "latitude": LATITUDE,
        "longitude": LONGITUDE, "id": "l1", "description": TEXT, "accessibilities": [{"name": TEXT}],
        "addresses": [{"address_1": STREET, "city": "London", "postal_code": POSTCODE}],
        "attributes": [{"id": "t1", "taxonomy_term": {"id": "t2", "name": "Museum or gallery"}}],
    }  # fmt: skip
    owner = {"id": "o1", "name": "Kettle", "description": TEXT}
    row = {
        "id": "s1", "name": f"Quiet tea at {STREET}", "description": TEXT, "fees": TEXT, "status": "active",
        "organization": owner, "organisation": owner,
        "locations": [location], "service_at_locations": [{"id": "a1", "location": location}],
        "cost_options": [{"option": TEXT, "amount": "odd"}], "contacts": [{"id": "c1", "name": "Jo", "title": TEXT}],
        "schedules": [{"id": "h1", "freq": "WEEKLY", "byday": "MO", "description": TEXT}], "minimum_age": 90, "maximum_age": 3,
    }  # fmt: skip
    if dialect == "refuge":
        row["name"], location["mask_exact_address"], location["is_address_hidden"] = "A women's refuge", False, False
    envelope = {"outpost": {"totalElements": 1, "content": [row]}}.get(dialect, {"total_items": 1, "contents": [row]})
    path = folder / f"{dialect}.json"
    path.write_text(json.dumps(envelope), encoding="utf-8")
    call_command("import_feed", str(path), "--licence", "OGL-3.0", stdout=StringIO())
    service = Service.objects.get(source__name=dialect)
    actions.publish(service, by=make.KEEPER)
    return Service.objects.get(id=service.id)


WAYS: dict[str, Callable[[Path], Service]] = {
    "by hand": lambda _: told_by_hand(),
    "a refuge by hand": lambda _: told_by_hand(name="Women's refuge", places=(secret_place(is_address_hidden=False),)),
    "from Outpost": lambda folder: told_by_feed("outpost", folder),
    "from Open Referral UK 3.0": lambda folder: told_by_feed("oruk3", folder),
    "a refuge from a feed": lambda folder: told_by_feed("refuge", folder),
}


@pytest.fixture(params=WAYS)
def hidden(request: pytest.FixtureRequest, everything: None, tmp_path: Path) -> Service:
    make.postcode(), make.postcode("SE154QN", at=(LATITUDE, LONGITUDE))
    return WAYS[request.param](tmp_path)


def addresses(service: Service) -> Iterator[str]:
    """Every path out for everybody."""
    yield from (
        f"/services/{service.id}",
        "/find?q=tea",
        "/find?postcode=SE15+4QN&distance=1&q=tea",
        "/find?q=wrenfield",
        "/places",
        "/places?q=wrenfield",
        "/places?kind=museum",
        "/places?postcode=SE15+4QN&distance=1",
    )
    feed = "/api/oruk/v3"
    for route in ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"):
        yield from (f"{feed}/{route}", f"{feed}/{route}?format=ndjson")
    for more in ("full=true", "minimal=true", "search=wrenfield", "full=true&format=ndjson"):
        yield f"{feed}/services?{more}"
    yield from (f"{feed}/services/{service.id}", f"{feed}/organizations/{service.organisation_id}?full_service=true")
    yield from (f"{feed}/organizations?full_service=true", f"{feed}/service_at_locations?full=true")
    yield from (f"{feed}/service_at_locations/{each.id}" for each in service.places.all())


def test_it_is_on_no_path_out(hidden: Service, client: Client) -> None:
    met = 0
    for address in addresses(hidden):
        response = client.get(address)
        assert response.status_code == 200, address
        said = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        asked = {"wrenfield"} if "wrenfield" in address else {"se154qn", "se15 4qn"} if "SE15+4QN" in address else set()
        assert set(leaks(said)) <= asked, address  # a page may say again what was asked of it
        met += str(hidden.id) in said
    assert met >= 10, "the listing itself is there"


def test_it_is_found_by_none_of_its_secrets(hidden: Service, feed: Feed) -> None:
    for word in ("Wrenfield", "Halcyonhouse", "SE15 4QN"):
        assert feed.rows("/services", search=word) == []
    assert feed.rows("/service_at_locations", postcode="SE15 4QN", proximity=500_000) == []
    out = StringIO()
    call_command("find", "Wrenfield", "--json", stdout=out)
    assert json.loads(out.getvalue()) == []


def test_nothing_that_leads_there_is_stored(hidden: Service) -> None:
    """What is nowhere in the directory's tables leaks by no path that is yet to be built."""
    for model in (*apps.get_app_config("directory").get_models(), Organisation):
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                if isinstance(field, CharField | TextField | JSONField | FloatField):
                    assert leaks(json.dumps(getattr(row, field.name), default=str)) == [], (model, field.name)


def test_it_is_of_no_kind_and_has_no_page(hidden: Service) -> None:
    assert list(Location.objects.filter(services__service=hidden).values_list("place_kind", "key")) == [("", "")]


def test_its_location_says_that_it_is_hidden_and_no_more(hidden: Service, feed: Feed) -> None:
    (place,) = feed.json(f"/services/{hidden.id}")["service_at_locations"]
    assert set(place["location"]) == {"id", "location_type", "is_address_hidden"}


def test_it_comes_back_hidden_from_our_own_feed(hidden: Service, feed: Feed, tmp_path: Path) -> None:
    (tmp_path / "again.json").write_text(json.dumps(feed.json("/services", full="true")), encoding="utf-8")
    call_command("import_feed", str(tmp_path / "again.json"), stdout=StringIO())
    assert Location.objects.filter(services__service__source__name="again").get().is_address_hidden


class TestTypedAfterwards:
    """A steward who changes a listing gives nothing away in passing."""

    def change(self, service: Service, **facts: Any) -> Service:
        before = {name: getattr(service, name) for name in editing.FACTS}
        actions.edit_listing(service, facts=facts, seen=editing.mark(before), by=make.KEEPER)
        return Service.objects.get(id=service.id)

    def test_an_address_in_a_description_is_taken_out(self, everything: None) -> None:
        service = self.change(told_by_hand(), description=f"Now upstairs at {STREET}, {POSTCODE}.")
        assert service.description.startswith("Now upstairs at [address not shown]")
        assert not leaks(service.document) and not leaks(service.search_words)
        assert not any(leaks(each.became) for each in service.changes.all())

    def test_how_to_get_there_is_refused(self, everything: None) -> None:
        with pytest.raises(Invalid, match="kept private"):
            self.change(told_by_hand(), getting_there="Left at the pub")

    def test_what_was_kept_here_is_scrubbed_when_a_feed_masks_it(self, everything: None) -> None:
        service = self.change(make.service(places=(make.place(),)), description=TEXT)
        assert leaks(service.description), "an open place may be told"
        masked = make.facts(places=(secret_place(),))
        again = actions.save_service(service, facts=masked, keep=frozenset({"description"}), by=make.KEEPER)
        assert not leaks(again.description) and not leaks(again.document)


def test_the_guard_bites(everything: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, the canary is on the page: the test above would see it."""
    from linkworks.directory.actions import listings

    monkeypatch.setattr(listings, "told_privately", lambda facts, _: facts)
    monkeypatch.setattr(listings, "keep_private", lambda *_: None)
    with pytest.raises(IntegrityError, match="hidden_place_has_no_kind"), transaction.atomic():
        told_by_hand()
    service = told_by_hand(places=(structs.replace(secret_place(), place_kind=""),))
    assert leaks(client.get(f"/api/oruk/v3/services/{service.id}").content.decode())


def test_stewards_pages_do_not_tell_it_either(cast: Cast, tmp_path: Path) -> None:
    service = told_by_feed("outpost", tmp_path)
    client = cast.client(cast.steward)
    runs = [f"/directory/imports/{each.id}" for each in service.source.runs.all()]
    for address in (
        f"/directory/{service.id}",
        f"/directory/{service.id}/facts",
        "/directory",
        "/directory/imports",
        *runs,
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert not leaks(response.content.decode()), address
