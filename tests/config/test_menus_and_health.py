"""The menu of every role leads only where that role may go; /healthz names each missing part, one by one and together."""

import itertools
import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.accounts.roles import ROLES, Role, permissions_of
from linkworks.config import health
from linkworks.config.log import WithoutLinks
from linkworks.config.navigation import MENU, navigation
from linkworks.core import health as registered
from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission
from tests.cast import Cast
from tests.factories.accounts import BACKEND, make_membership, make_user

PARTS = ["match data", "timers", "outbox"]


def menu_of(role: Role) -> list[dict[str, Any]]:
    return navigation(Actor(id="staff:1", name="A", permissions=permissions_of(role)), "/")


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_every_place_on_a_roles_menu_opens(cast: Cast, role: Role) -> None:
    user = make_user()
    make_membership(user, cast.host, role, cast.scheme if ROLES[role].needs_scheme else None)
    browser = Client()
    browser.force_login(user, backend=BACKEND)

    for place in menu_of(role):
        assert browser.get(place["href"]).status_code == 200, place["label"]


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_a_menu_is_short_and_says_each_thing_once(role: Role) -> None:
    labels = [place["label"] for place in menu_of(role)]

    assert 2 <= len(labels) <= 9
    assert len(set(labels)) == len(labels)
    assert labels[-1] == "Messages"


@given(st.frozensets(st.sampled_from(list(Permission))))
def test_more_permissions_never_take_a_place_away(held: frozenset[Permission]) -> None:
    few = {item.label for item in MENU if item.is_for(Actor(id="x", name="x", permissions=held))}
    more = {item.label for item in MENU if item.is_for(Actor(id="x", name="x", permissions=frozenset(Permission)))}

    assert few <= more


@given(
    st.sampled_from(
        ["/", "/cases/", "/cases/today", "/cases/inbox/x", "/accounts/members/invite", "/nowhere", "/casesx"]
    )
)
def test_at_most_one_place_is_where_one_is(path: str) -> None:
    everything = Actor(id="staff:1", name="All", permissions=frozenset(Permission))
    here = [place for place in navigation(everything, path) if place["current"]]

    assert len(here) <= 1
    assert all(f"{path}/".startswith(f"{place['href'].rstrip('/')}/") for place in here)


# Health


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, db: None) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(PARTS, lambda: None)
    monkeypatch.setattr(health, "CHECKS", found)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    return found


def test_each_room_has_a_check_of_its_own_name() -> None:
    """Two checks under one name would be one check: a fresh installation must hear that it has no postcodes."""
    of = {name: check.__module__ for name, check in registered.CHECKS.items()}
    assert "organisations" in of["match data"]
    assert "directory" in of["match index"]


def asked() -> tuple[int, dict[str, str]]:
    answer = health.healthz(RequestFactory().get("/healthz"))
    return answer.status_code, json.loads(answer.content)["problems"]


@pytest.mark.parametrize("missing", [c for n in range(4) for c in itertools.combinations(PARTS, n)])
def test_each_missing_part_is_named_and_no_other(parts: dict[str, Any], missing: tuple[str, ...]) -> None:
    for name in missing:
        parts[name] = lambda name=name: f"{name} is missing: run something."

    status, problems = asked()

    assert set(problems) == set(missing)
    assert status == (503 if missing else 200)


def test_what_is_named_holds_nothing_that_helps_an_intruder(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def broken() -> None:
        raise OperationalError('connection to "10.1.2.3" failed: password "hunter2"')

    monkeypatch.setattr(health.connection, "close", lambda: None)
    parts["timers"] = broken

    _, problems = asked()

    assert problems == {"timers": "The database did not answer this."}


def test_nobody_has_to_be_signed_in_and_nothing_of_a_session_is_made(parts: dict[str, Any], client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert not answer.cookies


def test_it_answers_while_somebody_without_a_second_factor_is_signed_in(parts: dict[str, Any], cast: Cast) -> None:
    user = make_user("New Start", second_factor=False)
    browser = Client()
    browser.force_login(user, backend=BACKEND)

    assert browser.get(reverse("healthz")).status_code == 200


# The log


def written(message: str) -> str:
    record = logging.LogRecord("x", logging.ERROR, "", 0, message, (), None)
    assert WithoutLinks().filter(record)
    return record.getMessage()


@given(st.from_regex(r"[A-Za-z0-9_-]{24,80}", fullmatch=True))
def test_no_long_part_of_an_address_is_kept(token: str) -> None:
    assert token not in written(f"Internal Server Error: /refer/{token}")
    assert token not in written(f"GET /provider/c/{token}/attendance failed")


@given(st.uuids())
def test_the_id_of_a_record_is(record: Any) -> None:
    assert str(record) in written(f"Not Found: /cases/{record}/contact")


@given(st.text(st.characters(codec="ascii", exclude_characters="/"), max_size=60))
def test_words_that_are_no_address_stay(words: str) -> None:
    assert written(words) == words
