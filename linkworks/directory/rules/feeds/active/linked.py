"""One value in its many spellings: `type` or `@type`, one thing or a list of them, a text or the same in several languages."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ... import text

LONDON = ZoneInfo("Europe/London")
PREFIXES = ("", "@", "oa:", "schema:", "beta:")
ENGLISH = ("en-gb", "en", "en-us", "@none")
DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
MOST = 200  # of one list: nobody reads further


def value(row: Any, *names: str) -> Any:
    """The first of the named fields that has a value, however its name is written."""
    if not isinstance(row, Mapping):
        return None
    spelled = (f"{prefix}{name}" for name in names for prefix in PREFIXES)
    return next((row[each] for each in spelled if row.get(each) not in (None, "", [], {})), None)


def many(row: Any, *names: str) -> list[Any]:
    """What is a list where it may be one thing."""
    found = value(row, *names)
    if isinstance(found, Mapping) and isinstance(found.get("@list") or found.get("@set"), list):
        found = found.get("@list") or found.get("@set")
    return found[:MOST] if isinstance(found, list) else [] if found is None else [found]


def one(row: Any, *names: str) -> Any:
    return next(iter(many(row, *names)), None)


def things(row: Any, *names: str) -> list[Mapping[str, Any]]:
    return [each for each in many(row, *names) if isinstance(each, Mapping)]


def thing(row: Any, *names: str) -> Mapping[str, Any]:
    return next(iter(things(row, *names)), {})


def last_part(word: Any) -> str:
    """Tuesday of "https://schema.org/Tuesday", "schema:Tuesday" and "Tuesday"."""
    return re.split(r"[/#:]", text.one_line(word, 200).rstrip("/#"))[-1] if isinstance(word, str) else ""


def kind(row: Any) -> str:
    """What a thing says it is; of several the most telling, which is the longest."""
    return max((last_part(each) for each in many(row, "type")), key=len, default="")


def name_of(linked: Any) -> str:
    """The address that names a thing: its own id, or the id of which only the link is given."""
    found = linked if isinstance(linked, str | int) else value(linked, "id")
    return "" if isinstance(found, bool) or not isinstance(found, str | int) else text.one_line(found, 500)


def said(row: Any, *names: str) -> Any:
    """A text as it was written: in English where it comes in several languages."""
    return next((found for each in texts(value(row, *names)) if (found := each)), "")


def texts(found: Any) -> Iterator[Any]:
    if isinstance(found, list):
        by_language = sorted(found[:MOST], key=lambda each: rank(value(each, "language")))
        yield from (part for each in by_language for part in texts(each))
    elif isinstance(found, Mapping) and "@value" in found:
        yield found["@value"]
    elif isinstance(found, Mapping):
        yield from (found[each] for each in sorted(found, key=rank) if isinstance(found[each], str))
    elif isinstance(found, str | int | float) and not isinstance(found, bool):
        yield found


def rank(language: Any) -> int:
    spelled = str(language or "@none").lower()
    return ENGLISH.index(spelled) if spelled in ENGLISH else len(ENGLISH)


def words(row: Any, *names: str, most: int = 255) -> str:
    return text.one_line(said(row, *names), most)


def paragraphs(row: Any, *names: str) -> str:
    return text.plain(said(row, *names), text.LONGEST)


def labels(row: Any, *names: str) -> list[str]:
    """The names of concepts, which come as concepts or as bare words; of an address its last part."""
    found = (
        words(each, "prefLabel", "name") if isinstance(each, Mapping) else label(each) for each in many(row, *names)
    )
    return list(dict.fromkeys(each for each in found if each))


def label(word: Any) -> str:
    bare = text.one_line(word, 255) if isinstance(word, str) else ""
    return last_part(bare) if "://" in bare else bare


def moment(raw: Any) -> datetime | None:
    """A date and time on the clocks of London; one without an offset is taken to be there already."""
    if not isinstance(raw, str) or len(raw.strip()) < len("2026-11-24T18"):
        return None
    try:
        found = datetime.fromisoformat(raw.strip())
        return found.replace(tzinfo=LONDON) if found.tzinfo is None else found.astimezone(LONDON)
    except (ValueError, OverflowError):
        return None


def day(raw: Any) -> date | None:
    """The day in London of a date, or of a date and time."""
    found = moment(raw)
    if found or not isinstance(raw, str):
        return found.date() if found else None
    try:
        return date.fromisoformat(raw.strip()[:10])
    except ValueError:
        return None


def duration(raw: Any) -> timedelta | None:
    """How long "PT1H30M" is; nothing that is longer than a day or no time at all."""
    found = DURATION.fullmatch(raw.strip()) if isinstance(raw, str) and len(raw) < 40 else None
    if not found:
        return None
    weeks, days, hours, minutes, seconds = (min(int(each or 0), 100_000) for each in found.groups())
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return length if timedelta(0) < length <= timedelta(days=1) else None
