"""Who looked for somebody's goal comes back to it from a service's page, and can choose the service there."""

from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import directory

pytestmark = pytest.mark.usefixtures("everything")


def page(cast: Cast, who: object, **asked: str) -> str:
    service = directory.service(name="Kettle and talk")
    client = cast.client(who) if who else cast.client()
    return unescape(client.get(reverse("directory:service", args=[service.id]), asked).content.decode())


def test_the_search_for_a_goal_is_gone_back_to_with_what_was_asked(cast: Cast) -> None:
    _, goal, _ = make.planned(cast)
    said = page(cast, cast.link_worker, goal=str(goal.pk), words="tea & talk", within="8")
    back = reverse("casework:goal-match", args=[goal.pk]) + "?words=tea+%26+talk&within=8"
    assert said.count(f'href="{back}"') == 2, "at the top and under how to join"
    assert f"/cases/goals/{goal.pk}/connect/" in said and ">Choose this<" in said.replace("\n", "").replace(" <", "<")


def test_each_card_of_a_goals_matches_leads_there(cast: Cast) -> None:
    _, goal, _ = make.planned(cast)
    directory.service(needs=["loneliness"])
    address = reverse("casework:goal-match", args=[goal.pk])
    said = unescape(cast.client(cast.link_worker).get(address, {"within": "16"}).content.decode())
    assert f"?goal={goal.pk}&within=16" in said


@pytest.mark.parametrize("goal", ["https://evil.example.org", "//evil.example.org", "x", "../../find"])
def test_what_is_not_a_goal_leads_nowhere(cast: Cast, goal: str) -> None:
    said = page(cast, cast.link_worker, goal=goal)
    assert "evil.example.org" not in said and "Choose this" not in said and "Find something else" in said


def test_who_connects_nobody_is_not_offered_it(cast: Cast) -> None:
    for who in (None, cast.referrer):
        said = page(cast, who, goal=str(uuid4()))
        assert "Choose this" not in said and "/cases/goals/" not in said


def test_the_public_search_is_gone_back_to_as_before(cast: Cast) -> None:
    assert f'href="{reverse("directory:find")}?q=tea"' in page(cast, None, q="tea")
