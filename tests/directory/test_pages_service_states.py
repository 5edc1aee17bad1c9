"""One service's page in each of its states: what is shown, what is left out, and to whom."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core.clock import today
from linkworks.directory import actions
from linkworks.directory.models import Contact, Service, Source
from linkworks.directory.presenters.going import CLOSED
from linkworks.directory.rules.facts import AccessFacts, AreaFacts, ContactFacts, CostFacts, SessionFacts
from linkworks.directory.states import ServiceStatus
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


def page(client: Client, service: Service) -> str:
    answer = client.get(reverse("directory:service", args=[service.id]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def section(shown: str, heading: str) -> str:
    """What stands under a heading, as words."""
    inner = shown.split(f">{heading}</h2>")[1].split("<h2")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inner).split())


class TestWhen:
    @pytest.mark.parametrize(
        ("sessions", "said"),
        [
            (
                (SessionFacts(freq="WEEKLY", byday="MO,WE", opens_at=time(10), closes_at=time(11, 30)),),
                "Every Monday and Wednesday, 10am to 11:30am",
            ),
            ((SessionFacts(freq="MONTHLY", byday="2TU", opens_at=time(19)),), "The second Tuesday of the month, from 7pm"),
            ((SessionFacts(description="Term time only"),), "Term time only"),
            ((SessionFacts(freq="WEEKLY", byday="FR", interval=2),), "Every 2 weeks on Friday"),
            ((), "Times are not listed. Ask when to come."),
        ],
    )  # fmt: skip
    def test_each_kind_of_time_is_said(self, client: Client, sessions: tuple[SessionFacts, ...], said: str) -> None:
        assert said in section(page(client, make.service(sessions=sessions)), "When")

    def test_the_next_session_is_said_with_its_weekday(self, client: Client) -> None:
        day = today() + timedelta(days=3)
        once = SessionFacts(valid_from=day, valid_to=day, opens_at=time(14))
        said = section(page(client, make.service(sessions=(once,))), "When")
        assert f"Next: {day:%A} {day.day} {day:%B %Y}, from 2pm" in said

    def test_no_day_is_promised_when_nobody_knows_which_week(self, client: Client) -> None:
        said = section(
            page(client, make.service(sessions=(SessionFacts(freq="WEEKLY", byday="FR", interval=2),))), "When"
        )
        assert str(today().year) not in said

    def test_the_same_time_is_said_once(self, client: Client) -> None:
        same = SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(12), place=0)
        shown = page(client, make.service(sessions=(same, same)))
        assert section(shown, "When").count("Every Tuesday") == 1


class TestWhere:
    def test_several_places_are_all_said(self, client: Client) -> None:
        places = tuple(make.place(name=f"Hall {number}") for number in range(3))
        said = section(page(client, make.service(places=places)), "Where")
        assert all(f"Hall {number}" in said for number in range(3))

    def test_online_is_said(self, client: Client) -> None:
        place = make.place(at=None, location_type="virtual", name="", address_1="", city="", postcode="")
        said = section(page(client, make.service(places=(place,))), "Where")
        assert said.startswith("Online")

    def test_what_helps_people_in_is_said_at_its_place(self, client: Client) -> None:
        place = make.place(accessibility=(AccessFacts("Ramp at the side", "step-free"), AccessFacts("Odd thing")))
        shown = page(client, make.service(places=(place,)))
        assert "Ramp at the side" in section(shown, "Where")
        assert "Odd thing" in section(shown, "Where")
        assert "This service says it has: step-free access." in section(shown, "Access")

    def test_a_hidden_place_says_its_district_and_to_ask(self, client: Client) -> None:
        shown = page(client, make.service(places=(make.place(is_address_hidden=True, description="Green door"),)))
        said = section(shown, "Where")
        assert "The exact address is not shown. Ask for it when you get in touch." in said
        assert "SE15" in said
        for secret in ("5DD", "Choumert", "Bakery", "Green door", "51.4737"):
            assert secret not in shown

    def test_an_area_is_said(self, client: Client) -> None:
        areas = (AreaFacts("Southwark", "E09000028"),)
        assert "For people in Southwark." in section(page(client, make.service(areas=areas)), "Where")


class TestCost:
    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"costs": (CostFacts(amount=Decimal(0)),)}, "Free"),
            (
                {"costs": (CostFacts(amount=Decimal("2.5")), CostFacts(amount=Decimal(1), option="over 60s"))},
                "£1 (over 60s)",
            ),
            ({"costs": (), "fees": "A small donation"}, "A small donation"),
            ({"costs": (CostFacts(option="Adults", amount_description="ask us"),)}, "Adults: ask us"),
            ({"costs": ()}, "The cost is not listed. Ask before you go."),
        ],
    )
    def test_what_it_costs(self, client: Client, facts: dict[str, Any], said: str) -> None:
        assert said in section(page(client, make.service(**facts)), "Cost")


class TestJoining:
    def test_numbers_and_addresses_can_be_followed(self, client: Client) -> None:
        service = make.service(
            phone="020 7946 0000", email="hello@kettle.example.org", url="https://kettle.example.org/?a=1&b=2"
        )
        raw = client.get(reverse("directory:service", args=[service.id])).content.decode()
        assert 'href="tel:02079460000"' in raw
        assert 'href="mailto:hello@kettle.example.org"' in raw
        assert 'href="https://kettle.example.org/?a=1&amp;b=2" rel="noreferrer nofollow"' in raw

    def test_a_contact_that_is_the_same_is_said_once_and_a_private_one_never(self, client: Client) -> None:
        contacts = (
            ContactFacts(name="Office", phone="020 7946 0000", email="office@kettle.example.org"),
            ContactFacts(name="Jo Bloggs", phone="07700 900123", email="jo@kettle.example.org"),
        )
        shown = page(client, make.service(phone="020 7946 0000", contacts=contacts))
        assert shown.count("tel:02079460000") == 1
        assert "Office: " in shown
        for secret in ("Jo Bloggs", "07700", "jo@kettle"):
            assert secret not in shown

    def test_what_a_steward_unpublished_is_gone(self, client: Client) -> None:
        service = make.service(contacts=(ContactFacts(name="Office", phone="020 7946 0001"),))
        assert "020 7946 0001" in page(client, service)
        Contact.objects.update(is_published=False)
        assert "020 7946 0001" not in page(client, service)

    def test_without_any_way_a_link_worker_is_offered(self, client: Client) -> None:
        shown = page(client, make.service(contacts=()))
        assert "A link worker can help you join." in shown
        assert reverse("frontdoor:self-refer") in shown

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"capacity_places": 3, "places_taken": 1}, "2 places free"),
            ({"capacity_places": 3, "places_taken": 3}, "Full"),
            ({"wait_weeks": 0}, "No wait"),
            ({"wait_weeks": 3, "wait_words": "New people each term"}, "New people each term"),
        ],
    )
    def test_the_room_there_is(self, client: Client, facts: dict[str, Any], said: str) -> None:
        assert said in section(page(client, make.service(**facts)), "How to join")

    def test_where_the_listing_is_from_and_that_it_is_a_guess_are_said(self, client: Client) -> None:
        service = make.service(terms_are_guessed=True)
        Service.objects.update(source=Source.objects.create(name="Bramblewick Council"))
        said = section(page(client, service), "How to join")
        assert "Listing from Bramblewick Council." in said
        assert "worked out from its own words" in said


def test_a_check_is_dated_and_an_old_one_is_said_to_be_old(client: Client) -> None:
    fresh = page(client, make.service(verified_on=today() - timedelta(days=90), verified_by="Ines"))
    old = page(client, make.service(verified_on=date(2026, 1, 5), verified_by="Ines"))
    assert "Ask before you go" not in fresh
    assert "Nobody has checked this since Monday 5 January 2026. Ask before you go." in old


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (18, None, "People aged 18 and over"),
        (None, 25, "People aged 25 and under"),
        (50, 70, "People aged 50 to 70"),
        (None, None, ""),
    ],
)
def test_ages(client: Client, low: int | None, high: int | None, said: str) -> None:
    shown = page(client, make.service(minimum_age=low, maximum_age=high))
    assert (said in shown) if said else ("People aged" not in shown)


def test_nothing_is_said_twice_about_who_comes(client: Client) -> None:
    shown = page(client, make.service(who_it_is_for="Anybody over 60.", who_comes="Anybody over 60"))
    assert shown.count("Anybody over 60") == 1


class TestWhoLooks:
    def test_only_stewards_see_the_way_to_the_desk(self, cast: Cast) -> None:
        service = make.service()
        for who, sees in (
            (None, False),
            (cast.link_worker, False),
            (cast.provider_coordinator, False),
            (cast.steward, True),
        ):
            shown = page(cast.client(who), service)
            assert (reverse("directory:steward-edit", args=[service.id]) in shown) is sees

    def test_a_listing_taken_away_is_gone_for_all_but_stewards(self, cast: Cast) -> None:
        service = make.service()
        actions.withdraw(service, because="The hall burned down.", by=make.KEEPER)
        shown = page(cast.client(cast.steward), service)
        assert "Not shown to the public" in shown
        assert "The hall burned down." in shown
        for who in (None, cast.link_worker, cast.manager, cast.referrer):
            assert cast.client(who).get(reverse("directory:service", args=[service.id])).status_code == 404

    @pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
    def test_one_that_does_not_run_is_said_and_not_found(self, client: Client, status: str) -> None:
        service = make.service(status=status)
        assert CLOSED[ServiceStatus(status)] in page(client, service)
        found = client.get(reverse("directory:find"), {"q": "lunch"}).content.decode()
        assert str(service.id) not in found

    def test_it_can_only_be_read(self, client: Client) -> None:
        address = reverse("directory:service", args=[make.service().id])
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(address).status_code == 405


def test_the_longest_listing_there_can_be_is_shown_whole(client: Client) -> None:
    long = "word " * 3999
    service = make.service(name="n" * 255, description=long, fees=long, alert=long, costs=(), first_visit=long)
    shown = page(client, service)
    assert shown.count("word word") > 4000
    assert "n" * 255 in shown


def test_text_in_other_writings_is_shown_as_it_is(client: Client) -> None:
    names = ["جمعية الجيران", "দুপুরের খাবার", "邻里午餐", "Łódź & Søn", "👵🏽 lunch"]
    for name in names:
        assert name in page(client, make.service(name=name))
