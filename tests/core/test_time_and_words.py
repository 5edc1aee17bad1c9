"""The clock through its changes, references, states of every table, and the vocabulary as a whole."""

import importlib
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
import time_machine
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import clock, ids, states, vocabulary
from linkworks.core.errors import NotAllowed
from linkworks.core.management.commands.print_states import tables

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@given(MOMENTS)
def test_told_a_moment_the_clock_says_it_and_londons_day(moment: datetime) -> None:
    with clock.at(moment):
        assert clock.now() == moment
        assert clock.today() == moment.astimezone(clock.LONDON).date()
        assert clock.today() - moment.date() in {timedelta(0), timedelta(1)}
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


@given(MOMENTS, MOMENTS)
def test_moments_told_inside_each_other_come_back(outer: datetime, inner: datetime) -> None:
    with clock.at(outer):
        with pytest.raises(ZeroDivisionError), clock.at(inner):
            raise ZeroDivisionError
        assert clock.now() == outer


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC), "2027-03-28 00:59"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "2027-03-28 02:00"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "2027-10-31 01:30"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "2027-10-31 01:30"),
        (datetime(2027, 6, 30, 23, 0, tzinfo=UTC), "2027-07-01 00:00"),
    ],
)
def test_the_clock_goes_forward_and_back_with_london(moment: datetime, shown: str) -> None:
    with clock.at(moment):
        assert clock.now().astimezone(clock.LONDON).strftime("%Y-%m-%d %H:%M") == shown


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_the_day_of_the_change_has_one_date_all_day_long(day: date, hour: int) -> None:
    local = datetime(day.year, day.month, day.day, hour, 30, tzinfo=clock.LONDON)
    with time_machine.travel(local, tick=False):
        assert clock.today() == day


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)), st.integers(0, 40), st.integers(0, 40))
def test_working_days_add_up(start: date, first: int, second: int) -> None:
    both = clock.add_working_days(start, first + second)

    assert clock.add_working_days(clock.add_working_days(start, first), second) == both
    assert both - start >= timedelta(days=first + second)


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)))
def test_a_working_day_is_its_own_and_others_move_on_to_one(day: date) -> None:
    found = clock.working_day(day)

    assert found >= day and found.weekday() < 5
    assert clock.working_day(found) == found
    assert found - day <= timedelta(days=5), "Christmas at a weekend is the longest"


@given(st.text(max_size=30))
def test_whatever_is_typed_as_a_reference_gives_text_and_the_same_again(typed: str) -> None:
    tidy = ids.tidy_reference(typed)

    assert ids.tidy_reference(tidy) == tidy
    assert tidy == tidy.upper() and " " not in tidy


def test_references_do_not_come_twice_in_a_schemes_lifetime() -> None:
    assert len({ids.new_reference("R") for _ in range(5000)}) == 5000


# States


TABLES = sorted(tables(), key=lambda each: each[0])


@pytest.mark.parametrize(("name", "moves"), TABLES, ids=[name for name, _ in TABLES])
def test_every_pair_is_in_the_table_or_refused_in_a_sentence(name: str, moves: Any) -> None:
    every_state: type[StrEnum] = type(next(iter(moves.values())))
    every_move: type[StrEnum] = type(next(iter(moves))[1])
    for state in every_state:
        for move in every_move:
            if (state, move) in moves:
                assert states.after(moves, state.value, move) == moves[state, move]
                assert states.can(moves, state.value, move)
            else:
                assert not states.can(moves, state.value, move)
                with pytest.raises(NotAllowed, match=r"cannot be changed in that way\. Reload the page"):
                    states.after(moves, state.value, move)


@pytest.mark.parametrize(("name", "moves"), TABLES, ids=[name for name, _ in TABLES])
def test_every_state_is_reached_or_where_things_begin(name: str, moves: Any) -> None:
    every_state = type(next(iter(moves.values())))
    unreached = set(every_state) - set(moves.values())

    assert len(unreached) <= 3, f"{name}: nothing leads to {unreached}"
    assert any(before in unreached or before == next(iter(every_state)) for before, _ in moves)


@pytest.mark.parametrize(("name", "moves"), TABLES, ids=[name for name, _ in TABLES])
def test_states_and_moves_are_words_a_person_can_read(name: str, moves: Any) -> None:
    for state, label in states.choices(type(next(iter(moves.values())))):
        assert label[0].isupper() and "-" not in label and "_" not in label
        assert state == state.lower()


def test_no_app_keeps_its_states_to_itself() -> None:
    """Each `…MOVES` of each app is in the printed document."""
    held = []
    for config in apps.get_app_configs():
        if config.name.startswith("linkworks."):
            try:
                module = importlib.import_module(f"{config.name}.states")
            except ModuleNotFoundError:
                continue
            held += [name for name in vars(module) if name.endswith("MOVES") and not name.startswith("_")]
    assert len(held) == len(TABLES)


# Words


@given(st.sampled_from(sorted(vocabulary.LISTS)), st.lists(st.text(max_size=12), max_size=8), st.randoms())
def test_known_keeps_what_is_known_once_in_order(name: str, others: list[str], dice: Any) -> None:
    words = list(vocabulary.LISTS[name])
    picked = [dice.choice(words) for _ in range(4)]

    kept = vocabulary.known(name, [*others, *picked, *picked])

    assert kept == [each for each in words if each in {*others, *picked}]
    assert vocabulary.labels(name, kept) == [vocabulary.LISTS[name][each].label for each in kept]


@given(st.from_regex(r"[a-z]{2,8}(-[a-z]{2,8}){0,3}", fullmatch=True))
def test_an_id_nobody_knows_is_never_shown_raw(identifier: str) -> None:
    shown = vocabulary.label("needs", identifier)

    assert (shown and "-" not in shown.replace("self-", "")) or identifier in vocabulary.NEEDS


@given(st.lists(st.sampled_from(sorted(vocabulary.KINDS)), max_size=6))
def test_categories_of_kinds_are_exactly_theirs(kinds: list[str]) -> None:
    expected = {category for kind in kinds for category in vocabulary.KINDS[kind].categories}

    assert set(vocabulary.categories_of(kinds)) == expected


@pytest.mark.parametrize("name", sorted(vocabulary.LISTS))
def test_labels_of_a_list_differ_and_none_is_an_id_or_a_shout(name: str) -> None:
    words = vocabulary.LISTS[name].values()

    assert len({each.label for each in words}) == len(words)
    assert not any(each.label.isupper() and len(each.label) > 7 for each in words)
    assert not any("_" in each.label for each in words)
