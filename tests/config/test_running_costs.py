"""The running-cost model: its numbers add up, move the right way, and are written down where they are said to be."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linkworks.config import commands, costs, sizes
from linkworks.config.commands import running_cost
from linkworks.config.costs import CannotCost, Size
from tests.cast import Cast
from tests.factories.referrals import sent

DOCUMENT = Path(__file__).parents[2] / "docs/running-costs.md"
NAMES = [each.name for each in costs.assumptions()]
SIZES = st.builds(
    lambda workers, boroughs, each: costs.size_of(link_workers=workers, boroughs=boroughs, referrals_per_worker=each),
    st.integers(1, 2000),
    st.integers(1, 33),
    st.integers(1, 500),
)
NUMBERS = st.fixed_dictionaries(
    {},
    optional={name: st.integers(1, 40) for name in NAMES},  # more would be pounds beyond any penny a float can hold
).map(costs.values)


@given(SIZES, NUMBERS)
def test_the_lines_add_up_to_the_total_to_the_penny(size: Size, numbers: dict[str, float]) -> None:
    answer = costs.cost(size, numbers)

    assert answer.total == pytest.approx(sum(line.pounds for line in answer.lines), abs=0.005)
    assert answer.per_link_worker == pytest.approx(answer.total / size.link_workers, abs=0.006)
    assert answer.per_borough == pytest.approx(answer.total / size.boroughs, abs=0.006)
    assert answer.per_referral == pytest.approx(answer.total / size.referrals, abs=0.006)
    assert all(line.pounds >= 0 and line.name and line.how for line in answer.lines)


@given(SIZES, st.sampled_from(["link_workers", "boroughs", "referrals"]), st.integers(1, 400))
def test_more_of_anything_never_costs_less(size: Size, what: str, more: int) -> None:
    facts = {name: getattr(size, name) for name in ("link_workers", "boroughs", "referrals")}
    larger = Size(**{**facts, what: facts[what] + more})

    assert costs.cost(larger, costs.values()).total >= costs.cost(size, costs.values()).total


@given(
    SIZES, st.sampled_from(sorted(set(NAMES) - {"free_texts", "workers_per_application_server"})), st.floats(0, 1000)
)
def test_a_higher_price_or_a_larger_need_never_costs_less(size: Size, name: str, more: float) -> None:
    numbers = costs.values()
    dearer = {**numbers, name: numbers[name] + more}

    assert costs.cost(size, dearer).total >= costs.cost(size, numbers).total - 0.01


@given(SIZES, st.sampled_from(["free_texts", "workers_per_application_server"]), st.floats(1, 1000))
def test_what_is_given_free_or_serves_more_never_costs_more(size: Size, name: str, more: float) -> None:
    numbers = costs.values()

    assert costs.cost(size, {**numbers, name: numbers[name] + more}).total <= costs.cost(size, numbers).total


@given(st.integers(1, 33), st.integers(1, 32))
def test_boroughs_that_share_pay_less_each(boroughs: int, fewer: int) -> None:
    """With the same link workers for each borough."""
    few, many = sorted({min(fewer, boroughs), boroughs})[0], boroughs
    each = [
        costs.cost(costs.size_of(link_workers=12 * n, boroughs=n, referrals_per_worker=225), costs.values()).per_borough
        for n in (few, many)
    ]
    assert each[1] <= each[0]


def test_free_texts_are_not_charged_and_never_paid_out() -> None:
    size = costs.size_of(link_workers=1, boroughs=1, referrals_per_worker=10)
    generous = costs.values({"free_texts": 100_000})

    assert {line.name: line.pounds for line in costs.cost(size, generous).lines}["Text messages"] == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"boroughs": 0}, "Say how many boroughs: a whole number from 1 to 33."),
        ({"boroughs": -1}, "Say how many boroughs"),
        ({"boroughs": 34}, "Say how many boroughs"),
        ({"link_workers": 0}, "Say how many link workers: a whole number from 1 to 10,000."),
        ({"link_workers": 10_001}, "Say how many link workers"),
        ({"referrals_per_worker": 0}, "Say how many referrals each link worker takes in a year"),
    ],
)
def test_a_size_that_cannot_be_is_refused_with_a_sentence(asked: dict[str, int], said: str) -> None:
    with pytest.raises(CannotCost, match=re.escape(said)):
        costs.size_of(**{"link_workers": 3, "boroughs": 1, "referrals_per_worker": 225, **asked})


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"operator_dya": 1}, "operator_dya is not an assumption. Did you mean operator_day?"),
        ({"zebra": 1}, "zebra is not an assumption."),
        ({"operator_day": "lots"}, "operator_day must be a number that is not below nought."),
        ({"operator_day": -1}, "operator_day must be a number"),
        ({"operator_day": True}, "operator_day must be a number"),
        ({"operator_day": float("nan")}, "operator_day must be a number"),
        ({"operator_day": float("inf")}, "operator_day must be a number"),
        ({"operator_day": None}, "operator_day must be a number"),
        ({"workers_per_application_server": 0}, "workers_per_application_server must be more than nought."),
        (["operator_day"], "must be a list of lines, each as name: value"),
        ("operator_day 4", "must be a list of lines, each as name: value"),
    ],
)
def test_a_deployers_file_that_is_wrong_is_explained(own: Any, said: str) -> None:
    with pytest.raises(CannotCost, match=re.escape(said)):
        costs.values(own)


def test_a_deployers_own_numbers_take_the_place_of_ours_and_the_rest_stays() -> None:
    ours, theirs = costs.values(), costs.values({"operator_day": 100, "penetration_test": 0})

    assert theirs == {**ours, "operator_day": 100.0, "penetration_test": 0.0}


@pytest.mark.parametrize("assumption", costs.assumptions(), ids=lambda each: each.name)
def test_each_assumption_says_what_it_is_and_why(assumption: costs.Assumption) -> None:
    assert assumption.kind in {"measured", "published", "assumption"}
    assert len(assumption.source) > 10 and assumption.unit
    assert assumption.value >= 0


def test_no_assumption_is_idle() -> None:
    """Each number changes what a year costs, or how many referrals there are."""
    size, numbers = costs.size_of(link_workers=40, boroughs=3, referrals_per_worker=225), costs.values()
    idle = [
        name
        for name in NAMES
        if name not in {"referrals_per_worker", "workers_per_application_server"}
        and costs.cost(size, {**numbers, name: numbers[name] + 1000}) == costs.cost(size, numbers)
    ]
    assert idle == []


# The command


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert commands.main(["running-cost", *arguments]) == 0
    return capsys.readouterr().out


def test_it_answers_in_words_and_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--link-workers", "12", "--boroughs", "1")

    assert told.startswith("A year of Linkworks for 12 link workers in 1 borough, 2,700 referrals:")
    for name in ("Hosting", "Storage", "Backups", "Text messages", "Letters", "Running it", "Together"):
        assert re.search(rf"^  {name} +£ *[\d,]+\.\d\d", told, re.MULTILINE), name
    assert re.search(r"£[\d,.]+ for each link worker, £[\d,.]+ for each borough and £[\d,.]+ for each referral", told)


def test_as_json_it_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, "--link-workers", "3", "--boroughs", "2", "--referrals-per-worker", "100", "--json"))

    assert told["size"] == {"link_workers": 3, "boroughs": 2, "referrals": 300}
    assert told["total"] == pytest.approx(sum(line["pounds"] for line in told["lines"]))


def test_a_file_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text("referrals_per_worker: 10\npenetration_test: 1\n")

    told = json.loads(said(capsys, "--link-workers", "3", "--boroughs", "1", "--assumptions", str(own), "--json"))

    assert told["size"]["referrals"] == 30
    assert {line["name"]: line["pounds"] for line in told["lines"]}["Penetration test"] == 1


@pytest.mark.parametrize("text", ["", "# nothing of ours yet\n"])
def test_an_empty_file_changes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(text)
    arguments = ["--link-workers", "3", "--boroughs", "1"]

    assert said(capsys, *arguments, "--assumptions", str(own)) == said(capsys, *arguments)


@pytest.mark.parametrize(
    ("arguments", "text", "sentence"),
    [
        (["--link-workers", "3", "--boroughs", "0"], None, "Say how many boroughs"),
        (["--boroughs", "1"], None, "Say how many link workers"),
        (["--link-workers", "3", "--boroughs", "1", "--referrals-per-worker", "0"], None, "Say how many referrals"),
        (["--link-workers", "3", "--boroughs", "1"], "operator_day: [", "cannot be read"),
        (["--link-workers", "3", "--boroughs", "1"], "operator_day: x", "must be a number"),
        (["--link-workers", "3", "--boroughs", "1"], b"\xff\xfe\x00", "cannot be read"),
        (["--link-workers", "3", "--boroughs", "1", "--assumptions", "nowhere.yaml"], None, "could not be read"),
    ],
)
def test_what_cannot_be_reckoned_is_one_sentence(
    arguments: list[str], text: Any, sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if text is not None:
        own = tmp_path / "ours.yaml"
        own.write_bytes(text if isinstance(text, bytes) else text.encode())
        arguments = [*arguments, "--assumptions", str(own)]

    assert commands.main(["running-cost", *arguments]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("linkworks running-cost: ") and sentence in told.err
    assert told.err.count("\n") == 1


def test_a_file_is_read_as_plain_data_only(tmp_path: Path) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text("!!python/object/apply:os.getcwd []")

    with pytest.raises(CannotCost, match="cannot be read"):
        running_cost.own_file(own)


# The document


@pytest.mark.parametrize(("workers", "boroughs"), [(12, 1), (400, 33)])
def test_the_document_shows_what_the_command_says(
    capsys: pytest.CaptureFixture[str], workers: int, boroughs: int
) -> None:
    told = said(capsys, "--link-workers", str(workers), "--boroughs", str(boroughs))

    assert told.strip() in DOCUMENT.read_text()


def test_the_document_lists_each_assumption_as_it_is() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) (.+?) \| (\w+) \| (.+) \|$", DOCUMENT.read_text(), re.MULTILINE)

    assert [(name, float(value), unit, kind, why) for name, value, unit, kind, why in rows] == [
        (each.name, each.value, each.unit, each.kind, each.source) for each in costs.assumptions()
    ]


# Measuring


@pytest.mark.django_db
def test_sizes_are_measured_for_each_referral(cast: Cast) -> None:
    for _ in range(3):
        sent(cast.actor(cast.referrer), cast.scheme.id)

    referrals, found = sizes.measured()

    assert referrals == 3
    assert set(found) == {each.name for each in costs.assumptions() if each.kind == "measured"}
    assert all(value > 0 for value in found.values())
    assert costs.values(found), "what is measured can be put into a file of one's own"


@pytest.mark.django_db
def test_without_a_referral_there_is_nothing_to_measure(db: None) -> None:
    assert sizes.measured() == (0, {})


@pytest.mark.django_db
def test_every_table_is_counted_once() -> None:
    tables = sizes.table_sizes()
    with connection.cursor() as cursor:
        known = connection.introspection.table_names(cursor)
    assert set(known) == set(tables)
    people = {name for name in tables if name.startswith(sizes.ABOUT_PEOPLE)}
    assert {"referrals_referral", "casework_case", "audit_recordview", "messaging_message"} <= people
    assert not {"organisations_postcode", "directory_service", "accounts_user"} & people
