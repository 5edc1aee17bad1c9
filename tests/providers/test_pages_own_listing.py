"""A group's co-ordinator changes its listing in the portal, and hears what became of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core.later import holding_jobs
from linkworks.directory import actions, queries
from linkworks.directory.models import ProposedEdit, Service
from linkworks.messaging.models import Message
from linkworks.providers import jobs
from tests.cast import Cast
from tests.factories import directory as make

from .conftest import text_of

pytestmark = pytest.mark.usefixtures("everything")


@pytest.fixture
def service(cast: Cast) -> Service:
    make.postcode()
    return make.service(cast.provider, phone="020 7946 0000", what_happens="We eat.")


def address(service: Service) -> str:
    return reverse("providers:own-listing", args=[service.id])


def filled(service: Service, **changes: Any) -> dict[str, Any]:
    """The form as the page shows it, with what somebody types."""
    return {name: value for name, value in {**queries.own_facts(service), **changes}.items() if value is not None}


def test_the_page_shows_what_it_says_now(maggie: Client, service: Service) -> None:
    shown = text_of(maggie.get(address(service)))
    for words in ("Tuesday lunch club", "We eat.", "020 7946 0000", "looks first", "name on the account"):
        assert words in shown
    assert "What does it help with" not in shown


def test_the_list_of_services_leads_there(maggie: Client, service: Service) -> None:
    assert address(service) in text_of(maggie.get(reverse("providers:services")))


def test_words_are_shown_at_once_and_the_rest_waits(maggie: Client, service: Service) -> None:
    response = maggie.post(
        address(service), filled(service, what_happens="We sing.", phone="020 7946 0111"), follow=True
    )
    shown = text_of(response)
    assert "looks first at: telephone" in shown and "Waiting for a look" in shown
    service.refresh_from_db()
    assert (service.what_happens, service.phone) == ("We sing.", "020 7946 0000")


def test_saving_nothing_new_changes_nothing(maggie: Client, service: Service) -> None:
    assert "What you changed is shown now" in text_of(maggie.post(address(service), filled(service), follow=True))
    assert not ProposedEdit.objects.exists()
    assert not service.changes.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter the name"),
        ({"email": "nobody"}, "There is a problem"),
        ({"phone": "ring us"}, "Enter a telephone number"),
        ({"url": "javascript:alert(1)"}, "Enter a web address"),
        ({"payee": "Sort code 20-00-00"}, "without account numbers"),
        ({"seen": "spoilt"}, "has changed since you opened it"),
        ({"description": "x" * 100_000}, "There is a problem"),
    ],
)
def test_what_is_wrong_is_said(maggie: Client, service: Service, changes: dict[str, str], said: str) -> None:
    response = maggie.post(address(service), filled(service, **changes))
    assert response.status_code == 400
    assert said in text_of(response)
    assert not ProposedEdit.objects.exists()


def test_who_is_paid_waits_and_nobody_else_reads_it(cast: Cast, maggie: Client, service: Service) -> None:
    maggie.post(address(service), filled(service, payee="Canary Kettle CIC"))
    edit = ProposedEdit.objects.get()
    assert (edit.field, edit.was, edit.becomes) == ("payee", "", "Canary Kettle CIC")
    with holding_jobs():
        actions.accept_edit(edit, by=cast.actor(cast.steward))
    assert 'value="Canary Kettle CIC"' in text_of(maggie.get(address(service)))
    service = Service.objects.select_related("organisation").get()
    assert service.organisation.payee == "Canary Kettle CIC"
    feed = cast.client().get(f"/api/oruk/v3/services/{service.id}")
    organisation = cast.client().get(f"/api/oruk/v3/organizations/{service.organisation_id}")
    page = cast.client().get(reverse("directory:service", args=[service.id]))
    for shown in (feed, organisation, page):
        assert shown.status_code == 200 and b"Canary" not in shown.content
    assert "Canary" not in service.document + service.summary + service.search_words
    desk = text_of(cast.client(cast.steward).get(reverse("directory:steward-edit", args=[service.id])))
    assert "It is paid as Canary Kettle CIC" in desk


def test_others_do_not_find_it(cast: Cast, service: Service) -> None:
    assert cast.client(cast.other_provider_coordinator).get(address(service)).status_code == 404
    assert cast.client(cast.session_leader).get(address(service)).status_code == 403
    assert cast.client(cast.link_worker).get(address(service)).status_code == 403
    assert cast.client().get(address(service)).status_code == 302
    assert cast.client(cast.provider_coordinator).delete(address(service)).status_code == 405


@pytest.mark.parametrize("yes", [True, False])
def test_they_hear_what_became_of_it_once(cast: Cast, maggie: Client, service: Service, yes: bool) -> None:
    maggie.post(address(service), filled(service, phone="020 7946 0111"))
    edit, steward = ProposedEdit.objects.get(), cast.actor(cast.steward)
    jobs.tell_edit_decided(str(edit.id), by=make.KEEPER)
    assert not Message.objects.exists()
    with holding_jobs():
        if yes:
            actions.accept_edit(edit, by=steward)
        else:
            actions.refuse_edit(edit, why_not="not-confirmed", by=steward)
    for _ in range(2):
        jobs.tell_edit_decided(str(edit.id), by=make.KEEPER)
    told = Message.objects.get(way="account")
    assert told.user_id == cast.provider_coordinator.id
    assert told.template == ("listing-change-made" if yes else "listing-change-refused")
    assert ("could not confirm" in told.body) is not yes
    shown = text_of(maggie.get(told.link))
    assert ("Shown now" if yes else "Not changed") in shown


def test_statements_do_not_grow_with_what_was_proposed(
    maggie: Client, service: Service, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        maggie.post(address(service), filled(service, phone=f"020 7946 011{number}"))
    with django_assert_max_num_queries(26):
        maggie.get(address(service))
