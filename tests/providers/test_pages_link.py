"""A group answers by its link, without an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.connections import actions
from linkworks.connections.models import Attendance, Connection, ConnectionMove, ProviderLink, Question
from linkworks.core.clock import now, today
from tests.cast import Cast
from tests.factories.connections import make_connection, make_link, make_service

from .conftest import text_of

ANSWERS = ["accept", "waitlist", "decline", "ask", "attendance"]
GIVEN: dict[str, dict[str, Any]] = {
    "accept": {"words": "Come to the side door"},
    "waitlist": {"words": "About a month"},
    "decline": {"reason": "full", "words": "Sorry"},
    "ask": {"text": "Can they manage stairs?"},
    "attendance": {"attended": "yes"},
}
STATE_AFTER = {
    "accept": "accepted",
    "waitlist": "waitlisted",
    "decline": "declined",
    "ask": "sent",
    "attendance": "attending",
}


def starting_state(kind: str) -> str:
    return "accepted" if kind == "attendance" else "sent"


def form_of(kind: str, **changes: Any) -> dict[str, Any]:
    day = today()
    dated = (
        {"session_on_day": day.day, "session_on_month": day.month, "session_on_year": day.year}
        if kind == "attendance"
        else {}
    )
    return {**GIVEN[kind], **dated, "form_token": "pressed-once", **changes}


def test_it_shows_the_seven_fields_and_nothing_else_about_the_person(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection = make_connection(cast, call_worker_first=True)
    response = visitor.get(by_link(connection))
    page = text_of(response)
    assert response.status_code == 200
    for field in (
        "reference",
        "name_shared",
        "contact_shared",
        "support_need",
        "access_and_language",
        "emergency_contact",
    ):
        assert getattr(connection, field) in page
    assert "before you contact Sam" in page
    assert "Canary" not in page
    assert cast.link_worker.email not in page
    assert str(connection.person_id) not in page


def test_nothing_on_the_page_is_kept_by_the_browser_or_by_search_engines(
    cast: Cast, visitor: Client, by_link: Any
) -> None:
    response = visitor.get(by_link(make_connection(cast)))
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in text_of(response)
    assert re.search(r"<title>\s*Linkworks\s*</title>", text_of(response))


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_answer_is_one_form_and_one_press(cast: Cast, visitor: Client, by_link: Any, kind: str) -> None:
    connection = make_connection(cast, starting_state(kind))
    assert visitor.get(by_link(connection, kind)).status_code == 200
    response = visitor.post(by_link(connection, kind), form_of(kind), follow=True)
    connection.refresh_from_db()
    assert response.redirect_chain[-1][0] == by_link(connection, "done", kind)
    assert connection.state == STATE_AFTER[kind]
    assert "Amara Boateng" in text_of(response)


@pytest.mark.parametrize("kind", ["ask", "attendance"])
def test_pressing_twice_makes_one_record(cast: Cast, visitor: Client, by_link: Any, kind: str) -> None:
    connection = make_connection(cast, starting_state(kind))
    for _ in range(2):
        visitor.post(by_link(connection, kind), form_of(kind))
    assert Question.objects.count() + Attendance.objects.count() == 1


@pytest.mark.parametrize("kind", ["accept", "waitlist", "decline"])
def test_pressing_an_answer_twice_moves_once(cast: Cast, visitor: Client, by_link: Any, kind: str) -> None:
    connection = make_connection(cast)
    for _ in range(2):
        assert visitor.post(by_link(connection, kind), form_of(kind)).status_code == 302
    assert ConnectionMove.objects.filter(connection=connection).count() == 1


def test_the_history_says_that_it_came_by_link(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection = make_connection(cast)
    visitor.post(by_link(connection, "accept"), form_of("accept"))
    line = ConnectionMove.objects.get()
    assert (line.made_by_name, line.made_by[:5], line.reason) == (
        "Kettle and Company (by link)",
        "link:",
        "Come to the side door",
    )


def test_a_first_date_is_kept_and_said_again(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection, day = make_connection(cast), today() + timedelta(days=9)
    dated = {"first_session_on_day": day.day, "first_session_on_month": day.month, "first_session_on_year": day.year}
    response = visitor.post(by_link(connection, "accept"), form_of("accept", **dated), follow=True)
    connection.refresh_from_db()
    assert connection.first_session_on == day
    assert f"{day:%A} {day.day} {day:%B %Y}" in text_of(response)


@pytest.mark.parametrize(
    ("kind", "spoiled", "said", "kept"),
    [
        ("decline", {"reason": ""}, "Choose why not", "Sorry"),
        ("ask", {"text": ""}, "Write your message", ""),
        ("ask", {"text": "Stairs? " * 200}, "1,000 characters", "Stairs? Stairs?"),
        ("attendance", {"attended": ""}, "Choose whether they came", ""),
        ("attendance", {"attended": "no"}, "Choose what happened", ""),
        (
            "accept",
            {"first_session_on_day": "31", "first_session_on_month": "2", "first_session_on_year": "2027"},
            "real date",
            "31",
        ),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    cast: Cast, visitor: Client, by_link: Any, kind: str, spoiled: dict[str, Any], said: str, kept: str
) -> None:
    connection = make_connection(cast, starting_state(kind))
    response = visitor.post(by_link(connection, kind), form_of(kind, **spoiled))
    page = text_of(response)
    assert response.status_code == 400
    assert said in page
    assert kept in page
    assert "There is a problem" in page
    connection.refresh_from_db()
    assert connection.state == starting_state(kind)


def test_when_the_last_place_has_gone_the_page_says_so_and_keeps_the_words(
    cast: Cast, visitor: Client, by_link: Any
) -> None:
    connection = make_connection(cast, service=make_service(cast.provider, capacity_places=1, places_taken=1))
    response = visitor.post(by_link(connection, "accept"), form_of("accept"))
    assert response.status_code == 400
    assert "waiting list" in text_of(response)
    assert "Come to the side door" in text_of(response)
    connection.refresh_from_db()
    assert connection.state == "sent"


@pytest.mark.parametrize(
    ("state", "kind"), [("accepted", "waitlist"), ("declined", "accept"), ("sent", "attendance"), ("ended", "decline")]
)
def test_what_can_no_longer_be_answered_leads_to_where_it_stands(
    cast: Cast, visitor: Client, by_link: Any, state: str, kind: str
) -> None:
    connection = make_connection(cast, state)
    response = visitor.post(by_link(connection, kind), form_of(kind))
    assert (response.status_code, response["Location"]) == (302, by_link(connection))


@pytest.mark.parametrize("state", ["sent", "waitlisted", "accepted", "attending", "declined", "ended"])
def test_every_state_reads_well(cast: Cast, visitor: Client, by_link: Any, state: str) -> None:
    page = text_of(visitor.get(by_link(make_connection(cast, state, name_shared="Samphire"))))
    assert "Samphire" in page
    assert not re.search(r"\bNone\b|waitlisted|could-not|person-changed", page)


def test_messages_and_sessions_are_shown(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection, maggie = make_connection(cast, "accepted"), cast.actor(cast.provider_coordinator)
    actions.ask(connection, text="Can they manage stairs?", from_provider=True, by=maggie)
    actions.ask(connection, text="Yes, slowly.", from_provider=False, by=cast.everything)
    actions.mark_attendance(
        connection, session_on=today(), attended="no", absence="logistics", note="No bus", by=maggie
    )
    page = text_of(visitor.get(by_link(connection)))
    for words in ("Can they manage stairs?", "Yes, slowly.", "Could not get there", "No bus"):
        assert words in page


# ─── Links that do not open ──────────────────────────────────────────────────────────────────────────────────────────


def dead_addresses(token: str) -> list[str]:
    return [
        reverse("providers:link", args=[token]),
        reverse("providers:link-done", args=[token, "accept"]),
        *[reverse(f"providers:link-{kind}", args=[token]) for kind in ANSWERS],
    ]


@pytest.mark.parametrize("change", [{"revoked_at": now()}, {"expires_at": now() - timedelta(days=1)}])
def test_a_link_that_no_longer_works_says_whom_to_ring_and_nothing_else(
    cast: Cast, visitor: Client, change: dict[str, Any]
) -> None:
    connection = make_connection(cast)
    token, _ = make_link(connection)
    ProviderLink.objects.update(**change)
    for address in dead_addresses(token):
        response = visitor.get(address)
        page = text_of(response)
        assert response.status_code == 410
        assert "020 7946 0100" in page
        assert not [each for each in ("Sam", "eat with other", connection.reference, "lunch") if each in page]


def test_a_dead_link_answers_nothing(cast: Cast, visitor: Client) -> None:
    connection = make_connection(cast)
    token, _ = make_link(connection)
    ProviderLink.objects.update(revoked_at=now())
    for kind in ANSWERS:
        assert visitor.post(reverse(f"providers:link-{kind}", args=[token]), form_of(kind)).status_code == 410
    assert not ConnectionMove.objects.exists()
    assert not Question.objects.exists()


def test_a_link_that_was_never_ours_names_nobody(cast: Cast, visitor: Client) -> None:
    response = visitor.get(reverse("providers:link", args=["made-up.nonsense"]))
    assert response.status_code == 410
    assert "whole link" in text_of(response)
    assert cast.scheme.name not in text_of(response)


def test_taking_back_closes_the_page_at_once(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection = make_connection(cast)
    address = by_link(connection)
    assert visitor.get(address).status_code == 200
    actions.withdraw(connection, reason="Moved away", by=cast.everything)
    assert visitor.get(address).status_code == 410


def test_a_link_opens_nothing_else(cast: Cast, visitor: Client, by_link: Any) -> None:
    """A visitor with a link is not signed in: the portal asks them to."""
    mine, other = make_connection(cast), make_connection(cast)
    visitor.get(by_link(mine))
    assert visitor.get(reverse("providers:connection", args=[other.id])).status_code == 302
    assert visitor.get(reverse("providers:inbox")).status_code == 302


def test_somebody_signed_in_elsewhere_acts_as_the_link(cast: Cast, by_link: Any) -> None:
    connection = make_connection(cast)
    browser = cast.client(cast.outsider)
    assert browser.get(by_link(connection)).status_code == 200
    browser.post(by_link(connection, "accept"), form_of("accept"))
    assert ConnectionMove.objects.get().made_by.startswith("link:")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_reading_pages_are_only_read(cast: Cast, visitor: Client, by_link: Any, method: str) -> None:
    connection = make_connection(cast)
    assert getattr(visitor, method)(by_link(connection)).status_code == 405
    assert getattr(visitor, method)(by_link(connection, "done", "accept")).status_code == 405


@pytest.mark.parametrize("kind", ANSWERS)
def test_answer_pages_take_get_and_post(cast: Cast, visitor: Client, by_link: Any, kind: str) -> None:
    assert visitor.put(by_link(make_connection(cast, starting_state(kind)), kind)).status_code == 405


def test_a_form_from_elsewhere_is_refused(cast: Cast, by_link: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    connection = make_connection(cast)
    assert strict.post(by_link(connection, "accept"), form_of("accept")).status_code == 403
    connection.refresh_from_db()
    assert connection.state == "sent"


def test_an_unknown_thank_you_is_not_found(cast: Cast, visitor: Client, by_link: Any) -> None:
    assert visitor.get(by_link(make_connection(cast), "done", "dance")).status_code == 404


def test_more_messages_ask_no_more_of_the_database(
    cast: Cast, visitor: Client, by_link: Any, django_assert_max_num_queries: Any
) -> None:
    connection = make_connection(cast, "accepted")
    address = by_link(connection)
    for number in range(6):
        actions.ask(connection, text=f"Question {number}", from_provider=True, by=cast.everything)
    with django_assert_max_num_queries(16):
        visitor.get(address)


def test_only_the_connection_of_the_link_moves(cast: Cast, visitor: Client, by_link: Any) -> None:
    mine, other = make_connection(cast), make_connection(cast)
    visitor.post(by_link(mine, "accept"), form_of("accept"))
    assert Connection.objects.get(pk=other.pk).state == "sent"
