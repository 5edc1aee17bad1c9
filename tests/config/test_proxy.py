"""Whose address is counted: the visitor's, behind our own proxy, and never one somebody made up."""

import pytest
from allauth.core.internal.httpkit import get_client_ip  # type: ignore[import-untyped]
from axes.helpers import get_client_ip_address  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from linkworks.config.proxy import VisitorsAddress
from linkworks.frontdoor.models import SendCount
from linkworks.frontdoor.rules import MOST_IN_AN_HOUR
from tests.cast import Cast
from tests.factories.organisations import make_postcode
from tests.frontdoor.test_pages_self_refer import CALL, CALL_BACK

PROXY = override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))


def passed_on(**headers: str) -> HttpRequest:
    seen: list[HttpRequest] = []

    def note(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    VisitorsAddress(note)(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers))
    return seen[0]


@PROXY
@pytest.mark.parametrize("written", ["203.0.113.7", "1.2.3.4, 203.0.113.7", "1.2.3.4,203.0.113.7 "])
def test_behind_ours_only_what_it_wrote_last_is_believed(written: str) -> None:
    request = passed_on(HTTP_X_FORWARDED_FOR=written)
    assert request.META["REMOTE_ADDR"] == "203.0.113.7"


@PROXY
def test_a_proxy_that_writes_nothing_is_the_visitor() -> None:
    assert passed_on().META["REMOTE_ADDR"] == "10.0.0.1"


@override_settings(SECURE_PROXY_SSL_HEADER=None)
def test_without_a_proxy_only_the_connection_is_believed() -> None:
    assert passed_on(HTTP_X_FORWARDED_FOR="203.0.113.7").META["REMOTE_ADDR"] == "10.0.0.1"


@PROXY
def test_whoever_counts_wrong_passwords_sees_the_visitor() -> None:
    request = passed_on(HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.7")
    assert get_client_ip(request) == get_client_ip_address(request) == "203.0.113.7"


@PROXY
def test_one_busy_library_does_not_close_the_door_for_the_rest_of_london(cast: Cast) -> None:
    make_postcode()
    for visitor, times in (("203.0.113.7", MOST_IN_AN_HOUR + 1), ("198.51.100.9", 1)):
        for _ in range(times):
            last = Client().post(CALL_BACK, CALL, HTTP_X_FORWARDED_FOR=visitor, HTTP_X_FORWARDED_PROTO="https")
        assert last.status_code == (400 if times > MOST_IN_AN_HOUR else 302)
    assert sorted(SendCount.objects.values_list("count", flat=True)) == [1, MOST_IN_AN_HOUR + 1]
