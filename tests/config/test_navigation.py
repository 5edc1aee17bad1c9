"""The menu and header of every page: by permission, and only to pages that exist."""

from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from linkworks.config.navigation import MENU, address, navigation, page_context
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.permissions import Permission
from tests.cast import Cast


def labels(actor: Actor, path: str = "/") -> list[str]:
    return [each["label"] for each in navigation(actor, path)]


@pytest.mark.django_db
def test_each_role_has_its_own_menu(cast: Cast) -> None:
    assert "Accounts" in labels(cast.actor(cast.administrator))
    assert "Caseload" not in labels(cast.actor(cast.administrator))
    assert "Our scheme" in labels(cast.actor(cast.manager))
    assert "Our scheme" not in labels(cast.actor(cast.link_worker))
    assert "Accounts" not in labels(cast.actor(cast.link_worker))


def test_every_place_exists() -> None:
    everything = Actor(id="staff:1", name="All", permissions=frozenset(Permission))

    places = navigation(everything, "/")

    assert len({each["label"] for each in places}) == len(places)
    assert all(resolve(each["href"]) for each in places)


def test_every_place_of_the_menu_is_on_the_menu_of_somebody() -> None:
    assert [item.label for item in MENU if address(item.name) is None] == []


def test_the_place_one_is_at_is_marked_and_only_that() -> None:
    actor = Actor(id="staff:1", name="All", permissions=frozenset({Permission.ACCOUNTS_MANAGE}))

    for path in ("/accounts/members", "/accounts/members/invite"):  # and what lies below it
        assert [each["label"] for each in navigation(actor, path) if each["current"]] == ["Accounts"]
    assert not [each for each in navigation(actor, "/elsewhere") if each["current"]]


@pytest.mark.parametrize("page", ["casework:gaps", "casework:answers"])
def test_what_the_teams_page_leads_to_is_in_its_place(cast: Cast, page: str) -> None:
    menu = navigation(cast.actor(cast.manager), reverse(page))
    assert [each["label"] for each in menu if each["current"]] == ["Team"]


def test_the_public_has_no_menu_and_no_account() -> None:
    request = RequestFactory().get("/")

    shown = page_context(request)

    assert shown["navigation"] == []
    assert shown["account"] is None
    assert shown["actor"] == PUBLIC


def test_the_header_says_who_acts_for_whom(django_assert_num_queries, db: None) -> None:  # type: ignore[no-untyped-def]
    request = RequestFactory().get("/")
    request.actor = Actor(id="staff:1", name="Asha", organisation_name="Elm Tree", user_id=uuid4())  # type: ignore[attr-defined]
    with django_assert_num_queries(1):  # the count of unread messages
        once = page_context(request)
    request.can_switch = True  # type: ignore[attr-defined]

    assert once["account"]["organisation"] == once["acting_for"] == "Elm Tree"
    assert once["account"]["switch_href"] is None
    assert page_context(request)["account"]["switch_href"] == "/accounts/switch"


@pytest.mark.django_db
def test_messages_nobody_has_read_are_counted(cast: Cast) -> None:
    actor = cast.actor(cast.link_worker)
    assert [each["count"] for each in navigation(actor, "/", unread=3) if each["label"] == "Messages"] == [3]
    assert not any(each["count"] for each in navigation(actor, "/", unread=0))
