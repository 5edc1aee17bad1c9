"""What people said: counted from three on, never by name, each to those it is for."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from linkworks.connections import queries
from linkworks.connections.access import actor_of_link
from linkworks.connections.models import PersonFeedback, SharedWords
from linkworks.connections.rules import FEWEST, Feedback, Tally
from linkworks.connections.states import AsExpected, Recommends
from tests.cast import Cast
from tests.factories.connections import make_connection, make_feedback, make_link, make_person, make_service

MAYBE_EXPECTED = some.sampled_from(["", *AsExpected])
MAYBE_RECOMMENDS = some.sampled_from(["", *Recommends])
ANSWERS = some.lists(
    some.tuples(MAYBE_EXPECTED, MAYBE_RECOMMENDS, some.sampled_from(["", "Warm"]), some.booleans()).filter(
        lambda said: any(said[:3]) and (said[2] or not said[3])
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS)
def test_counting_agrees_with_counting_by_hand(cast: Cast, answers: list[tuple[str, str, str, bool]]) -> None:
    service = make_service(cast.provider)
    for expected, recommends, text, may_share in answers:
        connection = make_connection(cast, "ended", service=service)
        make_feedback(cast, connection, as_expected=expected, recommends=recommends, text=text, may_share=may_share)
    tally = queries.tallies(cast.actor(cast.link_worker), [service.pk]).get(service.pk, Tally())
    assert tally.answered == len(answers)
    assert tally.expected == sum(each[0] == "yes" for each in answers)
    assert tally.recommend == sum(each[1] == "yes" for each in answers)
    assert tally.words == sum(bool(each[2]) and each[3] for each in answers)
    asked = [each for each in answers if each[1]]
    assert tally.recommending == ((tally.recommend, len(asked)) if len(asked) >= FEWEST else None)


@given(
    counts=some.tuples(some.integers(0, 6), some.integers(0, 6), some.integers(0, 6)),
)
def test_below_three_nothing_is_counted_out_loud(counts: tuple[int, int, int]) -> None:
    answered, expected, recommend = counts
    tally = Tally(answered, expected, min(1, expected), recommend, min(1, recommend))
    assert tally.may_be_counted is (answered >= 3)
    assert (tally.expecting is None) is (expected < 3)
    assert (tally.recommending is None) is (recommend < 3)


@pytest.mark.parametrize("who", ["provider_coordinator", "session_leader", "referrer", "commissioner", "steward"])
def test_those_outside_casework_count_nothing(cast: Cast, who: str) -> None:
    said = make_feedback(cast)
    actor = cast.actor(getattr(cast, who))
    assert queries.tallies(actor, [said.service_id]) == {}
    assert not queries.words_said(actor, said.service_id).exists()
    assert not queries.spoken_of(actor).exists()


def test_another_scheme_counts_its_own_people_only(cast: Cast) -> None:
    service = make_service(cast.provider)
    for scheme in (cast.scheme, cast.scheme, cast.scheme, cast.other_scheme):
        connection = make_connection(cast, "ended", service=service, scheme=scheme, person=make_person(scheme))
        make_feedback(cast, connection)
    here = queries.tallies(cast.actor(cast.link_worker), [service.pk])[service.pk]
    there = queries.tallies(cast.actor(cast.outsider), [service.pk])[service.pk]
    assert (here.answered, there.answered) == (3, 1)


def test_a_service_nobody_spoke_of_is_not_counted_as_nought(cast: Cast) -> None:
    silent = make_service(cast.provider)
    assert queries.tallies(cast.actor(cast.link_worker), [silent.pk]) == {}
    assert queries.tallies(cast.actor(cast.link_worker), []) == {}


def test_workers_read_only_the_words_that_may_be_shared_newest_first(cast: Cast) -> None:
    service = make_service(cast.provider)
    for text, may_share in (("Older", True), ("Kept back", False), ("Newer", True)):
        make_feedback(cast, make_connection(cast, "ended", service=service), text=text, may_share=may_share)
    read = queries.words_said(cast.actor(cast.colleague), service.pk)
    assert [each.text for each in read] == ["Newer", "Older"]


def spoke(cast: Cast, service: Any, *texts: str) -> None:
    for text in texts:
        make_feedback(cast, make_connection(cast, "ended", service=service), text=text, may_share=True)


def test_a_group_reads_what_three_people_said_about_any_of_its_services(cast: Cast) -> None:
    lunch, walk = make_service(cast.provider), make_service(cast.provider, name="Morning walk")
    elsewhere = make_service(cast.other_provider, name="Mending")
    spoke(cast, lunch, "a", "b", "c")
    spoke(cast, walk, "d", "e")
    spoke(cast, elsewhere, "f", "g", "h")
    maggie = cast.actor(cast.provider_coordinator)
    assert [each.text for each in queries.words_for_group(maggie)] == ["a", "b", "c"], "two walkers are known by name"
    assert not queries.words_for_group(maggie, walk.pk).exists()
    assert not queries.words_for_group(maggie, elsewhere.pk).exists()
    assert not queries.words_for_group(cast.actor(cast.session_leader)).exists()
    spoke(cast, walk, "i")
    assert [each.text for each in queries.words_for_group(maggie, walk.pk)] == ["d", "e", "i"]


def test_a_link_reads_nothing_that_others_said(cast: Cast) -> None:
    lunch = make_service(cast.provider)
    spoke(cast, lunch, "a", "b", "c", "d")
    link = actor_of_link(make_link(make_connection(cast, service=lunch))[0])
    assert link is not None
    assert not queries.words_for_group(link).exists()


def test_who_spoke_last_does_not_stand_first_or_last(cast: Cast) -> None:
    service = make_service(cast.provider)
    spoke(cast, service, "Soup", "Warm", "Early")
    spoke(cast, service, "Seats")
    order = [each.text for each in queries.words_for_group(cast.actor(cast.provider_coordinator))]
    assert order == ["Early", "Seats", "Soup", "Warm"]


def test_the_list_of_services_is_found_by_words_and_has_one_row_each(cast: Cast) -> None:
    service = make_service(cast.provider)
    for _ in range(2):
        make_feedback(cast, make_connection(cast, "ended", service=service))
    make_feedback(cast, make_connection(cast, "ended", service=make_service(cast.other_provider, name="Mending")))
    amara = cast.actor(cast.link_worker)
    rows = [queries.service_tally(row) for row in queries.spoken_of(amara)]
    assert [(row.service_name, row.tally.answered) for row in rows] == [("Mending", 1), ("Tuesday lunch club", 2)]
    assert [row["service__name"] for row in queries.spoken_of(amara, "kettle")] == ["Tuesday lunch club"]
    assert not queries.spoken_of(amara, "chess").exists()


def test_counting_many_services_is_one_question_to_the_database(cast: Cast, django_assert_num_queries: Any) -> None:
    ids, amara = [make_feedback(cast).service_id for _ in range(4)], cast.actor(cast.link_worker)
    with django_assert_num_queries(1):
        assert len(queries.tallies(amara, ids)) == 4


def test_whom_to_ask_still(cast: Cast) -> None:
    asked, not_asked = make_connection(cast, "ended"), make_connection(cast, "ended")
    make_feedback(cast, asked)
    assert queries.feedback_on(asked.pk) == PersonFeedback.objects.get()
    assert queries.feedback_on(not_asked.pk) is None


WORDS = some.text(max_size=620)


@given(
    said=some.builds(
        Feedback, as_expected=MAYBE_EXPECTED, recommends=MAYBE_RECOMMENDS, text=WORDS, may_share=some.booleans()
    )
)
def test_feedback_holds_together_exactly_when_it_says_something_that_can_be_kept(said: Feedback) -> None:
    words = said.text.strip()
    holds = (
        bool(said.as_expected or said.recommends or words) and len(words) <= 600 and not (said.may_share and not words)
    )
    assert (said.problem() is None) is holds


def spoken(cast: Cast, people: int, times: int = 1) -> Any:
    """So many people went to one group, each so many times, and let it read what they said each time."""
    service = make_service(cast.provider)
    for _ in range(people):
        person = make_person(cast.scheme)
        for _ in range(times):
            make_feedback(cast, make_connection(cast, "ended", service=service, person=person), may_share=True)
    return service


@pytest.mark.parametrize(
    ("people", "times", "read"), [(1, 3, False), (2, 2, False), (3, 1, True), (3, 2, True), (1, 9, False)]
)
def test_three_words_of_one_person_are_not_three_people(cast: Cast, people: int, times: int, read: bool) -> None:
    service, maggie = spoken(cast, people, times), cast.actor(cast.provider_coordinator)
    assert queries.words_for_group(maggie, service.pk).exists() is read
    tally = queries.tallies(cast.actor(cast.link_worker), [service.pk])[service.pk]
    assert (tally.answered, tally.expected, tally.recommend_asked) == (people, people, people)
    assert tally.may_be_counted is read


def test_words_taken_back_leave_the_others_of_that_person_to_count(cast: Cast) -> None:
    service, maggie = spoken(cast, 2), cast.actor(cast.provider_coordinator)
    person = make_person(cast.scheme)
    twice = [make_connection(cast, "ended", service=service, person=person) for _ in range(2)]
    for each in twice:
        make_feedback(cast, each, may_share=True)
    make_feedback(cast, twice[0], may_share=False)
    assert SharedWords.objects.filter(service=service, counts=True).count() == 3
    make_feedback(cast, twice[1], may_share=False)
    assert not queries.words_for_group(maggie, service.pk).exists()
