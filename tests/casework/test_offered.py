"""What a scheme asks and offers in a case: wellbeing at its own stages, and a usual number of conversations that stops nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.queries import Sessions, asked_at, case_file, closing_facts, is_to_ask
from linkworks.core import clock
from linkworks.core.errors import Invalid
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do, spoke

pytestmark = pytest.mark.django_db


def set_up(cast: Cast, **settings: Any) -> None:
    cast.scheme.settings = settings
    cast.scheme.save()


def shown(cast: Cast, name: str, case: Any, *more: str) -> str:
    return cast.client(cast.link_worker).get(reverse(f"casework:{name}", args=[case.pk, *more])).content.decode()


def talked(cast: Cast, case: Any, days_ago: int, result: str = "spoke") -> None:
    facts = spoke(result=result, happened_at=clock.now() - timedelta(days=days_ago))
    do(cast.actor(cast.link_worker), actions.record_contact, case, facts=facts)


@pytest.mark.parametrize(
    ("stages", "asked"),
    [
        (["start", "close"], {"start", "end"}),
        (["review"], {"review"}),
        (["start", "review", "close"], {"start", "review", "end"}),
    ],
)
def test_the_settings_stages_are_a_cases_stages(cast: Cast, stages: list[str], asked: set[str]) -> None:
    set_up(cast, measure_stages=stages)
    case = make.active(cast)
    assert asked_at(cast.scheme.id) == asked
    assert {stage for stage in ("start", "review", "end") if is_to_ask(case, stage)} == asked


def test_what_was_asked_is_not_asked_again(cast: Cast) -> None:
    set_up(cast, measure_stages=["start", "review"])
    case = make.active(cast)
    for stage in ("start", "review"):
        make.answers(cast, case, stage)
        assert not is_to_ask(case, stage)


def test_the_next_review_asks_anew(cast: Cast) -> None:
    set_up(cast, measure_stages=["review"])
    case = make.active(cast)
    answers = make.answers(cast, case, "review").answer_set
    answers.asked_on = clock.today() - timedelta(weeks=6)
    answers.save()
    assert is_to_ask(case, "review")


@pytest.mark.parametrize(("stages", "leads_to"), [(["start"], "measures/start"), (["close"], "")])
def test_after_the_first_conversation(cast: Cast, stages: list[str], leads_to: str) -> None:
    set_up(cast, measure_stages=stages)
    case = make.allocated(cast)
    said = {"what_matters": "My garden", "strengths": "Patience", "complexity": "2"}
    today = clock.today()
    day = {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}
    done = cast.client(cast.link_worker).post(reverse("casework:conversation", args=[case.pk]), {**said, **day})
    assert done["Location"] == reverse("casework:case", args=[case.pk]) + (f"/{leads_to}" if leads_to else "")


@pytest.mark.parametrize(("stages", "offered"), [(["review"], True), (["start", "close"], False)])
def test_a_review_asks_where_the_scheme_does(cast: Cast, stages: list[str], offered: bool) -> None:
    set_up(cast, measure_stages=stages)
    case = make.planned(cast)[0]
    assert (reverse("casework:measures", args=[case.pk, "review"]) in shown(cast, "review", case)) is offered


def test_a_scheme_that_does_not_ask_at_the_end_closes_without_saying_why_not(cast: Cast) -> None:
    set_up(cast, measure_stages=["start"])
    case = make.reviewed(cast)
    page = shown(cast, "close", case)
    assert "Why there are no closing answers" not in page
    assert "There are no closing answers" not in page
    assert not closing_facts(case).lacks_closing_answers
    cast.client(cast.link_worker).post(reverse("casework:close", args=[case.pk]), {"reason": "goals-met"})
    assert make.fresh(case).state == "closed"


def test_a_scheme_that_asks_at_the_end_hears_why_not(cast: Cast) -> None:
    set_up(cast, measure_stages=["close"])
    case = make.reviewed(cast)
    assert "Why there are no closing answers" in shown(cast, "close", case)
    with pytest.raises(Invalid, match="Record the closing answers first"):
        do(cast.actor(cast.link_worker), actions.close, case, reason="goals-met")


def test_a_start_nobody_asks_about_is_not_on_the_list_of_a_good_start(cast: Cast) -> None:
    set_up(cast, measure_stages=["close"])
    case = make.active(cast)
    assert "Wellbeing questions at the start" not in shown(cast, "case", case)
    make.answers(cast, case, "start")
    assert "Wellbeing questions at the start" in shown(cast, "case", case)


def sessions_of(cast: Cast, case: Any) -> Sessions:
    return case_file(make.fresh(case), cast.actor(cast.link_worker)).sessions


class TestSessions:
    def test_a_conversation_and_a_call_on_one_day_are_one(self, cast: Cast) -> None:
        case = make.active(cast)
        talked(cast, case, 0)
        assert sessions_of(cast, case).held == 1

    def test_each_day_they_talked_counts_and_tries_do_not(self, cast: Cast) -> None:
        case = make.active(cast)
        for days_ago in (1, 2, 2):
            talked(cast, case, days_ago)
        talked(cast, case, 3, result="no-answer")
        assert sessions_of(cast, case).held == 3

    def test_an_opened_case_begins_again(self, cast: Cast) -> None:
        set_up(cast, max_sessions=2)
        case = make.reviewed(cast)
        talked(cast, case, 5)
        do(cast.actor(cast.link_worker), actions.close, case, reason="goals-met", missing_because="Rang off")
        assert sessions_of(cast, case).is_reached
        again = do(cast.actor(cast.link_worker), actions.reopen, case, reason="She rang.")
        assert sessions_of(cast, again).held == 1  # today's conversation; last week's belongs to the first ending

    def test_it_is_said_and_stops_nothing(self, cast: Cast) -> None:
        set_up(cast, max_sessions=2)
        case = make.active(cast)
        said = "this scheme usually offers 2 conversations"
        assert said not in shown(cast, "case", case)
        talked(cast, case, 1)
        assert said in shown(cast, "case", case)
        talked(cast, case, 2)
        assert sessions_of(cast, case).held == 3
        assert "You have talked on 3 days" in shown(cast, "case", case)


def test_who_is_over_a_full_caseload_is_said_where_cases_are_given(cast: Cast) -> None:
    set_up(cast, caseload_weight_target=3)
    make.active(cast, complexity=3)
    case = make.waiting(cast, given_name="Ida", family_name="Noor", complexity=1)
    manager = cast.client(cast.manager)
    team = manager.get(reverse("casework:allocation")).content.decode()
    assert "A full caseload here is 3." in team
    assert team.count("Over a full caseload") == 1
    giving = manager.get(reverse("casework:allocate", args=[case.pk])).content.decode()
    assert giving.count("Over a full caseload") == 1
    to_her = manager.post(reverse("casework:allocate", args=[case.pk]), {"worker": str(cast.link_worker.id)})
    assert to_her.status_code == 302
    assert make.fresh(case).worker_id == cast.link_worker.id
