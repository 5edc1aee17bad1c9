"""One service's page: what it is, what it is really like, when, where, how much, how to join."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from linkworks.core.clock import today
from linkworks.directory.models import Service
from linkworks.directory.presenters.service import way
from linkworks.directory.rules.facts import AccessFacts, ContactFacts
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


def shown(client: Client, service: Service) -> str:
    answer = client.get(reverse("directory:service", args=[service.id]))
    assert answer.status_code == 200
    return answer.content.decode()


def full(**more: Any) -> Service:
    return make.service(
        **{
            "places": (make.place(accessibility=(AccessFacts("Ramp at the side door", "step-free"),)),),
            "languages": ("en", "bn"),
            "minimum_age": 50,
            "what_happens": "We eat and talk.",
            "first_visit": "Maggie meets you at the door.",
            "bring_someone": "Yes, bring a friend.",
            "ask_for": "Maggie",
            "getting_there": "Bus 12 stops outside.",
            "phone": "020 7946 0000",
            "email": "hello@kettle.example.org",
            "url": "https://kettle.example.org",
            "capacity_places": 8,
            "places_taken": 3,
            "verified_on": today(),
            "verified_by": "Ines Duarte",
            "contacts": (
                ContactFacts(name="Jo Bloggs", phone="07700 900123"),
                ContactFacts(email="info@kettle.example.org"),
            ),
            **more,
        }
    )


def test_everything_somebody_needs_to_go_there(client: Client) -> None:
    page = shown(client, full())
    for words in (
        "Tuesday lunch club",
        "Kettle and Company",
        "A hot lunch and good company.",
        "Every Tuesday, midday to 2pm",
        "£3.50 per lunch",
        "The Old Bakery, 4 Choumert Road, London, SE15 5DD",
        "Ramp at the side door",
        "step-free access",
        "What it is really like",
        "Maggie meets you at the door.",
        "Ask for Maggie",
        "Bus 12 stops outside.",
        "Bengali and English",
        "People aged 50 and over",
        "020 7946 0000",
        "hello@kettle.example.org",
        "info@kettle.example.org",
        "5 places free",
        "by Ines Duarte",
        "Loneliness and getting food",
    ):
        assert words in page, words


def test_the_way_there_is_one_sentence_or_numbered_steps(client: Client) -> None:
    assert "<p>Bus 12 stops outside.</p>" in shown(client, full())
    steps = shown(client, full(name="Choir", getting_there="1. Take bus 12\n\n2) Get off at the library\n- Ring twice"))
    assert "<li>Take bus 12</li><li>Get off at the library</li><li>Ring twice</li></ol>" in steps


@pytest.mark.parametrize("words", ["12 stops outside", "1.5 km from the station", "-5 degrees is warm", "10:30 bus"])
def test_a_number_that_is_no_step_stays(words: str) -> None:
    assert way(words) == [words]


@given(st.lists(st.text(st.characters(categories=["L", "Zs"]), min_size=1).map(str.strip).filter(bool)))
def test_steps_numbered_by_hand_are_the_steps_without_numbers(steps: list[str]) -> None:
    numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    assert way(numbered) == way("\n".join(steps)) == steps


def test_a_private_persons_details_are_not_on_the_page(client: Client) -> None:
    page = shown(client, full())
    assert "Jo Bloggs" not in page
    assert "07700" not in page


def test_what_is_not_known_is_said(client: Client) -> None:
    page = shown(client, make.service(places=(), costs=(), sessions=()))
    for words in (
        "Times are not listed",
        "No place is listed",
        "The cost is not listed",
        "Nothing is listed about access",
        "Nobody has checked",
        "No public way",
    ):
        assert words in page


def test_an_old_check_asks_people_to_ask(client: Client) -> None:
    page = shown(client, make.service(verified_on=today() - timedelta(days=200), verified_by="Ines Duarte"))
    assert "Ask before you go" in page


@pytest.mark.parametrize(
    ("status", "said"),
    [("temporarily closed", "closed for now"), ("inactive", "not running"), ("defunct", "has closed")],
)
def test_a_service_that_does_not_run_says_so(client: Client, status: str, said: str) -> None:
    assert said in shown(client, make.service(status=status))


def test_the_exact_place_of_a_hidden_address_is_not_shown(client: Client) -> None:
    page = shown(client, make.service(places=(make.place(is_address_hidden=True),)))
    assert "Choumert" not in page
    assert "The exact address is not shown" in page


def test_text_from_elsewhere_is_escaped(client: Client) -> None:
    page = shown(
        client,
        full(
            name="<b>Bold</b>",
            what_happens="<script>alert(1)</script>",
            alert="<i>Note</i>",
            url="https://x.example.org/?a=1&b=2",
        ),
    )
    assert "<script>alert" not in page
    assert "<b>Bold</b>" not in page


def test_what_is_not_published_is_not_there_except_for_stewards(cast: Cast) -> None:
    service = make.service(is_published=False, held_because="Somebody should look")
    address = reverse("directory:service", args=[service.id])
    for client in (cast.client(), cast.client(cast.link_worker), cast.client(cast.provider_coordinator)):
        assert client.get(address).status_code == 404
    page = cast.client(cast.steward).get(address)
    assert page.status_code == 200
    assert "Not shown to the public" in page.content.decode()


def test_a_service_that_never_was_is_not_found(client: Client) -> None:
    assert client.get(reverse("directory:service", args=[uuid4()])).status_code == 404
    assert client.get("/services/not-an-id").status_code == 404


def test_queries_do_not_grow_with_what_hangs_on_it(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def counted(service: Service) -> int:
        with django_assert_max_num_queries(15) as seen:
            shown(client, service)
        return len(seen)

    few = counted(full())
    many = full(
        places=tuple(make.place(accessibility=(AccessFacts("Ramp"), AccessFacts("Loop"))) for _ in range(5)),
        sessions=(),
    )
    assert counted(many) == few
