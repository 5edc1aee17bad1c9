"""How much a listing answers of what people ask: by the published table, and never less for saying more."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import completeness as rules
from linkworks.directory.rules.document import Parts
from linkworks.directory.states import LocationType

LIKE = {"what_happens", "first_visit", "who_comes", "bring_someone", "quiet_times", "getting_there", "photos"}
WORDS = ("what_happens", "first_visit", "who_comes", "bring_someone", "quiet_times", "getting_there", "description",
         "who_it_is_for", "ask_for", "fees", "phone", "email", "url")  # fmt: skip
LISTS = ("access_needs", "languages")
ROWS = ("schedules", "costs", "contacts", "languages", "areas")
DOORS = {"none": [], "hall": [False], "hidden": [True], "hall and hidden": [False, True], "online": ["online"]}


def listing(**said: Any) -> Any:
    return SimpleNamespace(**{
        **dict.fromkeys(WORDS, ""), **{name: [] for name in LISTS}, "photo_count": 0, **said
    })  # fmt: skip


def parts(door: str = "hall", **rows: Any) -> Parts:
    places = [
        SimpleNamespace(
            location=SimpleNamespace(
                location_type=LocationType.VIRTUAL if each == "online" else LocationType.PHYSICAL,
                is_address_hidden=each is True,
            )
        )
        for each in DOORS[door]
    ]
    return Parts(organisation=None, places=places, **{name: [object()] for name in rows})


FULL = {**dict.fromkeys(WORDS, "Yes."), **{name: ["x"] for name in LISTS}, "photo_count": 1}
ROWS_FULL = dict.fromkeys(ROWS, True)
said_of = st.fixed_dictionaries({}, optional={name: st.just(value) for name, value in FULL.items()})
rows_of = st.sets(st.sampled_from(ROWS)).map(lambda names: dict.fromkeys(names, True))
door = st.sampled_from(list(DOORS))


def slowly(service: Any, of: Parts) -> tuple[int, set[str]]:
    """The same by hand, question by question."""
    has_door = len(of.places) > 0 and all(
        each.location.location_type == "physical" and not each.location.is_address_hidden for each in of.places
    )
    points, most, unsaid = 0, 0, set()
    answers = {
        name: bool(getattr(service, name)) for name in LIKE - {"photos"} | {"description", "who_it_is_for", "ask_for"}
    }
    answers["photos"] = service.photo_count > 0
    answers["when"] = len(of.schedules) > 0
    answers["where"] = len(of.places) + len(of.areas) > 0
    answers["cost"] = service.fees != "" or len(of.costs) > 0
    answers["contact"] = any((service.phone, service.email, service.url)) or len(of.contacts) > 0
    answers["access"] = len(service.access_needs) > 0
    answers["languages"] = len(service.languages) + len(of.languages) > 0
    for name, is_answered in answers.items():
        if name in {"photos", "getting_there"} and not has_door:
            continue
        counts = 2 if name in LIKE else 1
        most += counts
        points += counts if is_answered else 0
        if not is_answered:
            unsaid.add(name)
    return int(100 * points / most + 1e-9), unsaid


@given(said_of, rows_of, door)
def test_it_is_what_a_slow_count_gives(said: dict[str, Any], rows: dict[str, bool], where: str) -> None:
    service, of = listing(**said), parts(where, **rows)
    found = rules.completeness(service, of)
    score, unsaid = slowly(service, of)
    assert (found.score, set(found.unsaid)) == (score, unsaid)


@given(said_of, rows_of, door, st.sampled_from(list(FULL)))
def test_who_says_more_never_answers_less(said: dict[str, Any], rows: dict[str, bool], where: str, more: str) -> None:
    before = rules.completeness(listing(**said), parts(where, **rows))
    after = rules.completeness(listing(**{**said, more: FULL[more]}), parts(where, **rows))
    assert after.score >= before.score and set(after.unsaid) <= set(before.unsaid)


@pytest.mark.parametrize("where", ["hall", "hidden", "online", "hall and hidden"])
def test_all_can_be_answered_wherever_it_is(where: str) -> None:
    assert rules.completeness(listing(**FULL), parts(where, **ROWS_FULL)) == rules.Completeness(100, ())


@pytest.mark.parametrize("where", ["hidden", "hall and hidden", "online", "none"])
def test_nobody_is_asked_for_the_way_to_a_door_that_is_not_there_or_kept_private(where: str) -> None:
    assert not {"photos", "getting_there"} & set(rules.completeness(listing(), parts(where)).unsaid)
    assert {"photos", "getting_there"} <= set(rules.completeness(listing(), parts("hall")).unsaid)


def test_what_it_is_really_like_counts_double_and_is_asked_first() -> None:
    assert {each.id for each in rules.QUESTIONS if each.weight == rules.DOUBLE} == LIKE
    unsaid = rules.completeness(listing(), parts()).unsaid
    assert set(unsaid[: len(LIKE)]) == LIKE


def test_nothing_said_is_nothing_answered() -> None:
    assert rules.completeness(listing(), parts("none")).score == 0
