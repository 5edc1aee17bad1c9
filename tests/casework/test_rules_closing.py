"""What keeps a case from being closed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework.rules.closing import (
    NO_CLOSING_ANSWERS_EXPECTED,
    NO_REVIEW_EXPECTED,
    NOT_REACHED,
    ClosingFacts,
    obstacles,
)
from linkworks.core import vocabulary

REASONS = sorted(set(vocabulary.CLOSE_REASONS) - {NOT_REACHED})
READY = ClosingFacts(open_goals=0, open_connections=(), has_closing_answers=True, had_conversation=True)


def facts(**changes):
    return ClosingFacts(**{**READY.__dict__, **changes})


def fields_of(*args, **facts_given):
    return [each.field for each in obstacles(*args, **facts_given)]


@pytest.mark.parametrize("reason", REASONS)
def test_nothing_keeps_a_finished_case_open(reason):
    assert obstacles(READY, reason=reason, missing_because="") == []


@pytest.mark.parametrize("reason", REASONS)
def test_goals_are_reviewed_unless_nobody_can_be_asked(reason):
    found = fields_of(facts(open_goals=2), reason=reason, missing_because="")
    assert found == ([] if reason in NO_REVIEW_EXPECTED else ["reason"])


@pytest.mark.parametrize("reason", REASONS)
def test_missing_answers_need_a_reason(reason):
    missing = facts(has_closing_answers=False)
    expected = [] if reason in NO_CLOSING_ANSWERS_EXPECTED else ["missing_because"]
    assert fields_of(missing, reason=reason, missing_because="  ") == expected
    assert fields_of(missing, reason=reason, missing_because="Chose not to answer") == []


@pytest.mark.parametrize(
    ("answered", "used", "keeps"), [(True, True, False), (True, False, True), (False, True, True), (False, False, True)]
)
def test_what_was_answered_today_at_the_review_will_do_when_it_is_used(answered, used, keeps):
    missing = facts(has_closing_answers=False, answered_today=answered)
    found = fields_of(missing, reason="goals-met", missing_because="", todays_answers=used)
    assert found == (["missing_because"] if keeps else [])


def test_somebody_not_reached_is_closed_after_the_tries_and_never_by_the_ordinary_form():
    (found,) = obstacles(READY, reason=NOT_REACHED, missing_because="", lead_knows=True)
    assert found.field == "reason" and "tries" in found.message


def test_without_a_conversation_there_is_nothing_to_compare():
    assert (
        obstacles(
            facts(has_closing_answers=False, had_conversation=False), reason="person-chose-to-stop", missing_because=""
        )
        == []
    )


def test_the_number_of_goals_is_said():
    one, two = (obstacles(facts(open_goals=n), reason="goals-met", missing_because="")[0].message for n in (1, 2))
    assert one.startswith("1 goal has not")
    assert two.startswith("2 goals have not")


@given(st.integers(0, 5), st.booleans(), st.booleans(), st.sampled_from(sorted(vocabulary.CLOSE_REASONS)))
def test_doing_more_never_adds_an_obstacle(goals, answers, talk, reason):
    now = ClosingFacts(goals, (), answers, talk)
    better = ClosingFacts(0, (), True, talk)
    assert len(obstacles(better, reason=reason, missing_because="")) <= len(
        obstacles(now, reason=reason, missing_because="")
    )


@pytest.mark.parametrize("reason", REASONS)
def test_over_an_open_concern_nobody_closes_without_the_lead_whatever_the_reason(reason):
    worried = facts(has_open_concern=True)
    assert fields_of(worried, reason=reason, missing_because="") == ["lead_knows"]
    assert fields_of(worried, reason=reason, missing_because="", lead_knows=True) == []
