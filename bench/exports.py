"""Telling the whole directory: our export, of text that was written when it was saved, against the usual serialisers.

What both tell is compared before it is timed. And how much memory our export takes must not follow from how much there is.
"""

import csv
import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import orjson
from rest_framework.renderers import JSONRenderer

from linkworks.directory.models import Service
from linkworks.interop.oruk.actions import export_directory

from . import rows, serialised
from .report import Figure
from .timing import taking_turns

MORE = 4
NESTED = ("schedules", "cost_options", "contacts", "languages", "service_areas", "service_at_locations")


def measure(*, listings: int, turns: int) -> Iterator[Figure]:
    """Of listings that are there already."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        different, compared = differing(folder)
        assert compared == listings, f"{compared} of {listings} were exported"
        yield Figure("export-different", different, f"of {compared} listings, as both tell them")
        times = taking_turns(ways(folder), turns, warm_up=1)
        yield Figure.as_fast("export-lines", times["lines"], times["their lines"], listings)
        yield Figure.as_fast("export-tables", times["tables"], times["their tables"], listings)
        few = [most_memory(folder, form) for form in ("ndjson", "tabular")]
        add_copies(listings * (MORE - 1))
        lines, tables = (most_memory(folder, form) for form in ("ndjson", "tabular"))
        yield Figure("export-lines-memory", lines / few[0], f"{lines / 1e6:.1f} MB with {MORE} times as much")
        yield Figure("export-tables-memory", tables / few[1], f"{tables / 1e6:.1f} MB with {MORE} times as much")


def ways(folder: Path) -> dict[str, Callable[[], object]]:
    return {
        "lines": lambda: export_directory(folder / "lines", form="ndjson", replace=True),
        "their lines": lambda: their_lines(folder / "theirs.ndjson"),
        "tables": lambda: export_directory(folder / "tables", form="tabular", replace=True),
        "their tables": lambda: their_tables(folder / "theirs"),
    }


def their_lines(file: Path) -> None:
    renderer = JSONRenderer()
    with file.open("wb") as out:
        for each in serialised.each():
            out.write(renderer.render(each) + b"\n")


def their_tables(folder: Path) -> None:
    """A file for the listings and one for each list in them, with the columns that the serialisers give."""
    folder.mkdir(exist_ok=True)
    files = {name: (folder / f"{name}.csv").open("w", newline="") for name in ("services", *NESTED, "attributes")}
    writers = {name: csv.writer(file) for name, file in files.items()}
    for each in serialised.each():
        writers["services"].writerow([value for name, value in each.items() if name not in files])
        for name in (*NESTED, "attributes"):
            writers[name].writerows([each["id"], *row.values()] for row in each[name])
    for file in files.values():
        file.close()


def differing(folder: Path) -> tuple[int, int]:
    """How many listings the two tell differently, and of how many."""
    export_directory(folder / "lines", form="ndjson", replace=True)
    their_lines(folder / "theirs.ndjson")
    ours = said_in(folder / "lines" / "services.ndjson", "taxonomy_term")
    theirs = said_in(folder / "theirs.ndjson", "term")
    return sum(ours.get(each) != theirs.get(each) for each in ours | theirs), len(ours)


def said_in(file: Path, term: str) -> dict[str, Any]:
    with file.open("rb") as lines:
        return {row["id"]: said(row, term) for line in lines for row in [orjson.loads(line)]}


def said(row: dict[str, Any], term: str) -> Any:
    """What a listing tells in either form: its words, when, where, for how much, by whom, and the list's own terms."""
    words = [row["name"], row["description"], row["organization"]["name"]]
    times = [[each.get("byday"), each.get("opens_at"), each.get("closes_at")] for each in row["schedules"]]
    names = [each["name"] for name in ("contacts", "languages", "service_areas") for each in row[name]]
    at = [
        [each["location"][name] for name in ("name", "latitude", "longitude")] for each in row["service_at_locations"]
    ]
    costs = [float(each["amount"]) for each in row["cost_options"]]
    return json.dumps([words, sorted(times), sorted(names), sorted(at), costs, own_terms(row["attributes"], term)])


def own_terms(attributes: Iterable[dict[str, Any]], term: str) -> list[str]:
    told = [each[term] for each in attributes]
    return sorted(each["name"] for each in told if not str(each["taxonomy"]).startswith("Linkworks "))


def most_memory(folder: Path, form: str) -> int:
    """Bytes that Python held at once, at most, while everything was exported."""
    tracemalloc.start()
    try:
        export_directory(folder / f"memory-{form}", form=form, replace=True)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def add_copies(missing: int) -> None:
    """More listings, as text only: what is told is read from there."""
    pattern = Service.objects.first()
    rows.save(Service, rows.copies(pattern, missing, lambda _: {"source_key": uuid4().hex}))
