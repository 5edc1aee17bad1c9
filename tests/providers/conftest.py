"""What the tests of groups' pages share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.connections.models import Connection
from tests.cast import Cast
from tests.factories.connections import make_link

Address = Callable[..., str]


@pytest.fixture
def visitor(cast: Cast) -> Client:
    """Somebody's browser that is signed in nowhere."""
    return Client()


@pytest.fixture
def maggie(cast: Cast) -> Client:
    """The browser of the group's co-ordinator."""
    return cast.client(cast.provider_coordinator)


@pytest.fixture
def by_link(cast: Cast) -> Any:
    """The address of a page of a connection, by a link that works."""

    def address(connection: Connection, page: str = "", *more: str) -> str:
        name = f"providers:link-{page}" if page else "providers:link"
        return reverse(name, args=[make_link(connection)[0], *more])

    return address


def portal(connection: Connection, page: str = "connection", *more: str) -> str:
    return reverse(f"providers:{page}", args=[connection.id, *more])


def text_of(response: Any) -> str:
    return str(response.content.decode())
