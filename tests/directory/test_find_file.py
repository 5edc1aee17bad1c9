"""`linkworks find --file`: a line for a line, in the order asked, each answered as if it had been asked alone."""

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from linkworks.directory.models import Service
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
CROYDON = (51.3762, -0.0982)  # some seven miles from Peckham


def line(id: Any, words: str, **more: Any) -> str:
    return json.dumps({"id": id, "words": words, **more}, ensure_ascii=False)


def told(folder: Path, *lines: str, end: str = "\n") -> list[dict[str, Any]]:
    file, out = folder / "asked.jsonl", io.StringIO()
    file.write_bytes(end.join(lines).encode())
    call_command("find", "--file", str(file), stdout=out)
    return [json.loads(each) for each in out.getvalue().splitlines()]


def names(answer: dict[str, Any]) -> list[str]:
    return [each["name"] for each in answer["results"]]


@pytest.fixture
def listed() -> None:
    make.postcode()
    organisation = make.organisation()
    make.service(organisation, name="Debt clinic", needs=("money-debt",), kinds=("debt-advice",))
    make.service(organisation, name="Café of friends", needs=("loneliness",), kinds=())
    make.service(organisation, name="Far friends", needs=("loneliness",), kinds=(), places=(make.place(at=CROYDON),))


ASKED = [line(n, words, postcode="SE15 5DD") for n, words in enumerate(["lonely", "quidditch", "in debt", "lonely"])]


def test_many_are_answered_as_each_alone_and_in_their_order(listed: None, tmp_path: Path) -> None:
    together = told(tmp_path, *ASKED)
    assert together == [answer for each in ASKED for answer in told(tmp_path, each)]
    assert [each["id"] for each in together] == [0, 1, 2, 3]
    assert (together[0]["results"], together[1]["results"]) == (together[3]["results"], [])
    assert names(together[2])[0] == "Debt clinic"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\n   \n"])
def test_lines_may_end_as_any_machine_ends_them(listed: None, tmp_path: Path, end: str) -> None:
    assert [each["id"] for each in told(tmp_path, *ASKED, end=end)] == [0, 1, 2, 3]


def test_two_questions_with_one_id_are_two_answers(listed: None, tmp_path: Path) -> None:
    found = told(tmp_path, line("same", "in debt"), line("same", "lonely"))
    assert [names(each)[0] for each in found] == ["Debt clinic", found[1]["results"][0]["name"]]
    assert "Debt clinic" not in names(found[1])


def test_with_a_postcode_the_nearer_comes_first_and_few_are_filled_up_from_further_away(
    listed: None, tmp_path: Path
) -> None:
    near, anywhere = told(tmp_path, line(1, "lonely", postcode="se155dd"), line(2, "lonely"))
    assert names(near) == ["Café of friends", "Far friends"]
    assert [each["distance_km"] for each in near["results"]] == sorted(each["distance_km"] for each in near["results"])
    assert {each["distance_km"] for each in anywhere["results"]} == {None}


def test_what_is_not_shown_is_not_an_answer(listed: None, tmp_path: Path) -> None:
    Service.objects.filter(name="Debt clinic").update(is_published=False)
    assert "Debt clinic" not in names(told(tmp_path, line(1, "in debt"))[0])


def test_what_is_piped_in_is_answered_too(listed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO("\n".join(ASKED[:2]).encode())))
    call_command("find", "--file", "-", stdout=out)
    assert [json.loads(each)["id"] for each in out.getvalue().splitlines()] == [0, 1]
    assert "Café" in out.getvalue(), "letters stay letters"


def test_an_empty_file_asks_nothing_and_a_folder_is_no_file(tmp_path: Path) -> None:
    assert told(tmp_path, "") == []
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("find", "--file", str(tmp_path))
