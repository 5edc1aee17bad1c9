"""What is due when, and what follows from what happened."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework.rules import following
from linkworks.casework.rules.following import Due, due
from linkworks.casework.states import ContactResult, TaskKind
from linkworks.core import vocabulary

MONDAY = date(2026, 11, 23)
days = st.integers(-400, 400)


@given(days)
def test_each_day_is_in_one_group(offset):
    expected = Due.OVERDUE if offset < 0 else Due.TODAY if offset == 0 else Due.SOON if offset <= 7 else Due.LATER
    assert due(MONDAY + timedelta(days=offset), MONDAY) == expected


@given(days, days)
def test_an_earlier_day_is_never_less_urgent(first, second):
    order = [Due.OVERDUE, Due.TODAY, Due.SOON, Due.LATER]
    earlier, later = sorted([first, second])
    found = [order.index(due(MONDAY + timedelta(days=each), MONDAY)) for each in (earlier, later)]
    assert found[0] <= found[1]


@pytest.mark.parametrize("result", ContactResult)
def test_what_counts_as_a_try(result):
    tried = {
        ContactResult.NO_ANSWER,
        ContactResult.LEFT_MESSAGE,
        ContactResult.WRONG_NUMBER,
        ContactResult.DID_NOT_COME,
    }
    assert following.counts_as_try("phone", result) == (result in tried)
    assert not following.counts_as_try("note", result)


@given(st.lists(st.sampled_from([("no-answer", True), ("left-message", True), ("note-only", False)]), max_size=12))
def test_tries_are_counted_back_to_when_they_were_last_reached(before):
    tries = sum(counts for _, counts in before)
    assert following.tries_since_reached(before) == tries
    assert following.tries_since_reached([*before, ("spoke", False), ("no-answer", True)]) == tries
    assert following.tries_since_reached([("spoke", False), *before]) == 0


@given(st.integers(0, 20))
def test_tries_are_never_closer_together_as_they_go_on(tries):
    assert 1 <= following.next_try_in(tries) <= following.next_try_in(tries + 1) <= 5


@given(st.integers(0, 10), st.integers(1, 10))
def test_closing_is_offered_once_the_schemes_tries_are_used(tries, asked):
    assert following.may_close_unreached(tries, asked) == (tries >= asked)


@pytest.mark.parametrize("reason", vocabulary.DECLINE_REASONS)
def test_every_no_has_something_that_follows(reason):
    word = vocabulary.DECLINE_REASONS[reason]
    assert word.what_next in following.AFTER_DECLINE
    follow = following.after_decline(word.what_next)
    assert follow.kind in set(TaskKind)
    assert "Kettle" in following.said(follow.title, name="Jean", service="Kettle")


def test_an_unknown_no_means_find_something_else():
    assert following.after_decline("who-knows").kind == TaskKind.FIND_ANOTHER


def test_unsafe_is_for_today_and_for_the_safeguarding_lead():
    follow = following.after_decline("safeguarding")
    assert (follow.kind, follow.working_days) == (TaskKind.SAFEGUARDING, 0)


def test_did_they_go_is_asked_after_the_first_session_or_in_two_weeks():
    assert following.after_accept(MONDAY) == following.FollowUp(
        "follow-up", following.after_accept(None).title, 2, MONDAY
    )
    assert following.after_accept(None).working_days == 10


@given(st.text("Linkworks ", min_size=1, max_size=400), st.text("Jean", min_size=1, max_size=100))
def test_a_title_always_fits(service, name):
    for follow in [*following.AFTER_DECLINE.values(), following.after_accept(None), following.AFTER_ENDING]:
        assert len(following.said(follow.title, name=name, service=service)) <= 200


@pytest.mark.parametrize(("minutes", "times"), [(0, 0), (59, 0), (60, 1), (239, 1), (240, 2), (10_000, 2)])
def test_a_concern_escalates_after_one_hour_and_after_four(minutes, times):
    assert following.escalation_due(minutes) == times
