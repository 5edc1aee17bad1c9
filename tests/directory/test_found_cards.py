"""A card of the finding page that was kept is the card as it would be made now: for everybody, after any change, at any time."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkworks.core import clock
from linkworks.core.clock import LONDON
from linkworks.directory import presenters, queries
from linkworks.directory.models import CostOption, Location, Schedule, Service
from linkworks.directory.presenters import cards as keeping
from linkworks.directory.queries import index
from linkworks.directory.queries.going import when
from linkworks.directory.rules.facts import SessionFacts
from linkworks.organisations.models import Organisation
from tests.context import EVERYTHING, acting
from tests.factories import directory as make

LOOKING = queries.Looking(needs=("loneliness",), near=make.PECKHAM, within_km=8.0, must_be_fresh=True)
SEARCH = "need=loneliness&q=tea"
TUESDAY = date(2026, 11, 24)


def cards(looking: queries.Looking = LOOKING, *, asked: str = SEARCH, saved: set[UUID] | None = None) -> list[str]:
    answers = queries.ranked(looking)
    found = presenters.found_cards(answers[:20], looking, answers, asked=asked, saved=saved or set())
    return [str(each.made) for each in found]


def anew(*args: Any, **asked: Any) -> list[str]:
    """The same with nothing kept."""
    index.forget()
    return cards(*args, **asked)


def at(day: date, hour: int, minute: int = 0) -> Any:
    return clock.at(datetime.combine(day, time(hour, minute), LONDON))


@pytest.fixture
def service(committed_db: str) -> UUID:
    with transaction.atomic(), acting(EVERYTHING):
        made = make.service(
            name="Tea & talk",
            sessions=(SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(10), closes_at=time(12), place=0),),
        )
        return UUID(str(made.id))


QUESTIONS: list[tuple[queries.Looking, str]] = [
    (LOOKING, SEARCH),
    (replace(LOOKING, near=None, within_km=None), "need=loneliness"),
    (replace(LOOKING, needs=(), words="tea"), "q=tea"),
    (replace(LOOKING, near=(51.5, -0.1), within_km=30.0), 'q="><script>alert(1)</script>&postcode=SE1 1AA'),
]


def test_whoever_asks_whatever_in_any_order_gets_the_card_made_for_that(service: UUID) -> None:
    asks = [(looking, {"asked": asked, "saved": saved}) for looking, asked in QUESTIONS for saved in (set(), {service})]
    expected = [anew(looking, **more) for looking, more in asks]
    assert all(len(each) == 1 for each in expected)
    assert len({each[0] for each in expected}) == len(asks), "each of them is another card"
    assert [cards(looking, **more) for looking, more in asks * 2] == expected * 2


def test_a_kept_card_has_the_number_of_the_page_it_stands_on(service: UUID) -> None:
    answers = queries.ranked(LOOKING)
    for first in (1, 21, 1):
        [card] = presenters.found_cards(answers[:20], LOOKING, answers, asked="", saved=set(), first=first)
        assert f'<span class="app-card__number">{first}</span>' in card.made and "\ue000" not in card.made
        assert (card.spot.service_id, card.spot.name) == (service, "Tea & talk") and card.spot.at


def test_what_was_asked_cannot_break_out_of_the_card(service: UUID) -> None:
    looking = replace(LOOKING, needs=(), words="tea <b>talk</b>")
    for _ in range(2):
        [card] = cards(looking, asked='q="><script>')
        assert "<script" not in card
        assert "<b>" not in card
        assert "Tea &amp; talk" in card


def test_a_kept_card_reads_nothing(service: UUID, django_assert_num_queries: Any) -> None:
    cards()
    with django_assert_num_queries(1):  # the look whether anything changed
        cards()


CHANGES: dict[str, Callable[[UUID], Any]] = {
    "name": lambda id: Service.objects.filter(id=id).update(name="New name"),
    "text": lambda id: Service.objects.filter(id=id).update(description="New words."),
    "room": lambda id: Service.objects.filter(id=id).update(capacity_places=4, places_taken=4),
    "wait": lambda id: Service.objects.filter(id=id).update(wait_weeks=7),
    "checked": lambda id: Service.objects.filter(id=id).update(verified_on=date(2025, 1, 5)),
    "organisation": lambda id: Organisation.objects.filter(name="Kettle and Company").update(name="New company"),
    "place": lambda id: Location.objects.filter(services__service=id).update(name="New hall"),
    "time": lambda id: Schedule.objects.filter(service=id).update(byday="FR"),
    "price": lambda id: CostOption.objects.filter(service=id).update(amount=9),
}


def test_what_changes_is_on_the_next_card(service: UUID) -> None:
    for name, change in CHANGES.items():
        before = cards()
        with transaction.atomic(), acting(EVERYTHING):
            change(service)
            assert cards() != before, f"{name}, to who wrote it"
            transaction.set_rollback(True)
        assert cards() == before, f"{name}: it was undone"
        with transaction.atomic(), acting(EVERYTHING):
            change(service)
        after = cards()
        assert after != before, name
        assert after == anew(), name


def test_a_session_is_next_until_it_is_over(service: UUID) -> None:
    said = []
    for day, hour, minute in ((TUESDAY, 9, 0), (TUESDAY, 11, 59), (TUESDAY, 12, 0), (TUESDAY + timedelta(1), 0, 0)):
        with at(day, hour, minute):
            [card] = cards()
            assert [card] == anew()
            cards()
            said.append(re.findall(r"Tuesday \d+ \w+ 2026", card))
    assert said == [["Tuesday 24 November 2026"]] * 2 + [["Tuesday 1 December 2026"]] * 2


def test_of_two_places_everybody_is_told_the_nearer(committed_db: str) -> None:
    north, south = (51.60, -0.07), (51.40, -0.07)
    with transaction.atomic(), acting(EVERYTHING):
        make.service(places=(make.place(north, name="North hall"), make.place(south, name="South hall")))
    asks = [(replace(LOOKING, near=near, within_km=50.0), hall) for near, hall in ((north, "North"), (south, "South"))]
    for looking, hall in asks * 2:
        assert f"{hall} hall, London, SE15 5DD and 1 more" in cards(looking)[0]
    assert [cards(looking) for looking, _ in asks] == [anew(looking) for looking, _ in asks]


def test_a_kept_card_stands_on_the_map_where_its_nearest_place_is_that_may_be_shown(committed_db: str) -> None:
    north, middle, south = (51.60, -0.07), (51.50, -0.07), (51.40, -0.07)
    halls = [make.place(at, name=f"Hall {number}") for number, at in enumerate((north, middle, south))]
    with transaction.atomic(), acting(EVERYTHING):
        make.service(places=(halls[0], structs.replace(halls[1], is_address_hidden=True), halls[2]))
    down = []
    for near in (north, (51.51, -0.07), (51.49, -0.07), south):
        looking = replace(LOOKING, near=near, within_km=50.0)
        answers = queries.ranked(looking)
        [card] = presenters.found_cards(answers[:20], looking, answers, asked="", saved=set())
        assert card.spot.at
        down.append(card.spot.at[1])
    assert down[0] == down[1] < down[2] == down[3], "never at the hidden one, though it is nearest"


def test_no_more_is_kept_than_agreed(service: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 1)
    kept: dict[Any, Any] = {}
    for _ in range(5):
        keeping.keep(kept, {uuid4(): None})
    assert len(kept) <= 2
    assert cards() == cards() == anew()


TIMES = st.times().map(lambda each: each.replace(microsecond=0, fold=0))
WEEKLY = st.builds(
    SessionFacts,
    freq=st.just("WEEKLY"),
    byday=st.sampled_from(["MO", "TU", "MO,WE", "SU"]),
    opens_at=st.none() | TIMES,
    closes_at=st.none() | TIMES,
)


@given(st.lists(WEEKLY, min_size=1, max_size=3), st.integers(0, 6), TIMES, TIMES)
def test_nothing_else_is_next_before_the_moment_that_is_promised(
    some: list[SessionFacts], day: int, at: time, later: time
) -> None:
    on = TUESDAY + timedelta(day)
    going = when(some, on, at)
    until = queries.stays_until(going)
    assert until.date() in {on, on + timedelta(1)}
    if at <= later and datetime.combine(on, later, LONDON) < until:
        assert alike(when(some, on, later), going)
    if until.date() == on:
        assert not alike(when(some, on, until.time()), going), "and no sooner than needed"


def alike(one: queries.Going, other: queries.Going) -> bool:
    return (one.session, one.open_until) == (other.session, other.open_until)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-10-25T00:50+01:00", "2026-10-25T01:30+01:00"),
        (
            "2026-10-25T01:40+01:00",
            "2026-10-26T00:00+00:00",
        ),  # over in the first of the two hours: not open in the second
        ("2026-10-25T01:10+00:00", "2026-10-26T00:00+00:00"),
        ("2026-03-29T00:50+00:00", "2026-03-29T02:00+01:00"),  # the clocks pass over half past one
    ],
)
def test_on_the_nights_on_which_the_clocks_change_a_card_is_kept_no_longer_than_it_is_true(
    moment: str, until: str
) -> None:
    here = datetime.fromisoformat(moment).astimezone(LONDON)
    going = when(
        [SessionFacts(freq="WEEKLY", byday="SU", opens_at=time(0), closes_at=time(1, 30))], here.date(), here.time()
    )
    assert queries.stays_until(going) <= datetime.fromisoformat(until)
    assert (going.open_until is not None) is (here.hour == 0)
