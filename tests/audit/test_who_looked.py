"""Who looked: written by each page that shows a person, kept behind the scheme's wall, read by those who answer for it."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkworks.audit.actions import record_view
from linkworks.audit.models import RecordView
from linkworks.audit.queries import changes_of, views_of
from linkworks.casework.models import Case
from linkworks.core import tenancy
from tests.cast import Cast
from tests.factories.casework import allocated

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return allocated(cast)


@pytest.fixture
def browser(cast: Cast) -> Client:
    return cast.client(cast.manager)


def looked(case: Case) -> list[str]:
    return list(views_of(case.person_id).values_list("page", flat=True))


PAGES = [
    f"casework:{name}"
    for name in (
        "case",
        "record",
        "contact",
        "conversation",
        "unmet",
        "details",
        "channels",
        "sharing",
        "close",
        "concern",
        "plan",
    )
]


@pytest.mark.parametrize("name", PAGES)
def test_opening_a_page_of_a_person_is_written_with_who_and_where(cast: Cast, case: Case, name: str) -> None:
    address = reverse(name, args=[case.pk])
    who = cast.manager if name == "casework:record" else cast.link_worker

    assert cast.client(who).get(address).status_code == 200

    [view] = views_of(case.person_id)[:1]
    assert (view.actor_id, view.actor_name) == (f"staff:{who.pk}", who.name)
    assert view.organisation_name == cast.host.name
    assert view.page and ":" not in view.page and "_" not in view.page


def test_a_page_that_was_refused_is_not_a_view(cast: Cast, case: Case) -> None:
    before = len(looked(case))
    for who in (cast.outsider, cast.referrer, cast.administrator, cast.steward):
        assert cast.client(who).get(reverse("casework:case", args=[case.pk])).status_code in {403, 404}

    assert len(looked(case)) == before


def test_a_form_sent_is_not_a_second_look(cast: Cast, case: Case) -> None:
    browser = cast.client(cast.link_worker)
    address = reverse("casework:case", args=[case.pk])
    browser.get(address)
    browser.post(address)

    assert len(looked(case)) == 1


def test_looking_at_who_looked_is_itself_a_look(browser: Client, case: Case, cast: Cast) -> None:
    address = reverse("casework:record", args=[case.pk])
    browser.get(address)

    page = browser.get(address).content.decode()

    assert page.count("Ruth Adeyemi") >= 2


def test_the_page_says_so_when_nobody_else_looked_or_nothing_was_shared(browser: Client, case: Case) -> None:
    page = browser.get(reverse("casework:record", args=[case.pk]), {"view": "shared"}).content.decode()

    assert re.search(r"[Nn]othing|[Nn]obody|[Nn]o ", page.split("<main")[1])


def look(case: Case, by: Any, count: int) -> None:
    for number in range(count):
        record_view(person_id=case.person_id, scheme_id=case.scheme_id, page=f"Page {number:03}", by=by)


def test_long_histories_come_in_pages_latest_first(browser: Client, case: Case, cast: Cast) -> None:
    look(case, cast.actor(cast.link_worker), 60)
    address = reverse("casework:record", args=[case.pk])

    first, second = browser.get(address).content.decode(), browser.get(address, {"page": 2}).content.decode()

    assert "Page 059" in first and "Page 000" not in first
    assert "Page 000" in second and "Page 059" not in second


def test_queries_do_not_grow_with_looks(browser: Client, case: Case, cast: Cast) -> None:
    address = reverse("casework:record", args=[case.pk])
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    look(case, cast.actor(cast.link_worker), 40)

    with CaptureQueriesContext(connection) as many:
        browser.get(address)

    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("who", "status"),
    [("manager", 200), ("safeguarding_lead", 200), ("link_worker", 403), ("signposter", 403), ("referrer", 403),
     ("administrator", 403), ("commissioner", 403), ("outside_manager", 404), ("outsider", 403)],
)  # fmt: skip
def test_only_who_answers_for_it_reads_who_looked(cast: Cast, case: Case, who: str, status: int) -> None:
    assert cast.client(getattr(cast, who)).get(reverse("casework:record", args=[case.pk])).status_code == status


def test_the_other_schemes_managers_never_see_a_look(cast: Cast, case: Case) -> None:
    look(case, cast.actor(cast.link_worker), 3)
    with tenancy.context(cast.actor(cast.outside_manager)):
        assert views_of(case.person_id).count() == RecordView.objects.count() == 0
        assert changes_of(case.person_id, [case.pk]) == []


def test_a_look_says_nothing_of_what_was_seen(cast: Cast, case: Case) -> None:
    look(case, cast.actor(cast.link_worker), 1)
    kept = RecordView.objects.values().get()

    assert set(kept) == {
        "id",
        "scheme_id",
        "person_id",
        "actor_id",
        "actor_name",
        "organisation_name",
        "page",
        "viewed_at",
    }
    assert case.person.family_name not in str(kept)


def test_a_person_nobody_knows_has_no_history(cast: Cast) -> None:
    assert not views_of(uuid4()).exists()
    assert changes_of(uuid4(), []) == []


def test_at_most_so_many_changes_are_read(cast: Cast, case: Case) -> None:
    every = changes_of(case.person_id, [case.pk])

    assert len(every) > 3
    assert changes_of(case.person_id, [case.pk], most=3) == every[:3]
    assert [each.at for each in every] == sorted((each.at for each in every), reverse=True)
    assert all(each.thing and each.done for each in every)
