"""The measures that ship: word for word, in order, with a licence to be here."""

import msgspec
import pytest

from linkworks.outcomes import queries, rules

ONS4 = queries.measure("ons4")
MEASURES = list(queries.measures().values())


def document(**changes):
    """ONS4's document as plain values, with some of it changed."""
    plain = msgspec.yaml.decode((queries.FOLDER / "ons4.yaml").read_bytes())
    return {**plain, **changes}


def written(tmp_path, plain):
    path = tmp_path / "some.yaml"
    path.write_bytes(msgspec.yaml.encode(plain))
    return path


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.id)
def test_every_measure_may_ship_and_credits_its_owner(measure):
    assert measure.licence.may_ship
    assert measure.licence.credit
    assert measure.licence.source.startswith("https://")
    assert rules.problems_of(measure) == []


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.id)
def test_a_measure_is_in_the_file_of_its_name(measure):
    assert (queries.FOLDER / f"{measure.id}.yaml").exists()


def test_ons4_asks_its_four_questions_in_the_published_order():
    assert [each.words for each in ONS4.items] == [
        "Overall, how satisfied are you with your life nowadays?",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        "Overall, how happy did you feel yesterday?",
        "On a scale where nought is ‘not at all anxious’ and 10 is ‘completely anxious’, overall, how anxious did you feel yesterday?",
    ]


def test_ons4_has_no_total_and_only_anxiety_is_better_lower():
    assert ONS4.scoring == "per-item"
    assert [each.id for each in ONS4.items if each.lower_is_better] == ["anxious"]


def test_ons4_scale_runs_from_0_to_10():
    assert (ONS4.scale.lowest, ONS4.scale.highest) == (0, 10)


def test_a_measure_without_a_licence_to_ship_is_refused(tmp_path):
    unlicensed = document(licence={**document()["licence"], "may_ship": False})
    with pytest.raises(queries.BadMeasure, match="licence does not let us ship"):
        queries.read_measure(written(tmp_path, unlicensed))


def test_a_measure_that_says_nothing_of_its_licence_is_refused(tmp_path):
    silent = document()
    del silent["licence"]
    with pytest.raises(queries.BadMeasure, match="licence"):
        queries.read_measure(written(tmp_path, silent))


def test_a_misspelt_key_is_refused_with_the_file_named(tmp_path):
    with pytest.raises(queries.BadMeasure, match=r"some\.yaml.*wording"):
        queries.read_measure(written(tmp_path, document(wording="?")))


def test_bands_that_leave_a_gap_are_refused(tmp_path):
    items = document()["items"]
    items[0] = {**items[0], "bands": items[0]["bands"][:-1]}
    with pytest.raises(queries.BadMeasure, match="0 bands hold the answer 9"):
        queries.read_measure(written(tmp_path, document(items=items)))


def test_bands_that_overlap_are_refused(tmp_path):
    items = document()["items"]
    items[0] = {**items[0], "bands": [*items[0]["bands"], {"id": "x", "label": "X", "from": 3, "to": 3}]}
    with pytest.raises(queries.BadMeasure, match="2 bands hold the answer 3"):
        queries.read_measure(written(tmp_path, document(items=items)))


def test_two_questions_of_one_id_are_refused(tmp_path):
    items = document()["items"]
    with pytest.raises(queries.BadMeasure, match="same id"):
        queries.read_measure(written(tmp_path, document(items=[items[0], items[0]])))


def test_a_measure_without_questions_is_refused(tmp_path):
    with pytest.raises(queries.BadMeasure, match="no questions"):
        queries.read_measure(written(tmp_path, document(items=[])))
