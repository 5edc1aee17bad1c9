"""`linkworks find` and `linkworks import-feed`: what they print, and how they refuse."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from linkworks.clients import feeds as client
from linkworks.core.errors import Unavailable
from linkworks.directory import access
from linkworks.directory.models import ImportProblem, ImportRun, Service, Source, StagedRow
from linkworks.organisations.models import Organisation
from tests.directory import feeds
from tests.factories import directory as make

from .readings import rows

pytestmark = pytest.mark.usefixtures("everything")


def said(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


class TestFind:
    def test_it_prints_what_fits_and_why(self) -> None:
        make.postcode()
        make.service(capacity_places=3)
        assert said("find", "lunch", "club", "--postcode", "SE15 5DD").splitlines() == [
            "Tuesday lunch club, Kettle and Company",
            "  Matches “lunch club”; Less than 200 yards away; Has room",
        ]

    def test_it_says_when_nothing_fits(self) -> None:
        assert "Nothing fits" in said("find", "quidditch")
        assert json.loads(said("find", "quidditch", "--json")) == []

    def test_json_holds_what_a_card_needs(self) -> None:
        service = make.service()
        (found,) = json.loads(said("find", "lunch", "--json"))
        assert found["service_id"] == str(service.id)
        assert (found["name"], found["distance_km"]) == ("Tuesday lunch club", None)
        assert found["needs"] == ["loneliness", "food-access"]
        assert found["is_fictional"] is True

    def test_needs_distance_and_number_are_heeded(self) -> None:
        make.postcode()
        for number in range(3):
            make.service(name=f"Club {number}")
        make.service(name="In Camden", places=(make.place(at=make.CAMDEN),))
        make.service(name="Debts", needs=("money-debt",))
        near = ("--need", "loneliness", "--postcode", "se155dd", "--json")
        assert len(json.loads(said("find", *near))) == 3
        assert len(json.loads(said("find", *near, "--miles", "10"))) == 4
        assert len(json.loads(said("find", *near, "--limit", "2"))) == 2
        both = said("find", "--need", "loneliness", "--need", "money-debt", "--json")
        assert len(json.loads(both)) == 5

    def test_one_that_is_not_shown_is_not_printed(self) -> None:
        make.service(is_published=False)
        assert "Nothing fits" in said("find", "lunch")

    @pytest.mark.parametrize(
        ("arguments", "why"),
        [
            (["lunch", "--postcode", "M1 1AE"], "M1 1AE is not a postcode we know"),
            (["lunch", "--postcode", "nonsense"], "nonsense is not a postcode we know"),
            (["lunch", "--need", "no-such-need"], "invalid choice"),
            (["lunch", "--miles", "far"], "invalid"),
            (["lunch", "--miles", "-1"], "not between 0 and 100"),
            (["lunch", "--miles", "0"], "not between 0 and 100"),
            (["lunch", "--miles", "nan"], "not between 0 and 100"),
            (["lunch", "--miles", "inf"], "not between 0 and 100"),
            (["lunch", "--limit", "0"], "not between 1 and 2000"),
            (["lunch", "--limit", "-5"], "not between 1 and 2000"),
            (["lunch", "--limit", "1.5"], "invalid"),
            (["lunch", "--no-such-option"], "unrecognized"),
        ],
    )
    def test_what_cannot_be_asked_is_refused_with_the_reason(self, arguments: list[str], why: str) -> None:
        make.service()
        with pytest.raises(CommandError, match=why):
            said("find", *arguments)

    @pytest.mark.parametrize(
        "words", ["'; DROP TABLE directory_service; --", "%_\\", "a" * 5000, "“ ”", "\u202e", "😀"]
    )
    def test_any_words_may_be_asked_for(self, words: str) -> None:
        make.service()
        assert said("find", words)
        assert Service.objects.count() == 1


class TestFindFile:
    """`find --file`: a line of answers for each line of questions."""

    def answers(self, tmp_path: Path, *lines: str) -> tuple[list[dict[str, Any]], str, bool]:
        """What was printed, what was complained of, and whether it ended well."""
        file, out, err = tmp_path / "queries.jsonl", StringIO(), StringIO()
        file.write_text("\n".join(lines), encoding="utf-8")
        try:
            call_command("find", "--file", str(file), stdout=out, stderr=err)
        except CommandError as ended:
            return [json.loads(line) for line in out.getvalue().splitlines()], f"{err.getvalue()}{ended}", False
        return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), True

    def test_each_question_is_answered_under_its_own_id(self, tmp_path: Path) -> None:
        make.postcode()
        service = make.service()
        told, complaints, well = self.answers(
            tmp_path,
            '{"id": "a", "words": "nobody to talk to", "postcode": "SE15 5DD", "expected": ["loneliness"]}',
            '{"id": 2, "words": "quidditch", "postcode": "SE15 5DD"}',
        )
        assert (complaints, well) == ("", True)
        assert [each["id"] for each in told] == ["a", 2]
        assert set(told[0]) == {"id", "results"}
        (first,) = told[0]["results"]
        assert list(first) == ["id", "name", "kinds", "needs", "distance_km", "score", "reasons"]
        assert (first["id"], first["name"]) == (str(service.id), "Tuesday lunch club")
        assert first["needs"] == ["loneliness", "food-access"]
        assert first["distance_km"] < 1
        assert first["score"] > 0
        assert "Is for: loneliness" in first["reasons"]
        assert told[1]["results"] == []

    def test_ten_at_most(self, tmp_path: Path) -> None:
        for number in range(12):
            make.service(name=f"Club {number}")
        told, _, _ = self.answers(tmp_path, '{"id": 1, "words": "lonely"}')
        assert len(told[0]["results"]) == 10

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("nonsense", "not a question like"),
            ("[1, 2]", "not a question like"),
            ('{"id": 1}', "missing required field `words`"),
            ('{"words": "skint"}', "missing required field `id`"),
            ('{"id": 1, "words": 5}', "Expected `str`"),
            ('{"id": 1, "words": "  "}', "no words to look for"),
            ('{"id": 1, "words": "skint", "postcode": "ZZ9 9ZZ"}', "ZZ9 9ZZ is not a postcode we know"),
            ('{"id": 1, "words": "' + "a" * 2001 + '"}', "longer than 2,000 characters"),
        ],
    )
    def test_a_bad_line_is_named_and_the_others_are_answered(self, tmp_path: Path, line: str, why: str) -> None:
        make.service()
        good = '{"id": "good", "words": "lonely"}'
        told, complaints, well = self.answers(tmp_path, good, "", line, good)
        assert [each["id"] for each in told] == ["good", "good"]
        assert "Line 3: " in complaints
        assert why in complaints
        assert "1 line could not be answered" in complaints
        assert not well

    def test_bytes_that_are_no_text_are_a_bad_line_too(self, tmp_path: Path) -> None:
        file, err = tmp_path / "bad.jsonl", StringIO()
        file.write_bytes(b'{"id": 1, "words": "\xff\xfe"}\n')
        with pytest.raises(CommandError, match="1 line could not"):
            call_command("find", "--file", str(file), stderr=err)
        assert "Line 1: " in err.getvalue()

    def test_a_file_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot be read: No such file"):
            call_command("find", "--file", str(tmp_path / "nothing.jsonl"))

    def test_one_question_by_itself_has_the_same_facts(self) -> None:
        make.service()
        (found,) = json.loads(said("find", "lonely", "--json"))
        assert found["id"] == found["service_id"]
        assert found["score"] > 0


COUNTED = ("created", "updated", "unchanged", "held", "rejected")


def summary(*arguments: str) -> dict[str, Any]:
    return dict(json.loads(said("import_feed", *arguments, "--json")))


class TestImportFeed:
    @pytest.mark.parametrize("dialect", ["outpost", "placecube", "oruk3"])
    def test_the_summary_adds_up_and_the_second_says_unchanged(self, dialect: str) -> None:
        first, second = (summary(str(feeds.path(dialect))) for _ in range(2))
        for each in (first, second):
            assert each["read"] == sum(each[name] for name in COUNTED)
            assert each["stopped_because"] == ""
        assert second["unchanged"] == first["created"] + first["held"]
        assert (second["created"], second["updated"], second["held"]) == (0, 0, 0)
        assert first["source"] == dialect, "a file without a name given is called after itself"

    def test_it_has_just_the_keys_that_programs_read(self) -> None:
        assert set(summary(str(feeds.path("oruk3")))) == {
            "source", "dialect", "read", *COUNTED, "problems", "stopped_because",
        }  # fmt: skip

    def test_a_check_says_what_is_wrong_in_which_row_and_keeps_nothing(self) -> None:
        told = said("import_feed", str(feeds.path("outpost")), "--check")
        assert re.search(r"^Row \d+, .+: The row has no name\.$", told, re.MULTILINE), told
        assert told.endswith("This was a check: nothing of it was kept.\n")
        kept = (
            Service,
            Source,
            ImportRun,
            ImportProblem,
            StagedRow,
            Organisation.objects.filter(name__contains="Bramble"),
        )
        assert not any(getattr(each, "objects", each).exists() for each in kept)

    def test_a_check_says_what_is_wrong_with_the_whole_list(self, tmp_path: Path) -> None:
        listed = tmp_path / "listed.json"
        listed.write_text(json.dumps({"content": rows(2), "size": 5}))
        assert "\nThe list as a whole: " in said("import_feed", str(listed), "--check")

    @pytest.mark.parametrize("dialect", ["outpost", "placecube", "oruk3"])
    def test_a_check_counts_what_the_reading_then_does(self, dialect: str) -> None:
        checked = summary(str(feeds.path(dialect)), "--check")
        wrong = checked.pop("rows")
        assert checked == summary(str(feeds.path(dialect)))
        assert len(wrong) == checked["problems"]
        assert [(each["row"], each["reason"]) for each in wrong] == list(
            ImportProblem.objects.values_list("row_number", "reason")
        )

    def test_a_check_carries_out_in_thought_what_would_wait_for_a_steward(self, tmp_path: Path) -> None:
        listed = tmp_path / "listed.json"
        for changed, arguments in ((0, ()), (20, ("--check",))):
            listed.write_text(json.dumps({"content": rows(20, changed)}))
            told = summary(str(listed), *arguments)
        assert (told["updated"], told["stopped_because"]) == (20, "")
        assert not Service.objects.filter(description="New words.").exists()

    def test_a_feed_that_cannot_be_read_prints_its_summary_and_fails(self, tmp_path: Path) -> None:
        out = StringIO()
        with pytest.raises(CommandError, match="could not be read"):
            call_command("import_feed", str(tmp_path / "nothing.json"), "--json", stdout=out)
        told = json.loads(out.getvalue())
        assert (told["read"], told["dialect"]) == (0, "")
        assert told["stopped_because"].endswith("No such file or directory.")
        assert ImportRun.objects.get().finished_at is not None

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1/services", "http://localhost/services", "http://169.254.169.254/latest/meta-data", "https://[::1]/services",
            "https://user:secret@example.org/services", "https://example.org:8443/services", "http://0x7f000001/", "http:///services",
        ],
    )  # fmt: skip
    def test_only_public_addresses_are_asked(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        inside = {"localhost": ["127.0.0.1"], "0x7f000001": ["127.0.0.1"]}
        monkeypatch.setattr(client, "addresses_of", lambda host: inside.get(host, [host]))
        with pytest.raises(CommandError, match=r"not a public one|must begin with"):
            said("import_feed", address)
        assert Service.objects.count() == 0

    def test_a_feed_that_does_not_answer_says_to_try_later(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def silent(address: str) -> Any:
            raise Unavailable("The feed did not answer: ConnectTimeout. Try again later.")

        monkeypatch.setattr(client, "fetch", silent)
        with pytest.raises(CommandError, match="Try again later"):
            said("import_feed", "https://feed.example.org/services")

    def test_a_source_is_one_whichever_address_it_is_read_from(self, tmp_path: Path) -> None:
        summary(str(feeds.path("oruk3")), "--name", "Fable")
        moved = tmp_path / "elsewhere.json"
        moved.write_bytes(feeds.path("oruk3").read_bytes())
        assert summary(str(moved), "--name", "Fable")["unchanged"] == 1
        assert Source.objects.get().address == str(moved)

    def test_a_file_that_is_too_large_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client, "MOST_BYTES", 2 * 1024 * 1024)
        large = tmp_path / "large.json"
        large.write_bytes(b" " * (2 * 1024 * 1024 + 1))
        with pytest.raises(CommandError, match="larger than 2 MB"):
            said("import_feed", str(large))

    def test_a_feed_without_its_source_is_refused(self) -> None:
        with pytest.raises(CommandError, match="source"):
            said("import_feed")


def test_a_licence_is_written_down_and_holds_until_another_is_said() -> None:
    for given, kept in (
        ((), ""),
        (("--licence", "OGL-3.0"), "OGL-3.0"),
        ((), "OGL-3.0"),
        (("--licence", "CC-BY-4.0"), "CC-BY-4.0"),
    ):
        said("import_feed", str(feeds.path("oruk3")), "--name", "Fable", *given)
        assert Source.objects.get().licence == kept


def test_without_a_licence_it_is_found_here_and_not_published_onwards() -> None:
    said("import_feed", str(feeds.path("oruk3")), "--name", "Fable")
    assert access.published_services().count() == 1
    assert not access.shared_services().exists()
    said("import_feed", str(feeds.path("oruk3")), "--name", "Fable", "--licence", "OGL-3.0")
    assert access.shared_services().count() == 1
