"""Who looked at a record, what changed and what was shared."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from linkworks.casework import actions
from linkworks.casework.models import Case
from tests.cast import Cast
from tests.factories import casework as make


@pytest.fixture
def case(cast: Cast) -> Case:
    return make.connected(cast)[0]


def page(cast: Cast, who: Any, case: Case, view: str = "") -> Any:
    return cast.client(who).get(reverse("casework:record", args=[case.pk]), {"view": view} if view else {})


def test_the_manager_sees_who_looked(cast: Cast, case: Case) -> None:
    cast.client(cast.link_worker).get(reverse("casework:case", args=[case.pk]))
    shown = page(cast, cast.manager, case).content.decode()
    assert "Amara Boateng" in shown and "Elm Tree Trust" in shown
    assert "Ruth Adeyemi" in shown, "looking at who looked is looking"


def test_what_changed_says_who_and_which_facts(cast: Cast, case: Case) -> None:
    shown = page(cast, cast.manager, case, "changed").content.decode()
    assert "The first conversation" in shown and "Their details" in shown
    assert "Changed: " in shown and "how it stands" in shown
    assert "next kind" not in shown and "state" not in shown  # names of columns say nothing to anybody


def test_a_step_that_was_taken_out_leaves_its_trace(cast: Cast) -> None:
    case, goal = make.with_goal(cast)
    make.do(cast.actor(cast.link_worker), actions.remove_step, goal.steps.get().pk)
    shown = strip_tags(page(cast, cast.manager, case, "changed").content.decode()).split()
    assert "Who Amara Boateng What A step of the plan How Removed" in " ".join(shown)


def test_what_was_shared_names_the_group_and_the_fields(cast: Cast, case: Case) -> None:
    shown = page(cast, cast.safeguarding_lead, case, "shared").content.decode()
    assert "Kettle and Company" in shown and "support need" in shown and "The person agreed" in shown


def test_an_empty_list_says_so(cast: Cast) -> None:
    assert "Nothing yet" in page(cast, cast.manager, make.waiting(cast), "shared").content.decode()


def test_the_case_page_leads_here_for_those_who_may(cast: Cast, case: Case) -> None:
    link = reverse("casework:record", args=[case.pk])
    for who, offered in ((cast.manager, True), (cast.link_worker, False)):
        shown = cast.client(who).get(reverse("casework:case", args=[case.pk])).content.decode()
        assert (link in shown) is offered


def test_wrong_role_stranger_signed_out_and_wrong_method(cast: Cast, case: Case) -> None:
    assert page(cast, cast.link_worker, case).status_code == 403
    assert page(cast, cast.outside_manager, case).status_code == 404
    assert page(cast, None, case).status_code == 302
    assert cast.client(cast.manager).post(reverse("casework:record", args=[case.pk])).status_code == 405


def test_queries_do_not_grow_with_what_happened(cast: Cast, case: Case, django_assert_max_num_queries: Any) -> None:
    page(cast, cast.manager, case)
    with django_assert_max_num_queries(60) as few:
        page(cast, cast.manager, case, "changed")
    for number in range(5):
        make.do(
            cast.actor(cast.link_worker), make.actions.record_contact, case, facts=make.spoke(note=f"Note {number}")
        )
    with django_assert_max_num_queries(len(few.captured_queries)):
        page(cast, cast.manager, case, "changed")
