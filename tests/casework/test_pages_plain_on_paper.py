"""What must stand out on the page stands out: an open concern when closing, and each goal on the printed plan."""

from html import unescape

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.rules.facts import ConcernFacts
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

WARNING = "A safeguarding concern is open"


@pytest.mark.parametrize("is_open", [True, False])
def test_an_open_concern_is_a_warning_of_its_own_when_closing(cast: Cast, is_open: bool) -> None:
    case, _, _ = make.planned(cast)
    if is_open:
        facts = ConcernFacts("A bruise on the arm.", immediate_danger=False, person_knows=True)
        do(cast.actor(cast.link_worker), actions.raise_concern, case, facts=facts)
    page = cast.client(cast.link_worker).get(reverse("casework:close", args=[case.pk])).content.decode()
    parts = [
        each[:600]
        for each in unescape(page).split("nhsuk-card--warning")[1:] + unescape(page).split("nhsuk-warning-callout")[1:]
    ]
    assert any(WARNING in each for each in parts) is is_open
    assert f"<li><strong>{WARNING}" not in page


def test_each_goal_of_the_printed_plan_is_kept_together(cast: Cast) -> None:
    case, goal, _ = make.planned(cast)
    for size in ("", "?size=large"):
        page = cast.client(cast.link_worker).get(reverse("casework:plan-print", args=[case.pk]) + size).content.decode()
        parts = [each.split("</section>")[0] for each in page.split('<section class="app-sheet__goal">')[1:]]
        assert len(parts) == 1 and goal.words in unescape(parts[0]), "its heading is inside, with what belongs to it"
        assert "<h2" not in parts[0]
