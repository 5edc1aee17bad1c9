"""The stewards' pages: where each is, what it says, and how much it asks of the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def page(name: str, *ids: object) -> str:
    return reverse(f"directory:{name}", args=list(ids))


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def statements(client: Client, address: str) -> int:
    """How many statements it takes, the first look apart: a browser's first page asks more, about its session."""
    said(client, address)
    with CaptureQueriesContext(connection) as seen:
        said(client, address)
    return len(seen)
