"""The made-up people: told the same way every time, not alike, reachable only where that is safe, and nobody real."""

from collections import Counter
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import clock, vocabulary
from linkworks.demo import activities, staff
from linkworks.demo.stories import people, telling
from linkworks.demo.stories.stages import STAGES, in_turn
from linkworks.demo.world import World, told
from linkworks.organisations.rules import places
from linkworks.people.rules import likeness
from linkworks.referrals.rules import ReferralDetails

STORIES = told("stories")
TEAM: Any = SimpleNamespace(boroughs=["E09000028"])
POSTCODES = {code: [f"SE{n % 28 + 1}{n % 9}DD" for n in range(60)] for code in places.boroughs()}
SENDER: dict[str, Any] = {}
UNSAFE = [story for story in STORIES if story.get("unsafe")]


def world() -> World:
    return World(postcodes=POSTCODES)


def everybody(count: int = 200, made: World | None = None) -> list[tuple[dict[str, Any], ReferralDetails]]:
    """As many people as the demonstration has, told in the order it tells them."""
    made = made or world()
    stories = [STORIES[(number * 5) % len(STORIES)] for number in range(count)]
    return [(story, people.details_for(made, TEAM, story, SENDER)) for story in stories]


PEOPLE = everybody()


# The same every time


def test_told_again_they_are_the_same_people() -> None:
    assert [details for _, details in everybody()] == [details for _, details in PEOPLE]


def test_the_first_people_are_the_same_however_many_are_told() -> None:
    assert everybody(24) == PEOPLE[:24]


def test_activities_are_planned_the_same_every_time() -> None:
    assert activities.planned(world(), 1.0) == activities.planned(world(), 1.0)


@given(st.floats(0.1, 1.0))
def test_however_few_activities_the_first_borough_has_every_kind(share: float) -> None:
    planned = activities.planned(world(), share)

    assert {kind for borough, kind, _ in planned if borough == "E09000028"} == set(vocabulary.KINDS)
    assert {borough for borough, _, _ in planned} == set(places.boroughs())


def test_no_two_activities_have_the_same_name_in_the_same_borough() -> None:
    planned = activities.planned(world(), 1.0)

    assert len({(borough, name) for borough, _, name in planned}) == len(planned)
    assert len({name for _, _, name in planned}) > 0.95 * len(planned)
    assert not any("{" in name or "  " in name for _, _, name in planned)
    assert 280 <= len(planned) <= 320


# Not alike


def test_few_people_share_a_name() -> None:
    names = Counter((details.given_name, details.family_name) for _, details in PEOPLE)

    assert len(names) > 150
    assert max(names.values()) <= 4


def test_nobody_could_be_taken_for_somebody_else() -> None:
    """A newcomer who is like somebody whose record is kept close is closed to the team, and their story could not go on."""
    told_of = [people.clues_of(details) for _, details in PEOPLE]
    assert not [pair for pair in combinations(told_of, 2) if likeness(*pair).is_worth_showing]


def test_families_come_from_many_places() -> None:
    rows = told("names")
    families = {details.family_name for _, details in PEOPLE}
    met = [row for row in rows if families & set(row["family"])]

    assert len(rows) >= 10
    assert len(met) >= 0.8 * len(rows)


def test_ages_are_spread_over_grown_up_life() -> None:
    ages = [(clock.today() - details.born_on).days // 365 for _, details in PEOPLE if details.born_on]
    decades = Counter(age // 10 for age in ages)

    assert min(ages) >= 16 and max(ages) <= 100
    assert len(decades) >= 6
    assert max(decades.values()) < 0.45 * len(ages)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["id"])
@given(seed=st.integers(0, 10_000))
def test_a_persons_age_fits_their_story(story: dict[str, Any], seed: int) -> None:
    made = world()
    made.dice.seed(seed)
    youngest, oldest = story["ages"]

    born = people.birthday(made, youngest, oldest)

    assert youngest <= (clock.today() - born).days / 365.25 <= oldest + 2


def test_needs_languages_and_referrers_vary() -> None:
    needs = Counter(need for _, details in PEOPLE for need in details.needs)

    assert len(needs) >= 20
    assert needs.most_common(1)[0][1] < 0.6 * len(PEOPLE)
    assert len({details.language for _, details in PEOPLE}) >= 3
    assert len({details.referrer_type for _, details in PEOPLE}) >= 5
    assert any(details.needs_interpreter for _, details in PEOPLE)
    assert any(details.access_needs for _, details in PEOPLE)


def test_no_two_of_the_bereavement_groups_people_say_the_same() -> None:
    """Five of them stand on one page of its co-ordinator."""
    stories = [telling.mourning(turn)["id"] for turn in range(10)]
    assert len(set(stories)) == 10


def test_what_somebody_wants_stands_on_few_people() -> None:
    """A link worker who reads ten records must not read one person ten times."""
    told_to = Counter(STORIES[(number * 5) % len(STORIES)]["id"] for number in range(200))
    assert max(told_to.values()) <= 4
    goals = Counter(goal for story in STORIES for goal in story["goals"])
    assert max(goals.values()) == 1


@pytest.mark.parametrize("story", [story for story in STORIES if story.get("who")], ids=lambda story: story["id"])
def test_a_name_fits_what_is_told_of_her_or_him(story: dict[str, Any]) -> None:
    made = world()
    others = {name for row in told("names") for name in row["he" if story["who"] == "she" else "she"]}
    for _ in range(20):
        assert people.name_for(made, story)[0] not in others


@pytest.mark.parametrize("story", [story for story in STORIES if story.get("language")], ids=lambda story: story["id"])
def test_whoever_speaks_another_language_has_a_name_of_it(story: dict[str, Any]) -> None:
    assert story["language"] in people.ROW_FOR_LANGUAGE


def test_stories_are_told_in_different_words() -> None:
    said = [story[part] for story in STORIES for part in ("words", "matters", "strengths")]

    assert len(set(said)) == len(said)
    assert all(len(each.split()) >= 3 for each in said)
    assert len({tuple(story["goals"]) for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["id"])
def test_a_story_is_in_the_persons_own_voice_and_names_no_diagnosis_as_who_they_are(story: dict[str, Any]) -> None:
    own = " ".join([story["words"], story["matters"]])

    assert any(word in f" {own.lower()} " for word in (" i ", " i'", " my ", " me ", " we ", " to "))
    for label in ("service user", "client", "patient", "sufferer", "victim", "the elderly", "non-compliant"):
        assert label not in own.lower()


# Reached only where that is safe


def test_most_can_be_rung_and_everybody_can_be_reached_somehow() -> None:
    assert all(any(way.is_safe for way in details.contact_channels) for _, details in PEOPLE)
    kinds = Counter(way.kind for _, details in PEOPLE for way in details.contact_channels)
    assert kinds["phone"] > kinds["letter"] > 0
    assert kinds["text"] > 0


@pytest.mark.parametrize("story", UNSAFE, ids=lambda story: story["id"])
def test_where_home_is_not_safe_nobody_rings_there(story: dict[str, Any]) -> None:
    for _ in range(20):
        ways = people.ways_to_reach(world(), story)
        assert [way.kind for way in ways if way.is_safe] == ["through-someone"]


def test_somebody_is_not_safe_at_home() -> None:
    assert UNSAFE, "the demonstration shows what happens then"


def test_some_are_left_no_message_and_some_have_their_hours() -> None:
    phones = [way for _, details in PEOPLE for way in details.contact_channels if way.kind == "phone" and way.is_safe]

    assert {way.may_leave_message for way in phones} == {True, False}
    assert len({way.best_times for way in phones}) >= 4


# Nobody real


def test_telephone_numbers_are_those_kept_for_stories() -> None:
    """Ofcom keeps 020 7946 0000 to 0999 and 07700 900000 to 900999 for drama: nobody is rung by mistake."""
    for _, details in PEOPLE:
        for way in details.contact_channels:
            if way.kind in {"phone", "text"}:
                assert way.value.startswith(("020 7946 0", "07700 900"))
                assert len(way.value.replace(" ", "")) == 11


REAL = (
    "nhs", "age uk", "mind", "samaritans", "mencap", "scope", "shelter", "crisis", "citizens advice", "salvation army",
    "red cross", "st john", "barnardo", "macmillan", "marie curie", "alzheimer", "turning point", "royal voluntary",
    "trussell", "ramblers", "parkrun", "ymca", "peabody", "l&q", "clarion", "bromley by bow", "st mungo", "groundwork",
    "healthwatch", "carers uk", "cruse", "relate", "rethink", "versus arthritis", "sustrans", "tesco", "southwark council",
)  # fmt: skip


def invented_names() -> list[str]:
    london = told("london")
    held = [scheme[part] for scheme in london["schemes"] for part in ("name", "host")]
    held += [*london["practices"], *(each["name"] for each in london["other_referrers"]), *london["places"]]
    return held + [name for _, _, name in activities.planned(world(), 1.0)]


def test_no_well_known_organisations_name_is_used() -> None:
    for name in invented_names():
        words = f" {name.lower()} "
        assert not [real for real in REAL if f" {real} " in words or f" {real}'" in words], name


def test_invented_names_are_names_and_not_places_of_london() -> None:
    boroughs = {borough.name.lower() for borough in places.boroughs().values()}

    assert len(set(invented_names())) > 300
    assert not [name for name in told("london")["places"] if name.lower() in boroughs]


def test_addresses_for_mail_can_reach_nobody() -> None:
    texts = str(told("london")) + str(told("stories")) + str(told("activities"))

    assert "@" not in texts
    assert "http" not in texts and "www." not in texts


@given(st.integers(0, 500))
def test_staff_have_names_of_the_list(seed: int) -> None:
    made = world()
    made.dice.seed(seed)
    given_name, family = staff.made_up_name(made).split(" ", 1)

    assert any(given_name in (*row["she"], *row["he"]) and family in row["family"] for row in told("names"))


# Stages


@given(st.integers(1, 600))
def test_stages_come_in_their_proportions_whatever_the_number(count: int) -> None:
    chosen = Counter(stage.name for stage in in_turn(count))
    total = sum(stage.weight for stage in STAGES)

    assert sum(chosen.values()) == count
    if count > len(STAGES):
        assert all(abs(chosen[stage.name] - count * stage.weight / total) < 1.01 for stage in STAGES)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_stages_steps_come_in_an_order_that_can_happen(stage: Any) -> None:
    order = (
        "refer",
        "accept",
        "allocate",
        "try_once",
        "talk",
        "plan",
        "agree",
        "connect",
        "group_accepts",
        "attend",
        "close",
    )
    places_of = [stage.steps.index(step) for step in order if step in stage.steps]

    assert places_of == sorted(places_of)
    assert stage.steps[0] == "refer"
    for needs, before in (("talk", "allocate"), ("connect", "agree"), ("attend", "group_accepts"), ("agree", "plan")):
        assert needs not in stage.steps or before in stage.steps


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_story_began_long_enough_ago_for_its_steps(stage: Any) -> None:
    shortest = sum(1 if step in {"refer", "accept", "allocate"} else 2 for step in stage.steps[:-1])

    assert stage.began_days_ago[1] >= shortest or len(stage.steps) > 12


def test_some_stories_go_wrong() -> None:
    """A demonstration in which everything works would teach nobody anything."""
    wrong = {"declined", "withdrawn", "could not reach", "declined by group", "did not come", "nothing fits", "concern"}
    weight = sum(stage.weight for stage in STAGES)

    assert wrong <= {stage.name for stage in STAGES}
    assert 0.1 < sum(stage.weight for stage in STAGES if stage.name in wrong) / weight < 0.4


def test_every_team_meets_every_kind_of_story() -> None:
    """The strides of the telling share no factor with its lists."""
    teams = [
        size for scheme in told("london")["schemes"] for size in [people_turns(scheme["size"])] for _ in range(size)
    ]
    met = {((number * 31) % len(teams), (number * 5) % len(STORIES)) for number in range(len(teams) * len(STORIES))}

    assert len({story for _, story in met}) == len(STORIES)
    assert len({team for team, _ in met}) == len(teams)


def people_turns(size: str) -> int:
    from linkworks.demo.stories.telling import TURNS

    return TURNS[size]
