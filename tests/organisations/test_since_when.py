"""Each fact on a scheme's public page says since when it is so, whatever door it was changed by."""

import importlib
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from linkworks.core import clock
from linkworks.core.actor import job_actor
from linkworks.organisations import actions, forms, presenters, queries
from linkworks.organisations.models import Scheme
from linkworks.organisations.presenters import WAYS_IN
from linkworks.organisations.rules import told
from linkworks.organisations.rules.settings import SchemeSettings, as_document
from tests.cast import Cast
from tests.factories.organisations import BARNET, SOUTHWARK, make_scheme

SET_UP = job_actor("set-up")
THURSDAY = date(2026, 12, 3)
MADE = date(2026, 11, 23)


def test_every_public_setting_is_one_that_exists() -> None:
    assert set(told.SETTINGS) <= set(as_document(SchemeSettings()))
    assert set(told.PUBLIC) == set(forms.PUBLIC) <= {each.name for each in Scheme._meta.get_fields()}


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ({"phone": "1"}, {"phone": "1"}, []),
        ({"phone": "1"}, {"phone": "2"}, ["phone"]),
        ({}, {"phone": "2", "email": "x"}, ["phone", "email"]),
        ({"closing_letters": 1, "caseload_weight_target": 1}, {"closing_letters": 2, "caseload_weight_target": 2}, []),
        ({"phone": "1", "email": "x"}, {"phone": "2"}, ["phone"]),
    ],
)
def test_what_differs(before: dict[str, Any], after: dict[str, Any], names: list[str]) -> None:
    assert told.differing(before, after) == names


def test_what_never_changed_is_so_since_the_scheme_was_added() -> None:
    known = told.dated(told.dated({}, ["phone"], MADE), ["email", "phone"], THURSDAY)
    since = told.since(known, MADE)
    assert tuple(since) == tuple(told.FACTS)
    assert {name for name, day in since.items() if day == THURSDAY} == {"phone", "email"}
    assert {day for name, day in since.items() if name not in known} == {MADE}
    assert told.dated(known, [], MADE) == known


def since_of(scheme: Scheme) -> set[str]:
    """What changed on that Thursday."""
    profile = queries.profile_of(scheme.slug)
    assert profile is not None
    return {name for name, day in profile.since.items() if day == THURSDAY}


@pytest.fixture
def thursday() -> Any:
    with clock.at(datetime(2026, 12, 3, 12, tzinfo=UTC)):
        yield


@pytest.mark.django_db
def test_a_change_of_the_settings_dates_what_differs_and_nothing_else(cast: Cast, thursday: None) -> None:
    by = cast.actor(cast.manager)
    document = as_document(SchemeSettings()) | {"languages": ["en", "so"], "caseload_weight_target": 30}
    actions.change_settings(cast.scheme, document=document, by=by, reason="Somali")
    assert since_of(cast.scheme) == {"languages"}
    actions.change_settings(cast.scheme, document=document | {"max_sessions": 6}, by=by, reason="Six")
    assert since_of(cast.scheme) == {"languages", "max_sessions"}


@pytest.mark.django_db
def test_a_change_that_only_the_team_reads_dates_nothing(cast: Cast, thursday: None) -> None:
    document = as_document(SchemeSettings()) | {"caseload_weight_target": 30}
    actions.change_settings(cast.scheme, document=document, by=cast.actor(cast.manager), reason="Fewer")
    profile = queries.profile_of(cast.scheme.slug)
    assert profile is not None and since_of(cast.scheme) == set() and profile.changed_on < THURSDAY


@pytest.mark.django_db
def test_a_change_of_the_public_words_dates_them_and_stays_in_the_history(cast: Cast, thursday: None) -> None:
    by = cast.actor(cast.manager)
    actions.change_public_facts(cast.scheme, without_internet="Ask at the library.", opening_hours="Tuesdays", by=by)
    assert since_of(cast.scheme) == {"without_internet", "opening_hours"}
    newest = queries.settings_history(cast.scheme.id).first()
    assert newest is not None and "Without the internet: empty → Ask at the library." in newest.reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"areas": [("borough", BARNET)]}, {"areas"}),
        ({"areas": [("borough", SOUTHWARK)]}, set()),
        ({"coverage": "cohort"}, {"coverage"}),
        ({"coverage": "whole-population"}, set()),
        ({}, set()),
    ],
)
def test_a_change_of_the_reach_dates_what_differs(thursday: None, changed: dict[str, Any], names: set[str]) -> None:
    scheme = make_scheme(boroughs=(SOUTHWARK,))
    actions.change_reach(scheme, **changed, by=SET_UP)
    assert since_of(scheme) == names


@pytest.mark.django_db
def test_whoever_runs_the_installation_says_it_by_a_command(cast: Cast, thursday: None) -> None:
    call_command("change_scheme", cast.scheme.slug, offline="Come to the hall on Mondays.")
    assert queries.scheme_card(cast.scheme.id).without_internet == "Come to the hall on Mondays."
    assert since_of(cast.scheme) == {"without_internet"}


@pytest.mark.django_db
def test_the_manager_types_it_and_everybody_reads_it_with_its_day(cast: Cast, client: Client, thursday: None) -> None:
    manager, address = cast.client(cast.manager), reverse("organisations:scheme-public")
    said = {"phone": "020 7946 0100", "email": "elm-tree@example.org", "without_internet": "Ask at the <desk>."}
    assert manager.post(address, {**said, "without_internet": "x" * 501}).status_code == 400
    assert manager.post(address, said).status_code == 302
    page = client.get(reverse("organisations:profile", args=[cast.scheme.slug])).content.decode()
    assert "Ask at the &lt;desk&gt;." in page and "<desk>" not in page
    assert page.count("Thursday 3 December 2026") >= 2 and "Since when each of these is so" in page
    since = page[page.index("Since when each") :].split("</details>")[0]
    missing = {name for name, label in told.FACTS.items() if label not in since}
    assert missing == {"opening_hours", "coverage_note"}, "what nobody has said has no day"
    own = manager.get(reverse("organisations:scheme")).content.decode()
    assert "Ask at the &lt;desk&gt;." in own


@pytest.mark.django_db
def test_the_open_data_tells_the_ways_in_and_each_day(cast: Cast, client: Client, thursday: None) -> None:
    actions.change_public_facts(cast.scheme, phone="020 7946 0199", by=cast.actor(cast.manager))
    one = next(
        each
        for each in client.get("/organisations/schemes/all.json").json()["schemes"]
        if each["name"] == cast.scheme.name
    )
    assert one["changed"]["phone"] == one["last_changed"] == "2026-12-03" and set(one["changed"]) == set(told.FACTS)
    assert one["changed"]["email"] < "2026-12-03" and set(one["ways_in"]) <= set(WAYS_IN)
    assert "phone 2026-12-03; email " in client.get("/organisations/schemes/all.csv").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("doors", "said"),
    [
        (["phone"], "By telephone"),
        (["paper", "self"], "By asking on this site or on paper"),
        (["account", "phone", "paper"], "By telephone, on paper or by a professional with an account"),
    ],
)
def test_the_page_says_how_somebody_is_referred(cast: Cast, client: Client, doors: list[str], said: str) -> None:
    document = as_document(SchemeSettings()) | {"front_doors": doors}
    actions.change_settings(cast.scheme, document=document, by=cast.actor(cast.manager), reason="Doors")
    assert said in client.get(reverse("organisations:profile", args=[cast.scheme.slug])).content.decode()


@pytest.mark.django_db
def test_schemes_from_before_are_dated_by_their_latest_version(cast: Cast) -> None:
    """The migration: which fact it was is not known, but none changed later than that."""
    actions.change_public_facts(cast.scheme, phone="020 7946 0199", by=cast.actor(cast.manager))
    Scheme.objects.update(facts_changed={})
    migration = importlib.import_module("linkworks.organisations.migrations.0006_since_when")
    migration.date_by_the_last_change(apps, SimpleNamespace(connection=SimpleNamespace(alias="default")))
    changed = Scheme.objects.get(pk=cast.scheme.pk).facts_changed
    not_noted = {"coverage": "", "areas": ""}
    assert set(changed) == set(told.FACTS) - {"without_internet"}
    assert changed | not_noted == changed and len(set(changed.values())) == 2
    assert Scheme.objects.get(pk=cast.other_scheme.pk).facts_changed == not_noted, "it never changed"
    profile = queries.profile_of(cast.scheme.slug)
    assert profile is not None and profile.since["areas"] is None
    assert ("Where it reaches", "Not known") in presenters.profile_page(profile)["since"]
    assert presenters.as_told(profile, "")["changed"]["areas"] == ""
