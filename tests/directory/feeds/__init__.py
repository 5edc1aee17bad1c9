"""Small feeds, one of each dialect. Every name, place and number in them is made up."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DIALECTS = ("outpost", "placecube", "oruk3")


def path(dialect: str) -> Path:
    return HERE / f"{dialect}.json"


def payload(dialect: str) -> dict[str, Any]:
    return dict(json.loads(path(dialect).read_text(encoding="utf-8")))
