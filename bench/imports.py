"""Reading a feed of which every listing changed, against copying the same rows into tables of the same make; and again unchanged.

"The same rows" are those an import leaves: the listings and all that hangs on them. The tables they are copied into have the
same indexes and worked-out columns, so that what is compared is the work beside storing: reading, comparing, keeping what
people said here, cleaning, and writing each document.
"""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from unittest.mock import patch

import msgspec
from django.db import connection, connections, transaction

from linkworks.clients import documents
from linkworks.directory import models
from linkworks.directory.actions import listings

from .listed import Council
from .report import Figure
from .timing import Spread, taking_turns

TABLES = (
    models.Service, models.Location, models.ServiceAtLocation, models.AccessibilityFeature, models.Schedule,
    models.CostOption, models.Contact, models.ServiceLanguage, models.ServiceArea, models.Attribute,
)  # fmt: skip


def measure(*, rows: int, turns: int) -> Iterator[Figure]:
    with TemporaryDirectory() as folder:
        council = Council(Path(folder), rows)
        council.read_new()
        council.read_new()
        yield from opening(council.file.read_bytes(), rows, turns)
        yield Figure("import-different", rows * (not council.is_stored()), f"of {rows} changed at once")
        copying = Copying()
        assert copying.copy() == copying.counts(), "not the same rows were copied"
        storing = Storing(council)
        things = {
            "copied": copying.copy, "said anew": council.change, "changed": storing.read, "again": council.read_again,
        }  # fmt: skip
        times = taking_turns(things, turns, warm_up=0)
    yield Figure.as_fast("import-stored", Spread(tuple(storing.seconds)), times["copied"], rows)
    yield Figure.as_fast("import-changed", times["changed"], times["copied"], rows)
    yield Figure.as_fast("import-unchanged", times["again"], times["changed"], rows)


def opening(body: bytes, rows: int, turns: int) -> Iterator[Figure]:
    """A feed's document made into values with all that is checked of it, and by msgspec, which checks less."""
    assert documents.parsed(body) == msgspec.json.decode(body), "the two read different things"
    things = {"ours": lambda: documents.parsed(body), "bare": lambda: msgspec.json.decode(body)}
    times = taking_turns(things, turns * 4)
    yield Figure.as_fast("import-opened", times["ours"], times["bare"], rows)


class Storing:
    """A reading of a changed feed, and how much of it goes into storing: taking away what was there, writing what is."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.seconds: list[float] = []

    def read(self) -> None:
        self.seconds.append(0.0)
        steps = {name: self.timed(getattr(listings, name)) for name in ("store", "replace_parts")}
        with patch.multiple(listings, **steps):
            self.council.read_changed()

    def timed(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def then(*given: Any) -> Any:
            began = perf_counter()
            done = step(*given)
            self.seconds[-1] += perf_counter() - began
            return done

        return then


class Copying:
    """Copies of the tables, made by whoever owns them, and what was stored as COPY writes it."""

    def __init__(self) -> None:
        self.rows = {table_of(each): copied_out(each) for each in TABLES}
        with connections["owner"].cursor() as cursor:
            for name in self.rows:
                cursor.execute(f"CREATE TABLE copy_of_{name} (LIKE {name} INCLUDING ALL)")

    def copy(self) -> dict[str, int]:
        counts = {}
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            for name, (columns, text) in self.rows.items():
                cursor.execute(f"TRUNCATE copy_of_{name}")
                with cursor.copy(f"COPY copy_of_{name} ({columns}) FROM STDIN") as copy:
                    copy.write(text)
                counts[name] = cursor.rowcount
        return counts

    def counts(self) -> dict[str, int]:
        return {table_of(each): each.objects.count() for each in TABLES}


def table_of(model: Any) -> str:
    return str(model._meta.db_table)


def copied_out(model: Any) -> tuple[str, bytes]:
    columns = ", ".join(each.column for each in model._meta.concrete_fields if not each.generated)
    out = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(f"COPY {table_of(model)} ({columns}) TO STDOUT") as copy:
        for part in copy:
            out.write(part)
    return columns, out.getvalue()
