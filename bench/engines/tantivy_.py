"""tantivy, the search library: it finds and counts by kind, and the exact distance and order are worked out on what it found.

It has an easier task than ours: its counts by kind are those of the box, not of the circle, and it ranks without words.
"""

from typing import Any

import numpy as np
import tantivy

from linkworks.directory.queries.finding import wish_of
from linkworks.directory.queries.index import ids, points
from linkworks.directory.queries.index.heard import Heard
from linkworks.directory.queries.index.question import Question
from linkworks.directory.queries.index.reach import distances
from linkworks.directory.queries.index.shelves import Shelves
from linkworks.directory.rules.places import box_around

from . import Found
from .ours import TOP, best

GROUPS = ("needs", "kinds", "categories", "access_needs", "languages", "times")
COUNTED = {group: {"terms": {"field": group, "size": 64}} for group in (*GROUPS, "borough", "is_free", "has_room")}
Occur, Query = tantivy.Occur, tantivy.Query


def schema() -> Any:
    found = tantivy.SchemaBuilder()
    found.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    for group in GROUPS:
        found.add_unsigned_field(group, indexed=True, fast=True)
    for name in ("row", "borough", "is_free", "has_room", "is_placeless"):
        found.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("latitude", "longitude"):
        found.add_float_field(name, indexed=True, fast=True)
    return found.build()


class Tantivy:
    """One document for each listing; one with several places has them all."""

    def __init__(self, shelves: Shelves, words: list[str]) -> None:
        self.columns, self.schema = shelves.large, schema()
        index = tantivy.Index(self.schema)
        writer = index.writer(heap_size=200_000_000, num_threads=1)
        for row in range(len(self.columns)):
            writer.add_document(self.document(row, words[row]))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()

    def document(self, row: int, words: str) -> Any:
        columns, made = self.columns, tantivy.Document()
        made.add_text("words", words)
        for group in GROUPS:
            for each in ids.named(group, int(columns.flat[group][row])):
                made.add_unsigned(group, ids.bits(group)[each].bit_length())
        at = columns.places.of_rows.under(row)
        for place in at.tolist():
            made.add_float("latitude", float(columns.places.latitude[place]))
            made.add_float("longitude", float(columns.places.longitude[place]))
        made.add_unsigned("row", row)
        made.add_unsigned("borough", row % 33)
        made.add_unsigned("has_room", int(columns.flat["room"][row] == 1))
        made.add_unsigned("is_free", int(columns.flat["is_free"][row]))
        made.add_unsigned("is_placeless", int(not columns.flat["has_place"][row]))
        return made

    def find(self, question: Question) -> Found:
        query, weighed = self.weighed(question, Occur.Must)
        if question.typed > 1 and not len(weighed.rows):
            query, weighed = self.weighed(question, Occur.Should)
        self.searcher.aggregate(query, COUNTED)
        top = weighed.rows[best(min(TOP, len(weighed.rows)), weighed.keys)]
        return Found(len(weighed.rows), top.tolist(), [], weighed.rows)

    def weighed(self, question: Question, words: Any) -> tuple[Any, points.Weighed]:
        looking, query = question.looking, self.query(question, words)
        hits = self.searcher.search(query, limit=max(1, len(self.columns)), count=False).hits
        rows = np.sort(np.array(self.searcher.fast_field_values("row", [at for _, at in hits]), np.int64))
        distance, wish = distances(self.columns, rows, looking.near), wish_of(looking)
        near = ~points.too_far(self.columns, rows, distance, wish)
        rows, distance = rows[near], distance[near]
        silent: Heard = points.silent(len(rows))
        asked = points.Asked(self.columns, rows, distance, silent, silent.answers)
        return query, points.scored(asked, question, wish)

    def query(self, question: Question, words: Any) -> Any:
        looking = question.looking
        box = box_around(looking.near, looking.within_km)
        parts = [self.either([self.between("latitude", box.south, box.north, "longitude", box.west, box.east),
                              *([self.term("is_placeless", 1)] if looking.words or looking.needs else [])])]  # fmt: skip
        if question.every:
            parts.append(Query.boolean_query([(words, self.term("words", each)) for each in question.every]))
        for group in ("needs", "times"):
            if getattr(looking, group):
                parts.append(
                    self.either([self.term(group, self.number(group, each)) for each in getattr(looking, group)])
                )
        for group in ("access_needs", "languages"):
            parts += [self.term(group, self.number(group, each)) for each in getattr(looking, group)]
        parts += [self.term("is_free", 1)] if looking.is_free else []
        return Query.boolean_query([(Occur.Must, each) for each in parts])

    def either(self, some: list[Any]) -> Any:
        return Query.boolean_query([(Occur.Should, each) for each in some])

    def between(self, *bounds: Any) -> Any:
        kind = tantivy.FieldType.Float
        pairs = [bounds[:3], bounds[3:]]
        return Query.boolean_query(
            [(Occur.Must, Query.range_query(self.schema, name, kind, low, high)) for name, low, high in pairs]
        )

    def term(self, name: str, value: Any) -> Any:
        return Query.term_query(self.schema, name, value)

    def number(self, group: str, each: str) -> int:
        return ids.bits(group)[each].bit_length()
