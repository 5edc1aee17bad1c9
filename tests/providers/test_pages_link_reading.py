"""Opening a link changes nothing, whatever opens it; what it led to once is gone quietly; words say who wrote them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.connections import actions
from linkworks.connections.models import Attendance, Connection, ConnectionMove, GroupFeedback, ProviderLink, Question
from linkworks.core.clock import now, today
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories.connections import make_connection, make_link, make_service

from .conftest import portal, text_of

PAGES = [(), ("accept",), ("waitlist",), ("decline",), ("ask",), ("attendance",), ("enough",), ("done", "accept")]
PREFETCHERS = [
    {"HTTP_SEC_PURPOSE": "prefetch"},
    {"HTTP_PURPOSE": "preview"},
    {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; MailScanner/1.0)"},
    {"HTTP_X_MOZ": "prefetch"},
]


def everything() -> tuple[Any, ...]:
    return (
        list(Connection.objects.order_by("pk").values()),
        *[model.objects.count() for model in (ConnectionMove, Attendance, Question, GroupFeedback, Message)],
        list(ProviderLink.objects.order_by("pk").values("pk", "expires_at", "revoked_at", "token_hash")),
    )


@pytest.mark.parametrize("state", ["sent", "waitlisted", "accepted", "attending", "declined", "ended"])
def test_looking_changes_nothing_but_when_it_was_opened(cast: Cast, visitor: Client, by_link: Any, state: str) -> None:
    connection = make_connection(cast, state)
    addresses = [by_link(connection, *page) for page in PAGES]
    kept = everything()
    for address in addresses:
        for look in (visitor.get, visitor.head, visitor.options):
            look(address)
    assert everything() == kept


@pytest.mark.parametrize("headers", PREFETCHERS)
def test_a_mail_scanner_that_opens_every_address_answers_nothing(
    cast: Cast, visitor: Client, by_link: Any, headers: dict[str, str]
) -> None:
    address = by_link(make_connection(cast))
    kept = everything()
    page = text_of(visitor.get(address, **headers))
    for address in re.findall(r'href="(/provider/[^"]+)"', page):
        visitor.get(address, **headers)
    assert everything() == kept


def test_an_answer_can_not_be_given_again_by_going_back(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection = make_connection(cast)
    said = {"words": "Come at noon", "form_token": "first"}
    visitor.post(by_link(connection, "accept"), said)
    for token in ("first", "second", ""):
        again = visitor.post(by_link(connection, "accept"), {**said, "form_token": token})
        assert again.status_code == 302
    for kind, words in (("waitlist", {"words": "x"}), ("accept", {"words": "other"})):
        assert visitor.post(by_link(connection, kind), words).status_code == 302
    assert ConnectionMove.objects.filter(connection=connection).count() == 1


def plain(page: str) -> str:
    """Without what differs from one showing to the next."""
    return re.sub(r'(nonce|value|content)="[^"]*"', "", page)


def dead_links(cast: Cast) -> dict[str, str]:
    tokens = {}
    for name, change in (
        ("expired", {"expires_at": now() - timedelta(days=1)}),
        ("revoked", {"revoked_at": now()}),
        ("both", {"expires_at": now() - timedelta(days=90), "revoked_at": now()}),
    ):
        token, link = make_link(make_connection(cast))
        ProviderLink.objects.filter(pk=link.pk).update(**change)
        tokens[name] = token
    tokens["over"] = make_link(make_connection(cast, "ended", ended_at=now() - timedelta(days=31)))[0]
    withdrawn = make_connection(cast)
    tokens["withdrawn"] = make_link(withdrawn)[0]
    actions.withdraw(withdrawn, reason="Went into hospital", by=cast.everything)
    return tokens


def test_however_a_link_ended_the_answer_is_the_same(cast: Cast, visitor: Client) -> None:
    answers = {name: visitor.get(reverse("providers:link", args=[token])) for name, token in dead_links(cast).items()}
    assert {answer.status_code for answer in answers.values()} == {410}
    assert len({plain(text_of(answer)) for answer in answers.values()}) == 1
    page = text_of(answers["expired"])
    assert "This link has ended" in page
    for told in ("Sam", "hospital", "eat with other people", "Amara", "lunch", "Kettle", "withdrawn", "K-"):
        assert told not in page


@pytest.mark.parametrize("token", ["x", "x.y", "A" * 86 + "." + "B" * 43, "%2e%2e", "…", "a" * 3000])
def test_what_was_never_a_link_says_the_same_and_names_nobody(cast: Cast, visitor: Client, token: str) -> None:
    answer = visitor.get(reverse("providers:link", args=[token]))
    page = text_of(answer)
    assert answer.status_code == 410
    assert "This link has ended" in page
    assert "Elm Tree" not in page
    assert "020 7946" not in page


@pytest.mark.parametrize("page", PAGES[1:])
def test_every_page_of_a_dead_link_says_the_same(cast: Cast, visitor: Client, page: tuple[str, ...]) -> None:
    dead = dead_links(cast)["expired"]
    first = plain(text_of(visitor.get(reverse("providers:link", args=[dead]))))
    name, more = page[0], page[1:]
    address = reverse(f"providers:link-{name}", args=[dead, *more])
    assert plain(text_of(visitor.get(address))) == first
    if name != "done":
        kept = everything()
        assert visitor.post(address, {"words": "x", "enough": "no", "text": "x"}).status_code == 410
        assert everything() == kept


# ─── Words say who wrote them ────────────────────────────────────────────────────────────────────────────────────────


def test_what_would_help_says_that_the_worker_wrote_it_and_the_person_agreed(
    cast: Cast, visitor: Client, by_link: Any
) -> None:
    page = text_of(visitor.get(by_link(make_connection(cast, support_need="Company <b>at</b> lunch"))))
    assert "Written by Amara Boateng, and agreed with Sam" in page
    assert "in their words" not in page.lower()
    assert "<b>at</b>" not in page


NOTES = [
    ("accept", {"words": "Ask for Bea at the side door"}, "Ask for Bea at the side door"),
    ("waitlist", {"words": "Five weeks or so"}, "Five weeks or so"),
    ("decline", {"reason": "full", "words": "Try us in spring"}, "Try us in spring"),
]


@pytest.mark.parametrize(("kind", "given", "note"), NOTES)
def test_a_groups_own_note_is_shown_back_with_who_wrote_it(
    cast: Cast, visitor: Client, by_link: Any, kind: str, given: dict[str, str], note: str
) -> None:
    connection = make_connection(cast)
    visitor.post(by_link(connection, kind), given)
    page = text_of(visitor.get(by_link(connection)))
    assert "What you told us" in page
    assert note in page
    assert "Kettle and Company (by link)" in page


def test_what_the_worker_keyed_in_moves_it_and_the_workers_words_stay_in_the_scheme(
    cast: Cast, visitor: Client, by_link: Any
) -> None:
    connection = make_connection(cast)
    actions.accept(connection, words="Canary: they sounded unsure of him", by=cast.actor(cast.link_worker))
    page = text_of(visitor.get(by_link(connection)))
    assert "You said yes." in page
    assert "Canary" not in page


def test_why_something_was_taken_back_never_comes_to_the_group(cast: Cast, maggie: Client) -> None:
    connection = make_connection(cast)
    actions.withdraw(connection, reason="Canary: went into hospital", by=cast.everything)
    for page in ("connection", "ask"):
        address = reverse(f"providers:{page}", args=[connection.pk])
        assert "Canary" not in text_of(maggie.get(address))


# ─── The first day ───────────────────────────────────────────────────────────────────────────────────────────────────


def came_on(day: Any, **more: Any) -> dict[str, Any]:
    return {
        "session_on_day": day.day, "session_on_month": day.month, "session_on_year": day.year, "attended": "yes", **more,
    }  # fmt: skip


def test_too_early_is_said_with_the_day_and_what_was_ticked_stays(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection = make_connection(cast, "accepted", first_session_on=today() + timedelta(days=5))
    answer = visitor.post(by_link(connection, "attendance"), came_on(today(), note="Cheerful"))
    page = text_of(answer)
    assert answer.status_code == 400
    assert "The first session was agreed for" in page
    assert "Cheerful" in page
    assert not Attendance.objects.exists()
    saved = visitor.post(by_link(connection, "attendance"), came_on(today(), date_changed="on"))
    assert saved.status_code == 302
    assert Attendance.objects.get().session_on == today()


def test_whether_the_day_changed_is_only_asked_where_one_was_agreed(cast: Cast, visitor: Client, by_link: Any) -> None:
    agreed = make_connection(cast, "accepted", first_session_on=today())
    open_ended = make_connection(cast, "accepted", service=make_service(cast.provider, name="Walk"))
    assert "The first day was changed" in text_of(visitor.get(by_link(agreed, "attendance")))
    assert "The first day was changed" not in text_of(visitor.get(by_link(open_ended, "attendance")))
    assert visitor.post(by_link(open_ended, "attendance"), came_on(today(), date_changed="on")).status_code == 302


def test_neither_door_shows_the_group_what_the_person_said_to_their_link_worker(
    cast: Cast, visitor: Client, maggie: Client, by_link: Any
) -> None:
    connection, worker = make_connection(cast, "accepted"), cast.actor(cast.link_worker)
    actions.mark_attendance(connection, session_on=today(), attended="yes", note="Canary: in tears", by=worker)
    actions.end(connection, ending="completed", words="Canary: I left my husband", by=worker)
    for page in (text_of(visitor.get(by_link(connection))), text_of(maggie.get(portal(connection)))):
        assert "This has finished" in page
        assert "Canary" not in page


@pytest.mark.parametrize("state", ["declined", "ended"])
def test_what_is_over_can_still_be_replied_to_as_the_mail_says(
    cast: Cast, visitor: Client, by_link: Any, state: str
) -> None:
    connection = make_connection(cast, state)
    assert "Ask or tell Amara Boateng something" in text_of(visitor.get(by_link(connection)))
    sent = visitor.post(by_link(connection, "ask"), {"text": "He left his scarf.", "form_token": "once"}, follow=True)
    assert "Your message was sent" in text_of(sent)
    assert "mark who came" not in text_of(sent)


@pytest.mark.parametrize(
    ("state", "waits"), [("sent", True), ("waitlisted", True), ("accepted", False), ("ended", False)]
)
def test_whoever_only_asked_is_told_that_their_answer_is_still_awaited(
    cast: Cast, visitor: Client, by_link: Any, state: str, waits: bool
) -> None:
    connection = make_connection(cast, state)
    asked = {"text": "Does he eat fish?", "form_token": "once"}
    sent = visitor.post(by_link(connection, "ask"), asked, follow=True)
    assert "Your message was sent" in text_of(sent)
    assert ("say yes or no" in text_of(sent)) is waits
