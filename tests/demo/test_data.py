"""The made-up London's data holds together: every kind, every borough, words that exist."""

import re
from pathlib import Path
from typing import Any

import pytest

from linkworks.casework.actions import limits
from linkworks.core import vocabulary
from linkworks.demo.stories.stages import STAGES, in_turn
from linkworks.demo.world import told
from linkworks.directory.rules import matching, nothing_fits, reporting
from linkworks.organisations.rules import places
from linkworks.organisations.rules.settings import SchemeSettings, settings_from

ACTIVITIES = told("activities")
STORIES = told("stories")


def test_every_kind_of_activity_is_there() -> None:
    assert set(ACTIVITIES) == set(vocabulary.KINDS)


@pytest.mark.parametrize("kind", ACTIVITIES)
def test_an_activity_says_what_happens_and_uses_known_words(kind: str) -> None:
    activity = ACTIVITIES[kind]
    assert activity["about"] and activity["happens"] and activity["who"]
    assert len(set(activity["names"])) == len(activity["names"]) >= 4
    assert set(activity["needs"]) <= set(vocabulary.NEEDS)
    assert set(activity.get("for", [])) <= set(vocabulary.PERSON_ATTRIBUTES)


@pytest.mark.parametrize("need", vocabulary.NEEDS)
def test_each_need_is_helped_with_by_a_group_that_is_not_for_another_trouble_only(need: str) -> None:
    """Somebody burgled is not sent to a refuge; somebody home from hospital is not told that there is nothing."""
    helping = [kind for kind, activity in ACTIVITIES.items() if need in activity["needs"]]
    assert [kind for kind in helping if matching.MEANT_FOR.get(kind, need) == need]


def test_no_two_kinds_share_a_name() -> None:
    names = [name for activity in ACTIVITIES.values() for name in activity["names"]]
    assert len(names) == len(set(names))


def test_every_borough_has_a_scheme_or_a_recorded_gap() -> None:
    london = told("london")
    served = {code for scheme in london["schemes"] for code in scheme["boroughs"]}
    assert served | {gap["borough"] for gap in london["gaps"]} == set(places.boroughs())


def test_a_gap_names_a_scheme_that_exists() -> None:
    london = told("london")
    assert {gap["nearest"] for gap in london["gaps"]} <= {scheme["slug"] for scheme in london["schemes"]}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["id"])
def test_a_story_uses_known_words(story: dict[str, object]) -> None:
    assert set(story["needs"]) <= set(vocabulary.NEEDS)  # type: ignore[call-overload]
    assert set(story["kinds"]) <= set(ACTIVITIES)  # type: ignore[call-overload]
    assert story["referrer"] in vocabulary.REFERRER_TYPES
    assert story["words"] and story["matters"] and story["strengths"] and story["goals"]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["id"])
def test_ons4_answers_are_on_the_scale_or_missing(story: dict[str, list[list[int] | None]]) -> None:
    first, last = story["ons4"]
    assert first is not None and all(0 <= answer <= 10 for answer in first)
    assert last is None or all(0 <= answer <= 10 for answer in last)


MANAGED = [story for story in STORIES if "manages" in story]


@pytest.mark.parametrize("story", MANAGED, ids=lambda story: story["id"])
def test_what_somebody_of_a_story_can_manage_are_answers_that_can_be_given(story: dict[str, Any]) -> None:
    for about, said in story["manages"].items():
        limits.check(about, said)


def test_some_can_manage_only_so_much_and_of_most_nobody_asked_yet() -> None:
    assert 2 <= len(MANAGED) < len(STORIES) / 2


def test_stories_are_told_to_every_stage_in_proportion() -> None:
    chosen = in_turn(200)
    counts = {stage.name: sum(each is stage for each in chosen) for stage in STAGES}
    total = sum(stage.weight for stage in STAGES)
    assert all(abs(counts[stage.name] - 200 * stage.weight / total) < 1 for stage in STAGES)


def test_a_small_demo_still_has_most_stages() -> None:
    assert len({stage.name for stage in in_turn(25)}) == len(STAGES)


def test_a_story_never_began_before_its_later_steps_could_fit() -> None:
    assert all(stage.began_days_ago[0] <= stage.began_days_ago[1] for stage in STAGES)
    assert all(stage.began_days_ago[0] >= 100 for stage in STAGES if "close" in stage.steps)


@pytest.mark.parametrize("slug", told("london")["settings"])
def test_a_schemes_own_settings_are_settings_and_its_scheme_exists(slug: str) -> None:
    assert slug in {scheme["slug"] for scheme in told("london")["schemes"]}
    assert settings_from(told("london")["settings"][slug]) != SchemeSettings()


def test_two_boroughs_are_visibly_set_up_differently() -> None:
    """Who they are for, when they call, what they ask, what they offer, and the letter they write."""
    elm, canal = (settings_from(told("london")["settings"][slug]) for slug in ("elm-tree", "canal-side"))
    differing = {name for name in SchemeSettings.__struct_fields__ if getattr(elm, name) != getattr(canal, name)}
    assert differing >= {
        "who_can_be_referred", "first_contact_working_days", "max_sessions", "measure_stages", "languages", "categories",
        "decline_reasons", "closing_letters", "caseload_weight_target",
    }  # fmt: skip


@pytest.mark.parametrize("what", sorted(told("sayings")))
def test_what_is_written_down_is_said_in_several_ways(what: str) -> None:
    ways = told("sayings")[what]
    assert len(set(ways)) == len(ways) >= 4


def test_every_saying_is_used_and_every_use_has_sayings() -> None:
    code = "".join(path.read_text() for path in (Path(__file__).parents[2] / "linkworks/demo/stories").rglob("*.py"))
    assert set(re.findall(r'says\("(\w+)"\)', code)) == set(told("sayings"))


def test_the_lists_of_others_name_kinds_and_reasons_that_exist() -> None:
    lists = told("lists")
    assert {kind for kind, *_ in [*lists["reports"], *lists["claims"]]} | set(lists["silent"]) <= set(ACTIVITIES)
    assert {reason for _, reason, *_ in lists["reports"]} <= set(reporting.WRONG)
    assert {reason for reason, *_ in lists["nothing_fits"]} <= set(nothing_fits.WHY)
    assert {need for _, need, _ in lists["nothing_fits"]} <= set(vocabulary.NEEDS)


@pytest.mark.parametrize("listed", told("lists")["lists"], ids=lambda each: each["name"])
def test_a_list_has_numbers_nobody_can_ring_and_changes_what_it_has(listed: dict[str, Any]) -> None:
    keys = [row[0] for row in listed["rows"]]
    assert len(set(keys)) == len(keys)
    assert all(row[4].startswith("020 7946 0") for row in listed["rows"]), "kept for drama by Ofcom"
    for reading in ("later", "last"):
        changed = listed.get(reading, {})
        assert set(changed) <= set(keys)
        assert all(each.get("phone", "020 7946 0").startswith("020 7946 0") for each in changed.values())
