"""What is missing, in words and as rows for a spreadsheet."""

from typing import Any

from linkworks.core import vocabulary

from ..queries.gaps import Gap

HEAD = ["Need", "What was missing", "Group", "Times", "Not resolved yet"]
HEAD_OF_PAGE = [each for each in HEAD if each != "Group"]


def need_words(need: str) -> str:
    return vocabulary.label("needs", need) if need else "Not said"


def why_words(gap: Gap) -> str:
    return "No free place: asked all the same" if gap.group else vocabulary.label("unmet_reasons", gap.why)


def line(gap: Gap) -> list[Any]:
    """A row of the page: the group, where there is one, stands under what was missing."""
    why = {"text": why_words(gap), "note": gap.group} if gap.group else why_words(gap)
    return [need_words(gap.need), why, str(gap.times), str(gap.unresolved)]


def row(gap: Gap) -> list[str]:
    """A row of the spreadsheet."""
    return [need_words(gap.need), why_words(gap), gap.group, str(gap.times), str(gap.unresolved)]


def csv_rows(gaps: list[Gap]) -> list[list[str]]:
    return [HEAD, *(row(each) for each in gaps)]
