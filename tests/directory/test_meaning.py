"""Finding by meaning, with a model that knows three things: a job makes vectors, finding uses them, words come first."""

from collections.abc import Sequence

import numpy as np
import pytest

from linkworks.core import meaning
from linkworks.core.errors import NotAllowed
from linkworks.directory import actions, jobs, queries
from linkworks.directory.models import ListingMeaning, Service
from linkworks.directory.queries import meaning as nearest
from tests.factories import directory as make

THEMES = (("debt", "zorble"), ("sing", "flimber"), ("walk", "stroll"))  # zorble and flimber are in no list of ours


class ToyModel:
    """Knows three themes. Counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def vectors(self, texts: Sequence[str]) -> meaning.Vectors:
        self.asked += texts
        return np.array([self.one(text.lower()) for text in texts], np.float32)

    def one(self, text: str) -> meaning.Vectors:
        found = np.zeros(meaning.NUMBERS, np.float32)
        found[: len(THEMES)] = [any(word in text for word in theme) for theme in THEMES]
        return found / max(1.0, float(np.linalg.norm(found)))


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ToyModel:
    toy = ToyModel()
    monkeypatch.setattr(meaning, "encoder", lambda: toy)
    monkeypatch.setattr(nearest, "_held", nearest.NONE)
    nearest.vector_of.cache_clear()
    return toy


@pytest.fixture
def listed(everything: None) -> dict[str, Service]:
    organisation = make.organisation("The Old Depot")
    told = {
        "Ledger": ("About debt.", "money-debt"),
        "Larks": ("We sing.", "creativity"),
        "Boots": ("We walk.", "nature"),
    }
    return {
        name: make.service(organisation, name=name, description=text, needs=(need,), kinds=())
        for name, (text, need) in told.items()
    }


def names(words: str, **asked: object) -> list[str]:
    return [each.found.name for each in queries.answers(queries.Looking(words=words, **asked))]  # type: ignore[arg-type]


def learn() -> int:
    return actions.learn_meanings(by=make.KEEPER)


class TestLearning:
    def test_each_listing_is_learned_once(self, model: ToyModel, listed: dict[str, Service]) -> None:
        assert (learn(), learn()) == (3, 0)
        assert len(model.asked) == 3
        assert ListingMeaning.objects.filter(model=meaning.MODEL).count() == 3

    def test_one_that_says_something_else_is_learned_again(self, model: ToyModel, listed: dict[str, Service]) -> None:
        learn()
        Service.objects.filter(name="Boots").update(description="We sing now.", document_hash="other")
        assert learn() == 1
        assert "We sing now." in model.asked[-1]

    def test_where_only_the_times_changed_the_model_is_not_asked(
        self, model: ToyModel, listed: dict[str, Service]
    ) -> None:
        learn()
        Service.objects.filter(name="Boots").update(document_hash="other")
        assert (learn(), learn()) == (1, 0)
        assert len(model.asked) == 3

    def test_another_model_begins_anew(
        self, model: ToyModel, listed: dict[str, Service], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        learn()
        monkeypatch.setattr(meaning, "MODEL", "a newer one")
        assert queries.nearest_in_meaning("zorble", limit=5) == {}
        assert learn() == 3
        assert list(queries.nearest_in_meaning("zorble", limit=5)) == [listed["Ledger"].id]

    def test_the_text_has_what_it_helps_with(self, model: ToyModel, listed: dict[str, Service]) -> None:
        learn()
        assert any("Debt, bills, money worries" in text and "Ledger" in text for text in model.asked)

    def test_the_job_does_it_and_without_the_model_does_nothing(
        self, model: ToyModel, listed: dict[str, Service], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as without:
            without.setattr(meaning, "encoder", lambda: None)
            jobs.learn_meanings()
            assert not ListingMeaning.objects.exists()
        jobs.learn_meanings()
        assert ListingMeaning.objects.count() == 3

    def test_not_everybody_may(self, model: ToyModel, listed: dict[str, Service]) -> None:
        from linkworks.core.actor import Actor

        with pytest.raises(NotAllowed):
            actions.learn_meanings(by=Actor(id="user:1", name="Somebody"))


class TestFinding:
    def test_what_no_word_finds_is_found_by_meaning(self, model: ToyModel, listed: dict[str, Service]) -> None:
        assert names("zorble") == []
        learn()
        assert names("zorble") == ["Ledger"]
        assert names("flimber") == ["Larks"]

    def test_what_has_nothing_to_do_with_it_is_not(self, model: ToyModel, listed: dict[str, Service]) -> None:
        learn()
        assert names("quidditch") == []

    def test_clear_words_come_before_the_model(self, model: ToyModel, listed: dict[str, Service]) -> None:
        learn()
        assert names("skint and the bailiffs are at the door, flimber")[:2] == ["Ledger", "Larks"]

    def test_what_was_denied_is_not_asked_of_a_model_that_cannot_hear_not(
        self, model: ToyModel, listed: dict[str, Service]
    ) -> None:
        learn()
        asked = len(model.asked)
        assert "Larks" not in names("not lonely, zorble")
        assert len(model.asked) == asked

    def test_where_and_which_needs_still_hold(self, model: ToyModel, listed: dict[str, Service]) -> None:
        learn()
        assert names("zorble", near=make.PECKHAM, within_km=2.0) == ["Ledger"]
        assert names("zorble", near=make.CAMDEN, within_km=2.0) == []
        assert names("zorble", needs=("creativity",)) == []

    def test_one_that_is_withdrawn_is_gone(self, model: ToyModel, listed: dict[str, Service]) -> None:
        learn()
        Service.objects.filter(name="Ledger").update(is_published=False)
        assert names("zorble") == []
        ListingMeaning.objects.filter(service__name="Larks").delete()
        assert names("flimber") == []

    def test_a_page_is_not_empty_when_meaning_finds_something(
        self, model: ToyModel, listed: dict[str, Service]
    ) -> None:
        looking = queries.Looking(words="zorble")
        assert len(queries.for_page(looking)) == 0
        learn()
        found = queries.for_page(looking)
        assert [each.name for each in found[:20]] == ["Ledger"]
        assert len(found) == 1

    def test_without_the_model_words_find_as_before(
        self, model: ToyModel, listed: dict[str, Service], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        learn()
        monkeypatch.setattr(meaning, "encoder", lambda: None)
        nearest.vector_of.cache_clear()
        assert names("zorble") == []
        assert names("skint") == ["Ledger"]
