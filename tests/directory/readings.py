"""Feeds of any length for the tests of readings."""

import json
from pathlib import Path
from typing import Any

from linkworks.directory import actions
from linkworks.directory.models import ImportRun, Service
from tests.factories import directory as make

NAME = "Bramblewick"


def row(key: object, **more: Any) -> dict[str, Any]:
    """A listing as Outpost sends it."""
    return {
        "id": str(key),
        "name": f"Club {key}",
        "organisation": {"id": "o1", "name": "Kettle and Company"},
        "url": "https://kettle.example.org",
        "locations": [{"address_1": "4 Choumert Road", "city": "London", "postal_code": "SE15 5DD"}],
        "contacts": [{"name": "Office", "phone": "020 7946 0111"}],
        **more,
    }


def rows(count: int, changed: int = 0, first: int = 0) -> list[dict[str, Any]]:
    """So many listings, of which so many say something new."""
    return [row(n, description="New words." if n < first + changed else "A club.") for n in range(first, first + count)]


def read(folder: Path, *listed: Any, agreed: bool = False, name: str = NAME) -> ImportRun:
    file = folder / "feed.json"
    file.write_text(json.dumps({"content": list(listed)}))
    run = actions.import_feed(str(file), name=name, is_agreed=agreed, by=make.KEEPER)
    return ImportRun.objects.get(id=run.id)


def shown() -> set[str]:
    return set(Service.objects.filter(is_published=True).values_list("source_key", flat=True))


def of(key: object) -> Service:
    return Service.objects.get(source_key=str(key))
