"""Reading one value of a question: what it means, or in one sentence why it means nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from linkworks.core.postcodes import tidy_postcode

MOST_PER_PAGE = 1000
MOST_METRES = 500_000
OLDEST = 150
LONGEST = 500
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FORMATS = ("json", "ndjson")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(said: str) -> int:
        if not said.isascii() or not said.isdigit() or len(said) > len(str(most)) or not least <= int(said) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(said)

    return read


def boolean(said: str) -> bool:
    if said.lower() not in {"true", "false"}:
        raise ValueError("must be true or false")
    return said.lower() == "true"


def identifier(said: str) -> UUID:
    found = id_or_none(said)
    if found is None:
        raise ValueError("must be a UUID, such as 2b6a1a5e-8f1c-4a51-9a53-0d0a4c6f7b11")
    return found


def id_or_none(said: str) -> UUID | None:
    """The id as it is written in our feed; other spellings Python would read are nobody's id."""
    try:
        found = UUID(said)
    except ValueError:
        return None
    return found if str(found) == said.lower() else None


def words(said: str) -> str:
    if len(said) > LONGEST or not said.isprintable():
        raise ValueError(f"must be at most {LONGEST} printable characters")
    return " ".join(said.split())


def moment(said: str) -> datetime:
    """A day or a moment. Without an offset it is UTC. A plus sign that an address turned into a space is put back."""
    try:
        found = datetime.fromisoformat(with_its_plus(said))
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a date (2026-11-22) or a date and time (2026-11-22T10:30:00Z)") from None


def with_its_plus(said: str) -> str:
    head, space, offset = said.rpartition(" ")
    is_lost = space and "T" in head and len(offset) == len("01:00")
    return f"{head}+{offset}" if is_lost else said


def clock_time(said: str) -> time:
    try:
        found = time.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or found.tzinfo or ":" not in said:
        raise ValueError("must be a time of day in London, such as 09:30")
    return found


def weekday(said: str) -> str:
    lower = said.lower()
    for day, name in zip(DAYS, NAMES, strict=True):
        if lower in {day.lower(), name}:
            return day
    raise ValueError(f"must be one of {', '.join(DAYS)}")


def output(said: str) -> str:
    if said not in FORMATS:
        raise ValueError("must be json or ndjson")
    return said


def postcode(said: str) -> str:
    found = tidy_postcode(said)
    if found is None:
        raise ValueError("must be a whole postcode, such as SE15 5DD")
    return found


READERS: dict[str, Callable[[str], Any]] = {
    "page": whole_number(1, 1_000_000),
    "per_page": whole_number(1, MOST_PER_PAGE),
    "perPage": whole_number(1, MOST_PER_PAGE),
    "format": output,
    "search": words,
    "taxonomy_term_id": identifier,
    "taxonomy_id": identifier,
    "organization_id": identifier,
    "parent_id": identifier,
    "modified_after": moment,
    "minimal": boolean,
    "full": boolean,
    "full_service": boolean,
    "top_only": boolean,
    "postcode": postcode,
    "proximity": whole_number(1, MOST_METRES),
    "minimum_age": whole_number(0, OLDEST),
    "maximum_age": whole_number(0, OLDEST),
    "day": weekday,
    "start_time": clock_time,
    "end_time": clock_time,
    "strict": boolean,
}
