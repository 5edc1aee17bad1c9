"""The real services of two councils go in, come out, and still hold: for local tests only, skipped where they are absent."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from linkworks.directory.models import Service, Source
from linkworks.directory.rules.feeds import Dialect, read_row
from tests.conformance import judge
from tests.directory import official
from tests.interop import worlds

pytestmark = pytest.mark.skipif(
    not (official.FOLDER.is_dir() and worlds.COUNCILS.is_dir()), reason="The councils' feeds are not on this machine."
)


@pytest.fixture(scope="module")
def councils(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with worlds.undone(django_db_blocker):
        worlds.councils()
        yield


def test_the_real_services_hold(councils: None, everything: None, client: Client) -> None:
    assert Service.objects.count() == 133
    assert judge(worlds.fetching(client)) == []


def test_they_come_out_as_they_went_in(councils: None, everything: None, client: Client) -> None:
    """All that are shown are in the feed, and each, read from there, says what is stored."""
    text = b"".join(client.get("/api/oruk/v3/services?full=true&format=ndjson").streaming_content).decode()
    told = {each["id"]: each for each in map(json.loads, text.splitlines())}
    shown = {str(each.id): each for each in Service.objects.filter(is_published=True)}
    assert set(told) == set(shown)
    assert len(told) > 100
    for key, service in shown.items():
        back = read_row(Dialect.ORUK_3, told[key]).service
        assert (back.name, back.status, back.url) == (service.name, service.status, service.url)
        assert set(service.kinds) <= set(back.kinds)
        assert len(back.places) == service.places.count()


def test_they_go_in_again_from_our_feed_and_come_out_valid(
    councils: None, everything: None, client: Client, tmp_path: Any
) -> None:
    page = client.get("/api/oruk/v3/services?full=true&per_page=1000").json()
    (tmp_path / "ours.json").write_text(json.dumps(page), encoding="utf-8")
    with transaction.atomic():
        out = StringIO()
        call_command("import_feed", str(tmp_path / "ours.json"), "--licence", "OGL-3.0", "--json", stdout=out)
        run = json.loads(out.getvalue())
        assert (run["dialect"], run["created"], run["rejected"]) == ("Open Referral UK 3.0", page["total_items"], 0)
        for service in Service.objects.filter(source__name="ours"):
            assert official.faults(json.loads(service.document)) == []
        transaction.set_rollback(True)


def test_without_a_licence_none_of_it_is_published_onwards(councils: None, everything: None, client: Client) -> None:
    Source.objects.update(licence="")
    for route in ("services", "service_at_locations", "organizations"):
        assert client.get(f"/api/oruk/v3/{route}").json()["total_items"] == 0
    names = " ".join(each["name"] for each in client.get("/api/oruk/v3/taxonomies?per_page=100").json()["contents"])
    assert names.count("Linkworks") == 8
    assert len(names.split("Linkworks")) == 9
    assert client.get("/find?q=walking").status_code == 200
