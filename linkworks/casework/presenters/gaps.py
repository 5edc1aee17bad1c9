"""What is missing, in words and as rows for a spreadsheet."""

from typing import Any

from linkworks.core import vocabulary

from ..queries.cases import safe_cell
from ..queries.gaps import Gap

HEAD = ["Need", "What was missing", "Group", "Times", "Not resolved yet"]


def need_words(need: str) -> str:
    return vocabulary.label("needs", need) if need else "Not said"


def why_words(gap: Gap) -> str:
    return "No free place: asked all the same" if gap.group else vocabulary.label("unmet_reasons", gap.why)


def row(gap: Gap) -> list[Any]:
    return [need_words(gap.need), why_words(gap), gap.group, str(gap.times), str(gap.unresolved)]


def csv_rows(gaps: list[Gap]) -> list[list[str]]:
    return [HEAD, *([safe_cell(str(cell)) for cell in row(each)] for each in gaps)]
