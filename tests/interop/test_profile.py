"""docs/open-referral-profile.md says what is so: every property beyond the standard is in it, and it promises none that is not sent."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from linkworks.directory import actions, jobs
from linkworks.directory.rules.extras import REALLY_LIKE
from tests.directory import feeds, official
from tests.factories import directory as make
from tests.interop import worlds
from tests.interop.asking import Feed

TEXT = (settings.BASE_DIR / "docs" / "open-referral-profile.md").read_text(encoding="utf-8")
NESTED = {
    "attributes": "attribute", "schedules": "schedule", "service_at_locations": "service_at_location", "location": "location",
    "addresses": "address", "accessibility": "accessibility", "languages": "language", "organization": "organization",
    "cost_options": "cost_option", "contacts": "contact", "service_areas": "service_area", "taxonomy_term": "taxonomy_term",
    "phones": "phone",
}  # fmt: skip


def beyond(document: dict[str, Any], name: str = "service") -> Iterator[str]:
    """Every property that the official schema of its entity does not know."""
    known = official.schema(f"{name}.json")["properties"]
    for field, value in document.items():
        if field not in known:
            yield f"{name}.{field}"
        inner = NESTED.get(field)
        for each in value if isinstance(value, list) else [value]:
            if inner and isinstance(each, dict):
                yield from beyond(each, inner)


@pytest.mark.skipif(not official.FOLDER.is_dir(), reason="The official schemas are not on this machine.")
def test_what_goes_beyond_the_standard_is_documented(feed: Feed) -> None:
    worlds.small()
    sent = {each for row in feed.rows("/services", full="true") for each in beyond(row)}
    assert "service.linkworks" in sent
    missing = {each for each in sent if each not in TEXT and each.rpartition(".")[2] not in TEXT}
    assert missing == {"phone.service_id"} & missing, "say it in docs/open-referral-profile.md"


def test_all_that_is_ours_is_told_when_somebody_has_said_it(feed: Feed) -> None:
    words = {name: f"About {name}" for name in REALLY_LIKE}
    service = make.service(
        **worlds.everything_told() | words | {"terms_are_guessed": True, "referral_note": "Ring first"}
    )
    told = feed.json(f"/services/{service.id}")
    assert told["linkworks"] == {
        "capacity": {"places": 8, "has_room": True, "wait_weeks": 2},
        "is_referable": True,
        "terms_are_guessed": True,
        "is_fictional": True,
        "verified_on": "2026-10-01",
        **words,
    }
    assert told["application_process"] == "Ring first"
    assert told["eligibility_description"] == "Anybody over 60"
    assert told["wait_time"] == "About 2 weeks' wait"
    assert [each["number"] for each in told["phones"]] == ["020 7946 0000"]
    documented = re.findall(r"`([a-z_.]+)`", TEXT.split("## What we add")[1].split("## What a service")[0])
    assert {f"capacity.{name}" for name in told["linkworks"]["capacity"]} | set(words) <= set(documented)


def test_whose_list_it_is_from_is_told_with_its_licence(feed: Feed) -> None:
    out = StringIO()
    path = str(feeds.path("oruk3"))
    for licence in ("OGL-3.0", "CC-BY-4.0"):
        call_command("import_feed", path, "--name", "Fable", "--licence", licence, stdout=out)
        jobs.write_due_documents()
        (row,) = feed.rows("/services", full="true")
        assert row["linkworks"]["source"] == {"name": "Fable", "licence": licence}


def test_a_yes_although_full_is_told_soon(feed: Feed) -> None:
    service = make.service(capacity_places=1, places_taken=1)
    actions.take_place(service.id, one_more=True, by=make.KEEPER)
    jobs.write_due_documents()
    assert feed.json(f"/services/{service.id}")["linkworks"]["capacity"] == {"places": 2, "has_room": False}


def test_nobody_who_keeps_the_directory_is_named(feed: Feed) -> None:
    service = make.service(verified_by="Ines Duarte", ask_for="Mo", referral_email="private@kettle.example.org")
    said = feed.get(f"/services/{service.id}").content.decode()
    assert not any(each in said for each in ("Ines", "ask_for", "private@"))
