"""What was asked of the feed: every parameter that is offered is honoured, and none is ignored in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .reading import READERS

USUAL_PER_PAGE = 50
PAGING = ("page", "per_page", "perPage", "format")
OF_SERVICES = (
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "minimum_age",
    "maximum_age",
    "day",
    "start_time",
    "end_time",
)
OFFERED: Mapping[str, tuple[str, ...]] = {
    "details": (),
    "service": (),
    "taxonomy": (),
    "taxonomy_term": (),
    "service_at_location": (),
    "organization": ("full_service",),
    "services": (*PAGING, "search", *OF_SERVICES, "minimal", "full"),
    "taxonomies": (*PAGING, "search"),
    "taxonomy_terms": (*PAGING, "search", "taxonomy_id", "top_only", "parent_id"),
    "service_at_locations": (*PAGING, "search", *OF_SERVICES, "full", "postcode", "proximity"),
    "organizations": (*PAGING, "search", "full", "full_service"),
}


class BadQuestion(ValueError):
    """What is wrong with which parameter, each in a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Asked:
    """A question that was understood: its values by name, and what in it is nothing of ours."""

    values: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def get(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def page(self) -> int:
        return int(self.values.get("page", 1))

    @property
    def per_page(self) -> int | None:
        """How many on a page; None for all of them at once."""
        told = self.values.get("per_page", self.values.get("perPage"))
        if told:
            return int(told)
        return None if self.get("minimal") else USUAL_PER_PAGE

    @property
    def is_streamed(self) -> bool:
        return bool(self.get("format") == "ndjson")


def read(query: Mapping[str, Sequence[str]], endpoint: str) -> Asked:
    """The question put to this endpoint."""
    offered = (*OFFERED[endpoint], "strict")
    problems: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name in (each for each in offered if each in query):
        try:
            values[name] = one_value(query[name], name)
        except ValueError as problem:
            problems[name] = f"{name} {problem}."
    unknown = tuple(name for name in query if name not in offered)
    if values.get("strict"):
        problems |= {name: f"{name} is not a parameter of this address." for name in unknown}
    problems |= at_odds(values, wrong=frozenset(problems))
    if problems:
        raise BadQuestion(problems)
    return Asked({name: value for name, value in values.items() if value != ""}, unknown, unused(values))


def one_value(said: Sequence[str], name: str) -> Any:
    if len(said) != 1:
        raise ValueError("is given more than once")
    return READERS[name](said[0].strip())


def at_odds(values: Mapping[str, Any], *, wrong: frozenset[str]) -> dict[str, str]:
    """What cannot hold together; a value that is wrong in itself is said to be so, and no more."""
    found = {}
    if values.get("proximity") and not values.get("postcode") and "postcode" not in wrong:
        found["proximity"] = "proximity needs a postcode to be counted from."
    if "per_page" in values and values.get("perPage", values["per_page"]) != values["per_page"]:
        found["perPage"] = "perPage and per_page are the same parameter and say different things."
    if values.get("minimal") and values.get("full"):
        found["minimal"] = "minimal and full cannot both be true."
    return found


def unused(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What has no meaning beside the rest: a stream has no pages."""
    is_streamed = values.get("format") == "ndjson"
    return tuple(name for name in ("page", "per_page", "perPage") if is_streamed and name in values)


def warning(asked: Asked) -> str:
    """What was not honoured, for a header; empty when everything was. Only plain letters, whatever was typed."""
    said = [f"Unknown parameter ignored: {plain(name)}" for name in asked.unknown[:10]]
    said += [f"Not used with format=ndjson: {name}" for name in asked.unused]
    return ", ".join(f'299 linkworks "{each}"' for each in said)


def plain(name: str) -> str:
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "_-.[]") else "?" for letter in name)[
        :60
    ]
