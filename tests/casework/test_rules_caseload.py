"""A fair share: whatever the team, the suggestion never makes things less even than another choice would."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework.rules.caseload import WEIGHTS, Worker, load, priority, suggest, weight

complexities = st.lists(st.sampled_from([1, 2, 3]), max_size=40).map(tuple)
hours = st.sampled_from([0, 7.5, 15, 22.5, 30, 37.5])
workers = st.builds(
    Worker, id=st.uuids(), name=st.text("abcdef", min_size=1, max_size=6), weekly_hours=hours, complexities=complexities
)
teams = st.lists(workers, max_size=8, unique_by=lambda each: each.id)


def worker(name="Amara", hours=37.5, carries=()):
    return Worker(uuid4(), name, hours, tuple(carries))


@given(complexities)
def test_weight_is_the_sum_of_its_cases(carried):
    assert weight(carried) == sum(WEIGHTS[each] for each in carried)
    assert weight(carried) == weight(tuple(reversed(carried)))


@given(complexities, st.sampled_from([1, 2, 3]))
def test_one_more_case_always_weighs_more(carried, another):
    assert weight((*carried, another)) > weight(carried)


@given(teams, st.sampled_from([1, 2, 3]))
def test_nobody_would_be_left_with_less_than_the_suggested_worker(team, complexity):
    found = suggest(team, complexity)
    free = [each for each in team if each.weekly_hours > 0]
    if not free:
        assert found is None
        return
    after = {each.id: load(each.weight + WEIGHTS[complexity], each.weekly_hours) for each in free}
    assert after[found.worker.id] == min(after.values())


@given(teams, st.sampled_from([1, 2, 3]))
def test_the_order_of_the_team_does_not_matter(team, complexity):
    forwards, backwards = suggest(team, complexity), suggest(list(reversed(team)), complexity)
    chosen = [found and (found.worker.load, found.worker.name) for found in (forwards, backwards)]
    assert chosen[0] == chosen[1]


@given(teams, st.sampled_from([1, 2, 3]))
def test_somebody_without_hours_is_never_suggested(team, complexity):
    found = suggest(team, complexity)
    assert found is None or found.worker.weekly_hours > 0


@given(workers, st.integers(1, 300))
def test_over_a_full_caseload_means_more_than_the_scheme_says_for_their_hours(somebody, full):
    somebody = replace(somebody, full_caseload=full)
    carries_more = somebody.weight * 37.5 > full * somebody.weekly_hours
    assert somebody.is_over is (carries_more and somebody.weight > 0)


@given(teams, st.sampled_from([1, 2, 3]), st.integers(1, 60))
def test_being_over_is_said_and_never_changes_the_suggestion(team, complexity, full):
    plain, told = (suggest([replace(each, full_caseload=most) for each in team], complexity) for most in (10**9, full))
    assert (plain and plain.worker.id) == (told and told.worker.id)
    if told:
        best = told.worker
        over = best.weight > 0 and load(best.weight + WEIGHTS[complexity], best.weekly_hours) > full
        assert any("over a full caseload with one more" in each for each in told.reasons) is over


def test_beside_a_worker_without_cases_nobody_is_called_over_full():
    told = suggest([replace(worker(hours=4), full_caseload=10), worker("Busy", carries=[3, 3, 3])], 3)
    assert not any("over a full caseload" in each for each in told.reasons)


def test_everybody_is_said_only_when_it_is_true_of_everybody():
    full = replace(worker("Full", hours=37.5, carries=[3, 3, 3]), full_caseload=12)
    fuller = replace(worker("Fuller", hours=37.5, carries=[3, 3, 3, 3]), full_caseload=12)
    idle = replace(worker("Idle", hours=1), full_caseload=12)
    said = [suggest(team, 3).reasons[-1] for team in ([full, fuller], [full, idle], [full])]
    assert said[0].startswith("Everybody would be over")
    assert said[1:] == ["Would be over a full caseload with one more"] * 2


def test_half_the_hours_carry_half_the_load():
    assert worker(hours=18.75, carries=[2, 2]).load == 2 * worker(hours=37.5, carries=[2, 2]).load


def test_a_complex_case_weighs_as_much_as_four_light_ones():
    assert weight([3]) == weight([1, 1, 1, 1])


def test_the_suggestion_says_why():
    busy, free = worker("Busy", carries=[3, 3]), worker("Free", carries=[1])
    found = suggest([busy, free], 2)
    assert found.worker == free
    assert found.reasons == (
        "Works with 1 person, in 37.5 hours a week",
        "Carries less than the team’s average for their hours",
    )


def test_alone_there_is_nobody_to_compare_with():
    assert suggest([worker(carries=[1, 2])], 1).reasons == ("Works with 2 people, in 37.5 hours a week",)


@pytest.mark.parametrize(
    ("days", "standing"),
    [(-3, "late"), (-1, "late"), (0, "today"), (1, "soon"), (2, "soon"), (3, "on-time"), (30, "on-time")],
)
def test_how_a_promise_stands(days, standing):
    today = date(2026, 11, 23)
    assert priority(today + timedelta(days=days), today) == standing
