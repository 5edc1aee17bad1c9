"""Whom the pages of the directory are mostly asked by."""

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def steward(cast: Cast) -> Client:
    return cast.client(cast.steward)
