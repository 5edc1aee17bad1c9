"""Lists with levels: a term stands below the one its feed has above it, on the way in, in every document, and back again."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory import actions
from linkworks.directory.actions import applying
from linkworks.directory.models import ImportRun, Service, TaxonomyTerm
from linkworks.directory.rules.feeds import Dialect, read_row
from linkworks.directory.rules.trees import line_above, without_circles
from tests.factories import directory as make
from tests.interop.asking import Feed

LISTED = "The council's list"
NUMBERS = st.integers(0, 8)


@given(st.dictionaries(NUMBERS, NUMBERS))
def test_what_leads_round_in_a_circle_is_left_out_and_nothing_else(parents: dict[int, int]) -> None:
    kept = without_circles(parents)
    assert kept.items() <= parents.items()
    for below in kept:
        line = line_above(below, kept)
        assert len(line) == len(set(line)), "it leads back to where it was"
    for below, above in parents.items() - kept.items():
        assert below in line_above(above, kept), "this one closed no circle"


def told(key: str, above: str = "", **more: Any) -> dict[str, Any]:
    """A term as Open Referral UK nests it."""
    parent = {"parent_id": above} if above else {}
    return {"id": key, "name": f"Term {key}", "taxonomy": LISTED, **parent, **more}


def row(key: object, *terms: dict[str, Any], **more: Any) -> dict[str, Any]:
    attributes = [{"link_type": "service", "taxonomy_term": each} for each in terms]
    owner = {"id": "o", "name": "Kettle and Company", "description": "A group"}
    return {"id": str(key), "name": f"Club {key}", "organization": owner, "attributes": attributes, **more}


def read(folder: Path, *rows: dict[str, Any], name: str = "A council") -> ImportRun:
    file = folder / "feed.json"
    file.write_text(json.dumps({"contents": rows, "total_pages": 1}))
    run = actions.import_feed(str(file), name=name, licence="OGL", is_agreed=True, by=make.KEEPER)
    assert (run.rejected, run.stopped_because) == (0, "")
    return run


def tree(listed: str = LISTED) -> dict[str, str]:
    """Which term is below which, by their names."""
    rows = TaxonomyTerm.objects.filter(taxonomy__name=listed, parent__isnull=False)
    return dict(rows.values_list("name", "parent__name"))


def documents() -> Iterable[dict[str, Any]]:
    return [json.loads(each) for each in Service.objects.order_by("source_key").values_list("document", flat=True)]


def parents_told(document: dict[str, Any]) -> dict[str, str | None]:
    terms = [
        each["taxonomy_term"] for each in document.get("attributes", []) if each["taxonomy_term"]["taxonomy"] == LISTED
    ]
    names = {str(each.id): each.name for each in TaxonomyTerm.objects.all()}
    return {each["name"]: names.get(each.get("parent_id", "")) for each in terms}


FORMS: dict[str, tuple[Dialect, dict[str, Any], tuple[str, str]]] = {
    "Open Referral UK": (Dialect.ORUK_3, row(1, told("b", "a")), ("b", "a")),
    "the top of a list": (Dialect.ORUK_3, row(1, told("b", parent_id=None)), ("b", "")),
    "with a code beside the id": (Dialect.ORUK_3, row(1, told("b", "a", code="C1")), ("b", "a")),
    "no id": (Dialect.ORUK_3, row(1, {"name": "Term b", "taxonomy": LISTED, "parent_id": 4}), ("", "4")),
    "nonsense": (Dialect.ORUK_3, row(1, told("b", parent_id=["a"])), ("b", "")),
    "Outpost's numbers": (
        Dialect.OUTPOST,
        {"id": 1, "name": "Club", "taxonomies": [{"id": 7, "name": "Walks", "slug": "walks", "parent_id": 3}]},
        ("7", "3"),
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_feed_says_what_is_above_a_term(name: str) -> None:
    dialect, raw, expected = FORMS[name]
    (term,) = read_row(dialect, raw, {}).service.terms
    assert (term.key, term.above) == expected


@pytest.mark.usefixtures("everything")
class TestRead:
    def test_a_term_stands_below_another_whichever_comes_first(self, tmp_path: Path) -> None:
        read(tmp_path, row(1, told("c", "b")), row(2, told("b", "a"), told("a")), row(3, told("d", "nobody")))
        assert tree() == {"Term c": "Term b", "Term b": "Term a"}
        assert [parents_told(each) for each in documents()] == [
            {"Term c": "Term b"}, {"Term b": "Term a", "Term a": None}, {"Term d": None},
        ]  # fmt: skip

    def test_also_when_the_one_above_is_read_later(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What told of the lower one is written anew, so that everybody hears of it."""
        monkeypatch.setattr(applying, "BATCH", 1)
        read(tmp_path, row(1, told("c", "b")), row(2, told("b", "a")))
        first = Service.objects.get(source_key="1")
        assert first.document_is_due
        assert parents_told(json.loads(first.document)) == {"Term c": None}
        actions.write_due_documents(by=make.KEEPER)
        assert [parents_told(each) for each in documents()] == [{"Term c": "Term b"}, {"Term b": None}]
        read(tmp_path, row(1, told("c", "b")), row(2, told("b", "a")), row(3, told("a")))
        assert tree() == {"Term c": "Term b", "Term b": "Term a"}
        assert list(Service.objects.filter(document_is_due=True).values_list("source_key", flat=True)) == ["2"]

    def test_a_term_that_moves_is_moved_and_one_left_out_stays(self, tmp_path: Path) -> None:
        read(tmp_path, row(1, told("a"), told("b"), told("c", "a")))
        read(tmp_path, row(1, told("a"), told("b"), told("c", "b")))
        assert tree() == {"Term c": "Term b"}
        read(tmp_path, row(1, told("a"), told("b"), told("c")))
        assert tree() == {"Term c": "Term b"}

    def test_terms_that_were_kept_before_levels_were_read_find_their_place(self, tmp_path: Path) -> None:
        read(tmp_path, row(1, told("a"), told("c", "a")))
        TaxonomyTerm.objects.update(parent=None, told_as="", told_under="")
        read(tmp_path, row(1, told("a"), told("c", "a"), description="New words"))
        assert tree() == {"Term c": "Term a"}

    def test_two_councils_numbers_are_two_things(self, tmp_path: Path) -> None:
        """Council B's number 3 is not above council A's terms, though both call their list the same."""
        read(tmp_path, row(1, told("7", "3", code="walks")), name="A council")
        read(tmp_path, row(1, told("3", code="debts", name="Debts")), name="B council")
        assert tree() == {}
        read(tmp_path, row(1, told("7", "9", code="walks"), told("9", code="money")), name="B council")
        assert tree() == {}, "whoever told a term first says what is above it"
        read(tmp_path, row(1, told("7", "3", code="walks")), row(2, told("3", code="outdoors")), name="A council")
        assert tree() == {"Term 7": "Term 3"}

    def test_what_stands_in_another_list_is_above_nothing_here(self, tmp_path: Path) -> None:
        read(tmp_path, row(1, told("b", "a"), told("a", taxonomy="Another list")))
        assert tree() == {}

    CIRCLES = {
        "of one": [("a", "a")],
        "of two": [("a", "b"), ("b", "a")],
        "of three": [("a", "b"), ("b", "c"), ("c", "a")],
    }

    @pytest.mark.parametrize("name", CIRCLES)
    def test_a_list_that_goes_round_in_a_circle_has_a_top_all_the_same(self, tmp_path: Path, name: str) -> None:
        links = self.CIRCLES[name]
        read(tmp_path, row(1, *(told(*each) for each in links)))
        assert len(tree()) == len(links) - 1
        read(tmp_path, row(1, *(told(*each) for each in links), description="And again"))
        assert len(tree()) == len(links) - 1


def councils_list(folder: Path) -> None:
    """Three levels; nobody says the one in the middle but a listing that is not shown."""
    read(folder, row(1, told("c", "b")), row(2, told("b", "a")), row(3, told("a")), row(4, told("z")))
    Service.objects.filter(source_key__in=["2", "3", "4"]).update(is_published=False)
    actions.write_due_documents(by=make.KEEPER)


def theirs(feed: Feed, **query: Any) -> dict[str, str | None]:
    rows = [each for each in feed.rows("/taxonomy_terms", **query) if each["taxonomy"] == LISTED]
    return {each["name"]: each.get("parent_id") for each in rows}


def test_every_level_above_what_is_told_can_be_looked_up(everything: None, client: Client, tmp_path: Path) -> None:
    councils_list(tmp_path)
    feed = Feed(client)
    ids = {each.name: str(each.id) for each in TaxonomyTerm.objects.all()}
    expected = {"Term a": None, "Term b": ids["Term a"], "Term c": ids["Term b"]}
    assert theirs(feed) == expected, "Term z is of nothing that is shown"
    asked: dict[str, Callable[[], dict[str, str | None]]] = {
        "Term a": lambda: theirs(feed, top_only="true"),
        "Term b": lambda: theirs(feed, parent_id=ids["Term a"]),
        "Term c": lambda: theirs(feed, parent_id=ids["Term b"]),
        "": lambda: theirs(feed, parent_id=ids["Term c"]),
    }
    for name, ask in asked.items():
        assert list(ask()) == [name] * bool(name)
    for name, above in expected.items():
        assert feed.json(f"/taxonomy_terms/{ids[name]}").get("parent_id") == above


def test_what_we_tell_is_read_as_the_same_tree(everything: None, client: Client, tmp_path: Path) -> None:
    councils_list(tmp_path)
    Service.objects.update(is_published=True)
    before, feed = tree(), Feed(client)
    rows = feed.rows("/services", full="true")
    for each in rows:
        each["attributes"] = [
            {**said, "taxonomy_term": {**said["taxonomy_term"], "taxonomy": "Read back"}}
            for said in each["attributes"] if said["taxonomy_term"]["taxonomy"] == LISTED
        ]  # fmt: skip
    read(tmp_path, *rows, name="Another Linkworks")
    assert tree("Read back") == before == {"Term c": "Term b", "Term b": "Term a"}
