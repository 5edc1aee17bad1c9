"""Every way a measure's document can be wrong: the file is named, what to mend is said, and nothing starts with it."""

import copy
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.outcomes import queries, rules

GOOD = msgspec.yaml.decode((queries.FOLDER / "ons4.yaml").read_bytes())


def changed(*path, to=None, drop=False):
    """The good document with one place changed or left out."""
    document = copy.deepcopy(GOOD)
    place = document
    for step in path[:-1]:
        place = place[step]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return document


def refusal(tmp_path, document, name="some.yaml"):
    path = tmp_path / name
    path.write_bytes(document if isinstance(document, bytes) else msgspec.yaml.encode(document))
    with pytest.raises(queries.BadMeasure) as refused:
        queries.read_measure(path)
    return str(refused.value)


REQUIRED = [
    ("id",), ("version",), ("name",), ("title",), ("introduction",), ("licence",), ("scoring",), ("scale",), ("items",),
    ("licence", "name"), ("licence", "credit"), ("licence", "source"), ("licence", "may_ship"),
    ("scale", "lowest"), ("scale", "highest"),
    *[("items", 0, name) for name in ("id", "label", "words", "low", "high", "better", "bands")],
    *[("items", 2, "bands", 1, name) for name in ("id", "label", "from", "to")],
]  # fmt: skip


@pytest.mark.parametrize("path", REQUIRED, ids=lambda path: ".".join(map(str, path)))
def test_nothing_may_be_left_out(tmp_path, path):
    said = refusal(tmp_path, changed(*path, drop=True))
    assert said.startswith("some.yaml: ")
    assert str(path[-1]) in said


@pytest.mark.parametrize("path", REQUIRED, ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize("odd", [None, [], {"x": 1}, 1.5])
def test_nothing_may_be_of_another_kind(tmp_path, path, odd):
    if path == ("items",) and odd == []:
        assert "it has no questions" in refusal(tmp_path, changed(*path, to=odd))
    else:
        assert refusal(tmp_path, changed(*path, to=odd)).startswith("some.yaml: ")


@pytest.mark.parametrize(
    "path",
    [("colour",), ("licence", "owner"), ("scale", "step"), ("items", 0, "weight"), ("items", 0, "bands", 0, "hue")],
)
def test_a_key_nobody_knows_is_a_slip_and_not_passed_over(tmp_path, path):
    said = refusal(tmp_path, changed(*path, to="x"))
    assert path[-1] in said


@pytest.mark.parametrize("text", [b"", b"just words", b"- a\n- list", b"{", b"\xff\xfe", b"id: [unclosed", b"a: b: c"])
def test_what_is_no_document_is_refused(tmp_path, text):
    assert refusal(tmp_path, text).startswith("some.yaml: ")


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (("version",), 0, "versions are counted from 1"),
        (("version",), -3, "versions are counted from 1"),
        (("scale",), {"lowest": 10, "highest": 0}, "does not run from a lower to a higher number"),
        (("scale",), {"lowest": 5, "highest": 5}, "does not run from a lower to a higher number"),
        (("scale",), {"lowest": 0, "highest": 12}, "0 bands hold the answer 11"),
        (("scale",), {"lowest": 1, "highest": 10}, "the band low runs off the scale"),
        (("scoring",), "sum", "scoring"),
        (("items", 0, "better"), "sideways", "better"),
        (("items", 0, "words"), "  ", "its words is empty"),
        (("items", 1, "label"), "", "its label is empty"),
        (("items", 3, "low"), "", "its low is empty"),
        (("items", 1, "id"), "satisfied", "two questions have the same id"),
        (("items", 3, "bands", 1, "id"), "very-low", "two bands have the same id"),
        (("items", 3, "bands", 0, "to"), 2, "2 bands hold the answer 2"),
        (("items", 3, "bands", 3, "from"), 7, "0 bands hold the answer 6"),
        (("items", 3, "bands", 3, "to"), 11, "the band high runs off the scale"),
        (("items", 0, "bands"), [], "0 bands hold the answer 0"),
        (("licence", "may_ship"), False, "its licence does not let us ship its words"),
    ],
)
def test_each_thing_that_does_not_hold_together_is_said(tmp_path, path, to, said):
    assert said in refusal(tmp_path, changed(*path, to=to))


def test_everything_wrong_is_said_at_once(tmp_path):
    document = changed("version", to=0)
    document["items"][0]["words"] = ""
    document["licence"]["may_ship"] = False
    said = refusal(tmp_path, document)
    assert said.count(";") == 2


def test_a_file_is_called_after_its_measure_so_that_no_two_share_an_id(tmp_path):
    for name in ("ons4.yaml", "another.yaml"):
        (tmp_path / name).write_bytes(msgspec.yaml.encode(GOOD))
    with pytest.raises(queries.BadMeasure, match=r"another\.yaml: the measure ons4 belongs in ons4\.yaml"):
        queries.read_folder(tmp_path)


def test_a_folder_without_measures_has_none_and_one_bad_file_stops_all(tmp_path):
    assert dict(queries.read_folder(tmp_path)) == {}
    (tmp_path / "ons4.yaml").write_bytes(msgspec.yaml.encode(GOOD))
    assert set(queries.read_folder(tmp_path)) == {"ons4"}
    (tmp_path / "broken.yaml").write_text("{")
    with pytest.raises(queries.BadMeasure, match=r"broken\.yaml"):
        queries.read_folder(tmp_path)


cuts = st.lists(st.integers(0, 9), min_size=0, max_size=4, unique=True).map(sorted)


@given(cuts)
def test_any_way_of_cutting_the_scale_into_bands_holds_and_finds_the_band_of_each_answer(ends):
    edges = [-1, *ends, 10]
    bands = [
        {"id": f"band-{n}", "label": f"Band {n}", "from": low + 1, "to": high}
        for n, (low, high) in enumerate(pairwise(edges))
    ]
    measure = msgspec.convert(changed("items", 0, "bands", to=bands), rules.Measure)
    assert rules.problems_of(measure) == []
    item = measure.items[0]
    for answer in range(11):
        found = rules.band(item, answer)
        assert found.from_ <= answer <= found.to


@given(cuts, st.integers(0, 4), st.integers(-3, 3).filter(bool))
def test_moving_any_edge_of_any_band_alone_is_noticed(ends, which, by):
    edges = [-1, *ends, 10]
    bands = [
        {"id": f"band-{n}", "label": f"Band {n}", "from": low + 1, "to": high}
        for n, (low, high) in enumerate(pairwise(edges))
    ]
    bands[which % len(bands)]["to"] += by
    measure = msgspec.convert(changed("items", 0, "bands", to=bands), rules.Measure)
    assert rules.problems_of(measure)
