"""Every template there is: no inline script or style, nothing fetched from elsewhere, words a person can read."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.errors import Conflict, Invalid, NotAllowed, Unavailable
from linkworks.core.postcodes import tidy_postcode
from linkworks.ui import typed, views
from linkworks.ui.middleware import PERMISSIONS, PageHeaders
from tests.ui.pages import Shown, show

LINKWORKS = Path(__file__).parents[2] / "linkworks"
TEMPLATES = sorted(LINKWORKS.glob("*/jinja2/**/*.jinja"))
STYLES = sorted(LINKWORKS.glob("*/static/**/*.css"))
SCRIPTS = sorted(LINKWORKS.glob("*/static/**/*.js"))


def offending(*patterns: str, unless: tuple[str, ...] = (), within: str = "") -> list[str]:
    """The templates (or the parts of them that `within` finds) that hold a pattern and nothing that excuses it."""
    found = []
    for template in TEMPLATES:
        text = template.read_text()
        for part in re.findall(within, text, re.DOTALL) if within else [text]:
            held = not patterns or any(re.search(pattern, part) for pattern in patterns)
            if held and not any(excuse in part for excuse in unless):
                found.append(f"{template.parent.name}/{template.name}")
    return found


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 150 and STYLES and SCRIPTS


@pytest.mark.parametrize(
    "refused",
    [
        r"<script(?![^>]*\bsrc=)",
        r"\sstyle\s*=",
        r"\son(click|change|submit|load|error|input)\s*=",
        "javascript:",
    ],
)
def test_no_template_holds_what_the_policy_refuses(refused: str) -> None:
    assert offending(refused) == []


def test_no_template_fetches_from_elsewhere() -> None:
    assert offending(r'(?:src|action)="(?:https?:)?//') == []


def test_nothing_is_marked_safe_in_a_template() -> None:
    """What is safe is Markup made in Python; a template cannot know what somebody typed."""
    assert offending(r"\|\s*safe\b") == []


def test_every_form_that_changes_something_carries_its_proof() -> None:
    forms = r'<form[^>]*method="post"[^>]*>.*?</form>'
    assert offending(within=forms, unless=("csrf_input", "{{ csrf", 'data-proof="origin"')) == []


def test_pictures_say_what_they_show_or_that_they_show_nothing() -> None:
    assert offending(within=r"<img[^>]*>", unless=(" alt=",)) == []
    assert offending(within=r"<svg[^>]*>", unless=('aria-hidden="true"', "aria-label", 'role="img"')) == []


def test_links_that_open_elsewhere_give_nothing_away() -> None:
    assert offending(within=r"<a[^>]*target=[^>]*>", unless=("noopener",)) == []


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_styles_fetch_nothing_from_elsewhere(style: Path) -> None:
    text = style.read_text()

    assert "@import" not in text
    assert not re.search(r"url\([\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_keep_nothing_of_a_person_in_the_browser(script: Path) -> None:
    text = script.read_text()

    assert "localStorage" not in text and "document.cookie" not in text
    assert "innerHTML" not in text and "eval(" not in text
    assert not re.search(r"fetch\([\"'`]https?:", text)


# Pages that say no


def answered(status: int) -> Any:
    return PageHeaders(lambda request: views.not_found(request) if status == 404 else views.not_allowed(request))


@pytest.mark.django_db
@pytest.mark.parametrize("status", [403, 404])
def test_every_page_carries_its_headers(status: int) -> None:
    response = answered(status)(RequestFactory().get("/"))

    assert response.status_code == status
    assert response["Cache-Control"] == "no-store, private"
    assert response["Permissions-Policy"] == PERMISSIONS


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["Ask your manager.", "<script>alert(1)</script>."])
def test_a_refusal_says_its_sentence_as_text(said: str) -> None:
    page = views.not_allowed(RequestFactory().get("/"), PermissionError(said)).content.decode()

    assert "<script>alert" not in page
    assert Shown(page).text.count(said.removesuffix(".")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [Conflict("First."), Invalid("Past."), NotAllowed("No."), Unavailable("Later.")],
)
def test_a_refusal_no_page_explained_is_explained(error: Any) -> None:
    middleware = PageHeaders(lambda request: views.not_found(request))

    response = middleware.process_exception(RequestFactory().post("/"), error)

    assert response is not None and response.status_code == 409
    assert error.message in response.content.decode()


def test_other_errors_are_left_to_be_noticed() -> None:
    middleware = PageHeaders(lambda request: views.not_found(request))

    assert middleware.process_exception(HttpRequest(), ZeroDivisionError()) is None


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere", "/find/../etc/passwd", "/cases/%00", "/x" * 300, "/ünknown"])
def test_an_address_that_is_not_there_says_what_to_do(client: Client, address: str) -> None:
    page = client.get(address)

    assert page.status_code == 404
    assert "Traceback" not in page.content.decode() and "<h1" in page.content.decode()


# What people type, again


@given(st.text(max_size=30))
def test_reading_a_reading_changes_nothing(text: str) -> None:
    for read in (tidy_postcode, typed.phone):
        found = read(text)
        assert found is None or read(found) == found


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_on_the_24_hour_clock_is_that_time(hour: int, minute: int) -> None:
    found = typed.clock_time(f"{hour:02}:{minute:02}")

    assert found is not None and (found.hour, found.minute) == (hour, minute)


@pytest.mark.parametrize("nothing", ["", " ", "soon", "25:00", "9:60", "13pm", "0am", "half past", "-1", "9am-5pm"])
def test_what_is_no_time_is_none(nothing: str) -> None:
    assert typed.clock_time(nothing) is None


@pytest.mark.parametrize("count", [0, 1, 2, 24, 25, 26, 1000])
def test_counts_on_a_view_are_shown_and_nought_too(count: int) -> None:
    shown = show("{{ ui.views([{'label': 'Due', 'href': '/', 'count': n}]) }}", n=count)

    assert f"{count}" in shown.text.replace(",", "")
