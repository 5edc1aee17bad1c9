"""Who may see and decide what about sources, how the pages hold up with many rows, and what stays when something is wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.test import Client

from linkworks.accounts.roles import Role
from linkworks.core.later import holding_jobs
from linkworks.directory.models import HeldFact, ImportProblem, ImportRun, ListingChange, Source, TaxonomyTerm
from tests.cast import Cast, member

from .pages import page, statements
from .readings import of, read, row, rows

GOOD = {
    "name": "A list",
    "kind": "listings",
    "address": "",
    "licence": "",
    "owner": "",
    "priority": "5",
    "schedule": "off",
}
PLAIN = ("sources", "source-add", "imports", "held-facts")
OF_SOURCE = ("source", "source-change", "source-file", "source-words")
DECIDING = ("source-read", "import-decide", "held-fact")
OTHERS = ("link_worker", "manager", "referrer", "provider_coordinator", "administrator", "commissioner")


@pytest.fixture
def waiting(cast: Cast, tmp_path: Path) -> dict[str, str]:
    """A reading and a changed number that wait for a steward, and the address of every page about them."""
    read(tmp_path, *rows(20), row("t", taxonomies=[{"name": "Sparkle Hour"}]))
    read(tmp_path, *changed("0"), *rows(19, first=1), row("t", taxonomies=[{"name": "Sparkle Hour"}]))
    run = read(tmp_path, *rows(20, changed=15))
    term = page("source-word", run.source_id, TaxonomyTerm.objects.get().id)
    of_source = {name: page(name, run.source_id) for name in (*OF_SOURCE, "source-read")}
    decide = {"import-decide": page("import-decide", run.id), "held-fact": page("held-fact", HeldFact.objects.get().id)}
    reached = {name: page(name) for name in PLAIN} | of_source | decide
    return {**reached, "source-word": term, "import-run": page("import-run", run.id)}


def changed(*keys: str) -> list[dict[str, Any]]:
    return [row(key, description="A club.", contacts=[{"phone": f"020 7946 03{key:>02}"}]) for key in keys]


SEEN = (*PLAIN, *OF_SOURCE, "source-word", "import-run", "held-fact")


def as_it_was() -> tuple[Any, ...]:
    """All that these pages could change."""
    return (
        list(Source.objects.values_list("name", "address", "licence").order_by("id")),
        list(ImportRun.objects.values_list("state").order_by("id")),
        list(HeldFact.objects.values_list("state", "decided_by").order_by("id")),
        of("0").phone,
    )


@pytest.mark.parametrize("name", SEEN)
def test_any_steward_sees_it_and_nobody_else(cast: Cast, waiting: dict[str, str], name: str) -> None:
    teammate = member("Bola Hart", Role.DIRECTORY_STEWARD, cast.other_host)
    for who in (cast.steward, teammate):
        assert cast.client(who).get(waiting[name]).status_code == 200
    for role in OTHERS:
        assert cast.client(getattr(cast, role)).get(waiting[name]).status_code == 403, role
    answer = cast.client().get(waiting[name])
    assert (answer.status_code, waiting[name] in unquote(answer["Location"])) == (302, True), (
        "signs in, then comes back here"
    )


@pytest.mark.parametrize("name", [*DECIDING, "source-add", "source-change", "source-file", "source-word"])
def test_nobody_else_changes_anything(cast: Cast, waiting: dict[str, str], name: str) -> None:
    before = as_it_was()
    for role in OTHERS:
        with holding_jobs() as jobs:
            answer = cast.client(getattr(cast, role)).post(waiting[name], {**GOOD, "use": "yes"})
        assert (answer.status_code, jobs) == (403, []), role
    assert "/sign-in" in cast.client().post(waiting[name], {**GOOD, "use": "yes"})["Location"]
    assert as_it_was() == before


@pytest.mark.parametrize("name", DECIDING)
def test_a_look_decides_nothing(steward: Client, waiting: dict[str, str], name: str) -> None:
    before = as_it_was()
    allowed = 200 if name == "held-fact" else 405
    for method, answer in (("get", allowed), ("head", allowed), ("put", 405), ("delete", 405)):
        assert getattr(steward, method)(waiting[name]).status_code == answer
    assert as_it_was() == before


@pytest.mark.parametrize("name", [*PLAIN[::2], "source", "source-words", "import-run", "held-facts"])
def test_what_is_only_read_takes_nothing(steward: Client, waiting: dict[str, str], name: str) -> None:
    assert steward.post(waiting[name], {"use": "yes"}).status_code == 405
    assert steward.head(waiting[name]).status_code == 200


@pytest.mark.parametrize("name", [*OF_SOURCE, *DECIDING, "import-run", "source-word"])
def test_one_that_never_was_is_not_there_whatever_is_sent(steward: Client, waiting: dict[str, str], name: str) -> None:
    ids = [uuid4(), uuid4()] if name == "source-word" else [uuid4()]
    before = as_it_was()
    sent = steward.post if name in DECIDING else steward.get
    assert sent(page(name, *ids)).status_code == 404
    assert as_it_was() == before


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("source-add", {"name": "", "licence": "A licence of ours"}, 'value="A licence of ours"'),
        ("source-add", {"priority": "0", "name": "Left as it was"}, 'value="Left as it was"'),
        ("source-add", {"priority": "many", "owner": "Reference desk"}, 'value="many"'),
        ("source-change", {"name": "x" * 201, "owner": "Reference desk"}, 'value="Reference desk"'),
        ("source-change", {"address": "ftp://feed.example.org/a"}, 'value="ftp://feed.example.org/a"'),
        ("source-change", {"name": "<b>Bold</b>", "schedule": "hourly"}, "&lt;b&gt;Bold&lt;/b&gt;"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    steward: Client, waiting: dict[str, str], name: str, typed: dict[str, str], kept: str
) -> None:
    before = as_it_was()
    answer = steward.post(waiting[name], GOOD | typed)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "There is a problem" in shown
    assert kept in shown
    assert as_it_was() == before


def test_a_source_cannot_take_the_name_of_another(steward: Client, waiting: dict[str, str]) -> None:
    Source.objects.create(name="Taken already")
    answer = steward.post(waiting["source-change"], GOOD | {"name": "Taken already"})
    assert answer.status_code == 400
    assert Source.objects.filter(name="Taken already").count() == 1


def test_who_decided_about_a_number_is_written_down_and_so_is_the_change(
    cast: Cast, steward: Client, waiting: dict[str, str]
) -> None:
    steward.post(waiting["held-fact"], {"use": "yes"})
    held = HeldFact.objects.get()
    assert (held.state, held.decided_by, held.decided_at is not None) == ("taken", cast.steward.name, True)
    change = ListingChange.objects.filter(service=held.service, field="phone").latest("created_at")
    assert (change.was, change.became) == ("020 7946 0111", held.offered)


@pytest.mark.parametrize("use", ["", "no", "YES", "true"])
def test_only_a_clear_yes_uses_a_new_number(steward: Client, waiting: dict[str, str], use: str) -> None:
    steward.post(waiting["held-fact"], {"use": use})
    assert (of("0").phone, HeldFact.objects.get().state) == ("020 7946 0111", "refused")
    assert waiting["held-fact"] not in steward.get(waiting["held-facts"]).content.decode()


def more_held(run: ImportRun) -> None:
    for key in range(5, 15):
        HeldFact.objects.create(service=of(key), run=run, field="url", was="a", offered="b", value="b")


def more_problems(run: ImportRun) -> None:
    ImportRun.objects.filter(id=run.id).update(state="done")
    for number in range(30):
        ImportProblem.objects.create(run=run, row_number=number, name="A row", outcome="noted", reason="Odd")


def more_runs(run: ImportRun) -> None:
    for number in range(8):
        ImportRun.objects.create(source=Source.objects.create(name=f"List {number}"), state="done")


MORE: dict[str, tuple[str, Callable[[ImportRun], Any]]] = {
    "changed numbers": ("held-facts", more_held),
    "rows to look at": ("import-run", more_problems),
    "readings": ("imports", more_runs),
}


@pytest.mark.parametrize("what", MORE)
def test_the_number_of_statements_does_not_grow_with(steward: Client, waiting: dict[str, str], what: str) -> None:
    name, add = MORE[what]
    run = ImportRun.objects.get(state="waiting")
    if what == "rows to look at":
        ImportRun.objects.filter(id=run.id).update(state="done")
        ImportProblem.objects.create(run=run, row_number=99, name="A row", outcome="noted", reason="Odd")
    before = statements(steward, waiting[name])
    add(run)
    assert statements(steward, waiting[name]) <= before


def test_a_waiting_reading_with_many_changes_asks_as_much_as_one_with_few(
    steward: Client, cast: Cast, tmp_path: Path
) -> None:
    read(tmp_path, *rows(40))
    few = page("import-run", read(tmp_path, *rows(40, changed=5)).id)
    taken = statements(steward, few)
    many = page("import-run", read(tmp_path, *rows(40, changed=30)).id)
    assert steward.get(many).content.decode().count("New words.") == 30
    assert statements(steward, many) <= taken


def test_words_of_a_source_ask_as_much_for_many_as_for_one(steward: Client, cast: Cast, tmp_path: Path) -> None:
    one = read(tmp_path, row("a", taxonomies=[{"name": "Sparkle Hour"}]), name="One").source
    many = read(tmp_path, row("b", taxonomies=[{"name": f"Sparkle {n}"} for n in range(20)]), name="Many").source
    assert statements(steward, page("source-words", many.id)) <= statements(steward, page("source-words", one.id))
    assert "Sparkle Hour" not in steward.get(page("source-words", many.id)).content.decode(), "those of its own only"
