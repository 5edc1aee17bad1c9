"""What must hold however a group, a steward and somebody who asks press: properties, and the edges of the new pages."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.actor import PUBLIC
from linkworks.directory import actions, queries
from linkworks.directory.access import claim_actor, claim_token
from linkworks.directory.models import Claim, ListingVersion, ProposedEdit, Service
from linkworks.directory.rules import editing, freshness, proposing, refreshing
from linkworks.directory.rules.freshness import GROUP, WHOLE, Confirmed
from tests.cast import Cast
from tests.factories import directory as make

TODAY = date(2026, 11, 22)
DAYS = st.integers(0, 2000).map(lambda days: TODAY - timedelta(days=days))
FACTS = st.fixed_dictionaries({name: st.text(max_size=5) for name in proposing.WAITS})


@given(FACTS)
def test_a_fact_that_is_said_as_before_never_waits(facts: dict[str, str]) -> None:
    padded = {name: f"  {value}\n" for name, value in facts.items()}
    assert proposing.different(facts, padded, proposing.WAITS) == []


@given(FACTS, FACTS)
def test_what_differs_one_way_differs_the_other(one: dict[str, str], other: dict[str, str]) -> None:
    there, back = (proposing.different(*both, proposing.WAITS) for both in ((one, other), (other, one)))
    assert there == back


@given(FACTS, st.sampled_from(proposing.WAITS))
def test_whatever_one_fact_becomes_the_mark_is_another(facts: dict[str, str], name: str) -> None:
    names = sorted(facts)
    assert editing.mark(facts, names) != editing.mark({**facts, name: facts[name] + "x"}, names)


@given(DAYS, DAYS)
def test_a_newer_confirmation_never_shortens_how_long_it_is_offered(first: date, second: date) -> None:
    said = [Confirmed(WHOLE, first, GROUP)]
    added = date(2015, 1, 1)
    alone = freshness.offered_until(said, added_on=added, is_high_risk=True)
    more = freshness.offered_until([*said, Confirmed(WHOLE, second, GROUP)], added_on=added, is_high_risk=True)
    assert alone and more and more >= alone
    assert more == max(first, second) + timedelta(days=180)


@given(DAYS, st.booleans())
def test_nobody_is_reminded_when_the_link_has_ended(asked_on: date, is_reminded: bool) -> None:
    todo = refreshing.what_now(asked_on, is_reminded=is_reminded, today=TODAY)
    assert (todo == "lapse") is (TODAY - asked_on >= timedelta(days=30))
    assert not (is_reminded and todo == "remind")


@pytest.fixture
def service(everything: Any, cast: Cast) -> Service:
    return make.service(cast.provider, phone="020 7946 0000", what_happens="We eat.")


def filled(service: Service, **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**queries.own_facts(service), **changes}.items() if value is not None}


class TestOwnListing:
    def test_bad_input_keeps_what_was_typed(self, cast: Cast, service: Service) -> None:
        client, address = cast.client(cast.provider_coordinator), reverse("providers:own-listing", args=[service.id])
        response = client.post(address, filled(service, what_happens="We knit socks.", phone="ring us"))
        assert response.status_code == 400
        assert "We knit socks." in response.content.decode() and "ring us" in response.content.decode()
        service.refresh_from_db()
        assert (service.what_happens, service.phone) == ("We eat.", "020 7946 0000")

    def test_a_stranger_changes_nothing(self, cast: Cast, service: Service) -> None:
        address = reverse("providers:own-listing", args=[service.id])
        told = filled(service, what_happens="Mine now")
        for who, status in ((cast.other_provider_coordinator, 404), (cast.link_worker, 403), (None, 302)):
            client = cast.client(who) if who else cast.client()
            assert client.post(address, told).status_code == status
        assert cast.client(cast.provider_coordinator).delete(address).status_code == 405
        assert Service.objects.get(id=service.id).what_happens == "We eat."
        assert not ProposedEdit.objects.exists() and not ListingVersion.objects.exists()


class TestClaims:
    def waiting(self, service: Service, number: int = 0) -> Claim:
        said = {"name": "Jo Okafor", "job": "Secretary", "email": f"jo{number}@elsewhere.example.org"}
        made = actions.claim_organisation(service.id, **said, token=str(uuid4()), by=PUBLIC)
        actor = claim_actor(claim_token(made))
        assert actor is not None
        actions.verify_claim(made, by=actor)
        return Claim.objects.get(id=made)

    def test_confirming_is_a_press_and_not_an_address(self, cast: Cast, service: Service) -> None:
        claim, client = self.waiting(service), cast.client(cast.steward)
        assert client.get(reverse("directory:steward-claim-confirm", args=[claim.id])).status_code == 405
        assert client.delete(reverse("directory:steward-claim", args=[claim.id])).status_code == 405
        assert client.post(reverse("directory:steward-claim", args=[claim.id]), {"why_not": "x"}).status_code == 400
        assert Claim.objects.get().state == "waiting"

    def test_statements_do_not_grow_with_claims(
        self, cast: Cast, service: Service, django_assert_max_num_queries: Any
    ) -> None:
        client, counts = cast.client(cast.steward), []
        client.get(reverse("directory:steward-queue"))  # the first page of a browser asks more, about its session
        for some in (range(1), range(1, 6)):
            for number in some:
                self.waiting(service, number)
            with django_assert_max_num_queries(30) as counted:
                client.get(reverse("directory:steward-queue"))
            counts.append(len(counted))
        assert counts[0] == counts[1]


def test_statements_of_the_history_do_not_grow(
    cast: Cast, service: Service, django_assert_max_num_queries: Any
) -> None:
    client, counts = cast.client(cast.steward), []
    client.get(reverse("directory:steward-history", args=[service.id]))
    for some in (1, 6):
        for number in range(some):
            own = queries.own_facts(Service.objects.get(id=service.id))
            facts, by = {"description": f"{some} and {number}"}, cast.actor(cast.provider_coordinator)
            actions.edit_own(service, facts=facts, seen=own["seen"], by=by)
        with django_assert_max_num_queries(30) as counted:
            assert client.get(reverse("directory:steward-history", args=[service.id])).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
