"""A reading is laid aside and compared before anything is changed; large ones wait for a steward."""

from pathlib import Path
from uuid import uuid4

import pytest

from linkworks.core.actor import PUBLIC
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.core.later import holding_jobs
from linkworks.directory import actions
from linkworks.directory.actions import imports
from linkworks.directory.models import ImportRun, ImportRunMove, Service, Source, StagedRow
from linkworks.directory.rules.holding import NOT_LISTED
from linkworks.directory.states import RunState
from tests.factories import directory as make

from .readings import of, read, row, rows, shown

pytestmark = pytest.mark.usefixtures("everything")


def carry_out(run: ImportRun) -> ImportRun:
    """As a steward's click and the worker do it."""
    with holding_jobs() as jobs:
        actions.agree_to_run(run, by=make.KEEPER)
    for each in jobs:
        each.run()
    return ImportRun.objects.get(id=run.id)


class TestWaits:
    def test_up_to_a_tenth_is_carried_out_and_one_more_waits(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(20))
        done = read(tmp_path, *rows(20, changed=2))
        assert (done.state, done.updated, done.unchanged) == (RunState.DONE, 2, 18)
        run = read(tmp_path, *[{**each, "description": "Third."} for each in rows(3)], *rows(17, first=3))
        assert (run.state, run.updated) == (RunState.WAITING, 0)
        assert run.waits_because == "It would change 3 of 20 listings."
        assert not Service.objects.filter(description="Third.").exists(), "nothing is written before it is agreed to"
        assert StagedRow.objects.filter(run=run).count() == 3

    def test_what_is_only_new_does_not_wait(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(3))
        run = read(tmp_path, *rows(9))
        assert (run.state, run.created) == (RunState.DONE, 6)

    def test_a_steward_has_it_carried_out(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(4))
        run = carry_out(read(tmp_path, *rows(4, changed=4)))
        assert (run.state, run.updated) == (RunState.DONE, 4)
        assert Service.objects.filter(description="New words.").count() == 4
        assert not StagedRow.objects.exists()
        assert list(run.moves.values_list("move", flat=True)) == ["begin", "wait", "carry-out", "finish"]

    def test_a_steward_drops_it_and_nothing_is_changed(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(4))
        before = list(Service.objects.order_by("id").values())
        run = read(tmp_path, *rows(4, changed=4))
        actions.drop_run(run, by=make.KEEPER)
        assert ImportRun.objects.get(id=run.id).state == RunState.DROPPED
        assert list(Service.objects.order_by("id").values()) == before
        assert not StagedRow.objects.exists()
        again = read(tmp_path, *rows(4, changed=4))
        assert again.state == RunState.WAITING, "the next reading compares anew"

    def test_a_newer_reading_takes_its_place(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(4))
        first = read(tmp_path, *rows(4, changed=4))
        second = read(tmp_path, *rows(4, changed=3))
        assert ImportRun.objects.get(id=first.id).state == RunState.DROPPED
        assert ImportRunMove.objects.get(run=first, move="drop").why == "A newer reading took its place."
        assert second.state == RunState.WAITING
        with pytest.raises(Conflict, match="newer reading"):
            actions.agree_to_run(first, by=make.KEEPER)

    def test_it_is_decided_once(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(4))
        run = read(tmp_path, *rows(4, changed=4))
        carry_out(run)
        for decide in (actions.agree_to_run, actions.drop_run):
            with pytest.raises(Conflict):
                decide(run, by=make.KEEPER)

    def test_whoever_said_so_beforehand_is_not_asked(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(4))
        assert read(tmp_path, *rows(4, changed=4), agreed=True).updated == 4

    def test_without_the_guard_it_would_be_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The test above bites: a guard that finds no reason lets everything through."""
        read(tmp_path, *rows(4))
        monkeypatch.setattr(imports, "why_it_waits", lambda run: "")
        assert read(tmp_path, *rows(4, changed=4)).updated == 4

    def test_a_refuge_comes_off_the_pages_although_the_rest_waits(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(4))
        changed = [row(0, description="A women's refuge with six rooms."), *rows(4, changed=4)[1:]]
        run = read(tmp_path, *changed)
        assert run.state == RunState.WAITING
        assert shown() == {"1", "2", "3"}

    def test_nobody_else_decides(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(4))
        run = read(tmp_path, *rows(4, changed=4))
        for decide in (actions.agree_to_run, actions.drop_run):
            with pytest.raises(NotAllowed):
                decide(run, by=PUBLIC)


class TestTakenDown:
    def test_only_the_second_whole_reading_without_it_takes_a_listing_down(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(40))
        first = read(tmp_path, *rows(39))
        assert (first.removed, len(shown())) == (0, 40)
        assert of(39).gone_since is not None, "stewards and readers are told"
        second = read(tmp_path, *rows(39))
        assert (second.state, second.removed, len(shown())) == (RunState.DONE, 1, 39)
        assert of(39).held_because == NOT_LISTED
        assert read(tmp_path, *rows(39)).removed == 0, "once is enough"

    def test_over_a_twentieth_waits(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(40))
        read(tmp_path, *rows(37))
        run = read(tmp_path, *rows(37))
        assert (run.state, len(shown())) == (RunState.WAITING, 40)
        assert run.waits_because == "It would take down 3 of 40 listings."
        assert carry_out(run).removed == 3
        assert len(shown()) == 37

    def test_a_dropped_reading_does_not_count_as_one_of_the_two(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(40))
        run = read(tmp_path, *rows(39, changed=39))
        actions.drop_run(run, by=make.KEEPER)
        assert of(39).gone_since is None

    def test_a_part_of_the_feed_takes_nothing_down(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(40))
        for _ in range(3):
            file = tmp_path / "part.json"
            file.write_text('{"content": [], "totalElements": 40, "totalPages": 2, "number": 1}')
            actions.import_feed(str(file), name="Bramblewick", by=make.KEEPER)
        assert len(shown()) == 40
        assert of(3).gone_since is None

    def test_one_that_comes_back_is_shown_again(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(40))
        for _ in range(2):
            read(tmp_path, *rows(39))
        read(tmp_path, *rows(40))
        assert len(shown()) == 40
        assert (of(39).gone_since, of(39).held_because) == (None, "")

    def test_one_that_is_held_for_another_reason_too_stays_down(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(40))
        for _ in range(2):
            read(tmp_path, *rows(39))
        actions.withdraw(of(39), because="It may not be safe.", by=make.KEEPER)
        read(tmp_path, *rows(40))
        assert (of(39).is_published, of(39).held_because) == (False, "It may not be safe.")

    def test_one_that_a_steward_looked_at_since_stays(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(40))
        read(tmp_path, *rows(39))
        actions.confirm_listing(of(39), by=make.KEEPER)
        assert read(tmp_path, *rows(39)).removed == 0
        assert len(shown()) == 40

    def test_one_that_a_steward_shows_all_the_same_stays(self, tmp_path: Path) -> None:
        read(tmp_path, *rows(40))
        for _ in range(2):
            read(tmp_path, *rows(39))
        actions.publish(of(39), by=make.KEEPER)
        read(tmp_path, *rows(39))
        assert len(shown()) == 40


class TestAsked:
    def source(self, address: str = "https://feed.example.org/services") -> Source:
        return Source.objects.create(name="Bramblewick", address=address)

    def test_a_file_is_read_by_the_worker_and_not_kept(self) -> None:
        with holding_jobs() as jobs:
            run = actions.ask_to_read(
                self.source(""),
                file=b'{"content": [{"id": 1, "name": "Choir"}]}',
                file_name="list.json",
                by=make.KEEPER,
            )
        assert ImportRun.objects.get(id=run.id).state == RunState.ASKED
        [job] = jobs
        job.run()
        run = ImportRun.objects.get(id=run.id)
        assert (run.state, run.read, run.file, run.file_name) == (RunState.DONE, 1, None, "list.json")
        job.run()  # safe to run twice
        assert ImportRun.objects.get(id=run.id).read == 1

    def test_without_an_address_or_a_file_there_is_nothing_to_read(self) -> None:
        for address in ("", "/etc/passwd", "feed.json"):
            with pytest.raises(Invalid, match="no web address"):
                actions.ask_to_read(Source(name="x", address=address), by=make.KEEPER)

    def test_one_reading_at_a_time(self) -> None:
        source = self.source()
        with holding_jobs():
            actions.ask_to_read(source, by=make.KEEPER)
            with pytest.raises(Conflict, match="already"):
                actions.ask_to_read(source, by=make.KEEPER)

    def test_a_source_that_is_busy_is_left_alone(self, tmp_path: Path) -> None:
        read(tmp_path, row("a"))
        source = Source.objects.get()
        imports.claim(ImportRun(source=source, state=RunState.ASKED))
        with pytest.raises(Conflict, match="being read already"):
            read(tmp_path, row("a"))
        imports.claim(ImportRun(source=source, state=RunState.READING))  # whose worker died, begins again

    def test_a_reading_whose_worker_died_is_begun_again(self, tmp_path: Path) -> None:
        source = self.source("")
        run = ImportRun.objects.create(
            source=source, state=RunState.READING, file=b'[{"id": "a", "name": "Choir"}]', file_name="a.json", read=70
        )
        StagedRow.objects.create(run=run, kind="new", key="left over", facts="{}")
        actions.read_source(run.id, by=make.KEEPER)
        run = ImportRun.objects.get(id=run.id)
        assert (run.state, run.read, Service.objects.get().name) == (RunState.DONE, 1, "Choir")

    def test_what_could_not_be_read_is_said(self) -> None:
        with holding_jobs() as jobs:
            run = actions.ask_to_read(self.source(""), file=b"<html>", file_name="a.json", by=make.KEEPER)
        jobs[0].run()
        run = ImportRun.objects.get(id=run.id)
        assert (run.state, run.finished_at is not None) == (RunState.STOPPED, True)
        assert run.stopped_because == "What was read is not JSON."

    def test_a_reading_that_is_unknown_is_an_error_of_the_job(self) -> None:
        with pytest.raises(ImportRun.DoesNotExist):
            actions.read_source(uuid4(), by=make.KEEPER)
