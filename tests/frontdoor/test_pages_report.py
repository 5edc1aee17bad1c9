"""Anybody says that a listing is wrong; its steward looks, and says what was done."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.connections import actions as connections
from linkworks.core.actor import PUBLIC
from linkworks.core.errors import Conflict
from linkworks.directory import actions as directory
from linkworks.directory.models import ListingChange, ListingReport, Service
from linkworks.directory.rules.reporting import WRONG
from linkworks.frontdoor import rules
from tests.cast import Cast
from tests.factories import casework
from tests.factories import directory as make

DESK = reverse("directory:steward-list")


def page_of(service: Service) -> str:
    return reverse("frontdoor:report-listing", args=[service.id])


def public(service: Service) -> str:
    return reverse("directory:service", args=[service.id])


def report(client: Client, service: Service, **said: str) -> Any:
    return client.post(page_of(service), {"reason": "closed", "words": "Shutters down.", "form_token": "t1", **said})


@pytest.fixture
def service(cast: Cast) -> Service:
    return make.service()


@pytest.fixture
def steward(cast: Cast) -> Client:
    return cast.client(cast.steward)


def test_the_public_says_what_is_wrong_and_is_asked_nothing_about_themselves(client: Client, service: Service) -> None:
    assert page_of(service) in client.get(public(service)).content.decode()
    page = client.get(page_of(service)).content.decode()
    for label in WRONG.values():
        assert label in page
    for asked in ('name="name"', 'name="email"', 'name="phone"'):
        assert asked not in page
    answer = client.post(
        page_of(service), {"reason": "closed", "words": "Shutters down.", "form_token": "t"}, follow=True
    )
    assert "Thank you" in answer.content.decode()
    kept = ListingReport.objects.get()
    assert (kept.service_id, kept.reason, kept.said, kept.by_name) == (service.id, "closed", "Shutters down.", "")
    assert kept.by_id == "public"


def test_it_reaches_the_steward_who_says_what_was_done(client: Client, steward: Client, service: Service) -> None:
    report(client, service)
    queue = steward.get(DESK, {"view": "reported"}).content.decode()
    assert "Tuesday lunch club" in queue
    desk = reverse("directory:steward-edit", args=[service.id])
    answer_page = reverse("directory:steward-report", args=[ListingReport.objects.get().id])
    assert answer_page in steward.get(desk).content.decode()
    page = steward.get(answer_page).content.decode()
    for words in (WRONG["closed"], "Shutters down.", "somebody who was not signed in"):
        assert words in page
    assert steward.post(answer_page, {"done": "Rang them: open again on Monday."}).status_code == 302
    assert ListingReport.objects.get().state == "dealt-with"
    change = ListingChange.objects.get()
    assert (change.became, change.by_name) == ("Rang them: open again on Monday.", "Ines Duarte")
    assert "Shutters down." in change.was
    assert "There are no listings here." in steward.get(DESK, {"view": "reported"}).content.decode()
    opened = steward.get(answer_page)
    assert (opened.status_code, opened["Location"]) == (302, desk), "what is dealt with is not dealt with twice"
    assert "dealt with already" in steward.get(desk).content.decode()
    late = steward.post(answer_page, {"done": "Moved it to Thursdays"})
    assert late.status_code == 400
    for words in ("dealt with already", "Moved it to Thursdays"):
        assert words in late.content.decode(), "what a colleague typed meanwhile is not lost"
    assert ListingChange.objects.count() == 1


def test_staff_are_named_so_that_they_can_be_asked_back(cast: Cast, steward: Client, service: Service) -> None:
    report(cast.client(cast.link_worker), service)
    desk = steward.get(reverse("directory:steward-edit", args=[service.id])).content.decode()
    assert "Reported by Amara Boateng" in desk


def test_a_link_worker_who_was_refused_finds_the_way_from_the_connection(cast: Cast) -> None:
    _, _, connection = casework.connected(cast)
    by = cast.actor(cast.provider_coordinator)
    casework.do(by, connections.decline, connection, reason="not-eligible")
    page = cast.client(cast.link_worker).get(reverse("casework:connection", args=[connection.id])).content.decode()
    assert page_of(connection.service) in page


WRONGLY = [({"reason": ""}, "Choose what is wrong"), ({"reason": "rude"}, "error"), ({"words": "x" * 501}, "500")]


@pytest.mark.parametrize(("wrong", "said"), WRONGLY)
def test_bad_input_says_so_and_keeps_what_was_typed(
    client: Client, service: Service, wrong: dict[str, str], said: str
) -> None:
    answer = report(client, service, **{"words": "kept words", **wrong})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert wrong.get("words", "kept words") in page
    assert not ListingReport.objects.exists()


def test_a_steward_who_says_nothing_is_asked_again(client: Client, steward: Client, service: Service) -> None:
    report(client, service)
    page = reverse("directory:steward-report", args=[ListingReport.objects.get().id])
    for empty in ("", "   "):
        assert steward.post(page, {"done": empty}).status_code == 400
    assert ListingReport.objects.get().state == "open"


def test_private_details_in_the_words_are_not_kept(client: Client, service: Service) -> None:
    report(client, service, words="Ring Jo on 07700 900123 or jo.bloggs@gmail.com")
    assert "07700" not in ListingReport.objects.get().said
    assert "gmail" not in ListingReport.objects.get().said


def test_pressing_twice_reports_once(client: Client, service: Service) -> None:
    for _ in range(2):
        assert report(client, service).status_code == 302
    assert ListingReport.objects.count() == 1
    assert report(client, service, words="Something else").status_code == 400, "one form says one thing"


def test_the_public_may_say_so_only_so_often_and_staff_as_often_as_they_must(
    cast: Cast, client: Client, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_IN_AN_HOUR", 2)
    for number in range(2):
        assert report(client, service, form_token=f"t{number}").status_code == 302
    refused = report(client, service, form_token="t9", words="kept words")
    assert refused.status_code == 400
    assert "kept words" in refused.content.decode()
    staff = cast.client(cast.link_worker)
    for number in range(4):
        assert report(staff, service, form_token=f"s{number}").status_code == 302
    assert ListingReport.objects.count() == 6


def test_what_may_harm_comes_first(client: Client, steward: Client, service: Service) -> None:
    report(client, service, form_token="a")
    report(client, service, form_token="b", reason="private", words="My home address")
    desk = steward.get(reverse("directory:steward-edit", args=[service.id])).content.decode()
    assert desk.index("My home address") < desk.index("Shutters down.")


def test_a_listing_that_is_not_shown_cannot_be_reported_or_seen(client: Client, cast: Cast) -> None:
    hidden = make.service(is_published=False)
    assert client.get(page_of(hidden)).status_code == 404
    assert report(client, hidden).status_code == 404
    assert client.get(reverse("frontdoor:report-listing", args=[uuid4()])).status_code == 404
    assert not ListingReport.objects.exists()


def test_one_taken_down_while_somebody_wrote_says_so(client: Client, service: Service) -> None:
    """Not that they should choose what is wrong: they did."""
    Service.objects.update(is_published=False)
    with pytest.raises(Conflict, match="not shown any more"):
        directory.report_listing(service.id, reason="closed", token="a", by=PUBLIC)


def test_only_stewards_read_reports(cast: Cast, client: Client, service: Service) -> None:
    report(client, service)
    page = reverse("directory:steward-report", args=[ListingReport.objects.get().id])
    assert client.get(page).status_code == 302
    for who in (cast.link_worker, cast.manager, cast.administrator, cast.provider_coordinator):
        assert cast.client(who).post(page, {"done": "Mine"}).status_code == 403, who.name
    assert ListingReport.objects.get().state == "open"


def test_wrong_methods_and_what_never_was(client: Client, steward: Client, service: Service) -> None:
    assert client.delete(page_of(service)).status_code == 405
    assert steward.get(reverse("directory:steward-report", args=[uuid4()])).status_code == 404


def test_script_in_the_words_stays_text(client: Client, steward: Client, service: Service) -> None:
    report(client, service, words="<script>alert(1)</script>")
    desk = steward.get(reverse("directory:steward-edit", args=[service.id])).content.decode()
    assert "<script>alert" not in desk
