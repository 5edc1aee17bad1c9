import importlib
from typing import Any

import pytest
from django.test import Client

from linkworks.messaging import urls
from tests.cast import Cast
from tests.factories.messaging import make_account_message, make_message

OUTBOX = "/messages/outbox"
LEFT = {"state": "sent", "provider_reference": "outbox"}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_everything_that_left_is_there_whoever_looks(cast: Cast) -> None:
    make_message(scheme=cast.scheme, subject="From one scheme", **LEFT)
    make_message(scheme=cast.other_scheme, subject="From the other", **LEFT)
    make_message(subject="From Linkworks", **LEFT)
    page = text_of(Client().get(OUTBOX))
    for subject in ("From one scheme", "From the other", "From Linkworks"):
        assert subject in page


def test_what_has_not_left_is_not_there(cast: Cast) -> None:
    make_message(subject="Not yet")
    make_message(subject="Held back", state="suppressed")
    make_account_message(cast.referrer, subject="In an account")
    page = text_of(Client().get(OUTBOX))
    assert not [words for words in ("Not yet", "Held back", "In an account") if words in page]
    assert "Nothing has been sent yet" in page


def test_links_can_be_followed_and_nothing_in_a_message_is_html(cast: Cast) -> None:
    make_message(body="Open <b>this</b>:\nhttp://127.0.0.1:8000/provider/c/token", **LEFT)
    page = text_of(Client().get(OUTBOX))
    assert 'href="http://127.0.0.1:8000/provider/c/token"' in page
    assert "<b>this</b>" not in page


def test_searching(cast: Cast) -> None:
    make_message(subject="Wanted", address="ada@example.org", **LEFT)
    make_message(subject="Other", **LEFT)
    for words in ("wanted", "ada@"):
        page = text_of(Client().get(OUTBOX, {"q": words}))
        assert "Wanted" in page
        assert "Other" not in page


def test_a_long_list_has_pages(cast: Cast) -> None:
    for _ in range(26):
        make_message(**LEFT)
    assert "Showing 1 to 25 of 26" in text_of(Client().get(OUTBOX))


def test_it_is_only_read(cast: Cast) -> None:
    assert Client().post(OUTBOX).status_code == 405


def test_in_production_the_page_does_not_exist(settings: Any) -> None:
    settings.IN_PRODUCTION = True
    try:
        assert "outbox" not in {pattern.name for pattern in importlib.reload(urls).urlpatterns}
    finally:
        settings.IN_PRODUCTION = False
        assert "outbox" in {pattern.name for pattern in importlib.reload(urls).urlpatterns}


@pytest.mark.parametrize("words", ["%", "_", "'", "\\"])
def test_odd_signs_are_searched_for_as_they_are(cast: Cast, words: str) -> None:
    make_message(subject="Plain", body="plain", address="plain@example.org", **LEFT)
    assert "Plain" not in text_of(Client().get(OUTBOX, {"q": words}))
