"""Any order of edits, proposals, decisions and restores, held against a plain reader that keeps its own notes."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from linkworks.core.errors import Conflict
from linkworks.directory import actions, queries
from linkworks.directory.actions import changing
from linkworks.directory.models import ListingChange, ListingVersion, ProposedEdit, Service
from linkworks.directory.rules import editing, proposing
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
SAID = {
    "description": ["Soup.", "Soup and songs.", "A walk."],
    "what_happens": ["", "We eat.", "We sing."],
    "who_it_is_for": ["", "Anybody.", "People over 60."],
    "phone": ["", "020 7946 0111", "020 7946 0222"],
    "name": ["Tuesday lunch club", "Wednesday lunch club"],
}
STEPS = 14


class Reader:
    """Keeps in a dictionary what the listing should say, and what should wait."""

    def __init__(self, cast: Cast, dice: Random) -> None:
        self.service = make.service(cast.provider, description="Soup.")
        self.group, self.steward = cast.actor(cast.provider_coordinator), cast.actor(cast.steward)
        self.dice = dice
        self.says = {name: getattr(self.service, name) for name in SAID}
        self.waits: dict[str, tuple[str, str]] = {}
        self.versions: list[dict[str, Any]] = []

    def fresh(self) -> Service:
        return Service.objects.get(id=self.service.id)

    def change(self, facts: dict[str, str]) -> None:
        """What becomes of facts that are shown at once."""
        before = dict(self.says)
        self.says.update(facts)
        if self.says != before:
            if not self.versions or self.versions[-1] != before:
                self.versions.append(before)
            self.versions.append(dict(self.says))

    def group_edits(self) -> None:
        names = self.dice.sample(sorted(SAID), self.dice.randrange(1, 4))
        facts = {name: self.dice.choice(SAID[name]) for name in names}
        service = self.fresh()
        actions.edit_own(service, facts=facts, seen=queries.own_facts(service)["seen"], by=self.group)
        for name in names:
            if name in proposing.WAITS:
                self.waits.pop(name, None)
                if facts[name] != self.says[name]:
                    self.waits[name] = (self.says[name], facts[name])
        self.change({name: facts[name] for name in names if name in proposing.AT_ONCE})

    def steward_edits(self) -> None:
        name = self.dice.choice(sorted(SAID))
        value = self.dice.choice(SAID[name])
        service = self.fresh()
        seen = queries.facts_of(service)["seen"]
        actions.edit_listing(service, facts={name: value}, seen=seen, by=self.steward)
        self.change({name: value})

    def decides(self) -> None:
        waiting = list(ProposedEdit.objects.filter(state="waiting").order_by("field"))
        if not waiting:
            return
        edit = self.dice.choice(waiting)
        was, becomes = self.waits[edit.field]
        if self.dice.random() < 0.3:
            actions.refuse_edit(edit, why_not="other", by=self.steward)
        elif was != self.says[edit.field]:
            with pytest.raises(Conflict):
                actions.accept_edit(edit, by=self.steward)
            return
        else:
            actions.accept_edit(edit, by=self.steward)
            self.change({edit.field: becomes})
        del self.waits[edit.field]

    def restores(self) -> None:
        kept = list(ListingVersion.objects.order_by("created_at"))
        if not kept:
            return
        number = self.dice.randrange(len(kept))
        if self.versions[number] == self.says:
            with pytest.raises(Conflict):
                actions.restore_version(kept[number], by=self.steward)
        else:
            actions.restore_version(kept[number], by=self.steward)
            self.change(dict(self.versions[number]))

    @property
    def moves(self) -> list[Callable[[], None]]:
        return [self.group_edits, self.group_edits, self.steward_edits, self.decides, self.decides, self.restores]


@pytest.mark.parametrize("seed", range(12))
def test_the_listing_says_what_the_plain_reader_noted(cast: Cast, seed: int) -> None:
    dice = Random(seed)
    reader = Reader(cast, dice)
    for _ in range(STEPS):
        dice.choice(reader.moves)()
        service = reader.fresh()
        assert {name: getattr(service, name) for name in SAID} == reader.says
        waiting = ProposedEdit.objects.filter(state="waiting").values_list("field", "was", "becomes")
        assert {field: (was, becomes) for field, was, becomes in waiting} == reader.waits
    kept = [each.facts for each in ListingVersion.objects.order_by("created_at")]
    assert [{name: facts[name] for name in SAID} for facts in kept] == reader.versions


@pytest.mark.parametrize("seed", range(4))
def test_the_history_leads_from_the_first_words_to_the_last(cast: Cast, seed: int) -> None:
    """Each fact's changes form one unbroken line, whoever made them."""
    dice = Random(100 + seed)
    reader = Reader(cast, dice)
    first = dict(reader.says)
    for _ in range(STEPS):
        dice.choice(reader.moves)()
    for name in SAID:
        said = first[name]
        for change in ListingChange.objects.filter(field=name).order_by("created_at"):
            assert change.was == said
            said = change.became
        assert said == reader.says[name]


def test_the_plain_reader_would_notice_a_version_that_is_missing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison bites: with the keeping of versions taken out, what is kept is not what the reader noted."""
    monkeypatch.setattr(changing, "keep_version", lambda *_, **__: None)
    reader = Reader(cast, Random(1))
    for _ in range(STEPS):
        reader.steward_edits()
    assert reader.versions
    assert not ListingVersion.objects.exists()


def test_every_fact_of_the_sequences_is_one_that_is_kept() -> None:
    assert set(SAID) <= set(editing.FACTS)
