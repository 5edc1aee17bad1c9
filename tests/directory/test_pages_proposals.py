"""Stewards decide on a group's change with both sides before them, and bring back what a listing said."""

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.directory import actions, queries
from linkworks.directory.models import ListingVersion, ProposedEdit, Service
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


@pytest.fixture
def edit(cast: Cast) -> ProposedEdit:
    service = make.service(cast.provider, phone="020 7946 0000")
    facts = {"phone": "020 7946 0111", "description": "Soup and good company."}
    actions.edit_own(
        service, facts=facts, seen=queries.own_facts(service)["seen"], by=cast.actor(cast.provider_coordinator)
    )
    return ProposedEdit.objects.get()


def at(name: str, *ids: object) -> str:
    return reverse(f"directory:{name}", args=ids)


def body(client: Client, address: str, *, post: dict[str, str] | None = None) -> str:
    response = client.get(address) if post is None else client.post(address, post, follow=True)
    return response.content.decode()


def test_both_sides_are_shown_and_what_differs_is_marked_in_words_too(cast: Cast, edit: ProposedEdit) -> None:
    shown = body(cast.client(cast.steward), at("steward-proposal", edit.id))
    assert "<del" in shown and "<ins" in shown
    assert "taken away: " in shown and "added: " in shown
    assert "020 7946 0000" in shown and "020 7946 0111" in shown
    assert cast.provider_coordinator.name in shown


def test_the_listings_page_leads_there(cast: Cast, edit: ProposedEdit) -> None:
    shown = body(cast.client(cast.steward), at("steward-edit", edit.service_id))
    assert at("steward-proposal", edit.id) in shown


def test_yes_is_one_press(cast: Cast, edit: ProposedEdit) -> None:
    client = cast.client(cast.steward)
    assert "shown now" in body(client, at("steward-accept", edit.id), post={})
    assert Service.objects.get().phone == "020 7946 0111"
    assert "There is nothing left to decide" in body(client, at("steward-accept", edit.id), post={})
    assert "decided already" in client.get(at("steward-proposal", edit.id), follow=True).content.decode()


def test_no_needs_a_reason(cast: Cast, edit: ProposedEdit) -> None:
    client = cast.client(cast.steward)
    assert "Choose why not" in body(client, at("steward-proposal", edit.id), post={})
    assert "told why" in body(client, at("steward-proposal", edit.id), post={"why_not": "private"})
    assert Service.objects.get().phone == "020 7946 0000"
    assert ProposedEdit.objects.get().state == "refused"


def test_what_it_said_before_is_shown_and_brought_back(cast: Cast, edit: ProposedEdit) -> None:
    client = cast.client(cast.steward)
    shown = body(client, at("steward-history", edit.service_id))
    assert "What it is" in shown and "Soup" in shown and "A hot lunch" in shown
    first = ListingVersion.objects.last()
    assert first is not None
    assert "bring it back" in body(client, at("steward-restore", first.id))
    assert "says again what it said then" in body(client, at("steward-restore", first.id), post={})
    assert Service.objects.get().description == "A hot lunch and good company."
    assert "says just that already" in body(client, at("steward-restore", first.id), post={})


def test_a_listing_that_was_never_changed_says_so(cast: Cast) -> None:
    shown = body(cast.client(cast.steward), at("steward-history", make.service().id))
    assert "Nothing was changed here yet" in shown


@pytest.mark.parametrize("who", ["provider_coordinator", "link_worker", "manager"])
def test_they_are_the_stewards_alone(cast: Cast, edit: ProposedEdit, who: str) -> None:
    client, version = cast.client(getattr(cast, who)), ListingVersion.objects.last()
    assert version is not None
    for address in (
        at("steward-proposal", edit.id),
        at("steward-history", edit.service_id),
        at("steward-restore", version.id),
    ):
        assert client.get(address).status_code == 403
        assert cast.client().get(address).status_code == 302
    assert client.post(at("steward-accept", edit.id)).status_code == 403
    assert ProposedEdit.objects.get().state == "waiting"


def test_what_does_not_exist_is_not_found(cast: Cast, edit: ProposedEdit) -> None:
    client, nothing = cast.client(cast.steward), "00000000-0000-0000-0000-000000000000"
    for name in ("steward-proposal", "steward-history", "steward-restore"):
        assert client.get(at(name, nothing)).status_code == 404
    assert client.post(at("steward-accept", nothing)).status_code == 404
    assert client.get(at("steward-accept", edit.id)).status_code == 405


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a" * 500, "Ünï — “quoted” & <b>"])
def test_whatever_a_group_writes_is_only_words(cast: Cast, words: str) -> None:
    service = make.service(cast.provider)
    actions.edit_own(
        service,
        facts={"name": words[:200]},
        seen=queries.own_facts(service)["seen"],
        by=cast.actor(cast.provider_coordinator),
    )
    shown = body(cast.client(cast.steward), at("steward-proposal", ProposedEdit.objects.get().id))
    assert "<script>alert" not in shown and "<b>" not in shown
