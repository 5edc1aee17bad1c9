"""Finding by meaning, with a model that knows three things: a job makes vectors, finding uses them, words come first."""

from collections.abc import Sequence

import numpy as np
import pytest

from linkworks.core import meaning
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.directory import actions, jobs, queries
from linkworks.directory.actions.meaning import NEEDS_AT_ONCE
from linkworks.directory.models import ListingMeaning, NeedMeaning, Service
from linkworks.directory.queries import meaning as nearest
from linkworks.directory.queries import saying
from linkworks.directory.rules import hearing
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
    nearest.forget()
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
            assert not NeedMeaning.objects.exists()
        jobs.learn_meanings()
        assert ListingMeaning.objects.count() == 3
        assert NeedMeaning.objects.count() == NEEDS_AT_ONCE

    def test_not_everybody_may(self, model: ToyModel, listed: dict[str, Service]) -> None:
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

    def test_what_was_denied_is_not_said_to_a_model_that_cannot_hear_not(
        self, model: ToyModel, listed: dict[str, Service]
    ) -> None:
        learn()
        assert names("not lonely, zorble") == ["Ledger"]
        assert model.asked[-1] == "zorble"

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

    def test_what_is_hardly_like_anything_finds_nothing(
        self, model: ToyModel, listed: dict[str, Service], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A model makes something of any letters: "zzzzqqq" is as near as a third to Zumba."""
        learn()
        looking, (known,) = queries.Looking(words="zzzzqqq"), list(Service.objects.filter(name="Ledger"))
        for alike, found in ((0.3, 0), (0.34, 0), (0.36, 1), (0.9, 1)):
            monkeypatch.setattr(saying, "nearest_in_meaning", lambda *_, alike=alike, **__: {known.id: alike})
            assert len(queries.for_page(looking)) == found

    def test_without_the_model_words_find_as_before(
        self, model: ToyModel, listed: dict[str, Service], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        learn()
        monkeypatch.setattr(meaning, "encoder", lambda: None)
        nearest.vector_of.cache_clear()
        assert names("zorble") == []
        assert names("skint") == ["Ledger"]


SAID = "me and the kazoo zorble all day"
LISTED = {"money-debt": ["in zorble", "zorble again", "zorble"], "nature": ["stroll", "a walk", "walking"]}


@pytest.fixture
def sayings(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A short list of what people say, which the model knows and the words do not."""
    listed = {need: list(said) for need, said in LISTED.items()}
    monkeypatch.setattr(hearing, "sayings", lambda: listed)
    return listed


@pytest.mark.usefixtures("sayings")
class TestNeeds:
    def learn(self) -> int:
        return actions.learn_needs(by=make.KEEPER)

    def test_each_need_is_learned_once_and_again_when_something_else_is_said_of_it(
        self, model: ToyModel, everything: None, sayings: dict[str, list[str]]
    ) -> None:
        assert (self.learn(), self.learn()) == (2, 0)
        sayings["nature"].append("stroll on")
        assert queries.needs_in_meaning(SAID) == {"money-debt": 1.0}, "what is out of date is not gone by"
        assert (self.learn(), self.learn()) == (1, 0)
        assert queries.needs_in_meaning(SAID) == {"money-debt": 1.0, "nature": 0.0}

    def test_another_model_begins_anew(
        self, model: ToyModel, everything: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.learn()
        monkeypatch.setattr(meaning, "MODEL", "a newer one")
        assert queries.needs_in_meaning(SAID) == {}
        assert self.learn() == 2

    def test_without_the_model_nothing_is_learned_or_near(
        self, everything: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nearest.forget()
        monkeypatch.setattr(meaning, "encoder", lambda: None)
        assert self.learn() == 0
        assert queries.needs_in_meaning(SAID) == {}

    def test_not_everybody_may(self, everything: None) -> None:
        with pytest.raises(NotAllowed):
            actions.learn_needs(by=Actor(id="user:1", name="Somebody"))

    def test_a_sentence_is_answered_by_the_need_it_means(self, model: ToyModel, listed: dict[str, Service]) -> None:
        assert names(SAID) == []
        self.learn()
        assert names(SAID) == ["Ledger"], "though no listing has been learned, and no word is in any list"

    def test_a_few_words_are_not_asked_of_it(self, model: ToyModel, listed: dict[str, Service]) -> None:
        self.learn()
        asked = len(model.asked)
        assert len(queries.for_page(queries.Looking(words="ledger"))) == 1
        assert len(model.asked) == asked

    def test_the_page_counts_what_is_found_by_meaning_and_keeps_to_what_was_asked(
        self, model: ToyModel, listed: dict[str, Service]
    ) -> None:
        self.learn()
        found = queries.for_page(queries.Looking(words=SAID))
        assert ([each.name for each in found[:20]], len(found)) == (["Ledger"], 1)
        assert found.counts["needs"]["money-debt"] == 1
        assert len(queries.for_page(queries.Looking(words=SAID, near=make.CAMDEN, within_km=2.0))) == 0

    def test_the_page_has_the_order_of_words_and_meaning_together(
        self, model: ToyModel, listed: dict[str, Service]
    ) -> None:
        """The two are merged as for `linkworks find`: what helps with the need that is meant, and is alike, is first."""
        self.learn()
        make.service(name="Day out", description="Kazoo all day.", needs=("creativity",), kinds=())
        looking = queries.Looking(words=SAID)
        order = [each.name for each in queries.for_page(looking)[:20]]
        assert order == ["Ledger", "Day out"]
        assert names(SAID)[0] == order[0]

    def test_the_same_words_are_read_by_the_model_once(self, model: ToyModel, listed: dict[str, Service]) -> None:
        self.learn()
        asked = len(model.asked)
        for _ in range(3):
            queries.for_page(queries.Looking(words=SAID))
        assert model.asked[asked:] == [SAID]
