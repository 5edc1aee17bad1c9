"""Every response of three seeded directories, judged strictly: every page in several sizes, every id, every filter."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from linkworks.directory.access import shared_services
from linkworks.organisations.actions import load_postcodes
from tests.conformance import judge
from tests.directory import official
from tests.interop import worlds

pytestmark = pytest.mark.skipif(not official.FOLDER.is_dir(), reason="The official schemas are not on this machine.")


@pytest.fixture(scope="module")
def london(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with worlds.undone(django_db_blocker):
        load_postcodes()
        yield worlds.london_activities()


def test_a_small_directory_holds(everything: None, client: Client) -> None:
    worlds.small()
    assert judge(worlds.fetching(client), sizes=(1000, 3, 1)) == []


def test_an_empty_directory_holds(everything: None, client: Client) -> None:
    assert judge(worlds.fetching(client), sizes=(50, 7)) == []


def test_the_made_up_london_holds(london: int, everything: None, client: Client) -> None:
    assert shared_services().count() == london > 80
    assert judge(worlds.fetching(client)) == []
