"""A postcode that was found is not read again, one that was not found is; and a process keeps only so many."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from linkworks.organisations.queries import find_postcode, places
from tests.factories.organisations import make_postcode

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Any) -> Iterator[None]:
    settings.POSTCODES_KEPT = 2
    yield
    places._kept.clear()


def test_what_was_found_once_is_the_same_again_without_a_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = make_postcode("SE15 5DD")
    first = find_postcode("se155dd")
    with django_assert_num_queries(0):
        again = find_postcode("SE15 5DD")
    assert first == again == made
    assert again is not None
    assert (again.latitude, again.longitude, again.borough_code) == (made.latitude, made.longitude, made.borough_code)


def test_a_postcode_that_comes_later_is_found_then() -> None:
    assert find_postcode("SE15 5DD") is None
    make_postcode("SE15 5DD")
    assert find_postcode("SE15 5DD") is not None


def test_no_more_are_kept_than_allowed_and_all_are_still_found() -> None:
    names = ["SE15 5DD", "SE15 5DE", "SE15 5DF", "SE15 5DG"]
    for name in names:
        make_postcode(name)
    for name in names * 2:
        found = find_postcode(name)
        assert found is not None
        assert found.postcode == name.replace(" ", "")
    assert len(places._kept) == 2
