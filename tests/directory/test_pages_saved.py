"""Somebody without an account saves services, takes one off, prints them, and shares them by a link."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.core import clock
from linkworks.core.actor import job_actor
from linkworks.core.errors import NotAllowed
from linkworks.core.models import FormToken
from linkworks.directory import access, actions, queries
from linkworks.directory.models import Service, SharedList
from linkworks.directory.rules.saved import MOST, SHARED_DAYS
from linkworks.directory.views.keeping import cookie_name
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
LIST = "/find/saved"
EMPTY = "There is nothing on your list"


@pytest.fixture(autouse=True)
def _directory(everything: None) -> None:
    make.postcode()


def text(client: Client, address: str = LIST, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def save(client: Client, *services: Service, **said: str) -> Any:
    return client.post(f"{LIST}/add", {"service": [str(each.id) for each in services], **said})


def take_off(client: Client, service: Service, **said: str) -> Any:
    return client.post(f"{LIST}/off", {"service": str(service.id), **said})


def share(client: Client, token: str = "t1") -> str:
    """The link that stands on the page afterwards."""
    assert client.post(f"{LIST}/share", {"form_token": token})["Location"] == LIST
    [link] = re.findall(r'readonly value="http://testserver(/lists/[^"]+)"', text(client))
    return str(link)


def two() -> tuple[Service, Service]:
    walk = make.service(name="Ridge walk", costs=(), sessions=(), phone="020 7946 0123", ask_for="Dot")
    return make.service(phone="020 7946 0000"), walk


def test_an_empty_list_says_how_to_begin(client: Client) -> None:
    shown = text(client)
    assert EMPTY in shown and "press “Save”" in shown and "Print" not in shown
    assert "There is nothing on this list" in text(client, f"{LIST}/print")


def test_from_the_results_one_saves_and_comes_back_to_the_same_place(client: Client) -> None:
    lunch, _ = two()
    found = text(client, "/find?q=lunch&postcode=SE15+5DD")
    assert f'id="service-{lunch.id}"' in found and 'form="saving"' in found
    answer = save(client, lunch, back="q=lunch&postcode=SE15+5DD")
    assert answer["Location"] == f"/find?q=lunch&postcode=SE15+5DD#service-{lunch.id}"
    found = text(client, "/find?q=lunch&postcode=SE15+5DD")
    assert "Your list (1)" in found and "Saved: take off" in found
    assert take_off(client, lunch, back="q=lunch")["Location"] == f"/find?q=lunch#service-{lunch.id}"
    assert "Your list" not in text(client, "/find?q=lunch")


def test_pressed_twice_it_stands_once_and_one_taken_off_can_be_put_back(client: Client) -> None:
    lunch, walk = two()
    save(client, lunch)
    save(client, lunch)
    save(client, walk)
    shown = text(client)
    assert shown.index("Tuesday lunch club") < shown.index("Ridge walk") and "2 services." in shown
    after = take_off(client, lunch)["Location"]
    take_off(client, lunch)
    shown = text(client, after)
    assert "Tuesday lunch club is off your list" in shown and "Put it back" in shown and "1 service." in shown
    save(client, lunch)
    shown = text(client, after)
    assert "off your list" not in shown, "it is on it again"
    assert "2 services." in shown


def test_a_service_page_saves_too(client: Client) -> None:
    lunch, _ = two()
    page = reverse("directory:service", args=[lunch.id])
    assert "Save to your list" in text(client, page)
    assert save(client, lunch)["Location"] == LIST
    assert "Save to your list" not in text(client, page) and "your list</a>" in text(client, page)


def test_nothing_is_kept_here_and_no_session_begins(client: Client) -> None:
    lunch, _ = two()
    text(client, "/find?q=lunch")
    save(client, lunch)
    text(client)
    cookie = client.cookies[cookie_name()]
    assert set(client.cookies) == {cookie_name()} and not Session.objects.exists()
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Lax", "", "")
    assert not SharedList.objects.exists()


@pytest.mark.parametrize("ruined", ["x", "", "AAAA:BBBB", "é"])
def test_a_cookie_that_is_not_ours_is_an_empty_list(client: Client, ruined: str) -> None:
    client.cookies[cookie_name()] = ruined
    assert EMPTY in text(client)
    assert text(client, "/find?q=lunch")


@pytest.mark.parametrize("sent", [{}, {"service": "x"}, {"service": str(uuid4())}, {"service": "x", "back": "q=a"}])
@pytest.mark.parametrize("address", [f"{LIST}/add", f"{LIST}/off"])
def test_what_nobody_can_save_is_not_saved(client: Client, sent: dict[str, str], address: str) -> None:
    assert client.post(address, sent).status_code == 302
    assert EMPTY in text(client)


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example/", "\r\nX: y", "%0d%0aX:1", ""])
def test_the_way_back_is_always_a_page_of_ours(client: Client, back: str) -> None:
    answer = save(client, two()[0], back=back)
    assert answer["Location"].startswith("/find?") and "\n" not in answer["Location"]


def test_a_full_list_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkworks.directory.rules.saved.MOST", 1)
    lunch, walk = two()
    save(client, lunch)
    answer = save(client, walk)
    assert "Your list is full" in text(client, answer["Location"])
    assert "Ridge walk" not in text(client)


def test_what_is_held_back_or_gone_is_not_named(client: Client) -> None:
    lunch, walk = two()
    held = make.service(name="Held lunch", is_published=False)
    save(client, lunch, walk, held)
    assert "2 services." in text(client), "what is not shown cannot be saved"
    Service.objects.filter(id=walk.id).update(is_published=False)
    shown = text(client)
    assert "Ridge walk" not in shown and "1 service you saved is no longer in the directory" in shown
    Service.objects.filter(id=lunch.id).update(status="temporarily closed")
    assert "closed for now" in text(client)


def test_one_joined_with_another_stands_there_as_that_one(client: Client) -> None:
    lunch, walk = two()
    save(client, lunch, walk)
    Service.objects.filter(id=walk.id).update(is_published=False, joined_into=lunch)
    assert queries.kept_services([lunch.id, walk.id]) == queries.kept_services([lunch.id])


def test_on_paper_it_says_what_to_say_when_one_rings(client: Client) -> None:
    save(client, *two())
    paper = text(client, f"{LIST}/print")
    for words in ("020 7946 0000", "The Old Bakery", "What to say when you ring", "Could I speak to Dot", "116 123"):
        assert words in paper
    lunch, walk = paper.split("Ridge walk")
    assert "What does it cost?" in walk and "What does it cost?" not in lunch
    assert "app-print--large" in text(client, f"{LIST}/print?size=large")


def test_in_a_file_each_service_is_a_row_and_nothing_runs(client: Client) -> None:
    lunch = make.service(name="=1+1 club")
    save(client, lunch)
    answer = client.get(f"{LIST}/list.csv")
    assert "attachment" in answer["Content-Disposition"]
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[0] == "Name" and row[0] == "'=1+1 club"
    assert row[-1] == f"http://testserver/services/{lunch.id}"


def test_a_shared_link_shows_the_services_to_anybody_as_they_are_today(client: Client) -> None:
    lunch, walk = two()
    save(client, lunch, walk)
    link, else_ = share(client), Client()
    shown = text(else_, link)
    assert "Tuesday lunch club" in shown and "Ridge walk" in shown and 'content="noindex"' in shown
    assert "<title>Local support</title>" in shown
    Service.objects.filter(id=lunch.id).update(name="Tuesday dinner club")
    Service.objects.filter(id=walk.id).update(is_published=False)
    shown = text(else_, link)
    assert "Tuesday dinner club" in shown and "1 service on this list is no longer in the directory" in shown
    assert "Tuesday dinner club" in text(else_, f"{link}/print")
    assert "Stop sharing" not in shown, "only whoever shares it can"
    assert SharedList._meta.get_fields()[-1].name == "expires_at" and len(SharedList._meta.get_fields()) == 4


def test_whoever_gets_the_link_can_make_it_a_list_of_their_own(client: Client) -> None:
    services = two()
    save(client, *services)
    link, other = share(client), Client()
    keep = re.findall(r'name="service" value="([^"]+)"', text(other, link))
    assert keep == [str(each.id) for each in services]
    save(other, *services)
    assert "2 services." in text(other) and "Make a link" in text(other)


def test_pressed_twice_there_is_one_link_and_shared_again_it_is_the_same(client: Client) -> None:
    lunch, walk = two()
    save(client, lunch)
    before = client.cookies[cookie_name()].value
    link = share(client)
    client.cookies[cookie_name()] = before
    assert share(client) == link and SharedList.objects.count() == 1, "the second press of a double click"
    save(client, walk)
    assert "Your list has changed since you shared it" in text(client)
    assert "Ridge walk" not in text(Client(), link)
    assert share(client, "t2") == link and "Ridge walk" in text(Client(), link)
    assert "has changed" not in text(client)


def test_sharing_stops_at_once_and_by_itself_after_a_month(client: Client, cast: Cast) -> None:
    save(client, two()[0])
    link = share(client)
    client.post(f"{LIST}/stop-sharing")
    client.post(f"{LIST}/stop-sharing")
    assert "no longer shared" in text(Client(), link, 410) and "Make a link" in text(client)
    assert Client().get(f"{link}/print")["Location"] == link
    link = share(client, "t2")
    over = clock.now() + timedelta(days=SHARED_DAYS)
    with clock.at(over - timedelta(minutes=1)):
        text(Client(), link)
    with clock.at(over):
        assert "no longer shared" in text(Client(), link, 410)
        assert "Make a link" in text(client)
    with pytest.raises(NotAllowed):
        actions.forget_old_lists(by=cast.actor(cast.link_worker))
    actions.forget_old_lists(by=job_actor("tests"))
    assert SharedList.objects.exists()
    with clock.at(over + timedelta(minutes=1)):
        actions.forget_old_lists(by=job_actor("tests"))
    assert not SharedList.objects.exists()


def test_emptying_the_list_leaves_nothing_and_so_does_leaving_the_page(client: Client) -> None:
    services = two()
    save(client, *services)
    link = share(client)
    assert client.post(f"{LIST}/forget")["Location"] == LIST
    assert EMPTY in text(client) and text(Client(), link, 410)
    save(client, *services)
    client.get("/leave")
    assert EMPTY in text(client)


def test_a_link_cannot_be_guessed_from_the_list_it_is_to(client: Client) -> None:
    save(client, two()[0])
    token = share(client).removeprefix("/lists/")
    [row] = SharedList.objects.all()
    for wrong in (str(row.id), row.id.hex, f"{row.id.hex}.", token[:-1], token.upper(), access.claim_token(row.id)):
        assert text(client, reverse("directory:shared", args=[wrong]), 410)


def test_nothing_can_be_shared_without_a_list_or_too_often(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post(f"{LIST}/share", {"form_token": "t"})
    assert not SharedList.objects.exists() and not FormToken.objects.exists()
    monkeypatch.setattr("linkworks.frontdoor.rules.MOST_IN_AN_HOUR", 1)
    save(client, two()[0])
    share(client)
    before = Client()
    before.cookies[cookie_name()] = client.cookies[cookie_name()].value
    assert before.post(f"{LIST}/share", {"form_token": "t9"}).status_code == 409


def test_staff_keep_their_menu_and_are_not_counted(cast: Cast) -> None:
    worker = cast.client(cast.link_worker)
    save(worker, two()[0])
    assert "Sign out" in text(worker) and "Sign out" in text(worker, share(worker))


def test_queries_do_not_grow_with_the_list(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def counted(address: str) -> int:
        with django_assert_max_num_queries(16) as seen:
            text(client, address)
        return len(seen)

    save(client, make.service())
    link = share(client)
    few = [counted(each) for each in (LIST, link, f"{LIST}/print", "/find?q=lunch")]
    save(client, *(make.service(name=f"Lunch {each}") for each in range(MOST - 1)))
    share(client, "t2")
    assert [counted(each) for each in (LIST, link, f"{LIST}/print", "/find?q=lunch")] == few


@pytest.mark.parametrize("address", [LIST, f"{LIST}/print", f"{LIST}/list.csv", "/lists/x", "/lists/x/print"])
def test_what_is_for_looking_cannot_be_sent_to(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
