"""Asking the feed, once for each address, and reading what came without trusting it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .findings import Finding


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    text: str


Fetch = Callable[[str], Answer]


@dataclass
class Reader:
    """Every answer that was got, and what was wrong with any."""

    fetch: Fetch
    findings: list[Finding] = field(default_factory=list)
    got: dict[str, Any] = field(default_factory=dict)

    def note(self, code: str, where: str, said: object = "") -> None:
        self.findings.append(Finding(code, where, str(said)[:300]))

    def ask(self, route: str) -> Answer:
        answer = self.fetch(route)
        if answer.headers.get("Access-Control-Allow-Origin") != "*":
            self.note("no-cors", route)
        return answer

    def json(self, route: str) -> Any:
        """The JSON of an answer that must be there, or None when it is none."""
        if route not in self.got:
            self.got[route] = self.read(route, self.ask(route))
        return self.got[route]

    def read(self, route: str, answer: Answer) -> Any:
        if answer.status != 200:
            return self.note("status", route, answer.status)
        if "json" not in answer.headers.get("Content-Type", ""):
            return self.note("content-type", route, answer.headers.get("Content-Type"))
        try:
            found = json.loads(answer.text, object_pairs_hook=self.fields_of(route))
        except ValueError as problem:
            return self.note("not-json", route, problem)
        self.without_empties(route, found)
        return found

    def fields_of(self, route: str) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
        def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            names = [name for name, _ in pairs]
            if len(names) != len(set(names)):
                self.note("duplicate-key", route, sorted(name for name in names if names.count(name) > 1))
            return dict(pairs)

        return made

    def without_empties(self, route: str, found: Any) -> None:
        """Nothing without a value is sent; a page of nothing is the one empty list there may be."""
        contents = found.get("contents", found) if isinstance(found, dict) else found
        for path, value in leaves(contents):
            if value is None or value in ("", [], {}):
                self.note("empty-value", f"{route} {path}", repr(value))


def leaves(value: Any, path: str = "$") -> list[tuple[str, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [each for name, item in inner for each in leaves(item, f"{path}.{name}")]
    is_whole_page = path == "$" and value == []
    return found if found or is_whole_page else [(path, value)]
