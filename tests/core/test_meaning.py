"""The sentence model: its words are read in its own way, another model is refused, and without it nothing breaks."""

import json
from pathlib import Path

import numpy as np
import pytest

from linkworks.core import meaning

needs_model = pytest.mark.skipif(not meaning.is_installed(), reason="the extra `semantic` is not installed")


def test_the_packages_list_is_put_into_the_models_way() -> None:
    listed = ["[PAD]", "whatever", "[CLS]", "▁the", "ing", "▁[", "]"]
    assert list(meaning.tokens_of(listed)) == ["[PAD]", "[unused0]", "[CLS]", "the", "##ing", "[", "##]"]
    assert meaning.tokens_of(listed)["##ing"] == 4


def test_the_vocabulary_is_whole() -> None:
    from django.conf import settings

    if not settings.MEANING_VOCABULARY.exists():
        pytest.skip("npm packages are not installed")
    tokens = meaning.tokens_of(json.loads(settings.MEANING_VOCABULARY.read_text(encoding="utf-8")))
    assert len(tokens) == 30522
    assert (tokens["[PAD]"], tokens["[UNK]"], tokens["[CLS]"], tokens["[SEP]"]) == (0, 100, 101, 102)
    assert (tokens["the"], tokens["##s"]) == (1996, 2015)


def test_without_its_packages_there_are_no_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "find_spec", lambda name: None)
    meaning.encoder.cache_clear()
    assert not meaning.is_installed()
    assert meaning.vector("skint") is None
    meaning.encoder.cache_clear()


def test_another_model_is_refused_and_finding_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / "model.onnx"
    other.write_bytes(b"not the one")
    with pytest.raises(ValueError, match="not the model we know"):
        meaning.check(other)
    monkeypatch.setattr(meaning, "is_installed", lambda: True)
    monkeypatch.setattr(meaning, "model_file", lambda: other)
    meaning.encoder.cache_clear()
    assert meaning.vector("skint") is None
    assert "goes by words alone" in caplog.text
    meaning.encoder.cache_clear()


@needs_model
class TestModel:
    def test_a_known_pair_is_as_alike_as_it_should_be(self) -> None:
        """With the list read in the wrong way these come out plausible but different."""
        cat, kitten, debt = (meaning.vector(text) for text in ("a cat", "a kitten", "a debt"))
        assert cat is not None and kitten is not None and debt is not None
        assert float(cat @ kitten) == pytest.approx(0.764, abs=0.02)
        assert float(cat @ debt) < 0.4
        assert np.linalg.norm(cat) == pytest.approx(1.0, abs=1e-5)

    def test_a_text_has_the_same_vector_whatever_stands_beside_it(self) -> None:
        model = meaning.encoder()
        assert model is not None
        alone, together = model.vectors(["skint"])[0], model.vectors(["skint", "a much longer text " * 50])[0]
        assert np.array_equal(alone, together)
