"""Reading what a page shows, for tests: the text, the links and the boxes, without caring for white space."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template import engines
from django.test import RequestFactory


class Shown(HTMLParser):
    """A piece of HTML taken apart: every element with its attributes, and all the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._text: list[str] = []
        self.html = html
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self._text)).strip()

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attrs for name, attrs in self.elements if name == tag and all(attrs.get(k) == v for k, v in wanted.items())
        ]

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of <{tag} {wanted}> in {self.html}"
        return found[0]

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.elements if attrs.get("id")]

    @property
    def hrefs(self) -> list[str]:
        return [str(attrs["href"]) for tag, attrs in self.elements if tag == "a" and attrs.get("href")]


def show(source: str, request: HttpRequest | None = None, **context: Any) -> Shown:
    """What a template written here would show; with no request, as for a component."""
    template = engines["jinja2"].env.from_string(source)
    return Shown(template.render({"request": request or RequestFactory().get("/"), **context}))


def sent(**answers: Any) -> QueryDict:
    """What a browser would send for these answers."""
    data = QueryDict(mutable=True)
    for name, answer in answers.items():
        data.setlist(name, answer if isinstance(answer, list) else [answer])
    return data
