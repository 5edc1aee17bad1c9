"""What a match must be, asked once and a question to a page; what nearly fits; and why a named group is not shown."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.casework import actions, queries
from linkworks.casework.models import Case, Goal, Limits
from linkworks.connections.models import Connection
from linkworks.core import clock
from linkworks.core.errors import Invalid
from linkworks.directory.models import Service
from linkworks.directory.rules import weights
from linkworks.directory.rules.facts import CostFacts
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import directory
from tests.factories.casework import do

TUESDAYS = "Tuesday mornings"


def started(cast: Cast, **details: Any) -> tuple[Client, Case, Goal]:
    directory.postcode()
    case, goal, _ = make.planned(cast, **details)
    return cast.client(cast.link_worker), case, goal


def matches(client: Client, goal: Goal, **asked: Any) -> str:
    return client.get(reverse("casework:goal-match", args=[goal.pk]), asked).content.decode()


def why(client: Client, goal: Goal, **asked: Any) -> str:
    return client.get(reverse("casework:goal-why", args=[goal.pk]), asked).content.decode()


def page(case: Case, about: str, goal: Goal | None = None) -> str:
    return reverse("casework:limits", args=[case.pk, about]) + (f"?goal={goal.pk}" if goal else "")


def keep(cast: Cast, case: Case, **said: Any) -> None:
    for about, value in said.items():
        do(cast.actor(cast.link_worker), actions.set_limit, case, about=about, said=value)


def group(cast: Cast, **facts: Any) -> Service:
    """A group on Tuesdays from midday, round the corner."""
    return directory.service(cast.provider, **{"needs": ("loneliness",), "costs": (), **facts})


def shown(html: str) -> list[str]:
    return re.findall(r"app-card__heading[^>]*>\s*<a[^>]*>\s*([^<]+?)\s*<", html)


ANSWERS: list[tuple[str, dict[str, Any], str, Any, str]] = [
    ("times", {"times": ["TU-morning", "TH-evening"]}, "times", ["TU-morning", "TH-evening"], "Tuesday mornings and Thursday evenings"),
    ("times", {}, "times", [], "Any time"),
    ("distance", {"within_km": "3.2"}, "within_km", 3.2, "Up to 2 miles"),
    ("distance", {"within_km": "50"}, "within_km", 50.0, "Any distance"),
    ("cost", {"can_pay": "2"}, "can_pay", "2", "Up to £2 each time"),
    ("cost", {"can_pay": "any"}, "can_pay", "any", "What it costs does not matter"),
    ("whom", {"only_for": ["women-only"]}, "only_for", ["women-only"], "Women only"),
    ("whom", {}, "only_for", [], "Everybody"),
]  # fmt: skip


@pytest.mark.parametrize(("about", "typed", "column", "kept", "said"), ANSWERS)
def test_one_question_to_a_page_kept_for_all_goals_and_not_asked_twice(
    cast: Cast, about: str, typed: dict[str, Any], column: str, kept: Any, said: str
) -> None:
    client, case, goal = started(cast)
    asked = client.get(page(case, about, goal)).content.decode()
    assert asked.count("<fieldset") == 1
    assert matches(client, goal).count("Not asked yet") == 4
    response = client.post(page(case, about, goal), typed)
    assert response.status_code == 302
    assert response["Location"] == reverse("casework:goal-match", args=[goal.pk])
    assert getattr(Limits.objects.get(case=case), column) == kept
    html = matches(client, goal)
    assert said in html and html.count("Not asked yet") == 3
    again = client.get(page(case, about, goal)).content.decode()
    assert again.count(" checked") == (len(kept) if isinstance(kept, list) else 1), "what was said stands there"


@pytest.mark.parametrize(
    ("about", "typed", "said"),
    [
        ("distance", {}, "Choose how far they can go"),
        ("cost", {}, "Choose what they can pay"),
        ("distance", {"within_km": "-5"}, "Choose one of the answers shown"),
        ("cost", {"can_pay": "3"}, "Choose one of the answers shown"),
        ("times", {"times": ["XX-noon"]}, "Choose one of the answers shown"),
        ("whom", {"only_for": ["left-handed"]}, "Choose one of the answers shown"),
    ],
)
def test_what_is_no_answer_is_refused_in_words_and_nothing_is_kept(
    cast: Cast, about: str, typed: dict[str, Any], said: str
) -> None:
    client, case, _ = started(cast)
    response = client.post(page(case, about), typed)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Limits.objects.exists()


@pytest.mark.parametrize(
    ("about", "said"),
    [("times", ["NE-ver"]), ("only_for", ["x"]), ("can_pay", "3"), ("within_km", 0), ("within_km", 51)],
)
def test_nor_does_the_action_keep_it(cast: Cast, about: str, said: Any) -> None:
    _, case, _ = started(cast)
    with pytest.raises(Invalid):
        keep(cast, case, **{about: said})


def test_who_may_ask_and_answer(cast: Cast) -> None:
    _, case, goal = started(cast)
    for about in ("times", "distance", "cost", "whom"):
        assert cast.client(cast.outsider).get(page(case, about)).status_code == 404
        assert cast.client(cast.referrer).get(page(case, about)).status_code == 403
        assert cast.client().get(page(case, about)).status_code == 302
    assert cast.client(cast.link_worker).get(page(case, "shoe-size")).status_code == 404
    named = reverse("casework:goal-why", args=[goal.pk])
    assert cast.client(cast.outsider).get(named).status_code == 404
    assert cast.client(cast.referrer).get(named).status_code == 403
    assert cast.client().get(named).status_code == 302
    assert cast.client(cast.link_worker).post(named).status_code == 405


def test_it_goes_back_to_a_goal_of_this_case_only(cast: Cast) -> None:
    client, case, _ = started(cast)
    for asked in ("1", "00000000-0000-4000-8000-000000000000", ""):
        response = client.post(reverse("casework:limits", args=[case.pk, "whom"]) + f"?goal={asked}", {})
        assert response["Location"] == reverse("casework:plan", args=[case.pk])


def test_what_they_can_manage_filters_and_each_result_says_why(cast: Cast) -> None:
    client, case, goal = started(cast)
    tuesday = group(cast, name="Tuesday table", costs=(CostFacts(amount=Decimal(0)),))
    group(cast, name="Dear table", costs=(CostFacts(amount=Decimal(9)),))
    keep(cast, case, times=["TU-afternoon"], can_pay="2", within_km=3.2)
    Service.objects.filter(pk=tuesday.pk).update(
        capacity_places=5, places_taken=2, capacity_checked_on=date(2026, 11, 12), person_attributes=["women-only"]
    )
    html = matches(client, goal)
    assert "1 service fits" in html
    for reason in (
        "when they can go",
        "Free",
        "Women only",
        "minutes’ walk",
        "3, told us on Thursday 12 November 2026",
    ):
        assert reason in html, reason
    keep(cast, case, only_for=["men-only"])
    assert "No services fit" in matches(client, goal) or "0 services fit" in matches(client, goal)


def test_what_they_said_they_enjoy_lifts_a_group_and_is_said(cast: Cast) -> None:
    client, case, goal = started(cast)
    make.service(cast, name="A plain table", needs=["loneliness"])
    bench = directory.service(cast.provider, name="Bench", needs=("loneliness",), description="We build model trains.")
    case.conversation.interests = "Trains, and her neighbour’s cat"
    case.conversation.save()
    html = matches(client, goal)
    assert "Speaks of “trains”, which they enjoy" in html
    assert html.index(f"services/{bench.pk}") < html.index("A plain table")


def test_too_little_fits_so_what_differs_in_one_thing_is_shown_and_says_so(cast: Cast) -> None:
    client, case, goal = started(cast)
    group(cast, name="Dear table", costs=(CostFacts(amount=Decimal(9)),))
    make.service(cast, name="Young table", needs=["loneliness"], maximum_age=20)
    keep(cast, case, can_pay="2")
    html = matches(client, goal)
    assert "Nearly fits" in html and "More than they can pay: £9" in html
    assert shown(html) == ["Dear table"], "nobody's age is set aside"
    [card] = re.findall(r'<li class="app-card.*?</dl>', html, re.S)
    assert "More than they can pay" in card.split("app-card__reasons")[0], "what is different is no reason for it"
    assert "refuses nobody" in html and reverse("casework:unmet", args=[case.pk]) in html


def test_what_nobody_knows_is_asked_and_not_ticked(cast: Cast) -> None:
    client, case, goal = started(cast)
    group(cast, name="Quiet table", sessions=())
    keep(cast, case, times=["TU-morning"], can_pay="2")
    html = matches(client, goal)
    ticked, _, asks = html.partition("app-card__reasons--asks")
    for said in ("Times not known: ask them", "Cost not known: ask them"):
        assert said in asks and said not in ticked


def test_a_full_group_sinks_says_so_and_can_be_asked_all_the_same(cast: Cast) -> None:
    client, _, goal = started(cast)
    full = make.service(cast, name="Famous", needs=["loneliness"], capacity_places=1, places_taken=1, wait_weeks=6)
    make.service(cast, name="Small", needs=["loneliness"])
    html = matches(client, goal)
    assert html.index("Small") < html.index("Full now") < html.index("Famous")
    assert "people wait about 6 weeks" in html
    assert reverse("casework:connect", args=[goal.pk, full.pk]) in html


def test_the_group_with_fewer_lately_comes_first_among_equals(cast: Cast) -> None:
    client, _, goal = started(cast)
    for name in ("A famous one", "B small one"):
        make.service(cast, name=name, needs=["loneliness"])
    assert shown(matches(client, goal)) == ["A famous one", "B small one"]
    _, other, _ = make.planned(cast)
    famous = Service.objects.get(name="A famous one")
    sent = do(cast.actor(cast.link_worker), actions.connect, other, service_id=famous.pk, sharing=make.SHARED)
    assert shown(matches(client, goal)) == ["B small one", "A famous one"]
    Connection.objects.filter(pk=sent.pk).update(sent_at=clock.now() - timedelta(days=29))
    assert shown(matches(client, goal)) == ["A famous one", "B small one"], "what is long ago no longer counts"


class TestWhy:
    def test_each_thing_in_the_way_and_what_would_change_it(self, cast: Cast) -> None:
        client, case, goal = started(cast)
        group(
            cast,
            name="Night owls",
            needs=("housing",),
            maximum_age=20,
            costs=(CostFacts(amount=Decimal(9)),),
            is_referable=False,
        )
        keep(cast, case, can_pay="2", times=["SU-morning"])
        html = why(client, goal, name="night owls")
        for said in (
            "Does not say that it helps with", "Does not take people from link workers", "For people aged 20 and under",
            "Not when they can go", "More than they can pay: £9", "change when the person can go",
        ):  # fmt: skip
            assert said in html, said

    def test_what_is_shown_says_where_it_stands_and_behind_whom(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        make.service(cast, name="Near table", needs=["loneliness"], capacity_places=9)
        make.service(cast, name="Plain table", needs=["loneliness"], capacity_places=None)
        assert "stands first" in why(client, goal, name="Near table")
        html = why(client, goal, name="Plain table")
        assert "it stands 2nd of 2" in html
        assert "Places left: 0.0 points, where Near table has 3.0" in html

    @pytest.mark.parametrize(
        "hidden",
        [
            {"is_published": False},
            {"status": "defunct"},
            {"status": "temporarily closed"},
            {"offered_until": date(2020, 1, 1)},
        ],
    )
    def test_of_what_may_not_be_known_nothing_is_said(self, cast: Cast, hidden: dict[str, Any]) -> None:
        client, _, goal = started(cast)
        secret = make.service(cast, name="Harbour refuge", needs=["loneliness"], maximum_age=20)
        assert "For people aged 20 and under" in why(client, goal, name="Harbour refuge")
        Service.objects.filter(pk=secret.pk).update(**hidden)
        html = why(client, goal, name="Harbour refuge")
        assert "We know no group or service of that name" in html
        assert str(secret.pk) not in html and "aged 20" not in html

    def test_a_hidden_address_is_in_no_reason(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        where = directory.place(name="Canary House", address_1="9 Canary Row", is_address_hidden=True)
        group(cast, name="Quiet house", needs=("housing",), maximum_age=20, places=(where,))
        html = why(client, goal, name="Quiet house") + matches(client, goal, words="quiet house")
        assert "Quiet house" in html and "Canary" not in html

    def test_a_name_is_asked_for_and_the_look_is_kept(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        html = why(client, goal, name="", words="tea", within="8")
        assert "Type the name of a group or service" in html
        assert '<input type="hidden" name="words" value="tea">' in html
        assert f"{reverse('casework:goal-match', args=[goal.pk])}?words=tea&amp;within=8" in html

    def test_statements_do_not_grow(self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        client, _, goal = started(cast)
        for number in range(6):
            make.service(cast, name=f"Table {number}", needs=["loneliness"])
        why(client, goal, name="Table")
        with django_assert_max_num_queries(45):
            why(client, goal, name="Table")


def test_limits_of_nobody_asked_are_not_stored_by_looking(cast: Cast) -> None:
    client, case, goal = started(cast)
    matches(client, goal)
    assert not Limits.objects.exists()
    assert queries.wanted_for(goal).within_km == 5.0
    keep(cast, case, within_km=8)
    assert queries.wanted_for(goal, Limits.objects.get(case=case)).within_km == 8


def test_how_results_are_put_in_order_is_public_and_the_table_itself(cast: Cast) -> None:
    html = cast.client().get(reverse("directory:order")).content.decode()
    for each in weights.TABLE:
        assert f"{each.label}</th>" in html and each.words in html
    assert "Nobody is refused anything" in html


def test_two_people_who_differ_only_in_who_they_are_get_the_same_answer(cast: Cast) -> None:
    _, case, goal = started(cast)
    for number in range(4):
        make.service(cast, name=f"Table {number}", needs=["loneliness"], maximum_age=90 if number % 2 else None)
    actor = cast.actor(cast.link_worker)

    def answer() -> tuple[Any, list[Any]]:
        limits, wanted = queries.limits_of(case), queries.wanted_for(goal)
        seeking = do(actor, queries.seeking_for, case, wanted, limits)
        return seeking, do(actor, queries.services_for_goal, case, wanted).sorted.fits

    before = answer()
    for who in (
        {"given_name": "Mohammed", "family_name": "Okafor", "chosen_name": "Mo"},
        {"pronouns": "they/them"},
        {"address": "Traveller site, Plot 4", "emergency_contact": "My husband Idris"},
        {"nhs_number": "9434765919", "language": "so"},
    ):
        for name, value in who.items():
            setattr(case.person, name, value)
        assert answer() == before, who


def test_advice_has_to_go_as_far_as_somebody_needs(cast: Cast) -> None:
    client, _, goal = started(cast)
    group(cast, name="Forms and calls", kinds=("debt-advice",), advice_levels=("casework",))
    group(cast, name="Leaflets", kinds=("debt-advice",), advice_levels=("information",))
    group(cast, name="Who knows", kinds=("debt-advice",))
    group(cast, name="Lunch")
    assert set(shown(matches(client, goal, needs="loneliness"))) == {
        "Forms and calls",
        "Leaflets",
        "Who knows",
        "Lunch",
    }
    asked = {"needs": "loneliness", "advice": "casework"}
    found = matches(client, goal, **asked)
    assert set(shown(found)) == {"Forms and calls", "Who knows"}
    assert "How far its advice goes is not known: ask them" in found
    assert '<option value="casework" selected>' in found
    assert "Its advice is said to be: information" in why(client, goal, name="Leaflets", **asked)
    assert "look for advice of any kind" in why(client, goal, name="Leaflets", **asked)
    assert set(shown(matches(client, goal, needs="loneliness", advice="court"))) >= {"Lunch"}
