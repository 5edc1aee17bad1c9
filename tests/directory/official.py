"""The official Open Referral UK 3.0 schemas, formats asserted, and the grammar of dates and times they only mention.

The files stand beside the repository (../shared/data/oruk-3.0); tests that need them are skipped where they are absent.
"""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from django.conf import settings

DATA: Path = settings.BASE_DIR.parent / "shared" / "data"
FOLDER = DATA / "oruk-3.0" / "schema"
BASE = "https://openreferraluk.org/specifications/3.0/schema/"
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?")
DATES = {"assured_date", "valid_from", "valid_to", "dtstart"}
TIMES = {"opens_at", "closes_at"}


@cache
def schema(name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / name).read_text(encoding="utf-8")))


@cache
def registry() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry([(f"{BASE}{path.name}", schema(path.name)) for path in FOLDER.glob("*.json")])


@cache
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"{BASE}{name}"},
        validate_formats=True,
        registry=registry(),
        email_options=jsonschema_rs.EmailOptions(require_tld=True),
        offline=True,
    )


def faults(value: Any, name: str = "service.json") -> list[str]:
    """What the schema of that name finds wrong with a document, and what its dates and times; each with the path to it."""
    found = [f"{path_of(each.instance_path)}: {each.message}" for each in validator(name).iter_errors(value)]
    return [*found, *misspelt(value)]


def path_of(steps: list[Any]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def misspelt(value: Any, path: str = "$") -> list[str]:
    """Dates and times, which the schemas call so without asserting it."""
    if isinstance(value, list):
        return [each for number, item in enumerate(value) for each in misspelt(item, f"{path}[{number}]")]
    if not isinstance(value, dict):
        return []
    found = [each for name, item in value.items() for each in misspelt(item, f"{path}.{name}")]
    found += [
        f"{path}.{name}: {value[name]!r} is not a date" for name in DATES & set(value) if not is_date(value[name])
    ]
    found += [
        f"{path}.{name}: {value[name]!r} is not a time"
        for name in TIMES & set(value)
        if not TIME.fullmatch(str(value[name]))
    ]
    return found


def is_date(value: Any) -> bool:
    try:
        return len(str(value)) == len("2026-11-22") and bool(date.fromisoformat(str(value)))
    except ValueError:
        return False
