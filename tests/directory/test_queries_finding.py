"""Finding and matching: the right services, in order, with reasons, in a constant number of statements."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from linkworks.core.clock import today
from linkworks.directory import presenters, queries
from linkworks.directory.rules.facts import AccessFacts
from tests.directory import asking
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


def names(**asked: Any) -> list[str]:
    return [each.name for each in asking.found(**asked)]


@pytest.mark.parametrize(
    "words",
    ["lunch", "lunch club", "LUNCHES", "lunhc club", "tuesday", "bakery", "company", "kettle", "lonely", "lonelyness"],
)
def test_words_find_it_however_they_are_typed(words: str) -> None:
    make.service()
    make.service(
        name="Debt advice",
        description="",
        kinds=("debt-advice",),
        needs=("money-debt",),
        places=(),
        by_organisation=make.organisation("Pennywise"),
    )
    assert names(words=words)[:1] == ["Tuesday lunch club"]


@pytest.mark.parametrize("words", ["xyzzy", "!!! ???", "the", '"', "or or or", "a:b & !c | (d)", "%", "\\"])
def test_words_that_mean_nothing_find_nothing_and_harm_nothing(words: str) -> None:
    make.service()
    assert names(words=words) == []


def test_services_with_all_the_words_leave_out_those_with_some() -> None:
    make.service(name="Singing for memory", kinds=(), needs=())
    make.service(name="Memory café", kinds=(), needs=())
    assert names(words="memory singing") == ["Singing for memory"]


def test_any_of_the_words_is_enough_when_none_has_all() -> None:
    make.service(name="Memory café", kinds=(), needs=(), places=())
    assert names(words="memory trampolining") == ["Memory café"]


def test_needs_category_and_access_narrow() -> None:
    ramp = make.place(accessibility=(AccessFacts("Ramp", "step-free"),))
    make.service(name="Step-free lunch", places=(ramp,))
    make.service(name="Upstairs lunch")
    make.service(name="Dance", description="", kinds=("dance",), needs=("physical-activity",))
    assert names(needs=["loneliness"], access_needs=["step-free"]) == ["Step-free lunch"]
    assert names(category="creative") == ["Dance"]
    assert names(needs=["loneliness"], words="upstairs") == ["Upstairs lunch"]
    assert names(needs=["physical-activity"], words="lunch") == []


def test_nearer_comes_first_and_too_far_is_left_out() -> None:
    make.service(name="Far", places=(make.place(at=(51.4900, -0.0693)),))
    make.service(name="Near")
    make.service(name="In Camden", places=(make.place(at=make.CAMDEN),))
    found = asking.found(needs=["loneliness"], near=make.PECKHAM, within_km=3)
    assert [each.name for each in found] == ["Near", "Far"]
    assert found[1].distance_km == pytest.approx(1.81, abs=0.02)
    assert "1.1 miles away" in found[1].reasons


def test_the_nearest_of_several_places_counts() -> None:
    make.service(places=(make.place(at=make.CAMDEN), make.place(), make.place(at=None, postcode="")))
    found = asking.found(near=make.PECKHAM, within_km=1)
    assert [each.distance_km for each in found] == [0.0]
    assert "2 more" in found[0].place


def test_what_has_no_place_is_found_when_something_particular_is_asked_for() -> None:
    make.service(name="Telephone befriending", places=())
    assert names(near=make.PECKHAM, within_km=3) == []
    assert names(needs=["loneliness"], near=make.PECKHAM, within_km=3) == ["Telephone befriending"]


def test_what_is_not_shown_or_not_running_is_not_found() -> None:
    make.service(is_published=False)
    for status in ("inactive", "defunct", "temporarily closed"):
        make.service(status=status)
    assert names(words="lunch") == []


def test_an_answer_carries_what_a_card_needs() -> None:
    make.service(capacity_places=8, places_taken=3, wait_weeks=2, verified_on=today(), verified_by="Ines Duarte")
    found = asking.found(needs=["loneliness"])[0]
    assert found.has_room is True
    assert (found.capacity, found.cost, found.wait) == ("5 places free", "£3.50 per lunch", "About 2 weeks' wait")
    assert found.verified.startswith("Checked by Ines Duarte in ")
    assert found.next_session is not None
    assert found.next_session.startswith("Tuesday")
    assert found.next_session.endswith("midday to 2pm")
    assert found.is_fictional
    assert found.reasons == ("Helps with loneliness", "Has room")


def matched(**asked: Any) -> Any:
    return asking.match(**{"needs": ["loneliness"], "latitude": make.PECKHAM[0], "longitude": make.PECKHAM[1], **asked})


def test_a_goal_is_met_by_what_fits_and_told_what_does_not() -> None:
    make.service(name="Fits")
    make.service(name="Full one", capacity_places=2, places_taken=2)
    make.service(name="For the young", maximum_age=25)
    make.service(name="Closed to referrals", is_referable=False)
    make.service(name="A little too far", places=(make.place(at=make.CAMDEN),))
    found = matched(age=70, within_km=5)
    assert [each.name for each in found.found] == ["Fits"]
    assert {each.name: each.why for each in found.not_shown} == {
        "Full one": "Full",
        "For the young": "For people aged 25 and under",
        "Closed to referrals": "Does not take people from link workers",
    }
    assert [(each.name, each.reasons[0]) for each in found.nearly] == [
        ("A little too far", "A little further: 5.5 miles away")
    ], "too little fits, so what fails one thing that may be set aside is shown, and says so"


def test_a_goal_never_trades_access_and_says_when_an_interpreter_is_needed() -> None:
    make.service(name="Upstairs")
    make.service(name="Bengali, step-free", languages=("bn",), access_needs=("step-free",))
    assert [each.name for each in matched(access_needs=["step-free"]).found] == ["Bengali, step-free"]
    first, second = matched(languages=["bn"]).found
    assert (first.name, second.name) == ("Bengali, step-free", "Upstairs"), (
        "a shared language comes first, and nobody is left out"
    )
    assert "In Bengali" in first.reasons
    assert "Not known to be in Bengali: ask for an interpreter" in second.reasons


def test_a_goal_may_be_met_by_need_or_by_words() -> None:
    make.service(name="Knit and natter", kinds=("knitting-and-craft",), needs=("creativity",))
    make.service(name="Lunch")
    assert {each.name for each in matched(words="knitting").found} == {"Knit and natter", "Lunch"}


def test_a_goal_without_a_postcode_still_has_answers() -> None:
    make.service()
    found = asking.match(needs=["loneliness"])
    assert [each.candidate.distance_km for each in found.found] == [None]


def test_a_listing_checked_lately_is_offered_before_one_that_was_not() -> None:
    make.service(name="A stale one", verified_on=today() - timedelta(days=400))
    make.service(name="Z fresh one", verified_on=today())
    assert [each.name for each in matched().found] == ["Z fresh one", "A stale one"]


def test_statements_do_not_grow_with_services() -> None:
    make.service()
    asking.found(words="lunch")  # what a process asks once is not counted
    with CaptureQueriesContext(connection) as one:
        asking.found(words="lunch", near=make.PECKHAM, within_km=5)
    for number in range(8):
        make.service(name=f"Lunch {number}", places=(make.place(), make.place(at=make.CAMDEN)))
    with CaptureQueriesContext(connection) as nine:
        assert len(asking.found(words="lunch", near=make.PECKHAM, within_km=5)) == 9
    assert len(one) == len(nine) <= 9
    with CaptureQueriesContext(connection) as goal:
        matched()
    assert len(goal) <= len(nine) + 2, "prices and whom it is for are read of all at once"


def test_a_card_says_how_to_go_there(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    service = make.service(
        ask_for="Maggie",
        getting_there="Bus 12",
        first_visit="We say hello",
        phone="020 7946 0000",
        capacity_places=1,
        places_taken=1,
    )
    with django_assert_num_queries(4):
        card = queries.service_card(service.id)
    assert card is not None
    assert presenters.where_words(card.going) == "The Old Bakery, 4 Choumert Road, London, SE15 5DD"
    assert (card.ask_for, card.getting_there, card.first_visit) == ("Maggie", "Bus 12", "We say hello")
    assert card.full
    assert card.organisation_name == "Kettle and Company"
    assert queries.service_card(uuid4()) is None


def test_a_card_of_a_service_without_a_place_is_whole() -> None:
    card = queries.service_card(make.service(places=()).id)
    assert card is not None
    assert (presenters.where_words(card.going), presenters.next_words(card.going)) == ("", "")


def creative() -> None:
    facts: dict[str, Any] = {"needs": ("creativity",), "costs": ()}
    make.service(name="A table of old objects", description="Hold and talk about objects.", kinds=(), **facts)
    make.service(name="Rye Voices", description="A choir: we sing together.", kinds=("music-and-singing",), **facts)
    make.service(name="Singing for all", description="No auditions.", kinds=("music-and-singing",), **facts)


def test_words_match_what_says_them_and_the_need_behind_them_comes_after() -> None:
    creative()
    found = asking.found(words="singing", near=make.PECKHAM, within_km=5)
    assert [each.name for each in found] == ["Singing for all", "Rye Voices", "A table of old objects"]
    assert ["Matches “singing”" in each.reasons for each in found] == [True, True, False]
    assert found[2].reasons[0].startswith("Is for: ")


def test_the_words_of_a_goal_bring_what_speaks_of_them_forward() -> None:
    creative()
    goal = {"needs": ["creativity"], "goal_words": "I want to sing with other people once a week"}
    found = matched(**goal).found
    assert {each.name for each in found[:2]} == {"Rye Voices", "Singing for all"}
    assert [any("Speaks of “sing”" in why for why in each.reasons) for each in found] == [True, True, False]
    for harmless in ("", "the of and", "a:b & !c | (d) 'x' \\", "men’s ' 5 ²"):
        assert len(matched(needs=["creativity"], goal_words=harmless).found) == 3


def test_what_a_goal_speaks_of_brings_forward_what_helps_with_it() -> None:
    """Nobody says “hands” in a listing; who wants to learn is not sent to a lawyer because both are ticked as work."""
    make.service(name="A lawyer", needs=("employment",))
    make.service(name="Job tasters", needs=("employment", "skills-learning"))
    make.service(name="Evening classes", needs=("skills-learning",))
    found = matched(needs=["employment"], goal_words="Learn something with my hands").found
    assert [each.name for each in found] == ["Job tasters", "A lawyer"]
    assert ["Helps with learning and confidence, as in the goal" in each.reasons for each in found] == [True, False]
    assert [each.name for each in matched(needs=["employment"]).found] == ["A lawyer", "Job tasters"]


def test_what_is_asked_for_already_is_not_counted_again() -> None:
    make.service(name="Evening classes", needs=("skills-learning",))
    [once] = matched(needs=["skills-learning"], goal_words="Learn something with my hands").found
    [without] = matched(needs=["skills-learning"]).found
    assert once.reasons == without.reasons
    assert once.candidate.goal_needs == ()


def test_a_goals_words_cost_no_more_statements(django_assert_max_num_queries: Any) -> None:
    creative()
    with django_assert_max_num_queries(11):
        matched(needs=["creativity"], goal_words="sing paint and talk about objects")
