"""When what is asked says that a life may be at risk, the numbers for help now stand before everything else."""

import pytest
from django.test import Client

from tests.factories import directory as make

pytestmark = pytest.mark.django_db
PANEL = 'aria-labelledby="help-now-heading"'


@pytest.fixture(autouse=True)
def _listed(everything: None) -> None:
    make.postcode()
    make.service(needs=("low-mood",), kinds=("talking-support",))


def shown(client: Client, **asked: str) -> str:
    return client.get("/find", asked).content.decode()


def test_it_stands_before_the_form_and_before_what_was_found(client: Client) -> None:
    page = shown(client, q="I don't want to live any more")
    assert page.index(PANEL) < page.index('class="app-finder"') < page.index("1 service")
    for number in ("999", "111", "116123", "85258"):
        assert f"tel:{number}" in page or f"sms:{number}" in page


def test_other_questions_lead_straight_to_what_was_found(client: Client) -> None:
    assert PANEL not in shown(client, q="feeling low")
    assert PANEL not in shown(client)


@pytest.mark.parametrize("rest", [{"postcode": "nonsense"}, {"need": "nonsense"}, {"distance": "-1"}])
def test_it_is_there_although_something_else_asked_is_wrong(client: Client, rest: dict[str, str]) -> None:
    assert shown(client, q="I want to kill myself", **rest).count(PANEL) == 1


def test_it_is_there_once_where_nothing_is_found(client: Client) -> None:
    page = shown(client, q="I want to kill myself", language="Cornish", day="6")
    assert page.count(PANEL) == 1
