"""Every page of Linkworks, asked for with the ids of one scheme's rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from .rows import Row

# What a page calls a thing, where that is not the name of its table.
KNOWN_AS = {
    "pair": "duplicatepair",
    "held": "heldfact",
    "term": "taxonomyterm",
    "letter": "message",
    "unmet": "unmetneed",
    "run": "importrun",
    "report": "listingreport",
    "edit": "proposededit",
    "version": "listingversion",
}


WORDS = {"stage": "start", "part": "times", "about": "times", "sector_id": "housing"}


@dataclass(frozen=True)
class Page:
    """An address: its full name, its route and what has to be filled in."""

    name: str
    route: str
    blanks: tuple[str, ...]
    converters: dict[str, str]

    def __hash__(self) -> int:
        return hash(self.name)


def every_page(resolver: URLResolver | None = None, prefix: str = "", namespace: str = "") -> Iterator[Page]:
    resolver = resolver or get_resolver()
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = ":".join(part for part in (namespace, each.namespace) if part)
            yield from every_page(each, route, inner)
        else:
            yield page(each, resolver, route, namespace)


def page(pattern: URLPattern, resolver: URLResolver, route: str, namespace: str) -> Page:
    kinds = {name: type(converter).__name__ for name, converter in pattern.pattern.converters.items()}
    name = f"{namespace}:{pattern.name}" if namespace else str(pattern.name)
    return Page(name, route, tuple(kinds), kinds)


def addresses(each: Page, made: dict[type[Row], Row]) -> list[str]:
    """The addresses of a page with ids of these rows in its blanks."""
    choices = [candidates(blank, each.converters[blank], made) for blank in each.blanks]
    return [filled(each, dict(zip(each.blanks, chosen, strict=True))) for chosen in product(*choices)]


def candidates(blank: str, converter: str, made: dict[type[Row], Row]) -> list[str]:
    if converter == "UUIDConverter":
        thing = blank.removesuffix("_id").replace("_", "")
        thing = KNOWN_AS.get(thing, thing)
        exact = [str(row.pk) for model, row in made.items() if model.__name__.lower() == thing]
        return exact or [str(row.pk) for model, row in made.items() if model.__name__ in {"Person", "Case"}]
    return ["1"] if converter == "IntConverter" else [WORDS.get(blank, "made-up")]


def filled(each: Page, values: dict[str, str]) -> str:
    route = each.route
    for blank, converter in each.converters.items():
        short = {
            "UUIDConverter": "uuid",
            "IntConverter": "int",
            "StringConverter": "str",
            "SlugConverter": "slug",
            "PathConverter": "path",
        }[converter]
        route = route.replace(f"<{short}:{blank}>", values[blank])
    return f"/{route}"


def told(client: Client, address: str, word: str, method: str = "get", data: Any = None) -> bool:
    """Whether the page, or what it redirects to, says the word."""
    response = getattr(client, method)(address, data)
    words = b"".join(response.streaming_content) if response.streaming else response.content
    return word.encode() in words or word in str(response.headers)
