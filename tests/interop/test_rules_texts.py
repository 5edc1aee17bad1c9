"""Pages, tables and terms as text: set together, never read and written again; described by the tables they are made from."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.rules import document, lists, text
from linkworks.interop.oruk import presenters
from linkworks.interop.oruk.rules import envelope, openapi, tabular
from linkworks.interop.oruk.rules.asking import OFFERED

ROWS = st.lists(st.dictionaries(st.text("ab", min_size=1, max_size=2), st.integers() | st.text(max_size=3)), max_size=6)


@given(ROWS, st.integers(1, 9), st.integers(0, 40), st.integers(1, 9))
def test_a_page_is_its_envelope_and_its_rows(rows: list[dict[str, Any]], page: int, total: int, per_page: int) -> None:
    said = json.loads(
        envelope.page_text([json.dumps(each) for each in rows], total=total, page=page, per_page=per_page)
    )
    last = -(-total // per_page)
    assert said == {
        "total_items": total, "total_pages": last, "page_number": page, "size": len(rows), "first_page": page == 1,
        "last_page": page == last or (page == 1 and last == 0), "empty": not rows, "contents": rows,
    }  # fmt: skip


@given(st.integers(0, 300), st.integers(1, 50))
def test_exactly_one_page_is_the_first_and_one_the_last(total: int, per_page: int) -> None:
    pages = [
        json.loads(envelope.page_text([], total=total, page=number, per_page=per_page))
        for number in range(1, max(1, envelope.pages_of(total, per_page)) + 3)
    ]
    assert [each["first_page"] for each in pages].count(True) == 1
    assert [each["last_page"] for each in pages].count(True) == 1


@given(st.dictionaries(st.text(max_size=3), st.integers(), min_size=1, max_size=4), ROWS)
def test_a_field_is_set_into_an_object_that_is_text(found: dict[str, int], rows: list[dict[str, Any]]) -> None:
    said = envelope.with_field(json.dumps(found), "services", envelope.array([json.dumps(each) for each in rows]))
    assert json.loads(said) == {**found, "services": rows}


class TestOurLists:
    def test_ids_are_everywhere_the_same(self) -> None:
        """They are uuid5 of our words: changing one would break whoever has mapped it."""
        assert lists.list_id("needs") == "b717ff9e-9417-5ff7-827a-2da0dd193826"
        assert lists.word_id("needs", "loneliness") == "42421c49-d8ae-5685-bf4d-aa71c37587cf"

    def test_no_two_words_share_an_id_and_each_leads_back(self) -> None:
        terms = lists.our_terms()
        assert len({each["id"] for each in terms}) == len(terms)
        for name in lists.LISTS:
            for word in vocabulary.LISTS[name]:
                assert lists.word_of(lists.word_id(name, word)) == (name, word)
        assert lists.word_of("nobody's") is None

    def test_a_word_that_left_the_list_is_still_said(self) -> None:
        assert lists.our_term("kinds", "morris-dancing")["name"] == "Morris dancing"

    def test_every_term_is_described_and_of_a_list(self) -> None:
        ids = {each["id"] for each in lists.our_lists()}
        for each in lists.our_terms():
            assert each["name"] and each["description"] and each["taxonomy_id"] in ids


class TestSummaries:
    WHOLE = {
        "id": "1", "name": "A", "organization": {"id": "2"}, "schedules": [{"id": "3"}], "linkworks": {"is_referable": True},
        "minimum_age": 0,
    }  # fmt: skip

    def test_a_row_of_a_list_is_plain_fields_and_the_organisation(self) -> None:
        assert document.service_summary(self.WHOLE) == {
            "id": "1",
            "name": "A",
            "organization": {"id": "2"},
            "minimum_age": 0,
        }

    def test_a_place_keeps_its_location_without_what_hangs_on_it(self) -> None:
        place = {"id": "1", "location": {"id": "2", "latitude": 1.0, "addresses": [{"id": "3"}]}}
        assert document.place_summary(place) == {"id": "1", "location": {"id": "2", "latitude": 1.0}}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://kettle.example.org/a?b=c&d=%20#e", "https://kettle.example.org/a?b=c&d=%20#e"),
        ("https://kettle.example.org/café", "https://kettle.example.org/caf%C3%A9"),
        ("https://kettle.example.org/a b", "https://kettle.example.org/a%20b"),
        ("https://kettle.example.org/100%", "https://kettle.example.org/100%25"),
        ("https://kettle.example.org/{x}|[y]", "https://kettle.example.org/%7Bx%7D%7C%5By%5D"),
        ("", ""),
    ],
)
def test_an_address_is_written_as_other_programs_take_it(address: str, said: str) -> None:
    assert text.uri(address) == said
    assert text.uri(said) == said, "once is enough"


class TestTables:
    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (None, ""), ("words", "words"), (3.5, "3.5"), (0, "0"), (True, "true"), ({"a": 1}, '{"a": 1}'), ("=1+1", "'=1+1"),
            ("@x", "'@x"), ("\tx", "'\tx"), ("+44 20", "+44 20"), ("-0.07", "-0.07"), ("a=b", "a=b"),
        ],
    )  # fmt: skip
    def test_a_cell(self, value: Any, said: str) -> None:
        assert tabular.cell(value, json.dumps) == said

    def test_what_hangs_on_a_service_becomes_rows_of_its_tables(self) -> None:
        phone = {"id": "p"}
        service = {
            "id": "s", "schedules": [{"id": "h"}], "contacts": [{"id": "c", "phones": [phone]}], "phones": [{"id": "own"}],
            "attributes": [{"id": "a"}],
            "service_at_locations": [{"id": "at", "location": {"id": "l", "addresses": [{"id": "d"}], "accessibility": [{"id": "x"}]}}],
        }  # fmt: skip
        found = [(table, row["id"]) for table, row in tabular.rows_of(service)]
        assert found == [
            ("service", "s"), ("schedule", "h"), ("phone", "own"), ("attribute", "a"), ("contact", "c"), ("phone", "p"),
            ("service_at_location", "at"), ("location", "l"), ("address", "d"), ("accessibility", "x"),
        ]  # fmt: skip

    def test_each_table_points_to_tables_that_are_there_by_columns_it_has(self) -> None:
        for table in tabular.TABLES:
            assert set(table.points_to) <= set(table.columns)
            assert set(table.points_to.values()) <= set(tabular.BY_NAME)
            assert next(iter(table.columns)) == "id"
        assert len({table.path for table in tabular.TABLES}) == len(tabular.TABLES)

    def test_what_must_be_there_is_said_in_the_description(self) -> None:
        said = tabular.resource(tabular.BY_NAME["service"], 3)
        needed = {each["name"] for each in said["schema"]["fields"] if each.get("constraints", {}).get("required")}
        assert needed == {"id", "organization_id", "name", "status"}
        assert said["schema"]["foreignKeys"][0]["reference"] == {"resource": "organization", "fields": "id"}


class TestOpenApi:
    @pytest.mark.parametrize("name", sorted(openapi.ABOUT))
    def test_each_address_says_its_parameters_and_its_troubles(self, name: str) -> None:
        paths = openapi.document("https://x.example.org")["paths"]
        route = next(each for each, said in paths.items() if said["get"]["operationId"] == name)
        said = paths[route]["get"]
        is_list = "{id}" not in route
        assert {"200", "304", "400"} | (set() if is_list else {"404"}) == set(said["responses"])
        assert ("application/x-ndjson" in said["responses"]["200"]["content"]) is is_list
        named = [each["$ref"].rpartition("/")[2] for each in said["parameters"] if "$ref" in each]
        assert named == [*OFFERED[name], "strict"]


def test_the_page_says_for_what_each_parameter_is() -> None:
    rows = {name: where for name, _, where in presenters.parameter_rows()}
    assert rows["strict"] == "Everything"
    assert rows["postcode"] == "Places"
    assert rows["taxonomy_id"] == "Services, places, terms"
    assert rows["page"] == "Services, places, organisations, lists of terms, terms"


def test_examples_without_anything_to_show_are_still_questions() -> None:
    found = presenters.examples("https://x.example.org/api", {})
    assert len(found) == 7
    assert all(link["href"] == f"https://x.example.org/api{link['text']}" for _, link in found)
    assert len(presenters.examples("", {"service": "1", "postcode": "SE15 5DD"})) == 9
