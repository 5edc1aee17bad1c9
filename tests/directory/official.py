"""The official Open Referral UK 3.0 schemas, as far as they need checking: types, required fields, formats, words allowed."""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

FOLDER: Path = settings.BASE_DIR.parent / "shared" / "data" / "oruk-3.0" / "schema"
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "number": (int, float), "integer": int, "boolean": bool, "object": dict, "array": list,
}  # fmt: skip
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DATE, TIME = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")


@cache
def schema(name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / name).read_text(encoding="utf-8")))


def faults(value: Any, name: str = "service.json") -> list[str]:
    """What the schema of that name finds wrong with a document; each with the path to it."""
    return list(wrong(value, schema(name), "$"))


def wrong(value: Any, rule: dict[str, Any], path: str) -> list[str]:
    if "$ref" in rule:
        return wrong(value, schema(rule["$ref"].rpartition("/")[2]), path)
    kind = rule.get("type")
    if kind and not is_type(value, kind):
        return [f"{path}: {value!r} is not of type {kind}"]
    found = [] if "enum" not in rule or value in rule["enum"] else [f"{path}: {value!r} is not one of {rule['enum']}"]
    found += [
        f"{path}: {value!r} is not a {rule[key]}"
        for key in ("format", "datapackage_type")
        if misspelt(value, rule.get(key))
    ]
    if isinstance(value, dict):
        found += [f"{path}: {each} is missing" for each in rule.get("required", []) if each not in value]
        for each, inner in rule.get("properties", {}).items():
            found += wrong(value[each], inner, f"{path}.{each}") if each in value else []
    if isinstance(value, list) and "items" in rule:
        for number, each in enumerate(value):
            found += wrong(each, rule["items"], f"{path}[{number}]")
    return found


def is_type(value: Any, kind: str) -> bool:
    return isinstance(value, TYPES[kind]) and not (isinstance(value, bool) and kind != "boolean")


def misspelt(value: Any, spelled: str | None) -> bool:
    """Whether a text is not what its format says; formats that are not words are nobody's business here."""
    check = CHECKS.get(spelled or "")
    return bool(isinstance(value, str) and check and not check(value))


def holds(parse: Any) -> Any:
    def check(value: str) -> bool:
        try:
            return bool(parse(value))
        except ValueError:
            return False

    return check


CHECKS = {
    "uuid": holds(lambda value: str(UUID(value)) == value.lower()),
    "uri": holds(lambda value: urlsplit(value).scheme and urlsplit(value).netloc),
    "email": EMAIL.fullmatch,
    "date-time": holds(lambda value: datetime.fromisoformat(value).tzinfo is not None),
    "date": DATE.fullmatch,
    "time": TIME.fullmatch,
}
