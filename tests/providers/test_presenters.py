"""How a connection reads to a group: in words, whatever its state and reason."""

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from markupsafe import escape

from linkworks.connections.queries import Answer, Exchange, Mark, SaidEnough, Seen, Shared
from linkworks.connections.states import Enough
from linkworks.core import vocabulary
from linkworks.core.clock import now
from linkworks.directory.models import Service
from linkworks.providers.forms import FORMS
from linkworks.providers.presenters import connections as presenters

SHARED = Shared("K-7KQ4-M9TX", "Sam", "Through the link worker", "Company at lunch.", "", "", False)
SEEN = Seen(
    id=uuid4(),
    state="sent",
    service_id=uuid4(),
    service_name="Tuesday lunch club",
    scheme_name="Elm Tree Social Prescribing",
    worker_name="Amara Boateng",
    worker_phone="02079460123",
    sent_at=now(),
    first_session_on=None,
    decline_reason="",
    ending="",
    although_full="",
    shared=SHARED,
)
DOOR = presenters.door_of_link("token")
RAW = re.compile(r"[a-z]+-[a-z]+-[a-z]+|\bNone\b|_")


@pytest.mark.parametrize("state", presenters.TAGS)
def test_every_state_is_said_in_a_sentence(state: str) -> None:
    reason = {"declined": {"decline_reason": "full"}, "ended": {"ending": "completed"}}.get(state, {})
    said = presenters.where_it_stands(replace(SEEN, state=state, **reason))
    assert said.endswith(".")
    assert not RAW.search(said)


@pytest.mark.parametrize("reason", vocabulary.DECLINE_REASONS)
def test_every_reason_is_said_in_words(reason: str) -> None:
    assert not RAW.search(presenters.where_it_stands(replace(SEEN, state="declined", decline_reason=reason)))


@pytest.mark.parametrize("ending", vocabulary.ENDINGS)
def test_every_ending_is_said_in_words(ending: str) -> None:
    assert not RAW.search(presenters.where_it_stands(replace(SEEN, state="ended", ending=ending)))


@pytest.mark.parametrize("why", vocabulary.REASONS_ALTHOUGH_FULL)
def test_why_a_full_group_is_asked_speaks_to_the_group_of_room_and_only_until_it_answers(why: str) -> None:
    asked = replace(SEEN, although_full=why)
    said = presenters.asked_although_full(asked)
    assert said.startswith("Your listing says that you have no free place. Amara Boateng asks all the same: ")
    assert not RAW.search(said) and "Sam" not in said and "they " not in said.lower()
    assert presenters.asked_although_full(replace(asked, state="waitlisted")) == ""


@pytest.mark.parametrize("why", ["", "She is lonely and would love it"])
def test_nothing_but_the_list_is_said_of_a_full_group(why: str) -> None:
    assert presenters.asked_although_full(replace(SEEN, although_full=why)) == ""


def test_a_first_date_is_said_with_its_weekday() -> None:
    said = presenters.where_it_stands(replace(SEEN, state="accepted", first_session_on=date(2026, 12, 1)))
    assert said == "You said yes. The first time is Tuesday 1 December 2026."


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("sent", ["accept", "waitlist", "decline", "ask", "enough", "worry"]),
        ("waitlisted", ["accept", "decline", "ask", "enough", "worry"]),
        ("accepted", ["attendance", "decline", "ask", "enough", "worry"]),
        ("attending", ["attendance", "ask", "enough", "worry"]),
        ("declined", ["ask", "enough", "worry"]),
        ("ended", ["ask", "enough", "worry"]),
    ],
)
def test_only_what_can_be_done_is_offered_the_likeliest_first(state: str, offered: list[str]) -> None:
    shown = presenters.actions_of(replace(SEEN, state=state), DOOR)
    assert [action["href"].rsplit("/", 1)[1] for action in shown] == offered
    assert [action["variant"] for action in shown].count(None) == (0 if offered[0] == "ask" else 1)


@pytest.mark.parametrize("kind", FORMS)
def test_every_answer_has_its_words(kind: str) -> None:
    page, done = presenters.answer_page(SEEN, kind, DOOR), presenters.done_page(SEEN, kind, DOOR)
    for words in (page["page_title"], page["submit_label"], done["page_title"], done["next_words"]):
        assert words
        assert "{" not in words


def test_what_was_not_shared_is_said_and_not_left_blank() -> None:
    rows = dict(presenters.connection_page(SEEN, DOOR)["rows"])
    assert rows["Access and language"] == "Nothing to mention"
    assert rows["Emergency contact"] == "Not shared"


def test_a_session_reads_in_words() -> None:
    line = presenters.mark_line(Mark(date(2026, 11, 24), "no", "logistics", "No bus"))
    assert line["title"] == "Tuesday 24 November 2026"
    assert line["text"] == "Could not get there. No bus"
    assert presenters.mark_line(Mark(date(2026, 11, 24), "yes", "", ""))["text"] == ""


def test_each_message_is_signed_by_whoever_wrote_it() -> None:
    """After a hand-over the colleague's earlier messages are still the colleague's."""
    said = [Exchange(False, "Hello", "Amara Boateng", now()), Exchange(False, "Hi", "Tomasz Nowak", now())]
    assert [presenters.exchange(each)["title"] for each in said] == ["Amara Boateng wrote", "Tomasz Nowak wrote"]
    assert presenters.exchange(Exchange(True, "Stairs?", "Maggie Flynn", now()))["title"] == "You wrote"


@pytest.mark.parametrize(
    ("state", "can"), [("accepted", True), ("attending", True), ("declined", False), ("sent", False)]
)
def test_thanks_promise_only_what_the_link_can_still_do(state: str, can: bool) -> None:
    assert presenters.done_page(replace(SEEN, state=state), "ask", DOOR)["can_mark"] is can


def test_pages_by_link_carry_nothing_of_the_portal() -> None:
    assert DOOR.here == "/provider/c/token"
    assert DOOR.to("accept") == "/provider/c/token/accept"
    assert DOOR.look()["neutral_title"] == "Linkworks"
    assert presenters.door_of_portal(SEEN.id).look() == {}
    assert presenters.done_page(SEEN, "accept", DOOR)["inbox"] is None


def test_ringing_first_is_said_again_after_saying_yes() -> None:
    careful = replace(SEEN, shared=replace(SHARED, call_worker_first=True))
    assert presenters.done_page(careful, "accept", DOOR)["call_first"] is True
    assert presenters.done_page(careful, "decline", DOOR)["call_first"] is False


# ─── What was said ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("move", ["accept", "waitlist", "decline"])
def test_every_note_has_its_title_and_who_wrote_it(move: str) -> None:
    line = presenters.answer_line(Answer(move, "Side door, please", "Maggie Flynn", now()))
    assert line["title"]
    assert not RAW.search(line["title"])
    assert (line["text"], line["by"]) == ("Side door, please", "Maggie Flynn")


@pytest.mark.parametrize("enough", Enough)
def test_every_opinion_is_a_sentence(enough: str) -> None:
    line = presenters.enough_line(SaidEnough(enough, "", "Maggie Flynn", now()))
    assert line["title"].startswith("What we told you was")
    assert line["title"].endswith(".")


@pytest.mark.parametrize("need", ["Company <script>", "a & b", "“Lunch”", "x" * 300])
def test_what_would_help_is_escaped_and_says_who_wrote_it(need: str) -> None:
    shown = presenters.written_by_worker(replace(SEEN, shared=replace(SHARED, support_need=need)))
    assert "<script>" not in shown
    assert "Written by Amara Boateng, and agreed with Sam" in shown
    assert str(escape(need)) in shown


def test_a_name_with_signs_is_escaped_beside_it_too() -> None:
    shown = presenters.written_by_worker(
        replace(SEEN, worker_name="<i>A</i>", shared=replace(SHARED, name_shared="B&C"))
    )
    assert "<i>" not in shown
    assert "B&amp;C" in shown


def test_nothing_said_shows_no_heading() -> None:
    page = presenters.connection_page(SEEN, DOOR)
    assert page["answers"] == page["exchanges"] == page["marks"] == []
    assert page["said_enough"] is None


@pytest.mark.parametrize(
    ("places", "taken", "said"),
    [
        (None, 0, "No number given, 0 people coming"),
        (None, 1, "No number given, 1 person coming"),
        (5, 2, "3 places free, 2 people coming"),
        (5, 5, "Full, 5 people coming"),
        (0, 0, "Full, 0 people coming"),
    ],
)
def test_places_in_words(places: int | None, taken: int, said: str) -> None:
    assert presenters.places(Service(capacity_places=places, places_taken=taken)) == said


@pytest.mark.parametrize(
    ("weeks", "words", "said"),
    [(None, "", "Not known"), (0, "", "No wait"), (1, "", "About 1 week's wait"), (3, "ring first", "ring first")],
)
def test_the_wait_in_words(weeks: int | None, words: str, said: str) -> None:
    assert presenters.wait(Service(wait_weeks=weeks, wait_words=words)) == said
