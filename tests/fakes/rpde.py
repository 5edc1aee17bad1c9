"""A made-up server of feeds in the Realtime Paged Data Exchange form: what changed last comes last, and a page says how it goes on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from linkworks.clients.feeds import fetch_sized
from tests.fakes.web import Web

HOST = "https://feed.example.org"
PUBLIC = "93.184.215.14"
INSIDE = "10.0.0.7"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass
class Feed:
    """One feed. `order` is how its pages are named: by time and id, or by the number of the change."""

    path: str
    kind: str = "SessionSeries"
    order: str = "time"
    per_page: int = 100
    licence: str = LICENCE
    clock: int = 1000
    items: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{HOST}{self.path}"

    def put(self, key: object, data: Any, *, kind: str = "", modified: int | None = None) -> None:
        self.told(key, kind, modified, {"state": "updated", "data": data})

    def delete(self, key: object, *, kind: str = "", modified: int | None = None) -> None:
        self.told(key, kind, modified, {"state": "deleted"})

    def told(self, key: object, kind: str, modified: int | None, said: dict[str, Any]) -> None:
        self.clock = self.clock + 10 if modified is None else modified
        self.items[f"{kind or self.kind} {key}"] = {
            "id": key,
            "kind": kind or self.kind,
            "modified": self.clock,
            **said,
        }

    def in_order(self) -> list[dict[str, Any]]:
        return sorted(self.items.values(), key=lambda each: (each["modified"], str(each["id"])))

    def after(self, asked: dict[str, list[str]]) -> list[dict[str, Any]]:
        """What comes behind what was asked for."""
        number = int(asked.get("afterTimestamp", asked.get("afterChangeNumber", ["-1"]))[0])
        key = asked.get("afterId", [""])[0]
        if self.order == "time" and key:
            return [each for each in self.in_order() if (each["modified"], str(each["id"])) > (number, key)]
        return [each for each in self.in_order() if each["modified"] > number]

    def next_address(self, page: list[dict[str, Any]]) -> str:
        last = page[-1]
        if self.order == "time":
            return f"{self.address}?afterTimestamp={last['modified']}&afterId={last['id']}"
        return f"{self.address}?afterChangeNumber={last['modified']}"

    def page(self, url: str) -> dict[str, Any]:
        page = self.after(parse_qs(urlsplit(url).query))[: self.per_page]
        onwards = self.next_address(page) if page else url
        return {"next": onwards, "items": page, "license": self.licence}


class Server(Web):
    """Serves its feeds over the house's own client, which looks at each address it is sent to as it does on the web."""

    def __init__(self, *served: Feed) -> None:
        super().__init__(self.served)
        self.feeds = {each.path: each for each in served}
        self.instead: dict[str, Any] = {}
        self.names: dict[str, str] = {}

    def served(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        for part, answer in self.instead.items():
            if part in url:
                return as_response(answer(url) if callable(answer) else answer)
        return as_response(self.feeds[request.url.path].page(url))

    def fetch_sized(self, address: str) -> tuple[Any, int]:
        return fetch_sized(address, resolve=lambda host: [self.names.get(host, PUBLIC)], transport=self)

    def addresses(self) -> Iterator[str]:
        yield from (str(each.url) for each in self.asked)


def as_response(answer: Any) -> httpx.Response:
    if isinstance(answer, httpx.Response):
        return answer
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return httpx.Response(200, content=body, headers={"content-type": "application/json"})
