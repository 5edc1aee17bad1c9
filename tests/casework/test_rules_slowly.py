"""The rules of casework, held against slow and obvious versions of themselves."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework.actions.history import in_working_days
from linkworks.casework.forms.dates import PICKS, picked_day
from linkworks.casework.rules import following
from linkworks.casework.rules.caseload import WEIGHTS, Worker, priority, reasons, suggest, weight
from linkworks.casework.rules.closing import ClosingFacts, needs_answers, obstacles
from linkworks.casework.rules.facts import SharingFacts
from linkworks.core import clock, vocabulary
from linkworks.referrals.rules import age_on
from tests.calendar import FIRST, LAST, is_at_work, working_days_after
from tests.factories.casework import a_moment

DAYS = st.dates(FIRST + timedelta(days=210), LAST - timedelta(days=260))
NAMES = ["Ada", "Bea", "Cyd", "Dot"]


@st.composite
def teams(draw: st.DrawFn) -> list[Worker]:
    """Up to four workers whose names may be the same, with whole numbers of hours."""
    size = draw(st.integers(1, 4))
    return [
        Worker(
            UUID(int=number),
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from([0, 15, 30, 37.5])),
            tuple(draw(st.lists(st.sampled_from([1, 2, 3]), max_size=6))),
        )
        for number in range(size)
    ]


def slowly_weighed(complexities: tuple[int, ...]) -> int:
    counts = Counter(complexities)
    return counts[1] + counts[2] + counts[2] + counts[3] * 4


@given(teams(), st.sampled_from([1, 2, 3]))
def test_the_suggestion_is_the_one_a_patient_manager_would_make(team: list[Worker], complexity: int) -> None:
    found = suggest(team, complexity)
    best: Worker | None = None
    for each in team:
        if each.weekly_hours == 0:
            continue
        if best is None:
            best = each
            continue
        mine = slowly_weighed((*each.complexities, complexity)) * best.weekly_hours
        theirs = slowly_weighed((*best.complexities, complexity)) * each.weekly_hours
        if (mine, len(each.complexities), each.name) < (theirs, len(best.complexities), best.name):
            best = each
    assert (found.worker if found else None) == best


@given(st.lists(st.sampled_from([1, 2, 3]), max_size=30).map(tuple))
def test_weights_add_up(carried: tuple[int, ...]) -> None:
    assert weight(carried) == slowly_weighed(carried)


def test_a_complexity_nobody_knows_weighs_as_usual() -> None:
    assert weight([9, 0]) == weight([2, 2])
    assert suggest([Worker(UUID(int=1), "Ada", 30.0)], 9) is not None


@given(teams(), st.sampled_from([1, 2, 3]))
def test_what_the_suggestion_says_is_true(team: list[Worker], complexity: int) -> None:
    found = suggest(team, complexity)
    if found is None:
        return
    free = [each for each in team if each.weekly_hours]
    cases = len(found.worker.complexities)
    people = {0: "nobody at the moment", 1: "1 person"}.get(cases, f"{cases} people")
    assert found.reasons == reasons(found.worker, free, WEIGHTS[complexity])
    assert found.reasons[0].startswith(f"Works with {people}")
    assert ("a lot of help" in found.reasons[0]) == (3 in found.worker.complexities)
    if "average" in " ".join(found.reasons):
        assert found.worker.load * len(free) < sum(each.load for each in free) + 1e-9


@given(st.lists(st.tuples(st.sampled_from(["phone", "text", "visit", "note"]), st.sampled_from(
    ["spoke", "no-answer", "left-message", "wrong-number", "not-a-good-time", "did-not-come", "note-only"]
)), max_size=12))  # fmt: skip
def test_tries_are_those_since_the_last_word(contacts: list[tuple[str, str]]) -> None:
    """Told oldest first, as it happened: every word with them starts the count again."""
    tries = 0
    for how, result in contacts:
        if result in ("spoke", "not-a-good-time"):
            tries = 0
        elif how != "note" and result not in ("note-only",):
            tries += 1
    newest_first = [(result, following.counts_as_try(how, result)) for how, result in reversed(contacts)]
    assert following.tries_since_reached(newest_first) == tries


@given(DAYS, st.integers(0, 30))
def test_working_days_are_counted_without_weekends_and_bank_holidays(today: date, days: int) -> None:
    with clock.at(a_moment(today)):
        assert in_working_days(days) == working_days_after(today, days)


@given(DAYS, st.integers(-200, 200), st.integers(1, 12))
def test_days_are_never_counted_from_the_past(today: date, offset: int, days: int) -> None:
    start = today + timedelta(days=offset)
    with clock.at(a_moment(today)):
        assert in_working_days(days, start) == working_days_after(max(start, today), days)
        assert in_working_days(days, start) > today


@given(DAYS)
def test_the_next_try_falls_on_a_working_day_and_the_wait_grows(today: date) -> None:
    with clock.at(a_moment(today)):
        tried = [in_working_days(following.next_try_in(tries)) for tries in range(6)]
    assert tried == sorted(tried)
    assert all(day > today and is_at_work(day) for day in tried)
    assert (tried[-1] - today).days <= 12


@given(DAYS, st.sampled_from([pick for pick, _ in PICKS if pick != "other"]))
def test_a_quick_pick_is_a_working_day_ahead(today: date, pick: str) -> None:
    with clock.at(a_moment(today)):
        day = picked_day(pick, None)
    assert day is not None
    assert day > today
    assert is_at_work(day)
    least = {"tomorrow": 1, "three-days": 3, "week": 7, "two-weeks": 14, "month": 28}[pick]
    assert least <= (day - today).days <= least + 6


@given(DAYS, st.none() | DAYS)
def test_another_day_is_the_day_that_was_written(today: date, other: date | None) -> None:
    with clock.at(a_moment(today)):
        assert picked_day("other", other) == other
        assert picked_day("", None) is None


@given(DAYS)
def test_a_day_off_is_moved_to_the_next_day_at_work(day: date) -> None:
    assert clock.working_day(day) == (day if is_at_work(day) else working_days_after(day, 1))


@given(DAYS, DAYS)
def test_every_day_is_in_one_group_and_the_groups_in_order(on: date, today: date) -> None:
    week = {today + timedelta(days=ahead) for ahead in range(1, 8)}
    if on in week:
        expected = following.Due.SOON
    elif on == today:
        expected = following.Due.TODAY
    else:
        expected = following.Due.OVERDUE if on < today else following.Due.LATER
    assert following.due(on, today) == expected


@given(DAYS, DAYS)
def test_a_promise_is_late_exactly_when_its_day_has_gone(by: date, today: date) -> None:
    assert (priority(by, today) == "late") == (by < today)
    assert (priority(by, today) == "today") == (by == today)
    assert (priority(by, today) == "soon") == (today < by <= today + timedelta(days=2))


@given(st.dates(date(1915, 1, 1), date(2026, 12, 31)), st.dates(date(2026, 1, 1), date(2032, 12, 31)))
def test_an_age_is_the_number_of_birthdays(born: date, today: date) -> None:
    """Somebody born on 29 February has their birthday on 1 March in other years."""
    birthdays = 0
    for year in range(born.year + 1, today.year + 1):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        day = date(year, 3, 1) if (born.month, born.day) == (2, 29) and not leap else date(year, born.month, born.day)
        birthdays += day <= today
    assert born > today or age_on(born, today) == birthdays


# Why a case may be closed with goals open, or without closing answers: written out, so that a change is a decision.
CLOSING = {
    "goals-met": (False, False),
    "partly-met": (False, False),
    "person-chose-to-stop": (False, False),
    "moved-away": (True, True),
    "deceased": (True, True),
    "inappropriate-referral": (True, True),
    "transferred": (True, False),
}


def test_the_table_knows_every_reason_with_an_exception() -> None:
    assert {reason for reason, (goals, answers) in CLOSING.items() if goals or answers} <= set(vocabulary.CLOSE_REASONS)


@pytest.mark.parametrize("reason", sorted(set(vocabulary.CLOSE_REASONS) - {"could-not-contact"}))
@pytest.mark.parametrize("goals", [0, 1, 3])
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("talked", [True, False])
@pytest.mark.parametrize("said", ["", "   ", "Chose not to"])
def test_closing_by_table(reason: str, goals: int, answered: bool, talked: bool, said: str) -> None:
    goals_may_wait, answers_may_lack = CLOSING.get(reason, (False, False))
    facts = ClosingFacts(goals, (), answered, talked)
    expected = ["reason"] if goals and not goals_may_wait else []
    lacking = talked and not answered and not answers_may_lack
    expected += ["missing_because"] if lacking and not said.strip() else []
    assert [each.field for each in obstacles(facts, reason=reason, missing_because=said)] == expected
    assert needs_answers(facts, reason) == lacking


SHARED = SharingFacts(name_shared="Jean", contact_shared="Through the link worker", support_need="Company")


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("access_and_language", "Step-free", "access and language"),
        ("emergency_contact", "Her son", "emergency contact"),
        ("call_worker_first", True, "call the link worker first"),
    ],
)
def test_the_ledger_names_what_leaves_and_nothing_else(field: str, value: object, named: str) -> None:
    always = ["reference", "name", "contact", "support need"]
    assert SHARED.names() == always
    assert replace(SHARED, **{field: value}).names() == [*always, named]


@given(st.floats(0, 20_000), st.floats(0, 20_000))
def test_a_concern_only_ever_escalates_upwards(first: float, second: float) -> None:
    earlier, later = sorted([first, second])
    assert 0 <= following.escalation_due(earlier) <= following.escalation_due(later) <= 2


@given(st.text(max_size=300), st.integers(1, 120))
def test_a_shortened_text_fits_and_keeps_its_beginning(text: str, length: int) -> None:
    short = following.shortened(text, length)
    assert len(short) <= length
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
