"""Changed telephone numbers and web addresses of services that people are referred to always wait, row by row."""

from pathlib import Path
from typing import Any

import pytest

from linkworks.core.actor import PUBLIC
from linkworks.core.errors import Conflict, NotAllowed
from linkworks.directory import actions
from linkworks.directory.actions import applying
from linkworks.directory.models import HeldFact, ListingChange, Service
from tests.factories import directory as make

from .readings import of, read, row, rows

pytestmark = pytest.mark.usefixtures("everything")
OTHER = [{"name": "Office", "phone": "020 7946 0222"}]
ELSEWHERE = "https://elsewhere.example.org"


def known(folder: Path) -> None:
    read(folder, *rows(20))


def changed(folder: Path, **more: Any) -> None:
    read(folder, row(0, **{"description": "A club.", **more}), *rows(19, first=1))


def waiting() -> list[tuple[str, str, str]]:
    return list(HeldFact.objects.filter(state="waiting").values_list("field", "was", "offered"))


def test_a_changed_number_waits_and_the_rest_is_written(tmp_path: Path) -> None:
    known(tmp_path)
    changed(tmp_path, contacts=OTHER, description="New words.")
    assert (of(0).phone, of(0).description) == ("020 7946 0111", "New words.")
    assert waiting() == [("phone", "020 7946 0111", "020 7946 0222")]
    assert list(of(0).contacts.values_list("phone", flat=True)) == ["020 7946 0111"], "nor is it among the contacts"
    assert "0222" not in of(0).document


def test_a_changed_address_waits(tmp_path: Path) -> None:
    known(tmp_path)
    changed(tmp_path, url=ELSEWHERE)
    assert of(0).url == "https://kettle.example.org"
    assert waiting() == [("url", "https://kettle.example.org", ELSEWHERE)]


@pytest.mark.parametrize("agreed", [True, False])
def test_it_waits_although_the_whole_reading_was_agreed_to(tmp_path: Path, agreed: bool) -> None:
    known(tmp_path)
    read(tmp_path, row(0, contacts=OTHER), *rows(19, first=1), agreed=agreed)
    assert of(0).phone == "020 7946 0111"
    assert len(waiting()) == 1


def test_without_the_guard_it_would_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above bite."""
    known(tmp_path)
    monkeypatch.setattr(applying, "facts_that_wait", lambda known, facts: frozenset())
    changed(tmp_path, contacts=OTHER)
    assert of(0).phone == "020 7946 0222"


def test_a_service_nobody_is_referred_to_follows_its_feed(tmp_path: Path) -> None:
    known(tmp_path)
    Service.objects.filter(source_key="0").update(is_referable=False)
    changed(tmp_path, contacts=OTHER, url=ELSEWHERE)
    assert (of(0).phone, of(0).url, waiting()) == ("020 7946 0222", ELSEWHERE, [])


def test_another_way_to_write_it_is_no_change(tmp_path: Path) -> None:
    known(tmp_path)
    changed(tmp_path, contacts=[{"name": "Office", "phone": "+44 20 79460111"}], url="http://kettle.example.org/")
    assert waiting() == []


def test_a_steward_uses_the_new_one(tmp_path: Path) -> None:
    known(tmp_path)
    changed(tmp_path, contacts=OTHER, url=ELSEWHERE)
    for held in HeldFact.objects.all():
        actions.decide_held_fact(held, use=True, by=make.KEEPER)
    service = of(0)
    assert (service.phone, service.url) == ("020 7946 0222", ELSEWHERE)
    assert list(service.contacts.values_list("phone", "is_published")) == [("020 7946 0222", True)]
    assert "0222" in service.document
    assert ListingChange.objects.filter(service=service, field="phone", became="020 7946 0222").exists()
    assert service.kept_here == [], "the feed goes on deciding"
    changed(tmp_path, contacts=OTHER, url=ELSEWHERE)
    assert waiting() == []


def test_a_steward_keeps_ours_and_is_not_asked_again_about_the_same(tmp_path: Path) -> None:
    known(tmp_path)
    changed(tmp_path, contacts=OTHER)
    actions.decide_held_fact(HeldFact.objects.get(), use=False, by=make.KEEPER)
    changed(tmp_path, contacts=OTHER, description="New words.")
    assert (of(0).phone, of(0).description, waiting()) == ("020 7946 0111", "New words.", [])
    changed(tmp_path, contacts=[{"name": "Office", "phone": "020 7946 0333"}])
    assert waiting() == [("phone", "020 7946 0111", "020 7946 0333")], "about another one they are"


def test_a_feed_that_comes_round_leaves_nothing_to_decide(tmp_path: Path) -> None:
    known(tmp_path)
    changed(tmp_path, contacts=OTHER)
    changed(tmp_path, description="New words.")
    assert waiting() == []
    assert HeldFact.objects.get().state == "overtaken"
    with pytest.raises(Conflict, match="decided this already, or the feed"):
        actions.decide_held_fact(HeldFact.objects.get(), use=True, by=make.KEEPER)


def test_a_third_number_takes_the_second_ones_place(tmp_path: Path) -> None:
    known(tmp_path)
    changed(tmp_path, contacts=OTHER)
    changed(tmp_path, contacts=[{"name": "Office", "phone": "020 7946 0333"}])
    assert waiting() == [("phone", "020 7946 0111", "020 7946 0333")]


def test_what_was_changed_here_wins_and_is_not_asked_about(tmp_path: Path) -> None:
    known(tmp_path)
    Service.objects.filter(source_key="0").update(kept_here=["phone", "url"])
    changed(tmp_path, contacts=OTHER, url=ELSEWHERE)
    assert (of(0).phone, of(0).url, waiting()) == ("020 7946 0111", "https://kettle.example.org", [])


def test_nobody_else_decides(tmp_path: Path) -> None:
    known(tmp_path)
    changed(tmp_path, contacts=OTHER)
    with pytest.raises(NotAllowed):
        actions.decide_held_fact(HeldFact.objects.get(), use=True, by=PUBLIC)
    assert of(0).phone == "020 7946 0111"
