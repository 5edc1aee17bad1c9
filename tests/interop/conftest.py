"""Asking the feed, from anywhere and without an account."""

from typing import Any

import pytest
from django.test import Client

from tests.interop.asking import Feed


@pytest.fixture
def feed(everything: None, client: Client) -> Feed:
    return Feed(client)


@pytest.fixture
def lunch(everything: None) -> Any:
    from tests.factories import directory as make

    return make.service()
