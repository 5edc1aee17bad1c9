"""A press counts when the browser says that it came from a page of ours."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from linkworks.ui.own_pages import from_our_pages, is_ours

OURS, THEIRS = "http://testserver", "https://elsewhere.example"
SAID = [
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "same-origin", "origin": OURS}, True),
    ({"sec-fetch-site": "same-site", "origin": OURS}, False),
    ({"sec-fetch-site": "cross-site", "origin": THEIRS}, False),
    ({"sec-fetch-site": "none"}, False),
    ({"origin": OURS}, True),
    ({"origin": THEIRS}, False),
    ({"origin": "https://testserver"}, False),
    ({"origin": "http://testserver:81"}, False),
    ({"origin": "http://testserver.elsewhere.example"}, False),
    ({"origin": "null"}, False),
    ({"referer": f"{OURS}/find"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("headers", "counts"), SAID)
def test_what_browsers_say(headers: dict[str, str], counts: bool) -> None:
    assert is_ours(RequestFactory().post("/", headers=headers)) is counts


def test_a_press_from_elsewhere_does_nothing_and_looking_is_free(db: Any) -> None:
    done: list[str] = []

    @from_our_pages
    def view(request: HttpRequest) -> HttpResponse:
        done.append(str(request.method))
        return HttpResponse()

    assert view(RequestFactory().post("/", headers={"origin": THEIRS})).status_code == 403
    assert view(RequestFactory().get("/", headers={"origin": THEIRS})).status_code == 200
    assert done == ["GET"]


PRESSED = ["/find/saved/add", "/find/saved/off", "/find/saved/share", "/find/saved/stop-sharing", "/find/saved/forget"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PRESSED)
def test_every_button_of_a_saved_list_is_held_to_it(address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address).status_code == 403
    assert strict.post(address, headers={"origin": THEIRS}).status_code == 403
    assert strict.post(address, headers={"sec-fetch-site": "same-origin"}).status_code == 302
    assert strict.get(address).status_code == 405
