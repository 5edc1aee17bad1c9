"""Changing what a listing says: written down, kept against the feed, and never over what somebody else wrote."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from linkworks.core import vocabulary
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.core.permissions import Permission
from linkworks.directory import actions, queries
from linkworks.directory.models import HeldFact, ImportRun, ListingChange, Service
from linkworks.directory.rules import editing
from linkworks.directory.rules.facts import TermFacts
from tests.directory import asking
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
SAID_HERE: dict[str, Any] = {
    **dict.fromkeys(editing.DATES, date(2027, 6, 30)), "advice_levels": ["casework"], "course_levels": ["mixed"],
}  # fmt: skip
INES = Actor(id="staff:ines", name="Ines Duarte", permissions=frozenset({Permission.DIRECTORY_EDIT}))
LINK_WORKER = Actor(id="staff:amara", name="Amara Boateng", permissions=frozenset({Permission.CASE_WORK}))
CHOIR = {
    "id": "c1",
    "name": "Fable Choir",
    "description": "We sing.",
    "url": "https://fable.example.org",
    "email": "hello@fable.example.org",
    "organisation": {"id": "o1", "name": "Fable Street Trust"},
    "contacts": [{"name": "Office", "phone": "020 7946 0111", "email": "office@fable.example.org"}],
}


def read(folder: Path, *rows: dict[str, Any]) -> ImportRun:
    file = folder / "feed.json"
    file.write_text(json.dumps({"content": list(rows)}))
    return actions.import_feed(str(file), name="Bramblewick", is_agreed=True, by=make.KEEPER)


def fresh(service: Service) -> Service:
    return Service.objects.select_related("organisation").get(id=service.id)


def edit(service: Service, by: Actor = INES, **facts: Any) -> list[str]:
    service = fresh(service)
    follow = facts.pop("follow", ())
    return actions.edit_listing(service, facts=facts, seen=queries.facts_of(service)["seen"], follow=follow, by=by)


def history(service: Service) -> list[tuple[str, str, str, str]]:
    return [(each.field, each.was, each.became, each.by_name) for each in queries.changes_of(service)]


def test_a_change_is_made_and_written_down_with_who_and_from_what_to_what() -> None:
    service = make.service(phone="020 7946 0000")
    assert edit(service, phone="020 7946 0001", name="Tuesday lunch club") == ["phone"]
    assert fresh(service).phone == "020 7946 0001"
    assert history(service) == [("phone", "020 7946 0000", "020 7946 0001", "Ines Duarte")]
    assert ListingChange.objects.get().by_id == "staff:ines"


def test_needs_and_kinds_of_support_are_written_down_in_words() -> None:
    service = make.service(terms_are_guessed=True)
    assert edit(service, needs=["bereavement", "loneliness"], categories=["connected"]) == ["needs"]
    changed = ListingChange.objects.get()
    for words, ids in ((changed.was, ["loneliness", "food-access"]), (changed.became, ["bereavement", "loneliness"])):
        assert words == "; ".join(vocabulary.label("needs", each) for each in ids)
    assert fresh(service).terms_are_guessed is False, "what a person says it helps with is no guess"


@pytest.mark.parametrize("order", [["loneliness", "food-access"], ["food-access", "loneliness"]])
def test_the_same_things_in_another_order_are_no_change(order: list[str]) -> None:
    service = make.service()
    before = fresh(service).document_hash
    assert edit(service, needs=order) == []
    assert (fresh(service).document_hash, history(service)) == (before, [])


def test_what_was_changed_is_found_by_its_new_words_and_not_by_the_old() -> None:
    service = make.service(kinds=(), needs=("loneliness",), terms=(TermFacts("Council", "1", "Canteens"),))
    edit(service, name="Soup and songs", description="", needs=["money-debt"])

    def names(words: str) -> list[str]:
        return [each.name for each in asking.found(words=words)]

    assert names("songs") == names("money worries") == ["Soup and songs"]
    assert names("bakery") == names("canteens") == names("kettle") == ["Soup and songs"], (
        "what was not changed still counts"
    )
    assert names("lunch club") == []
    assert asking.found(needs=["loneliness"]) == []


def test_its_document_says_the_change_and_when() -> None:
    service = make.service()
    before = json.loads(fresh(service).document)
    edit(service, name="Soup and songs", url="https://soup.example.org")
    after = json.loads(fresh(service).document)
    assert (after["name"], after["url"]) == ("Soup and songs", "https://soup.example.org")
    assert after["last_modified"] > before["last_modified"]
    untouched = {"name", "url", "last_modified"}
    assert {key: each for key, each in after.items() if key not in untouched} == {
        key: each for key, each in before.items() if key not in untouched
    }


def test_a_listing_needs_a_name() -> None:
    service = make.service()
    for name in ("", "   ", "\n"):
        with pytest.raises(Invalid, match="name people know it by") as refused:
            edit(service, name=name)
        assert refused.value.field == "name"
    assert history(service) == []


def test_somebody_elses_change_is_never_written_over_unseen() -> None:
    service = make.service(phone="020 7946 0000")
    seen = queries.facts_of(fresh(service))["seen"]
    edit(service, phone="020 7946 0001")
    with pytest.raises(Conflict, match="changed since you opened it"):
        actions.edit_listing(service, facts={"phone": "020 7946 0002"}, seen=seen, by=INES)
    assert fresh(service).phone == "020 7946 0001"
    assert len(history(service)) == 1


def test_a_form_left_open_while_the_feed_was_read_is_not_saved_over_it(tmp_path: Path) -> None:
    read(tmp_path, CHOIR)
    service = Service.objects.get()
    seen = queries.facts_of(service)["seen"]
    read(tmp_path, {**CHOIR, "description": "We sing and hum."})
    with pytest.raises(Conflict):
        actions.edit_listing(service, facts={"name": "Choir"}, seen=seen, by=INES)
    assert Service.objects.get().name == "Fable Choir"


def test_room_and_checks_may_change_meanwhile() -> None:
    """What is not on the page does not stand in the way of it."""
    service = make.service()
    seen = queries.facts_of(fresh(service))["seen"]
    actions.update_room(service, capacity_places=4, wait_weeks=1, by=INES)
    actions.confirm_listing(service, by=INES)
    assert actions.edit_listing(service, facts={"name": "Soup"}, seen=seen, by=INES) == ["name"]
    assert (fresh(service).capacity_places, fresh(service).verified_by) == (4, "a directory steward")


@pytest.mark.parametrize("who", [PUBLIC, LINK_WORKER])
def test_only_those_who_keep_the_directory_change_it(who: Actor) -> None:
    service = make.service()
    with pytest.raises(NotAllowed):
        edit(service, by=who, name="Mine now")
    assert fresh(service).name == "Tuesday lunch club"


def test_history_is_never_rewritten() -> None:
    service = make.service()
    edit(service, name="Soup")
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        ListingChange.objects.update(by_name="Somebody else")
    assert history(service)[0][3] == "Ines Duarte"


def test_showing_and_taking_away_are_written_down_too() -> None:
    service = make.service()
    actions.withdraw(service, because="The hall burned down", by=INES)
    actions.publish(service, by=INES)
    assert history(service) == [
        (editing.SHOWN, "No. The hall burned down", "Yes", "Ines Duarte"),
        (editing.SHOWN, "Yes", "No. The hall burned down", "Ines Duarte"),
    ]
    actions.publish(service, by=INES)
    assert len(history(service)) == 2, "what is shown already is not shown again"


def test_only_the_latest_twenty_are_told() -> None:
    service = make.service()
    for number in range(22):
        edit(service, name=f"Soup {number}")
    assert [each[2] for each in history(service)] == [f"Soup {number}" for number in range(21, 1, -1)]


class TestKept:
    """What is changed here stays when the feed is read again, until a steward lets it go."""

    def known(self, folder: Path) -> Service:
        read(folder, CHOIR)
        return Service.objects.get()

    @pytest.mark.parametrize(
        ("field", "ours"),
        [
            ("name", "Fable Community Choir"),
            ("description", "Singing for everybody."),
            ("phone", "020 7946 0999"),
            ("email", "sing@fable.example.org"),
            ("url", "https://sing.example.org"),
            ("who_it_is_for", "Anybody"),
            ("access_needs", ["hearing-loop"]),
            ("needs", ["loneliness"]),
            ("categories", ["connected"]),
        ],
    )
    def test_each_fact_wins_over_the_feeds(self, tmp_path: Path, field: str, ours: Any) -> None:
        service = self.known(tmp_path)
        assert edit(service, **{field: ours}) == [field]
        assert fresh(service).kept_here == [field]
        changed = {
            **CHOIR,
            "name": "Feed choir",
            "description": "A choir for debt advice.",
            "url": "https://x.example.org",
        }
        changed["contacts"] = [{"name": "Office", "phone": "020 7946 0222", "email": "other@fable.example.org"}]
        run = read(tmp_path, changed)
        assert run.updated == 1
        for waiting in HeldFact.objects.all():
            actions.decide_held_fact(waiting, use=True, by=make.KEEPER)
        assert getattr(fresh(service), field) == ours
        follows = {"name": "Feed choir", "phone": "020 7946 0222", "url": "https://x.example.org"}
        for name in follows.keys() - {field}:
            assert getattr(fresh(service), name) == follows[name], "what was not changed here follows the feed"

    def test_a_steward_is_told_when_the_feed_says_something_else(self, tmp_path: Path) -> None:
        service = self.known(tmp_path)
        edit(service, name="Our name", phone="020 7946 0999")
        run = read(tmp_path, {**CHOIR, "name": "Their name"})
        reasons = list(run.problems.values_list("reason", flat=True))
        assert "Kept as it was changed here, though the feed says something else: Name, Telephone." in reasons
        assert not any("0111" in reason for reason in reasons), "a reason holds no contact details"

    def test_nothing_is_said_when_the_feed_came_round(self, tmp_path: Path) -> None:
        service = self.known(tmp_path)
        edit(service, name="Our name")
        run = read(tmp_path, {**CHOIR, "name": "Our name", "description": "New words."})
        assert not run.problems.filter(reason__startswith="Kept").exists()
        assert fresh(service).description == "New words."

    def test_the_document_and_the_words_it_is_found_by_are_those_kept(self, tmp_path: Path) -> None:
        service = self.known(tmp_path)
        edit(service, name="Our name", needs=["bereavement"])
        read(tmp_path, {**CHOIR, "description": "New words about debt."})
        kept = fresh(service)
        assert json.loads(kept.document)["name"] == "Our name"
        assert [each.name for each in asking.found(words="bereavement")] == ["Our name"]

    @pytest.mark.parametrize(
        ("field", "ours"),
        [
            ("referral_email", "join@fable.example.org"),
            ("is_referable", False),
            ("ask_for", "Maggie"),
        ],
    )
    def test_what_no_feed_says_stays_without_being_held_against_one(
        self, tmp_path: Path, field: str, ours: Any
    ) -> None:
        service = self.known(tmp_path)
        assert edit(service, **{field: ours}) == [field]
        run = read(tmp_path, {**CHOIR, "description": "New words."})
        kept = fresh(service)
        assert (getattr(kept, field), kept.description, kept.kept_here) == (ours, "New words.", [])
        assert not run.problems.filter(reason__startswith="Kept").exists()

    @pytest.mark.parametrize("field", [*editing.OF_SOME_FEEDS])
    def test_what_a_feed_is_silent_of_stays_as_it_was_changed_here_and_nothing_is_held_against_it(
        self, tmp_path: Path, field: str
    ) -> None:
        service, ours = self.known(tmp_path), SAID_HERE.get(field, "You may just listen.")
        assert edit(service, **{field: ours}) == [field]
        run = read(tmp_path, {**CHOIR, "description": "New words."})
        kept = fresh(service)
        assert (getattr(kept, field), kept.description, kept.kept_here) == (ours, "New words.", [field])
        assert not run.problems.filter(reason__startswith="Kept").exists()

    def test_what_is_let_go_follows_the_feed_at_its_next_reading(self, tmp_path: Path) -> None:
        service = self.known(tmp_path)
        edit(service, name="Our name", phone="020 7946 0999")
        assert read(tmp_path, CHOIR).unchanged == 1
        edit(service, follow=["name"])
        assert fresh(service).kept_here == ["phone"]
        assert read(tmp_path, CHOIR).updated == 1, "the same row is read as if it had changed"
        assert (fresh(service).name, fresh(service).phone) == ("Fable Choir", "020 7946 0999")
        assert history(service)[0][0] == "follows"

    def test_needs_let_go_are_guesses_again(self, tmp_path: Path) -> None:
        service = self.known(tmp_path)
        guessed = list(service.needs)
        edit(service, needs=["housing"])
        edit(service, follow=["needs"])
        assert fresh(service).terms_are_guessed
        read(tmp_path, CHOIR)
        assert fresh(service).needs == guessed

    def test_what_is_changed_again_is_not_let_go_in_the_same_breath(self, tmp_path: Path) -> None:
        service = self.known(tmp_path)
        edit(service, name="Our name")
        edit(service, name="Our better name", follow=["name"])
        assert fresh(service).kept_here == ["name"]

    def test_letting_go_of_what_was_never_kept_does_nothing(self, tmp_path: Path) -> None:
        service = self.known(tmp_path)
        assert edit(service, follow=["name", "no-such-fact"]) == []
        assert history(service) == []
        assert read(tmp_path, CHOIR).unchanged == 1

    def test_a_listing_that_comes_from_no_feed_keeps_nothing_against_one(self) -> None:
        service = make.service()
        edit(service, name="Soup")
        assert fresh(service).kept_here == []
