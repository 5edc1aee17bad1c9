"""The words of the pages about sources: each state has some, and nothing is cut or shown that should not be."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.models import Source
from linkworks.directory.presenters import sources
from linkworks.directory.queries import Difference
from linkworks.directory.rules.editing import Change
from linkworks.directory.rules.terms import Meaning
from linkworks.directory.states import RunState, Schedule, StagedKind

ID = UUID(int=7)


@pytest.mark.parametrize(
    ("words", "states"),
    [(sources.RUN_STATES, RunState), (sources.KINDS, StagedKind)],
)
def test_each_state_has_words_of_its_own(words: dict[Any, dict[str, str]], states: Any) -> None:
    assert set(words) == set(states)
    said = [each["text"] for each in words.values()]
    assert len(set(said)) == len(said)
    assert not {each.value for each in states} & set(said), "not the names that the code has"


def test_each_schedule_has_its_words() -> None:
    assert set(sources.SCHEDULES) == set(Schedule)


@pytest.mark.parametrize(
    ("state", "waits", "going_on"),
    [
        (RunState.ASKED, False, True),
        (RunState.READING, False, True),
        (RunState.CARRYING_OUT, False, True),
        (RunState.WAITING, True, False),
        (RunState.DONE, False, False),
        (RunState.DROPPED, False, False),
        (RunState.STOPPED, False, False),
    ],
)
def test_a_reading_waits_or_goes_on_or_is_over(state: RunState, waits: bool, going_on: bool) -> None:
    run: Any = SimpleNamespace(state=state.value)
    assert (sources.waits(run), sources.going_on(run)) == (waits, going_on)


@pytest.mark.parametrize(
    ("address", "can"),
    [
        ("https://feed.example.org/services", True),
        ("HTTPS://FEED.EXAMPLE.ORG", True),
        ("", False),
        ("/srv/lists/services.json", False),
        ("file:///etc/passwd", False),
        ("ftp://feed.example.org", False),
    ],
)
def test_only_an_address_on_the_web_can_be_read_again(address: str, can: bool) -> None:
    assert sources.can_be_read(Source(address=address)) == can


@given(st.text(max_size=300), st.integers(2, 120))
def test_long_words_are_cut_and_short_ones_are_not(words: str, most: int) -> None:
    whole, cut = " ".join(words.split()), sources.short(words, most)
    assert len(cut) <= most
    assert cut == whole if len(whole) <= most else cut.endswith("…") and whole.startswith(cut[:-1])


def told(kind: StagedKind, **more: Any) -> list[Any]:
    return sources.staged_row(Difference(kind, "Larks", **{"service_id": ID, **more}))


def test_a_change_says_what_was_and_what_it_becomes() -> None:
    changes = (Change("name", "Larks", "Owls"), Change("description", "a " * 200, ""))
    name, tag, said = told(StagedKind.CHANGED, changes=changes)
    assert name["text"] == "Larks"
    assert str(ID) in name["href"]
    assert tag["tag"]["text"] == "Changed"
    assert "“Larks” becomes “Owls”" in said
    assert "…” becomes “”" in said


def test_what_cannot_be_said_word_by_word_is_said_in_general() -> None:
    assert told(StagedKind.CHANGED, parts=True)[2] == "Its places, times, costs or who to ask"
    assert "nothing of it is shown here" in told(StagedKind.CHANGED)[2]


@pytest.mark.parametrize("kind", StagedKind)
def test_whatever_would_become_of_a_listing_is_said(kind: StagedKind) -> None:
    assert told(kind)[2]


def test_one_that_is_new_leads_nowhere_yet() -> None:
    assert told(StagedKind.NEW, service_id=None)[0] == "Larks"


@pytest.mark.parametrize(
    ("licence", "in_list", "on_page"),
    [
        ("Open Government Licence v3.0", "Open Government Licence v3.0", "Open Government Licence v3.0"),
        ("", "Not known", "Not known: nothing of it may be published onwards"),
    ],
)
def test_a_licence_that_nobody_wrote_down_is_said_with_what_follows(licence: str, in_list: str, on_page: str) -> None:
    source: Any = Source(id=ID, name="A list", licence=licence)
    source.waiting, source.last_read = 0, None
    assert sources.source_row(source)[2] == in_list
    assert dict(sources.source_words(source))["Licence"] == on_page


@pytest.mark.parametrize(("waiting", "tag"), [(0, None), (1, "Waits for you"), (3, "Waits for you")])
def test_a_source_with_something_to_decide_is_marked(waiting: int, tag: str | None) -> None:
    source: Any = Source(id=ID, name="A list")
    source.waiting, source.last_read = waiting, None
    shown = sources.source_row(source)[0]["tag"]
    assert (shown and shown["text"]) == tag


def test_a_meaning_is_said_in_our_labels_the_kind_first() -> None:
    said = sources.meaning_words(Meaning(kinds=("lunch-club",), needs=("loneliness", "housing")))
    labels = [vocabulary.label("kinds", "lunch-club"), *vocabulary.labels("needs", ["loneliness", "housing"])]
    assert said.split("; ") == labels
    assert sources.meaning_words(Meaning()) == ""


@pytest.mark.parametrize(
    ("own", "who", "words"),
    [
        ({}, "Linkworks", "Nothing"),
        ({"sparkle hour": Meaning(needs=("housing",))}, "A steward", vocabulary.label("needs", "housing")),
        ({"sparkle hour": Meaning()}, "A steward", "Nothing"),
        ({"another": Meaning(needs=("housing",))}, "Linkworks", "Nothing"),
    ],
)
def test_a_term_says_who_decided_what_it_means(own: dict[str, Meaning], who: str, words: str) -> None:
    term = SimpleNamespace(id=ID, name="  Sparkle  HOUR.", used=3, taxonomy=SimpleNamespace(name="Theirs"))
    row = sources.term_row(Source(id=ID), term, own)
    assert row[1:] == ["3", words, who]
