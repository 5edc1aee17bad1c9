"""The stewards' pages about sources: taking one on, reading it, deciding what waits, and saying what its words mean."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.core.later import holding_jobs
from linkworks.directory.models import HeldFact, ImportRun, Service, Source, TaxonomyTerm, TermMeaning
from linkworks.directory.states import RunState
from tests.cast import Cast

from .pages import page, said
from .readings import of, read, row, rows

LIST = reverse("directory:sources")
ADD = reverse("directory:source-add")
HELD = reverse("directory:held-facts")
GOOD = {
    "name": "Bramblewick Council",
    "kind": "listings",
    "address": "https://feed.example.org/services",
    "licence": "Open Government Licence v3.0",
    "owner": "The information team",
    "priority": "3",
    "schedule": "daily",
}


@pytest.fixture
def source(cast: Cast) -> Source:
    return Source.objects.create(name="Bramblewick", address="https://feed.example.org/services")


class TestSources:
    def test_one_is_added_and_listed_with_what_is_known(self, steward: Client) -> None:
        assert "No list or feed has been added yet" in said(steward, LIST)
        answer = steward.post(ADD, GOOD)
        source = Source.objects.get()
        assert answer["Location"] == page("source", source.id)
        assert (source.priority, source.schedule, source.licence) == (3, "daily", "Open Government Licence v3.0")
        for words in ("Bramblewick Council", "Open Government Licence", "Every day", "Not yet", "The information team"):
            assert words in said(steward, LIST)
            assert words in said(steward, page("source", source.id))

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"name": ""}, "Enter a name"),
            ({"address": "/etc/passwd"}, "Enter a web address that begins with https://"),
            ({"address": "file:///etc/passwd"}, "Enter a web address"),
            ({"address": "http://127.0.0.1/services"}, "not a public one"),
            ({"address": "http://[::1]/"}, "not a public one"),
            ({"address": "https://user:pw@feed.example.org/"}, "without a name, password or unusual port"),
            ({"address": "https://feed.example.org:8443/"}, "unusual port"),
            ({"address": ""}, "Only a source with a web address can be read by itself"),
            ({"priority": "12"}, "error"),
            ({"schedule": "hourly"}, "Choose one of the answers shown"),
        ],
    )
    def test_bad_input_says_so_and_keeps_what_was_typed(
        self, steward: Client, typed: dict[str, str], words: str
    ) -> None:
        answer = steward.post(ADD, GOOD | typed)
        assert answer.status_code == 400
        assert words in answer.content.decode()
        assert "The information team" in answer.content.decode()
        assert not Source.objects.exists()

    def test_two_of_one_name_would_be_mistaken_for_each_other(self, steward: Client, source: Source) -> None:
        answer = steward.post(ADD, GOOD | {"name": "bramblewick"})
        assert answer.status_code == 400
        assert "There is a source of this name already" in answer.content.decode()

    def test_it_is_changed(self, steward: Client, source: Source) -> None:
        change = page("source-change", source.id)
        assert "feed.example.org" in said(steward, change)
        assert steward.post(change, GOOD).status_code == 302
        source.refresh_from_db()
        assert (source.name, source.owner) == ("Bramblewick Council", "The information team")
        assert steward.post(change, GOOD | {"name": ""}).status_code == 400

    def test_a_file_that_was_read_on_the_machine_keeps_its_address(self, steward: Client, tmp_path: Path) -> None:
        run = read(tmp_path, row("a"))
        address = run.source.address
        answer = steward.post(
            page("source-change", run.source.id), GOOD | {"address": address, "schedule": "off", "licence": "OGL"}
        )
        assert answer.status_code == 302
        assert Source.objects.get().address == address

    def test_one_that_never_was_is_not_found(self, steward: Client) -> None:
        for name in ("source", "source-change", "source-file", "source-words"):
            assert steward.get(page(name, uuid4())).status_code == 404
        for name in ("source-read", "import-decide", "held-fact"):
            assert steward.post(page(name, uuid4())).status_code == 404

    def test_wrong_methods_are_refused(self, steward: Client, source: Source) -> None:
        assert steward.post(LIST).status_code == 405
        assert steward.post(HELD).status_code == 405
        assert steward.get(page("source-read", source.id)).status_code == 405
        assert steward.delete(page("source-change", source.id)).status_code == 405

    def test_nobody_else_comes_in(self, cast: Cast, source: Source) -> None:
        for client in (cast.client(), cast.client(cast.link_worker)):
            assert client.post(ADD, GOOD).status_code in {302, 403}
            assert client.post(page("source-read", source.id)).status_code in {302, 403}
        assert Source.objects.count() == 1
        assert not ImportRun.objects.exists()

    def test_queries_do_not_grow_with_sources(
        self, steward: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        taken = []
        for _ in range(3):
            Source.objects.create(name=f"Source {uuid4()}")
            with django_assert_max_num_queries(20) as seen:
                said(steward, LIST)
            taken.append(len(seen))
        assert taken[1] == taken[2]


class TestReading:
    def test_read_now_queues_a_job_and_shows_how_far_it_is(self, steward: Client, source: Source) -> None:
        with holding_jobs() as jobs:
            answer = steward.post(page("source-read", source.id))
        run = ImportRun.objects.get()
        assert [(each.name, each.ids) for each in jobs] == [("directory.read_source", [str(run.id)])]
        assert answer["Location"] == page("import-run", run.id)
        shown = said(steward, answer["Location"])
        assert "Begins soon" in shown
        assert "0 services read so far" in shown
        ImportRun.objects.update(state=RunState.READING, read=250)
        assert "250 services read so far" in said(steward, answer["Location"])

    def test_twice_at_once_is_said(self, steward: Client, source: Source) -> None:
        with holding_jobs():
            steward.post(page("source-read", source.id))
            answer = steward.post(page("source-read", source.id), follow=True)
        assert "This source is being read already" in answer.content.decode()
        assert ImportRun.objects.count() == 1

    def test_one_without_an_address_is_not_offered(self, steward: Client, cast: Cast) -> None:
        source = Source.objects.create(name="A list")
        assert "Read it now" not in said(steward, page("source", source.id))
        answer = steward.post(page("source-read", source.id), follow=True)
        assert "Give a file instead" in answer.content.decode()

    def test_a_file_is_given_and_read(self, steward: Client, source: Source) -> None:
        body = json.dumps({"content": [row("a")]}).encode()
        address = page("source-file", source.id)
        assert "multipart/form-data" in said(steward, address)
        with holding_jobs() as jobs:
            answer = steward.post(address, {"file": SimpleUploadedFile("list.json", body)})
        jobs[0].run()
        assert Service.objects.get().name == "Club a"
        assert "list.json" in said(steward, answer["Location"])
        assert "Outpost" in said(steward, page("source", source.id))

    @pytest.mark.parametrize(("body", "words"), [(None, "Choose a file"), (b"", "The file is empty")])
    def test_no_file_is_said(self, steward: Client, source: Source, body: bytes | None, words: str) -> None:
        sent = {} if body is None else {"file": SimpleUploadedFile("list.json", body)}
        answer = steward.post(page("source-file", source.id), sent)
        assert answer.status_code == 400
        assert words in answer.content.decode()

    def test_a_file_that_is_too_large_is_refused(
        self, steward: Client, source: Source, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from linkworks.directory.forms.sources import SourceFileForm

        monkeypatch.setattr(SourceFileForm.base_fields["file"], "most_bytes", 10)
        answer = steward.post(page("source-file", source.id), {"file": SimpleUploadedFile("list.json", b"x" * 11)})
        assert answer.status_code == 400
        assert "The file must be smaller than" in answer.content.decode()


class TestWaiting:
    def held(self, folder: Path) -> ImportRun:
        read(folder, *rows(4))
        return read(folder, *rows(4, changed=3), row("new", name="Brand new club"))

    def test_the_page_says_what_it_would_change(self, steward: Client, tmp_path: Path) -> None:
        run = self.held(tmp_path)
        shown = said(steward, page("import-run", run.id))
        for words in (
            "You decide whether this reading is carried out",
            "It would change 3 of 4 listings.",
            "What it is: “A club.” becomes “New words.”",
            "Brand new club",
            "Added to the directory",
        ):
            assert words in shown
        assert "Waits for you" in said(steward, LIST)

    @pytest.mark.parametrize(("use", "state"), [("yes", "carrying-out"), ("no", "dropped"), ("", "dropped")])
    def test_a_steward_decides(self, steward: Client, tmp_path: Path, use: str, state: str) -> None:
        run = self.held(tmp_path)
        with holding_jobs() as jobs:
            steward.post(page("import-decide", run.id), {"use": use})
        assert ImportRun.objects.get(id=run.id).state == state
        assert [each.name for each in jobs] == (["directory.carry_out"] if use == "yes" else [])
        for each in jobs:
            each.run()
        assert Service.objects.filter(description="New words.").count() == (3 if use == "yes" else 0)

    def test_who_comes_second_is_told(self, steward: Client, tmp_path: Path) -> None:
        run = self.held(tmp_path)
        steward.post(page("import-decide", run.id), {"use": "no"})
        answer = steward.post(page("import-decide", run.id), {"use": "yes"}, follow=True)
        assert "Somebody has decided this already" in answer.content.decode()

    def test_a_changed_number_is_used_or_refused(self, steward: Client, tmp_path: Path) -> None:
        read(tmp_path, *rows(20))
        other = {"contacts": [{"phone": "020 7946 0222"}]}
        read(tmp_path, *[each | other if each["id"] in "01" else each for each in rows(20)])
        shown = said(steward, HELD)
        assert shown.count("020 7946 0111") == shown.count("020 7946 0222") == 2
        for key, use in (("0", "yes"), ("1", "no")):
            held = HeldFact.objects.get(state="waiting", service__source_key=key)
            assert steward.post(page("held-fact", held.id), {"use": use}).status_code == 302
        assert (of(0).phone, of(1).phone) == ("020 7946 0222", "020 7946 0111")
        assert "No telephone number or web address waits for you" in said(steward, HELD)
        answer = steward.post(page("held-fact", held.id), {"use": "yes"}, follow=True)
        assert "decided this already" in answer.content.decode()


class TestWords:
    def test_a_term_is_listed_with_what_it_is_taken_to_mean_and_is_changed(
        self, steward: Client, tmp_path: Path
    ) -> None:
        listed = row("a", taxonomies=[{"name": "Sparkle Hour"}])
        source = read(tmp_path, listed).source
        assert of("a").needs == []
        words = page("source-words", source.id)
        assert "Sparkle Hour" in said(steward, words)
        term = TaxonomyTerm.objects.get()
        word = page("source-word", source.id, term.id)
        said(steward, word)
        assert steward.post(word, {"needs": ["loneliness"], "kinds": ["lunch-club"]}).status_code == 302
        assert "A steward" in said(steward, words)
        read(tmp_path, listed, agreed=True)
        assert "loneliness" in of("a").needs
        assert "lunch-club" in of("a").kinds
        steward.post(word, {"as_before": "on"})
        assert not TermMeaning.objects.exists()
        read(tmp_path, listed, agreed=True)
        assert of("a").needs == []

    def test_a_word_we_do_not_know_is_refused(self, steward: Client, tmp_path: Path) -> None:
        source = read(tmp_path, row("a", taxonomies=[{"name": "Sparkle Hour"}])).source
        word = page("source-word", source.id, TaxonomyTerm.objects.get().id)
        assert steward.post(word, {"needs": ["nonsense"]}).status_code == 400
        assert steward.get(page("source-word", source.id, uuid4())).status_code == 404
