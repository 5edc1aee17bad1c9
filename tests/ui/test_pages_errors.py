"""When something is not here, not allowed, too old or broken, the page explains and says what to do."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory

from linkworks.core.errors import Conflict, Invalid, LinkworksError, NotAllowed, Unavailable
from linkworks.ui import views
from linkworks.ui.middleware import PageHeaders


@pytest.fixture(autouse=True)
def no_page_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """These pages are shown here without a session, a user or a database."""
    monkeypatch.setitem(vars(engines["jinja2"]), "template_context_processors", [])


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/somewhere")


@pytest.mark.parametrize(
    ("view", "status", "says"),
    [
        (views.not_found, 404, "check it is correct"),
        (views.not_allowed, 403, "ask your team manager"),
        (views.form_expired, 403, "was not saved"),
        (views.server_error, 500, "try again"),
    ],
)
def test_each_error_has_its_status_explains_itself_and_says_what_to_do(
    view: Callable[[HttpRequest], HttpResponse], status: int, says: str, request_: HttpRequest
) -> None:
    response = view(request_)
    assert response.status_code == status
    body = response.content.decode()
    assert says in body
    assert "116 123" in body
    assert "Traceback" not in body


def test_a_refusal_gives_the_reason_that_was_written_for_people(request_: HttpRequest) -> None:
    said = views.not_allowed(request_, NotAllowed("Only a team manager can close this case."))
    assert "Only a team manager can close this case." in said.content.decode()


@pytest.mark.parametrize("problem", [PermissionDenied(), PermissionDenied("codename core.view_x")])
def test_a_refusal_without_a_sentence_says_something_plain(problem: Exception, request_: HttpRequest) -> None:
    body = views.not_allowed(request_, problem).content.decode()
    assert "Your role does not allow this" in body
    assert "codename" not in body


def test_no_copy_of_a_page_is_kept_unless_it_says_it_may_be(request_: HttpRequest) -> None:
    assert PageHeaders(lambda request: HttpResponse("x"))(request_)["Cache-Control"] == "no-store, private"
    public = PageHeaders(lambda request: HttpResponse("x", headers={"Cache-Control": "public, max-age=60"}))
    assert public(request_)["Cache-Control"] == "public, max-age=60"
    assert "camera=()" in public(request_)["Permissions-Policy"]


@pytest.mark.parametrize("kind", [Conflict, Invalid, Unavailable])
def test_a_refusal_no_page_explained_says_its_sentence_and_is_no_fault_of_ours(
    kind: type[LinkworksError], request_: HttpRequest
) -> None:
    refused = kind("Somebody else has answered this already.")
    response = PageHeaders(lambda request: HttpResponse()).process_exception(request_, refused)
    assert response is not None
    assert response.status_code == 409
    body = response.content.decode()
    assert "Somebody else has answered this already." in body
    assert "Nothing was changed" in body


def test_a_fault_of_ours_stays_a_fault(request_: HttpRequest) -> None:
    assert PageHeaders(lambda request: HttpResponse()).process_exception(request_, ValueError("x")) is None
