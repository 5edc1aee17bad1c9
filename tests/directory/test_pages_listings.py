"""The stewards' lists: listings by view and by name, page by page; feeds that were read, and what to look at."""

import re
from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.accounts.roles import ROLES, Role
from linkworks.core.clock import now, today
from linkworks.core.permissions import Permission
from linkworks.directory.models import ImportProblem, ImportRun, Service, Source
from tests.cast import Cast, member
from tests.factories import directory as make

LIST, IMPORTS = reverse("directory:steward-list"), reverse("directory:imports")


def page(client: Client, address: str = LIST, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def names(shown: str) -> list[str]:
    return [name.strip() for name in re.findall(r'href="/directory/[0-9a-f-]{36}">([^<]+)</a>', shown)]


@pytest.fixture
def kept(cast: Cast) -> None:
    organisation = make.organisation()
    for name, facts in {
        "Fresh": {"verified_on": today(), "verified_by": "Ines"},
        "Stale": {"verified_on": date(2026, 1, 5), "verified_by": "Ines"},
        "Never": {},
        "Held": {"is_published": False, "held_because": "Look at it."},
        "Gone": {},
    }.items():
        make.service(organisation, name=name, **facts)
    Service.objects.filter(name="Gone").update(gone_since=date(2026, 11, 2))


@pytest.mark.usefixtures("kept")
class TestViews:
    def test_each_holds_its_listings_and_its_count(self, steward: Client) -> None:
        every = ["Fresh", "Gone", "Held", "Never", "Stale"]
        views = {
            "all": every,
            "check": ["Gone", "Never", "Stale"],
            "held": ["Held"],
            "gone": ["Gone"],
            "no-such-view": every,
            "": every,
        }
        counted = {"All listings": 5, "Want checking": 3, "Held back": 1, "Left the list they came from": 1}
        for view, shown in views.items():
            found = page(steward, view=view)
            assert sorted(names(found)) == shown, view
            for label, count in counted.items():
                assert re.search(rf"{label}\D*{count}\b", found), label

    def test_what_nobody_checked_comes_before_what_was_checked_lately(self, steward: Client) -> None:
        order = names(page(steward))
        assert order.index("Never") < order.index("Stale") < order.index("Fresh")

    def test_why_it_is_held_and_since_when_it_is_gone_are_said(self, steward: Client) -> None:
        found = page(steward)
        assert "Look at it" in found
        assert "Left the list it came from on Monday 2 November 2026" in found

    def test_search_is_by_name_and_organisation(self, steward: Client) -> None:
        every = ["Fresh", "Gone", "Held", "Never", "Stale"]
        for words, shown in {
            "fresh": ["Fresh"],
            "  FRESH ": ["Fresh"],
            "kettle": every,
            "%": [],
            "'": [],
            "_": [],
        }.items():
            assert sorted(names(page(steward, q=words))) == shown, words

    def test_search_stays_in_its_view(self, steward: Client) -> None:
        assert names(page(steward, q="kettle", view="held")) == ["Held"]
        assert 'value="held"' in page(steward, q="kettle", view="held"), "the view is carried along by the search"
        found = page(steward, q="fresh")
        assert "?view=held&q=fresh" in found, "and the search by the view"
        assert re.search(r"All listings\D*1\b", found), "which counts what was found"

    def test_the_desk_of_one_that_is_gone_says_so(self, steward: Client) -> None:
        service = Service.objects.get(name="Gone")
        desk = page(steward, reverse("directory:steward-edit", args=[service.id]))
        assert "Left the list it came from on Monday 2 November 2026. Find out whether it still runs." in desk


def test_long_lists_are_paged_and_every_listing_is_there_once(steward: Client) -> None:
    organisation = make.organisation()
    Service.objects.bulk_create(Service(organisation=organisation, name=f"Club {number:02}") for number in range(27))
    first, second = page(steward), page(steward, page="2")
    assert (len(names(first)), len(names(second))) == (25, 2)
    assert sorted(names(first) + names(second)) == [f"Club {number:02}" for number in range(27)]
    assert "Showing 1 to 25 of 27" in first
    assert len(names(page(steward, page="2", q="club"))) == 2


def test_an_empty_directory_and_an_empty_view_are_said(steward: Client) -> None:
    assert "There are no listings here." in page(steward)
    make.service(verified_on=today())
    for view in ("held", "gone", "check"):
        assert "There are no listings here." in page(steward, view=view)


def test_long_and_odd_names_do_no_harm(steward: Client) -> None:
    make.service(name="Ünïcödé ‮ “Ø” " + "x" * 200, by_organisation=make.organisation("<b>Bold</b>"))
    raw = steward.get(LIST).content.decode()
    assert "x" * 200 in raw
    assert "<b>Bold" not in raw


def a_run(**facts: Any) -> ImportRun:
    source = Source.objects.get_or_create(
        name="Bramblewick", defaults={"address": "https://feed.example.org/services"}
    )[0]
    return ImportRun.objects.create(source=source, started_by="job:import-feed", **facts)


def problems(run: ImportRun, count: int) -> None:
    ImportProblem.objects.bulk_create(
        ImportProblem(run=run, outcome="noted", row_number=number, name=f"Row {number}", reason=f"Reason {number}.")
        for number in range(1, count + 1)
    )


class TestFeeds:
    def test_the_latest_reading_is_first_with_its_counts(self, steward: Client) -> None:
        a_run(read=3, created=3, finished_at=now())
        a_run(read=1234, updated=7, unchanged=1200, held=2, rejected=25, finished_at=now())
        shown = page(steward, IMPORTS)
        counts = [re.search(rf">\s*{count}\s*<", shown) for count in ("1234", "7", "1200", "25", "3")]
        assert all(counts)
        assert counts[0].start() < counts[-1].start()

    def test_many_readings_are_paged(self, steward: Client) -> None:
        for _ in range(26):
            a_run()
        assert "Showing 1 to 25 of 26" in page(steward, IMPORTS)
        assert page(steward, IMPORTS, page="2").count("Bramblewick,") == 1

    def test_problems_are_paged_by_fifty_in_the_order_of_the_rows(self, steward: Client) -> None:
        run = a_run()
        problems(run, 51)
        address = reverse("directory:import-run", args=[run.id])
        first = page(steward, address)
        assert [int(each) for each in re.findall(r"Reason (\d+)\.", first)] == list(range(1, 51))
        assert re.findall(r"Reason (\d+)\.", page(steward, address, page="2")) == ["51"]

    def test_each_reading_says_how_it_ended_and_shows_its_own_problems_as_words(self, steward: Client) -> None:
        stopped = a_run(stopped_because="The feed answered <b>503</b>.", finished_at=now())
        unfinished = a_run()
        problems(unfinished, 1)
        row = {"address": "SECRET"}
        ImportProblem.objects.create(
            run=unfinished, outcome="held", row_number=9, name="<img src=x>", reason="<script>x</script>", row=row
        )
        raw = {
            each: steward.get(reverse("directory:import-run", args=[each.id])).content.decode()
            for each in (stopped, unfinished)
        }
        for words in ("This feed could not be read", "The feed answered &lt;b&gt;503", "Nothing needs looking at."):
            assert words in raw[stopped]
        assert "Reason 1." not in raw[stopped], "another reading's problems are not shown"
        assert "Not finished" in raw[unfinished], "still being read, or killed"
        assert "Reason 1." in raw[unfinished]
        for unsaid in ("SECRET", "<img src=x", "<script>x"):
            assert unsaid not in raw[unfinished]


KEEPERS = {Role.DIRECTORY_STEWARD}
ASKED = [*KEEPERS, Role.LINK_WORKER, Role.TEAM_MANAGER, Role.PROVIDER_COORDINATOR, Role.ORGANISATION_ADMINISTRATOR]


def test_each_role_opens_the_desk_or_does_not(cast: Cast) -> None:
    """Those with the permission to keep the directory, and nobody else."""
    service, run = make.service(is_published=False), a_run()
    pages = [LIST, IMPORTS, reverse("directory:import-run", args=[run.id])]
    pages += [reverse(f"directory:{name}", args=[service.id]) for name in ("steward-edit", "steward-facts")]
    public = reverse("directory:service", args=[service.id])
    for role in ASKED:
        client = cast.client(member(f"Some {role.value}", role, cast.host, cast.scheme))
        expected = 200 if role in KEEPERS else 403
        some = pages if role in KEEPERS else pages[-1:]  # the table of every page and role asks for the others
        assert {address: client.get(address).status_code for address in some} == dict.fromkeys(some, expected), role
        assert client.get(public).status_code == (200 if role in KEEPERS else 404), role


def test_keeping_the_directory_is_a_permission_of_stewards_alone() -> None:
    assert {role for role, facts in ROLES.items() if Permission.DIRECTORY_EDIT in facts.permissions} == KEEPERS


def test_lists_can_only_be_read(steward: Client) -> None:
    for address in (LIST, IMPORTS, reverse("directory:import-run", args=[a_run().id])):
        for method in (steward.post, steward.put, steward.patch, steward.delete):
            assert method(address).status_code == 405
    assert steward.get(reverse("directory:import-run", args=[uuid4()])).status_code == 404
