"""Every form, opened and sent in every state of a case and of a connection: done, or refused in words with nothing changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from linkworks.casework.models import Case
from linkworks.casework.states import CaseState
from linkworks.connections.models import Connection
from linkworks.connections.states import State
from linkworks.core import clock
from tests.casework.everything import POSTED, World, rows, world
from tests.cast import Cast


def on(name: str, days: int) -> dict[str, str]:
    day = clock.today() + timedelta(days=days)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


WAITING, ALLOCATED, CONTACTING, ACTIVE, PAUSED, CLOSED = CaseState
ALL = set(CaseState)
OPEN = ALL - {CLOSED}
STARTED = OPEN - {WAITING}
MEASURES = {
    "satisfied": "4",
    "worthwhile": "5",
    "happy": "3",
    "anxious": "7",
    "how_asked": "telephone",
    **on("asked_on", 0),
}
# page: (answers that hold, the states in which they are taken)
FORMS: dict[str, tuple[dict[str, str], set[CaseState]]] = {
    "contact": ({"how": "phone", "result": "no-answer"}, STARTED),
    "conversation": (
        {"what_matters": "My garden", "strengths": "Patience", "complexity": "2", **on("held_on", 0)},
        STARTED,
    ),
    "measures": (MEASURES, STARTED),
    "goal-new": ({"words": "I want to sing"}, STARTED),
    "goal": ({"words": "I want to sing"}, STARTED),
    "step-new": ({"what": "Walk there", "who": "Me"}, STARTED),
    "step-done": ({}, STARTED),
    "set-aside": ({"reason": "been"}, STARTED),
    "step-remove": ({}, STARTED),
    "unmet": ({"need": "loneliness", "reason": "too-far"}, STARTED),
    "unmet-resolve": ({"resolution": "A new group"}, STARTED),
    "task-new": ({"title": "Ring", "due_pick": "week"}, OPEN),
    "details": ({"given_name": "Jean", "family_name": "Other", "language": "en"}, ALL),
    "sharing": ({"research": "yes", "how": "In person"}, ALL),
    "pause": ({"reason": "Away", **on("until", 9)}, {ALLOCATED, CONTACTING, ACTIVE}),
    "resume": ({}, {PAUSED}),
    "reopen": ({"reason": "She rang"}, {CLOSED}),
    "close": ({"reason": "moved-away", "withdraw_unanswered": "on", "lead_knows": "on"}, OPEN),
    "concern": ({"what_happened": "A bruise", "immediate_danger": "no", "person_knows": "yes"}, ALL),
    "connection-write": ({"text": "She walks with a stick"}, STARTED | {CLOSED}),
    "connection-withdraw": ({"reason": "She moved"}, STARTED),
    "connection-answer": ({"answer": "accept"}, STARTED),
}


NOTES = ("contact",)  # a closed case takes a note
QUIET = ("details", "goal", "conversation")  # done, they make no row


def put(cast: Cast, it: World, state: CaseState) -> None:
    nobody = {"worker": None} if state == WAITING else {"worker": cast.link_worker}
    ended = {"closed_at": clock.now(), "close_reason": "goals-met"} if state == CLOSED else {}
    Case.objects.filter(pk=it.case.pk).update(state=state.value, **nobody, **ended)


def said(client: Any, response: Any) -> str:
    """What the page says afterwards."""
    if response.status_code == 302:
        response = client.get(response.url)
    assert response.status_code in (200, 400)
    text: str = response.content.decode()
    return text


@pytest.mark.parametrize("state", list(CaseState))
def test_each_form_in_each_state_of_the_case(cast: Cast, state: CaseState) -> None:
    it = world(cast)
    put(cast, it, state)
    client = cast.client(cast.link_worker)
    for page, (answers, states) in FORMS.items():
        if page not in POSTED:
            assert (page, client.get(it.address(page)).status_code) == (page, 200)
        before, was = rows(), Case.objects.filter(pk=it.case.pk).values().get()
        with transaction.atomic():
            response = client.post(it.address(page), answers)
            after, now = rows(), Case.objects.filter(pk=it.case.pk).values().get()
            done = (after, now) != (before, was) or (page == "step-done" and it.goal.steps.get().done_at is not None)
            text = said(client, response)
            transaction.set_rollback(True)
        assert page in QUIET or (page, done) == (page, state in states)
        if state not in states:
            assert (page, response.status_code) == (page, 302 if page in POSTED else 400)
            assert "closed" in text or "Nobody has this case yet" in text or "cannot be changed in that way" in text, (
                page
            )


# page, answers that hold, and the states of the connection in which they are taken
ABOUT_CONNECTIONS: list[tuple[str, dict[str, str], set[State]]] = [
    ("connection-answer", {"answer": "accept"}, {State.SENT, State.WAITLISTED}),
    ("connection-answer", {"answer": "waitlist"}, {State.SENT}),
    ("connection-answer", {"answer": "decline", "reason": "full"}, {State.SENT, State.WAITLISTED, State.ACCEPTED}),
    ("connection-withdraw", {"reason": "She moved"},
        {State.PROPOSED, State.SENT, State.WAITLISTED, State.ACCEPTED}),
    ("connection-attendance", {"attended": "yes", **on("session_on", 0)}, {State.ACCEPTED, State.ATTENDING}),
    ("connection-end", {"ending": "completed"}, {State.ACCEPTED, State.ATTENDING}),
]  # fmt: skip


@pytest.mark.parametrize("state", list(State))
def test_each_form_in_each_state_of_the_connection(cast: Cast, state: State) -> None:
    it = world(cast)
    Connection.objects.filter(pk=it.connection.pk).update(
        state=state.value, decline_reason="full" if state == State.DECLINED else "",
        ending="completed" if state == State.ENDED else "",
    )  # fmt: skip
    client = cast.client(cast.link_worker)
    page = client.get(it.address("connection")).content.decode()
    assert "Tuesday lunch club" in page
    for name, answers, states in ABOUT_CONNECTIONS:
        form = client.get(it.address(name))
        assert (name, form.status_code) == (name, 200)
        with transaction.atomic():
            response = client.post(it.address(name), answers)
            moved = Connection.objects.get(pk=it.connection.pk).state != state.value
            came = rows()["Attendance"]
            transaction.set_rollback(True)
        assert (name, response.status_code) == (name, 302 if state in states else 400)
        assert (name, moved or bool(came)) == (name, state in states)
        opens = set.union(*(taken for other, _, taken in ABOUT_CONNECTIONS if other == name))
        assert (name, it.address(name) in page) == (name, state in opens)
        if state in opens and "answer" in answers:
            assert (f'value="{answers["answer"]}"' in form.content.decode()) is (state in states)


@pytest.mark.parametrize("state", [state for state in CaseState if state != WAITING])
def test_the_page_of_a_case_offers_only_what_can_be_done(cast: Cast, state: CaseState) -> None:
    it = world(cast)
    put(cast, it, state)
    client = cast.client(cast.link_worker)
    for page in ("case", "plan", "connection"):
        html = client.get(it.address(page)).content.decode()
        for name, (_, states) in FORMS.items():
            if state not in states and name not in NOTES:
                assert f'"{it.address(name)}"' not in html, (page, name)
