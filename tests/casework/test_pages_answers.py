"""How people's answers changed, over the scheme: with who is missing, and without a claim about why."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core import clock
from linkworks.outcomes.models import AnswerSet
from tests.cast import Cast
from tests.factories.people import person

ADDRESS = reverse("casework:answers")


def answered(cast: Cast, *numbers: int, scheme: Any = None) -> None:
    """Somebody answered the question about satisfaction with these numbers, a week apart, the last today."""
    scheme = scheme or cast.scheme
    who = person(scheme.id)
    for weeks, number in enumerate(reversed(numbers)):
        AnswerSet.objects.create(
            scheme=scheme,
            person=who,
            measure="ons4",
            answers={"satisfied": number, "worthwhile": None, "happy": None, "anxious": None},
            asked_on=clock.today() - timedelta(weeks=weeks),
            recorded_by="test",
            recorded_by_name="A test",
        )


@pytest.fixture
def manager(cast: Cast) -> Client:
    return cast.client(cast.manager)


def test_first_and_last_are_compared_and_the_missing_are_said(cast: Cast, manager: Client) -> None:
    answered(cast, 3, 9, 7)
    answered(cast, 4, 4)
    answered(cast, 5)
    answered(cast, 1, 10, scheme=cast.other_scheme)
    page = manager.get(ADDRESS).content.decode()
    assert (
        "3 people asked. 2 people answered at least twice and can be compared; 1 person cannot be compared yet." in page
    )
    assert "On average 2.0 higher (better), 2 people" in page
    assert "does not show that the support was the reason" in page
    assert "Nobody has answered twice yet" in page  # the three questions nobody answered


def test_the_file_says_the_same(cast: Cast, manager: Client) -> None:
    answered(cast, 3, 7)
    answer = manager.get(ADDRESS, {"format": "csv"})
    head, satisfied, *_ = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert head[:2] == ["Question", "Change"] and head[-1] == "Cannot be compared"
    assert satisfied[1:] == ["On average 4.0 higher (better), 1 person", "1", "0", "0", "0"]


def test_before_anybody_is_asked_and_before_anybody_is_asked_again(cast: Cast, manager: Client) -> None:
    assert "Nobody has been asked yet." in manager.get(ADDRESS).content.decode()
    answered(cast, 5)
    assert "Ask again at a review or at the end" in manager.get(ADDRESS).content.decode()


def test_the_managers_page_leads_there(cast: Cast, manager: Client) -> None:
    assert ADDRESS in manager.get(reverse("casework:allocation")).content.decode()


def test_for_whom(cast: Cast, manager: Client) -> None:
    for who, code in {"link_worker": 403, "safeguarding_lead": 403, "referrer": 403, "commissioner": 403}.items():
        assert cast.client(getattr(cast, who)).get(ADDRESS).status_code == code
    assert cast.client().get(ADDRESS).status_code == 302
    assert manager.post(ADDRESS).status_code == 405


def test_queries_do_not_grow_with_people(cast: Cast, manager: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        answered(cast, number, number + 1)
    manager.get(ADDRESS)
    with django_assert_max_num_queries(10):
        manager.get(ADDRESS)
