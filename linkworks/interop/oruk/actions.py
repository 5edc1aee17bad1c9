"""The whole directory as files: what the feed tells, and nothing besides."""

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson

from linkworks.core.clock import now
from linkworks.core.errors import Invalid

from . import queries
from .queries import Rows
from .rules import tabular
from .rules.asking import Asked

ALL = Asked()
WHOLE = Asked({"full": True})
LINES: dict[str, Callable[[], Rows]] = {
    "services": lambda: queries.services(WHOLE),
    "organizations": lambda: queries.organisations(ALL),
    "taxonomies": lambda: queries.taxonomies(ALL),
    "taxonomy_terms": lambda: queries.terms(ALL),
}
BESIDE = {"organizations": "organization", "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term"}
WRITERS = ("ndjson", "tabular")
AT_ONCE = 256 * 1024  # bytes handed to the file system at a time


def export_directory(target: Path, *, form: str, replace: bool = False) -> dict[str, int]:
    """Write the directory to a folder or, when its name ends so, a zip file. It is there whole or not at all. Gives how many of each."""
    if target.exists() and not replace:
        raise Invalid(f"{target} is there already. Say --replace to write it anew.")
    if target.is_dir() and not may_be_replaced(target):
        raise Invalid(f"{target} holds something else than an export of the directory. Choose another folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as made:
        folder = Path(made) / "directory"
        folder.mkdir()
        counts = write_lines(folder) if form == "ndjson" else write_tables(folder)
        put_in_place(folder, target)
    return counts


def may_be_replaced(folder: Path) -> bool:
    """Only what an export left, or nothing: a wrong name on the command line deletes nobody's files."""
    held = {each.name for each in folder.iterdir()}
    return held <= {
        "datapackage.json",
        *(f"{name}.ndjson" for name in LINES),
        *(table.path for table in tabular.TABLES),
    }


def put_in_place(folder: Path, target: Path) -> None:
    if target.suffix == ".zip":
        packed = Path(shutil.make_archive(str(folder), "zip", folder))
        packed.replace(target)
        return
    if target.is_dir():
        shutil.rmtree(target)
    elif target.exists():
        target.unlink()
    folder.rename(target)


def write_lines(folder: Path) -> dict[str, int]:
    """One object on each line, as the feed streams them."""
    counts = {}
    for name, rows in LINES.items():
        with (folder / f"{name}.ndjson").open("w", AT_ONCE, encoding="utf-8") as file:
            counts[name] = sum(1 for text in rows().each() if file.write(f"{text}\n"))
    return counts


def write_tables(folder: Path) -> dict[str, int]:
    """A file for each table, and datapackage.json, which describes them."""
    counts = dict.fromkeys((table.name for table in tabular.TABLES), 0)
    with ExitStack() as files:
        writers = {table.name: writer_of(files, folder, table) for table in tabular.TABLES}
        for name, row in every_row():
            writers[name].writerow(tabular.cells(tabular.BY_NAME[name], row, as_text))
            counts[name] += 1
    described = tabular.description(list(counts.items()), now().isoformat(timespec="seconds"))
    (folder / "datapackage.json").write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2))
    return counts


def writer_of(files: ExitStack, folder: Path, table: tabular.Table) -> Any:
    file = files.enter_context((folder / table.path).open("w", AT_ONCE, encoding="utf-8", newline=""))
    writer = csv.writer(file)
    writer.writerow(table.columns)
    return writer


def every_row() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, table in BESIDE.items():
        for text in LINES[name]().each():
            yield table, orjson.loads(text)
    for text in LINES["services"]().each():
        yield from tabular.rows_of(orjson.loads(text))


def as_text(value: Any) -> str:
    """A number, true or false, or an object, as JSON writes it."""
    return orjson.dumps(value).decode()
