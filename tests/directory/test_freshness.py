"""What was confirmed when: written down, weighed, said on the pages, and what nobody confirms for too long is not offered."""

from datetime import datetime, time, timedelta

import pytest
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.core.clock import LONDON, today
from linkworks.core.errors import NotAllowed
from linkworks.core.later import SCHEDULED
from linkworks.directory import actions, jobs
from linkworks.directory.models import Confirmation, Service
from linkworks.directory.queries.freshness import confirmed_facts
from linkworks.directory.rules.freshness import GROUP, STEWARD
from tests.cast import Cast
from tests.directory import asking
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
FOOD = {"kinds": ("food-bank-and-pantry",), "name": "Bramblewick pantry"}


def fresh(service: Service) -> Service:
    return Service.objects.get(id=service.id)


def added(service: Service, *, days: int) -> Service:
    """The same listing, here for so many days already: since a noon, for an hour before midnight may be another day in summer."""
    since = datetime.combine(today() - timedelta(days=days), time(12), LONDON)
    Service.objects.filter(id=service.id).update(created_at=since)
    actions.weigh(fresh(service))
    return fresh(service)


def page(client: Client, service: Service) -> str:
    return client.get(reverse("directory:service", args=[service.id])).content.decode()


class TestWeighing:
    def test_a_new_listing_is_weighed_when_it_is_added(self) -> None:
        assert make.service().trust == 0
        assert make.service(verified_on=today(), verified_by="the group").trust == 100
        assert make.service(assured_date=today()).trust == 60
        assert make.service(capacity_checked_on=today()).trust == 10

    def test_a_steward_who_checks_it_makes_it_trusted(self, cast: Cast) -> None:
        service = make.service()
        actions.confirm_listing(service, by=cast.actor(cast.steward))
        assert fresh(service).trust == 100
        kept = Confirmation.objects.get()
        assert (kept.fact, kept.by_kind, kept.by_name) == ("whole", STEWARD, cast.steward.name)

    def test_places_said_today_count_for_places_alone(self, cast: Cast) -> None:
        service = make.service()
        actions.update_room(service, capacity_places=4, wait_weeks=None, by=cast.actor(cast.steward))
        assert fresh(service).trust == 10

    def test_what_is_taken_back_counts_no_longer_and_stays_in_the_history(self) -> None:
        service = make.service()
        made = actions.confirm_facts(service, ["contact", "times"], by_kind=GROUP, by=make.KEEPER)
        assert fresh(service).trust == 50
        actions.take_back(made[:1], by=make.KEEPER)
        actions.weigh(service)
        assert fresh(service).trust == 25
        assert Confirmation.objects.count() == 3

    def test_what_was_confirmed_stays_when_the_listing_is_changed(self) -> None:
        service = make.service()
        actions.confirm_facts(service, ["contact"], by_kind=GROUP, by=make.KEEPER)
        actions.save_service(service, facts=make.facts(name="Another name"), by=make.KEEPER)
        assert fresh(service).trust == 25

    def test_history_is_never_rewritten_by_those_who_serve(self) -> None:
        made = actions.confirm_facts(make.service(), ["contact"], by_kind=GROUP, by=make.KEEPER)
        with pytest.raises(Error), transaction.atomic():
            Confirmation.objects.filter(id=made[0].id).update(fact="times")

    def test_each_night_trust_goes_down_and_only_what_changed_is_written(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        aged = make.service(verified_on=today() - timedelta(days=90))
        make.service(name="Never checked")
        Service.objects.filter(id=aged.id).update(trust=100)
        with django_assert_max_num_queries(10):
            assert actions.weigh_all(by=make.KEEPER) == 1
        assert fresh(aged).trust == 77
        assert actions.weigh_all(by=make.KEEPER) == 0

    def test_the_nightly_job_has_a_dead_mans_switch(self) -> None:
        aged = make.service(verified_on=today())
        Service.objects.filter(id=aged.id).update(trust=1)
        jobs.weigh()
        assert fresh(aged).trust == 100
        assert SCHEDULED["directory.weigh"] == 86400

    def test_only_those_who_keep_the_directory_weigh_it(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.weigh_all(by=cast.actor(cast.link_worker))

    def test_everything_weighed_by_night_is_as_it_was_weighed_by_day(self) -> None:
        services = [
            make.service(name=f"{days}", verified_on=today() - timedelta(days=days), capacity_checked_on=today())
            for days in (0, 10, 200)
        ]
        actions.confirm_facts(services[1], ["times", "room"], by_kind=GROUP, by=make.KEEPER)
        before = {each.id: fresh(each).trust for each in services}
        Service.objects.update(trust=1)
        actions.weigh_all(by=make.KEEPER)
        assert {each.id: fresh(each).trust for each in services} == before


class TestHiding:
    def test_a_high_risk_listing_that_nobody_confirms_is_not_offered(self) -> None:
        service = make.service(**FOOD)
        assert fresh(service).offered_until == today() + timedelta(days=180)
        added(service, days=180)
        assert [each.name for each in asking.found(words="pantry")] == ["Bramblewick pantry"]
        added(service, days=181)
        assert asking.found(words="pantry") == []

    def test_nor_for_a_goal(self) -> None:
        added(make.service(**FOOD), days=200)
        matched = asking.match(needs=["food-access"])
        assert not matched.found and not matched.not_shown

    def test_confirming_it_brings_it_back(self, cast: Cast) -> None:
        service = added(make.service(**FOOD), days=200)
        actions.confirm_listing(service, by=cast.actor(cast.steward))
        assert asking.found(words="pantry")

    def test_only_saying_places_does_not(self, cast: Cast) -> None:
        service = added(make.service(**FOOD), days=200)
        actions.update_room(service, capacity_places=9, wait_weeks=0, by=cast.actor(cast.steward))
        assert asking.found(words="pantry") == []

    def test_its_page_stays_and_says_so(self, client: Client) -> None:
        service = added(make.service(**FOOD), days=200)
        assert "we no longer offer it" in page(client, service)
        assert "we no longer offer it" not in page(client, make.service())

    def test_others_sink_and_stay(self) -> None:
        added(make.service(), days=2000)
        assert asking.found(words="lunch")

    def test_a_listing_that_becomes_high_risk_is_known_to_be(self) -> None:
        service = make.service()
        assert fresh(service).offered_until is None
        actions.save_service(service, facts=make.facts(**FOOD), by=make.KEEPER)
        assert fresh(service).offered_until is not None


class TestWords:
    def test_cards_and_page_say_who_checked_it_and_in_which_month(self, client: Client) -> None:
        service = make.service(verified_on=today(), verified_by="the group")
        said = f"Checked by the group in {today():%B %Y}"
        assert said in page(client, service)
        assert said in client.get(reverse("directory:find"), {"q": "lunch"}).content.decode()

    def test_a_stale_one_is_dated(self, client: Client) -> None:
        service = make.service(verified_on=today() - timedelta(days=91), verified_by="the group")
        for shown in (page(client, service), client.get(reverse("directory:find"), {"q": "lunch"}).content.decode()):
            assert "Nobody has checked this since" in shown

    def test_where_kinds_differ_each_is_said(self, client: Client) -> None:
        service = make.service(verified_on=today() - timedelta(days=300))
        assert "Who checked what" not in page(client, service)
        actions.confirm_facts(service, ["times"], by_kind=GROUP, by=make.KEEPER)
        shown = page(client, service)
        assert "Who checked what, and when" in shown
        assert "Checked by the group on" in shown and "Checked by a directory steward on" in shown

    def test_statements_do_not_grow_with_confirmations(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        service = make.service()
        counts = []
        for _ in range(2):
            with django_assert_max_num_queries(30) as counted:
                page(client, service)
            counts.append(len(counted))
            for fact in ("times", "room", "contact"):
                actions.confirm_facts(service, [fact], by_kind=GROUP, by=make.KEEPER)
        assert counts[0] == counts[1]
        assert len(confirmed_facts(service)) == 3
