from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkworks.core.clock import now
from linkworks.messaging import actions, queries
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.context import acting
from tests.factories.messaging import make_account_message, make_message

INBOX = "/messages/"


@pytest.fixture
def priya(cast: Cast) -> Client:
    """The browser of a referrer, who belongs to no scheme."""
    return cast.client(cast.referrer)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def open_page(message: Message) -> str:
    return reverse("messaging:message", args=[message.id])


def test_messages_of_any_scheme_reach_their_reader(cast: Cast, priya: Client) -> None:
    make_account_message(cast.referrer, scheme=cast.scheme, subject="From one scheme")
    make_account_message(cast.referrer, scheme=cast.other_scheme, subject="From the other")
    make_account_message(cast.referrer, subject="From Linkworks")
    page = text_of(priya.get(INBOX))
    for subject in ("From one scheme", "From the other", "From Linkworks"):
        assert subject in page


def test_nobody_reads_anybody_elses(cast: Cast, priya: Client) -> None:
    theirs = make_account_message(cast.other_referrer, scheme=cast.scheme, subject="Not for you")
    colleague = make_account_message(cast.link_worker, scheme=cast.scheme, subject="Not for you")
    assert "Not for you" not in text_of(priya.get(INBOX))
    for message in (theirs, colleague):
        assert priya.get(open_page(message)).status_code == 404


def test_the_database_keeps_them_apart_too(cast: Cast) -> None:
    mine = make_account_message(cast.referrer, scheme=cast.scheme)
    make_account_message(cast.other_referrer, scheme=cast.scheme)
    make_message(scheme=None)
    with acting(cast.actor(cast.referrer)):
        assert [message.pk for message in Message.objects.all()] == [mine.pk]


def test_opening_marks_as_read_and_leads_to_what_it_is_about(cast: Cast, priya: Client) -> None:
    message = make_account_message(cast.referrer, link="/referrals/")
    response = priya.get(open_page(message))
    message.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/referrals/")
    assert message.read_at is not None


def test_the_first_reading_counts(cast: Cast, priya: Client) -> None:
    first = now()
    message = make_account_message(cast.referrer, read_at=first)
    priya.get(open_page(message))
    message.refresh_from_db()
    assert message.read_at == first


@pytest.mark.parametrize("link", ["", "https://elsewhere.example.org/", "//elsewhere.example.org/"])
def test_without_a_link_of_ours_the_message_is_shown_here(cast: Cast, priya: Client, link: str) -> None:
    response = priya.get(open_page(make_account_message(cast.referrer, link=link, body="What was agreed")))
    assert response.status_code == 200
    assert "What was agreed" in text_of(response)


def test_only_the_unread_can_be_shown(cast: Cast, priya: Client) -> None:
    make_account_message(cast.referrer, subject="Old news", read_at=now())
    make_account_message(cast.referrer, subject="Fresh news")
    page = text_of(priya.get(INBOX, {"view": "unread"}))
    assert "Fresh news" in page
    assert "Old news" not in page
    assert "Old news" in text_of(priya.get(INBOX))


def test_searching_finds_words_and_says_when_there_are_none(cast: Cast, priya: Client) -> None:
    make_account_message(cast.referrer, subject="About R-7KQ4-M9TX", body="A plan was agreed")
    for words in ("7kq4", "plan"):
        assert "R-7KQ4-M9TX" in text_of(priya.get(INBOX, {"q": words}))
    assert "Nothing was found" in text_of(priya.get(INBOX, {"q": "zebra"}))


def test_an_empty_inbox_says_what_will_come(cast: Cast, priya: Client) -> None:
    assert "You have no messages" in text_of(priya.get(INBOX))
    assert "You have read everything" in text_of(priya.get(INBOX, {"view": "unread"}))


def test_a_long_list_has_pages(cast: Cast, priya: Client) -> None:
    for number in range(27):
        make_account_message(cast.referrer, subject=f"News {number}")
    assert "Showing 1 to 25 of 27" in text_of(priya.get(INBOX))
    assert "Showing 26 to 27 of 27" in text_of(priya.get(INBOX, {"page": "2"}))


def test_it_asks_as_much_for_many_as_for_one(cast: Cast, priya: Client, django_assert_num_queries: Any) -> None:
    make_account_message(cast.referrer)
    priya.get(INBOX)
    with CaptureQueriesContext(connection) as few:
        priya.get(INBOX)
    for _ in range(9):
        make_account_message(cast.referrer)
    with django_assert_num_queries(len(few.captured_queries)):
        priya.get(INBOX)


def test_unread_are_counted(cast: Cast) -> None:
    make_account_message(cast.referrer)
    make_account_message(cast.referrer, read_at=now())
    assert queries.unread_count(cast.actor(cast.referrer)) == 1
    assert queries.unread_count(cast.everything) == 0


def test_nobody_marks_for_somebody_else(cast: Cast) -> None:
    from linkworks.core.errors import NotAllowed

    with pytest.raises(NotAllowed):
        actions.mark_read(make_account_message(cast.referrer), by=cast.actor(cast.link_worker))


def test_signed_out_leads_to_signing_in_and_pages_are_only_read(cast: Cast, priya: Client) -> None:
    message = make_account_message(cast.referrer)
    for page in (INBOX, open_page(message)):
        assert Client().get(page).status_code == 302
        assert priya.post(page).status_code == 405
