"""The columns in a file, so that a process that begins reads what changed since, and not every listing.

Only what the same code made of the same database counts. Whatever is wrong with a file, it is as if there were none.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connection

from . import hours, ids
from .arrays import Array, Lists, Texts, texts
from .columns import FLAT, Columns, Places
from .said import NameWords, Postings

log = logging.getLogger(__name__)

ABOUT = "about"
HERE = Path(__file__).parent
CODE = (HERE, HERE.parent.parent / "rules")  # what decides how a listing becomes columns
# A restored database goes on under another timeline or another system, so that its transactions are never taken for these.
DATABASE = """
    SELECT (SELECT system_identifier FROM pg_control_system()), (SELECT timeline_id FROM pg_control_checkpoint()),
           (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Snapshot(NamedTuple):
    """All listings as they were found by at a horizon, on a day; and what they hold of transactions after that."""

    columns: Columns
    horizon: int
    on: int
    seen: Mapping[UUID, str]


def save(snapshot: Snapshot) -> None:
    """Keep it for the processes that begin later. A folder that cannot be written in is noted and does no harm."""
    if settings.MATCH_SNAPSHOTS is None:
        return
    seen = {str(id): number for id, number in snapshot.seen.items()}
    about = {"horizon": snapshot.horizon, "on": snapshot.on, "seen": seen, "made_by": made_by()}
    try:
        write(place(), {**packed(snapshot.columns), ABOUT: letters(json.dumps(about))})
    except OSError as error:
        log.warning("What is found could not be kept for the next start: %s", error)


def write(path: Path, arrays: Mapping[str, Array]) -> None:
    """Whole or not at all, whoever else writes it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        try:
            np.savez(file, allow_pickle=False, **arrays)
        except BaseException:
            os.unlink(file.name)
            raise
    os.replace(file.name, path)


def load() -> Snapshot | None:
    """What was kept last, if it can be used."""
    if settings.MATCH_SNAPSHOTS is None or not (path := place()).exists():
        return None
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays.pop(ABOUT).tobytes())
        if about["made_by"] != made_by():
            log.info("What is found was kept by another version of Linkworks, and is read anew.")
            return None
        seen = {UUID(id): number for id, number in about["seen"].items()}
        return Snapshot(unpacked(arrays), about["horizon"], about["on"], seen)
    except Exception as error:
        log.warning("What is found was kept in a file that is damaged, and is read anew: %s", error)
        return None


def place() -> Path:
    with connection.cursor() as cursor:
        cursor.execute(DATABASE)
        system, timeline, database = cursor.fetchone()
    return Path(settings.MATCH_SNAPSHOTS) / f"listings-{system}-{timeline}-{database}.npz"


@cache
def made_by() -> str:
    """One word for the code and the vocabulary that make columns: when either changes, so does it."""
    told = hashlib.sha256(repr(ids.lists()).encode())
    for folder in CODE:
        for path in sorted(folder.rglob("*.py")):
            told.update(path.read_bytes())
    return told.hexdigest()


def letters(text: str) -> Array:
    return np.frombuffer(text.encode(), np.uint8)


def packed(columns: Columns) -> dict[str, Array]:
    """Every array of the columns, each under a name of its own."""
    plain = ("uuids", "by_id", "order", "by_name", "counted", "standing", "placeless")
    places, postings, words = columns.places._asdict(), columns.postings._asdict(), columns.name_words
    parts: dict[str, Mapping[str, Array]] = {
        "names": columns.names._asdict(),
        "flat": columns.flat,
        "places_of": places.pop("of_rows")._asdict(),
        "places": places,
        "stems": texts(list(postings.pop("stems")))._asdict(),
        "hours": columns.hours.packed(),
        "postings": postings,
        "words": texts(list(words.words))._asdict(),
        "words_of": {"rows": words.of_rows},
    }
    under = {f"{part}.{name}": each for part, held in parts.items() for name, each in held.items()}
    return {name: getattr(columns, name) for name in plain} | under


def unpacked(arrays: Mapping[str, Array]) -> Columns:
    parts: dict[str, dict[str, Any]] = {}
    for name, each in arrays.items():
        part, _, within = name.partition(".")
        parts.setdefault(part if within else "", {})[within or part] = each
    return Columns(
        **parts[""],
        names=Texts(**parts["names"]),
        flat={name: parts["flat"][name] for name in FLAT},
        places=Places(**parts["places"], of_rows=Lists(**parts["places_of"])),
        hours=hours.unpacked(parts["hours"], len(parts[""]["order"])),
        postings=Postings(stems=numbered(Texts(**parts["stems"]), 0), **parts["postings"]),
        name_words=NameWords(numbered(Texts(**parts["words"]), 1), parts["words_of"]["rows"]),
    )


def numbered(some: Texts, first: int) -> dict[str, int]:
    return {some.text(number): first + number for number in range(len(some.starts) - 1)}
