"""The words of the queue, of proposed changes and of versions."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from linkworks.directory import presenters
from linkworks.directory.models import ListingVersion, ProposedEdit
from linkworks.directory.presenters.proposing import STANDS
from linkworks.directory.presenters.queue import LABELS
from linkworks.directory.rules import editing
from linkworks.directory.rules.proposing import NEW, REFUSED_BECAUSE, WAITS
from linkworks.directory.rules.queue import RISK, Waiting
from linkworks.directory.states import ProposedEditState

AT = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/London"))


def edit(**facts: Any) -> ProposedEdit:
    usual = {
        "field": "phone",
        "was": "",
        "becomes": "020 7946 0111",
        "proposed_by_name": "Maggie Flynn",
        "created_at": AT,
    }
    return ProposedEdit(**{**usual, **facts})


def version(hours: int, **facts: Any) -> ListingVersion:
    said = {name: [] if name in ("needs", "categories", "access_needs") else "" for name in editing.FACTS}
    said["is_referable"] = True  # type: ignore[assignment]
    return ListingVersion(facts={**said, **facts}, by_name="Ines Duarte", created_at=AT + timedelta(hours=hours))


@pytest.mark.parametrize("field", WAITS)
def test_each_fact_that_waits_has_a_name(field: str) -> None:
    said = presenters.edit_words(edit(field=field))
    assert said["label"] and said["label"] != field


def test_a_change_says_who_proposed_it_and_when() -> None:
    said = presenters.edit_words(edit())
    assert said["from"] == "Proposed by Maggie Flynn, Friday 20 November 2026 at 9:30am"
    assert (said["was"], said["becomes"]) == ("Nothing", "020 7946 0111")
    assert [each.kind for each in said["pieces"]] == [NEW]


@pytest.mark.parametrize("state", [each for each in ProposedEditState if each != ProposedEditState.REPLACED])
def test_how_it_stands_is_said_in_words(state: ProposedEditState) -> None:
    ((_, becomes, stands),) = presenters.proposal_rows([edit(state=state, why_not="private")])
    assert becomes == "020 7946 0111"
    assert stands["tag"] == STANDS[state]
    assert stands["note"] == REFUSED_BECAUSE["private"]


def test_what_was_taken_away_is_said_to_be_nothing() -> None:
    assert presenters.edit_words(edit(was="020 7946 0111", becomes=""))["becomes"] == "Nothing"


def test_versions_say_what_each_changed_of_the_one_before() -> None:
    items = presenters.version_items(
        [version(2, description="Soup"), version(1, description="Tea"), version(0)], is_private=False
    )
    assert [bool(each["restore"]) for each in items] == [False, True, True]
    assert [[change["label"] for change in each["changes"]] for each in items] == [["What it is"], ["What it is"], []]
    assert items[0]["title"] == "The listing as it is now"
    assert items[1]["title"].startswith("Version of Friday 20 November 2026")


def test_what_was_not_yet_asked_in_a_versions_day_was_changed_by_nobody() -> None:
    older = version(0, description="Soup")
    for name in ("certificate", "advice_levels", "leads_to"):
        del older.facts[name]
    newer = version(1, description="Tea", certificate="A diploma", advice_levels=["casework"], leads_to="")
    items = presenters.version_items([newer, older], is_private=False)
    assert [change["label"] for change in items[0]["changes"]] == ["What it is"]


@pytest.mark.parametrize("number", [0, 1])
def test_few_versions_are_no_trouble(number: int) -> None:
    assert len(presenters.version_items([version(0)] * number, is_private=False)) == number


def test_restoring_says_what_would_change_and_nothing_else() -> None:
    now_says = version(1, name="Lunch", description="Soup").facts
    said = presenters.restore_changes(now_says, version(0, name="Lunch", description="Tea").facts)
    assert [each["label"] for each in said] == ["What it is"]


def test_a_version_from_before_a_fact_was_kept_leaves_that_fact_alone() -> None:
    old = version(0, name="Lunch", description="Soup")
    del old.facts["ask_for"]
    now_says = version(1, name="Lunch", description="Soup", ask_for="Maggie").facts
    assert presenters.restore_changes(now_says, old.facts) == []


TUESDAY = {"freq": "WEEKLY", "byday": "TU", "opens_at": "12:00:00", "place": 0}
OPEN, HIDDEN = ({"address_1": street, "postcode": "SE15 5DD"} for street in ("4 Choumert Road", "9 Canary Street"))


@pytest.mark.parametrize(
    ("before", "after", "label", "gone", "new"),
    [
        ({"sessions": [TUESDAY]}, {"sessions": [{**TUESDAY, "byday": "WE"}]}, "Times", "Tuesday,", "Wednesday,"),
        ({"sessions": []}, {"sessions": [TUESDAY]}, "Times", "", "Every Tuesday, from midday"),
        ({"costs": [{"amount": "3.50"}]}, {"costs": [{"amount": "4"}]}, "Cost", "£3.50", "£4"),
        ({"costs": [{"amount": "0"}]}, {"costs": []}, "Cost", "Free", ""),
        ({"places": [OPEN]}, {"places": [HIDDEN]}, "Places", "4 Choumert Road,", "9 Canary Street,"),
    ],
)
def test_versions_tell_times_places_and_prices_in_words(
    before: dict[str, Any], after: dict[str, Any], label: str, gone: str, new: str
) -> None:
    usual = {"sessions": [], "places": [OPEN], "costs": []}
    items = [version(1, **{**usual, **after}), version(0, **{**usual, **before})]
    ((change,), _) = (each["changes"] for each in presenters.version_items(items, is_private=False))
    told = {kind: [each.text for each in change["pieces"] if each.kind == kind] for kind in ("gone", "new")}
    assert change["label"] == label
    assert told == {"gone": [gone] if gone else [], "new": [new] if new else []}


def test_versions_tell_nothing_of_a_place_that_is_private_now() -> None:
    usual = {"sessions": [], "costs": []}
    items = [version(1, **usual, places=[OPEN]), version(0, **usual, places=[HIDDEN])]
    said = presenters.version_items(items, is_private=True)
    assert "Canary" not in str(said) and "Choumert" not in str(said)
    assert "kept private" in " ".join(each.text for each in said[0]["changes"][0]["pieces"])
    assert "Canary" in str(presenters.version_items(items, is_private=False)), "the guard is what keeps it back"


@pytest.mark.parametrize("kind", RISK)
def test_each_kind_reads_in_words(kind: str) -> None:
    title, why, since = presenters.queue_row(Waiting(kind, "Lunch", "Look", "/directory", AT))
    assert (title["text"], title["note"], title["href"]) == ("Lunch", "Look", "/directory")
    assert why["tag"]["text"] == LABELS[kind]
    assert since == "Fri 20 Nov 2026"


def test_only_kinds_of_which_something_waits_have_a_view() -> None:
    waiting = [Waiting("held", "A", "", "/", AT), Waiting("held", "B", "", "/", AT), Waiting("gone", "C", "", "/", AT)]
    views = presenters.queue_views(waiting, "held")
    assert [(each["label"], each["count"], each["current"]) for each in views] == [
        ("Everything", 3, False), ("Left its list", 1, False), ("Held back", 2, True),
    ]  # fmt: skip


def test_gaps_name_boroughs_we_know_and_needs_in_words() -> None:
    rows = presenters.gap_rows({"E09000028": ["money-debt", "housing"], "E09000007": [], "X1": ["housing"]})
    assert rows == [["Southwark", "2", "money worries and housing"]]


def test_a_search_reads_as_it_was_typed_and_how_often() -> None:
    searched = SimpleNamespace(words="beekeeping", times=7, last_at=AT)
    assert presenters.search_row(searched) == ["beekeeping", "7", "Fri 20 Nov 2026"]  # type: ignore[arg-type]
