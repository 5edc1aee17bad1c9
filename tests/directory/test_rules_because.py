"""Why a service is shown for a goal, why it is not, and what would change it: the words."""

from decimal import Decimal
from typing import Any

import pytest

from linkworks.directory.rules import because, fitting, weights
from linkworks.directory.rules.because import Reason

from .test_rules_fitting import NEAR, TUESDAYS, service, wish


@pytest.mark.parametrize(
    ("facts", "asked", "said"),
    [
        ({"distance_km": 0.0}, NEAR, "About 5 minutes’ walk, less than 200 yards away"),
        ({"distance_km": 0.9}, NEAR, "About 15 minutes’ walk, 0.6 miles away"),
        ({"distance_km": 1.9}, NEAR, "About 30 minutes’ walk, 1.2 miles away"),
        ({"distance_km": 2.2}, NEAR, "1.4 miles away"),
        (
            {"distance_km": 0.9, "access_needs": ("wheelchair",)},
            {**NEAR, "access_needs": ("wheelchair",)},
            "0.6 miles away",
        ),
        ({"times": TUESDAYS}, {"times": ("TU-morning",)}, "Tuesday mornings, when they can go"),
        ({"times": ("TU",)}, {"times": ("TU-morning",)}, "Tuesdays: ask at what time"),
        ({"times": ()}, {"times": ("TU-morning",)}, "Times not known: ask them"),
        ({"is_free": True}, {"can_pay": Decimal(0)}, "Free"),
        ({"price": Decimal("2.50")}, {"can_pay": Decimal(5)}, "£2.50, which they can pay"),
        ({"price": None}, {"can_pay": Decimal(5)}, "Cost not known: ask them"),
        ({"wait_weeks": 3}, {}, "About 3 weeks' wait"),
        ({"needs": ("loneliness",)}, {}, "Helps with loneliness"),
        ({"goal_words": ("sing",)}, {}, "Speaks of “sing”, as in the goal"),
        ({"goal_needs": ("skills-learning",)}, {}, "Helps with learning and confidence, as in the goal"),
        ({"enjoyed": ("trains", "jam")}, {}, "Speaks of “trains”, which they enjoy"),
        ({"goal_words": ("sing",), "enjoyed": ("sing", "jam")}, {}, "Speaks of “jam”, which they enjoy"),
        ({"access_needs": ("step-free",)}, {"access_needs": ("step-free",)}, "Step-free access"),
        ({"languages": ("bn",)}, {"languages": ("bn",)}, "In Bengali"),
        ({"languages": ()}, {"languages": ("bn",)}, "Not known to be in Bengali: ask for an interpreter"),
        (
            {"advice_levels": ("casework",)},
            {"advice": "casework"},
            "Casework: forms, letters and calls on your behalf, until it is settled",
        ),
        ({"advice_levels": ("unsaid",)}, {"advice": "casework"}, "How far its advice goes is not known: ask them"),
        ({"for_whom": ("carers",)}, {"only_for": ("carers",)}, "Carers"),
        ({"for_whom": ("men-only", "older-people")}, {}, "Men only"),
    ],
)
def test_why_it_is_here(facts: dict[str, Any], asked: dict[str, Any], said: str) -> None:
    assert said in because.reasons(service(**facts), wish(**asked))


def test_nothing_is_said_of_what_nobody_asked() -> None:
    plain = service(times=TUESDAYS, price=Decimal(3), for_whom=("older-people",), needs=())
    assert because.reasons(plain, wish(needs=())) == ()


@pytest.mark.parametrize(
    ("facts", "asked", "first"),
    [
        ({"distance_km": 3.3}, NEAR, "A little further: 2.1 miles away"),
        (
            {"distance_km": 1.0, "times": TUESDAYS},
            {**NEAR, "times": ("SU-evening",)},
            "Not when they can go: Tuesday mornings",
        ),
        ({"distance_km": 1.0, "price": Decimal(9)}, {**NEAR, "can_pay": Decimal(2)}, "More than they can pay: £9"),
    ],
)
def test_what_nearly_fits_says_first_what_is_different_and_says_it_once(
    facts: dict[str, Any], asked: dict[str, Any], first: str
) -> None:
    one, what = service(**facts), wish(**asked)
    [(_, failed)] = fitting.sort_out([one], what).nearly
    said = because.reasons(one, what, failed)
    assert said[0] == first
    assert len([each for each in said if "away" in each]) == 1
    assert not [each for each in said[1:] if "when they can go" in each or "which they can pay" in each]


def test_every_must_have_says_what_would_change_it() -> None:
    assert set(because.CHANGES) == set(fitting.CHECKS) | {"need"}
    assert set(because.IMPROVES) <= set(weights.POINTS)


def test_all_that_stands_in_the_way_with_what_would_change_it() -> None:
    one = service(needs=("housing",), maximum_age=25, capacity_places=1, places_taken=1)
    said = because.why_not(one, wish(age=70), answers=False)
    assert [each.why for each in said] == [
        "Does not say that it helps with loneliness", "For people aged 25 and under", "Full",
    ]  # fmt: skip
    assert all(each.change for each in said)
    assert because.why_not(one, wish(age=70), answers=True)[0].why == "For people aged 25 and under"
    assert because.why_not(service(), wish(needs=()), answers=False)[0].why.endswith("is about what was asked for")


def test_what_stands_lower_says_by_which_points_and_behind_whom() -> None:
    first = service("First", distance_km=0.2, trust=100, capacity_places=4)
    lower = service("Lower", distance_km=1.0, trust=50)
    said = because.why_lower(lower, first, wish(**NEAR))
    assert [each.why for each in said] == [
        "How near it is: 5.0 points, where First has 9.0",
        "Places left: 0.0 points, where First has 3.0",
        "How far its facts can be trusted: 2.0 points, where First has 4.0",
    ]
    assert because.why_lower(first, first, wish(**NEAR)) == []


def test_who_was_sent_more_people_is_told_so_among_equals() -> None:
    busy, quiet = service("Busy", recently=9), service("Quiet", recently=1)
    assert because.why_lower(busy, quiet, wish()) == [
        Reason("People sent there lately: 9, and 1 to Quiet", "Among equals, the group with fewer comes first.")
    ]
    better = service("Quiet", recently=1, goal_words=("eat",))
    assert "lately" not in str(because.why_lower(busy, better, wish())), "they are not equals"


@pytest.mark.parametrize(
    ("facts", "asked", "open_"),
    [
        ({"times": ()}, {"times": ("TU-morning",)}, "Times not known: ask them"),
        ({"times": ("TU",)}, {"times": ("TU-morning",)}, "Tuesdays: ask at what time"),
        ({"price": None}, {"can_pay": Decimal(5)}, "Cost not known: ask them"),
        ({"languages": ()}, {"languages": ("bn",)}, "Not known to be in Bengali: ask for an interpreter"),
    ],
)
def test_what_nobody_knows_is_to_be_asked_and_no_reason_for_it(
    facts: dict[str, Any], asked: dict[str, Any], open_: str
) -> None:
    some = because.reasons(service(**facts), wish(**asked))
    assert [each for each in some if because.is_to_ask(each)] == [open_]
    assert [each for each in because.reasons(service(), wish()) if because.is_to_ask(each)] == []
