"""A made-up council's feed of any length, whose every listing says something new each time it is asked."""

import json
from pathlib import Path
from typing import Any

from linkworks.core.actor import job_actor
from linkworks.directory import actions
from linkworks.directory.models import ImportRun, Service

NAME, BY = "A council", job_actor("bench")
WORDS = ("Befriending", "Walking groups", "Debt advice", "Gardening", "Lunch clubs")


class Council:
    """Its feed is read from a file. `words` tells what its listings say at the moment."""

    def __init__(self, folder: Path, size: int) -> None:
        self.file, self.size, self.edition = folder / "feed.json", size, 0

    def change(self) -> None:
        """Every listing says something new from now on."""
        self.edition += 1
        rows = [listing(number, self.edition) for number in range(self.size)]
        self.file.write_text(json.dumps({"contents": rows, "total_pages": 1, "page_number": 1}))

    def read(self) -> ImportRun:
        return actions.import_feed(str(self.file), name=NAME, licence="OGL", is_agreed=True, by=BY)

    def read_new(self) -> None:
        self.change()
        self.read_changed()

    def read_changed(self) -> None:
        run = self.read()
        assert run.created + run.updated == self.size, f"{run.updated} of {self.size} were changed"

    def read_again(self) -> None:
        assert self.read().unchanged == self.size

    def is_stored(self) -> bool:
        """Whether what is stored, and told onwards, is what the feed says now."""
        said = words(self.edition)
        stored = Service.objects.filter(source__name=NAME, description=said, document__contains=said)
        return stored.count() == self.size


def words(edition: int) -> str:
    return f"Tea, talk and something to do with your hands, as written for the {edition}th time."


def listing(number: int, edition: int) -> dict[str, Any]:
    """One listing with everything that a good feed nests in it."""
    word = WORDS[number % len(WORDS)]
    return {
        "id": f"s-{number}",
        "name": f"{word} {number}",
        "description": words(edition),
        "url": f"https://group{number // 3}.example.org",
        "email": "office@group.example.org",
        "status": "active",
        "minimum_age": 18,
        "organization": {"id": f"o-{number // 3}", "name": f"Group {number // 3}", "description": "A small charity"},
        "service_at_locations": [{"location": hall(number)}],
        "schedules": [
            {"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"},
            {"freq": "MONTHLY", "byday": "1FR", "opens_at": "14:00", "closes_at": "15:30"},
        ],
        "cost_options": [{"amount": 3.5, "option": "a visit"}],
        "contacts": [{"name": "Office", "phones": [{"number": "020 7946 0111"}]}],
        "languages": [{"name": "English"}],
        "service_areas": [{"name": "Southwark"}],
        "attributes": [{"taxonomy_term": {"id": f"t-{word}", "name": word, "taxonomy": "The council's terms"}}],
    }


def hall(number: int) -> dict[str, Any]:
    return {
        "name": f"Hall {number}",
        "latitude": 51.4 + number / 100_000,
        "longitude": -0.06,
        "addresses": [{"address_1": f"{number} Elm Road", "city": "London", "postal_code": "SE15 5DD"}],
        "accessibility": [{"description": "Step-free entrance"}],
    }
