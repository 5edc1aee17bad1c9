"""What a sentence speaks of with the model: the nearest needs join those that were said; what was denied is not asked of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.rules import hearing, lay

NOTHING, CLEAR = lay.Heard({}, {}), lay.heard("skint and the bailiffs are at the door")
FAINT = lay.Heard({"transport": 1.0}, {"walking-group": 1.0}, loudness=1.0)
ALIKE = st.dictionaries(st.sampled_from(sorted(vocabulary.NEEDS)), st.floats(-1, 1))


class TestTogether:
    def test_where_no_word_is_known_the_nearest_need_is_heard(self) -> None:
        heard = hearing.together(NOTHING, {"memory": 0.6, "caring": 0.55, "nature": 0.1})
        assert list(heard.needs) == ["memory", "caring"]
        assert heard.needs["memory"] == 1.0

    @pytest.mark.parametrize("alike", [{}, {"memory": 0.34}, {"memory": -0.5, "nature": 0.0}])
    def test_where_nothing_is_near_words_are_alone(self, alike: dict[str, float]) -> None:
        assert hearing.together(FAINT, alike) == FAINT
        assert hearing.together(NOTHING, alike) == NOTHING

    def test_a_clear_word_stays_beside_the_nearest_and_a_faint_one_gives_way(self) -> None:
        assert "money-debt" in hearing.together(CLEAR, {"memory": 0.6}).needs
        assert list(hearing.together(FAINT, {"memory": 0.6}).needs) == ["memory"]

    def test_what_is_both_said_and_near_comes_first(self) -> None:
        heard = hearing.together(CLEAR, {"memory": 0.6, "money-debt": 0.55})
        assert next(iter(heard.needs)) == "money-debt"

    def test_where_both_speak_clearly_the_reviewed_list_has_the_last_word(self) -> None:
        heard = hearing.together(CLEAR, {"memory": 0.9, "money-debt": 0.0})
        assert next(iter(heard.needs)) == "money-debt"
        assert heard.needs["memory"] == pytest.approx(hearing.MODELS_SHARE, abs=0.001)

    def test_kinds_and_what_was_denied_stay_as_they_were_said(self) -> None:
        heard = hearing.together(FAINT, {"memory": 0.6})
        assert (heard.kinds, heard.denied, heard.loudness) == (FAINT.kinds, FAINT.denied, FAINT.loudness)

    @given(ALIKE, st.sampled_from([NOTHING, FAINT, CLEAR]))
    def test_whatever_the_model_says_it_adds_at_most_three(self, alike: dict[str, float], said: lay.Heard) -> None:
        heard = hearing.together(said, alike)
        assert len(set(heard.needs) - set(said.needs)) <= hearing.NEAREST_NEEDS
        assert list(heard.needs.values()) == sorted(heard.needs.values(), reverse=True)
        assert not heard.needs or next(iter(heard.needs.values())) == 1.0


class TestAffirmed:
    @pytest.mark.parametrize(
        ("said", "left"),
        [
            ("I am not lonely, I want to paint", "I want to paint"),
            ("no pain but never skint, the flat is damp", "no pain, the flat is damp"),
            ("not lonely just skint", "skint"),
            ("not lonely", ""),
            ("lonely. And skint!", "lonely. And skint!"),
            ("", ""),
        ],
    )
    def test_what_was_denied_is_left_out(self, said: str, left: str) -> None:
        assert hearing.affirmed(said) == left

    @given(st.text(max_size=300))
    def test_whatever_is_said_nothing_denied_is_left(self, said: str) -> None:
        assert len(hearing.affirmed(said)) <= len(said) + said.count(",") * 2 + len(said)


def test_the_list_is_the_reviewed_one_and_its_mark_changes_with_it() -> None:
    assert set(hearing.sayings()) == set(vocabulary.NEEDS)
    assert "skint" in hearing.sayings()["money-debt"]
    assert len({hearing.hash_of(said) for said in (["a", "b"], ["a"], ["ab"], ["b", "a"], [])}) == 5
