"""The feed as another program meets it."""

import json
from collections.abc import Iterator
from typing import Any

from django.test import Client

ROOT = "/api/oruk/v3"


class Feed:
    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, route: str = "", **query: Any) -> Any:
        return self.client.get(f"{ROOT}{route}", query)

    def json(self, route: str = "", **query: Any) -> dict[str, Any]:
        response = self.get(route, **query)
        assert response.status_code == 200, (route, query, response.content)
        return dict(json.loads(response.content))

    def rows(self, route: str, **query: Any) -> list[dict[str, Any]]:
        """The rows of the only page there is."""
        page = self.json(route, **{"per_page": 1000, **query})
        assert page["total_pages"] <= 1
        return list(page["contents"])

    def names(self, route: str = "/services", **query: Any) -> list[str]:
        return [each["name"] for each in self.rows(route, **query)]

    def lines(self, route: str, **query: Any) -> Iterator[dict[str, Any]]:
        response = self.get(route, format="ndjson", **query)
        assert response["Content-Type"] == "application/x-ndjson"
        for line in b"".join(response.streaming_content).splitlines():
            yield json.loads(line)

    def problem(self, route: str, **query: Any) -> dict[str, Any]:
        response = self.get(route, **query)
        assert response.status_code == 400, (route, query, response.status_code)
        assert response["Content-Type"] == "application/problem+json"
        return dict(json.loads(response.content)["problems"])
