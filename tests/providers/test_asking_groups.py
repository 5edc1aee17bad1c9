"""Groups are asked whether their listing is right: who, how often, by which words, and what the link opens."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.core import clock
from linkworks.core.clock import now, today
from linkworks.core.later import SCHEDULED
from linkworks.directory import actions as directory
from linkworks.directory.access import refresh_token
from linkworks.directory.models import ListingReport, RefreshRequest, Service
from linkworks.directory.rules.refreshing import Reached
from linkworks.messaging.models import Message
from linkworks.providers import actions, jobs
from tests.factories import directory as make

from .conftest import text_of

pytestmark = pytest.mark.usefixtures("everything")
GROUP = {"referral_email": "referrals@kettle.example.org"}


def asked(**facts: Any) -> Service:
    return make.service(**{**GROUP, **facts})


def run(*, days: int = 0) -> int:
    """What the job does some days from now."""
    with clock.at(now() + timedelta(days=days)):
        actions.chase_groups(by=make.KEEPER)
        return actions.ask_groups(by=make.KEEPER)


def mails() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("created_at").values_list("template", "address"))


class TestWhoIsAsked:
    def test_a_listing_nobody_confirmed(self) -> None:
        asked()
        assert run() == 1
        message = Message.objects.get()
        assert (message.template, message.address, message.audience) == (
            "listing-check",
            GROUP["referral_email"],
            "provider",
        )
        assert "/provider/l/" in message.body and message.scheme_id is None

    @pytest.mark.parametrize(
        "facts",
        [
            {"verified_on": today()},
            {"is_published": False},
            {"status": "defunct"},
            {"referral_email": ""},
            {"referral_email": "jo.bloggs@gmail.com"},
        ],
    )
    def test_others_are_not(self, facts: dict[str, Any]) -> None:
        asked(**facts)
        assert run() == 0
        assert mails() == []

    def test_by_text_where_they_gave_us_a_mobile_and_no_email(self) -> None:
        asked(referral_email="", phone="07700 900123")
        run()
        message = Message.objects.get()
        assert (message.way, message.template, message.address) == ("text", "listing-check-text", "07700 900123")
        assert len(message.body) < 320

    def test_an_address_that_is_none_stops_nobody_else(self) -> None:
        asked(referral_email="a@b.example.org, c@d.example.org")
        asked(name="Another", referral_email="hello@another.example.org")
        run()
        assert mails() == [("listing-check", "hello@another.example.org")]

    def test_those_that_may_harm_come_first(self) -> None:
        asked(name="A club")
        asked(name="Z pantry", kinds=("food-bank-and-pantry",), referral_email=GROUP["referral_email"])
        run()
        assert RefreshRequest.objects.get().service.name == "Z pantry"

    def test_a_hidden_one_is_told_that_it_is_hidden(self) -> None:
        service = asked(kinds=("food-bank-and-pantry",))
        Service.objects.filter(id=service.id).update(offered_until=today() - timedelta(days=1))
        run()
        assert mails()[0][0] == "listing-hidden"


class TestHowOften:
    def test_once_until_a_month_is_over_with_one_reminder(self) -> None:
        asked()
        for day in range(45):
            run(days=day)
        assert [name for name, _ in mails()] == [
            "listing-check",
            "listing-reminder",
            "listing-check",
            "listing-reminder",
        ]
        assert sorted(RefreshRequest.objects.values_list("state", flat=True)) == ["lapsed", "reminded"]

    def test_one_address_hears_once_a_week(self) -> None:
        for number in range(3):
            asked(name=f"Club {number}")
        assert [run(days=day) for day in range(8)] == [1, 0, 0, 0, 0, 0, 0, 1]

    def test_running_twice_writes_once(self) -> None:
        asked()
        run()
        run()
        assert len(mails()) == 1

    def test_those_who_said_stop_are_left_alone(self) -> None:
        asked()
        run()
        RefreshRequest.objects.update(state="stopped")
        assert sum(run(days=day) for day in range(0, 400, 20)) == 0

    def test_the_job_has_a_dead_mans_switch(self) -> None:
        asked()
        jobs.keep_fresh()
        assert len(mails()) == 1
        assert SCHEDULED["providers.keep_fresh"] == 86400

    def test_statements_do_not_grow_with_listings_that_are_not_due(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(6):
            asked(name=f"{number}", verified_on=today())
        with django_assert_max_num_queries(4):
            actions.ask_groups(by=make.KEEPER)


@pytest.fixture
def link() -> str:
    service = make.service(name="Bramblewick lunch", capacity_places=5, places_taken=1)
    request = directory.ask_group(service, reached=Reached("email", "hello@kettle.example.org"), by=make.KEEPER)
    return refresh_token(request.id)


def address(link: str, page: str = "listing") -> str:
    return reverse(f"providers:{page}", args=[link])


def day_of(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


class TestPages:
    def test_the_page_says_what_people_read(self, client: Client, link: str) -> None:
        shown = text_of(client.get(address(link)))
        for words in ("Bramblewick lunch", "Every Tuesday", "4 Choumert Road", "£3.50", "Is this still right?"):
            assert words in shown
        assert "noindex" in shown

    def test_one_press_and_thank_you_with_a_way_back(self, client: Client, link: str) -> None:
        response = client.post(address(link), {"answer": "right", "places_left": "2"}, follow=True)
        assert response.redirect_chain[0][0] == address(link, "listing-done")
        assert "Thank you" in text_of(response) and "Undo" in text_of(response)
        service = Service.objects.get()
        assert (service.verified_by, service.capacity_places) == ("the group", 3)

        again = client.post(address(link, "listing-undo"), follow=True)
        assert "Is this still right?" in text_of(again)
        service.refresh_from_db()
        assert (service.verified_by, service.capacity_places) == ("", 5)

    def test_a_second_press_finds_it_answered(self, client: Client, link: str) -> None:
        for _ in range(2):
            assert client.post(address(link), {"answer": "right"}).status_code == 302
        assert client.get(address(link)).status_code == 302
        client.post(address(link, "listing-undo"))
        assert client.post(address(link, "listing-undo")).status_code == 302

    def test_the_next_date_is_shown_to_everybody(self, client: Client, link: str) -> None:
        client.post(address(link), {"answer": "right", **day_of("next_on", today())})
        assert Service.objects.get().schedules.count() == 2

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({}, "Choose whether it is still right"),
            ({"answer": "wrong"}, "Write what it should say"),
            ({"answer": "perhaps"}, "There is a problem"),
            ({"answer": "right", "places_left": "-1"}, "places are left"),
            ({"answer": "right", "places_left": "many"}, "places are left"),
            (
                {"answer": "right", "next_on_day": "31", "next_on_month": "2", "next_on_year": "2027"},
                "There is a problem",
            ),
            (
                {"answer": "right", "next_on_day": "1", "next_on_month": "2", "next_on_year": "2020"},
                "There is a problem",
            ),
        ],
    )
    def test_what_is_wrong_with_an_answer_is_said(
        self, client: Client, link: str, given: dict[str, str], said: str
    ) -> None:
        response = client.post(address(link), given)
        assert response.status_code == 400
        assert said in text_of(response)
        assert RefreshRequest.objects.get().state == "asked"

    def test_what_they_say_is_wrong_reaches_the_stewards(self, client: Client, link: str) -> None:
        response = client.post(address(link), {"answer": "wrong", "words": "We meet on Fridays"}, follow=True)
        assert "puts it right" in text_of(response)
        assert ListingReport.objects.get().said == "We meet on Fridays"

    def test_they_can_ask_us_to_stop(self, client: Client, link: str) -> None:
        assert "Stop asking" in text_of(client.get(address(link, "listing-stop")))
        assert "We will not ask again" in text_of(client.post(address(link, "listing-stop")))
        assert client.get(address(link)).status_code == 410

    @pytest.mark.parametrize("page", ["listing", "listing-done", "listing-stop"])
    def test_a_dead_link_says_so(self, client: Client, link: str, page: str) -> None:
        response = client.get(address(link[:-2] + "xx", page))
        assert response.status_code == 410
        assert "This link has ended" in text_of(response)
        RefreshRequest.objects.update(expires_at=now())
        assert client.get(address(link, page)).status_code == 410

    def test_an_unshown_listing_is_not_opened(self, client: Client, link: str) -> None:
        Service.objects.update(is_published=False)
        assert client.get(address(link)).status_code == 410

    @pytest.mark.parametrize("page", ["listing-done", "listing-undo"])
    def test_only_the_right_method(self, client: Client, link: str, page: str) -> None:
        wrong = client.post if page == "listing-done" else client.get
        assert wrong(address(link, page)).status_code == 405

    def test_done_before_answering_leads_to_the_question(self, client: Client, link: str) -> None:
        assert client.get(address(link, "listing-done"))["Location"] == address(link)

    def test_a_link_opens_no_other_page_of_groups(self, client: Client, link: str) -> None:
        assert client.get(reverse("providers:link", args=[link])).status_code == 410
        assert client.get(reverse("providers:services")).status_code == 302

    def test_the_link_in_the_mail_is_the_one_that_works(self, client: Client) -> None:
        asked()
        run()
        found = re.search(r"/provider/l/\S+", Message.objects.get().body)
        assert found is not None
        assert client.get(found[0]).status_code == 200
