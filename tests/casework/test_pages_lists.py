"""The lists: what they show, in how many queries, with search, paging and an empty state."""

import csv
import re
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from linkworks.audit.models import RecordView
from linkworks.casework import actions
from linkworks.casework.models import Case
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.people.actions import restrict
from linkworks.people.models import Person
from linkworks.referrals.rules import Reach
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.casework import do


def html(cast: Cast, page: str, who: Any = None, /, **asked: str) -> str:
    response = cast.client(who or cast.link_worker).get(reverse(f"casework:{page}"), asked)
    assert response.status_code == 200
    return response.content.decode()


class TestToday:
    def test_a_quiet_morning_says_so(self, cast: Cast) -> None:
        assert "Nothing is due" in html(cast, "today")

    def test_each_thing_has_its_next_click(self, cast: Cast) -> None:
        case = make.allocated(cast)
        page = html(cast, "today")
        assert reverse("casework:contact", args=[case.pk]) in page
        assert "First contact with Jean" in page

    def test_a_manager_sees_the_team(self, cast: Cast) -> None:
        make.waiting(cast)
        page = html(cast, "today", cast.manager)
        assert "Waiting for a worker" in page
        assert "First contact late" in page
        assert "First contact late" not in html(cast, "today")

    def test_the_lead_sees_concerns(self, cast: Cast) -> None:
        make.concern(cast)
        assert "1 safeguarding concern not acknowledged yet" in html(cast, "today", cast.safeguarding_lead)

    def test_queries_do_not_grow(self, cast: Cast, django_assert_max_num_queries) -> None:
        client, address = cast.client(cast.link_worker), reverse("casework:today")
        for name in ("Ada", "Bea", "Cyd", "Dot", "Eve"):
            make.allocated(cast, given_name=name)
        client.get(address)
        with django_assert_max_num_queries(26):
            client.get(address)


class TestCaseload:
    def test_empty(self, cast: Cast) -> None:
        assert "No cases here" in html(cast, "caseload")

    def test_found_and_not_found(self, cast: Cast) -> None:
        make.active(cast, given_name="Ada")
        assert "Ada Marlow" in html(cast, "caseload", q="ada")
        assert "Nothing was found" in html(cast, "caseload", q="zoe")

    def test_a_state_that_is_none_is_all(self, cast: Cast) -> None:
        make.active(cast, given_name="Ada")
        assert "Ada Marlow" in html(cast, "caseload", state="<script>")

    def test_a_colleagues_cases_are_not_there(self, cast: Cast) -> None:
        make.active(cast, given_name="Ada")
        assert "Ada Marlow" not in html(cast, "caseload", cast.colleague)
        assert "Ada Marlow" in html(cast, "caseload", cast.manager)

    def test_a_spreadsheet(self, cast: Cast) -> None:
        make.allocated(cast, given_name="=Zoë")
        response = cast.client(cast.link_worker).get(reverse("casework:caseload"), {"format": "csv"})
        assert response["Content-Type"].startswith("text/csv")
        assert response.content.startswith(b"\xef\xbb\xbf")  # without it Excel spoils the letters with accents
        head, row = csv.reader(StringIO(response.content.decode("utf-8-sig")))
        found = dict(zip(head, row, strict=True))
        assert (found["Name"], found["State"], found["Complexity"]) == ("'=Zoë Marlow", "New", "Usual")

    def test_pages(self, cast: Cast) -> None:
        first = make.active(cast)
        for number in range(26):
            copy_of(first, number)
        assert "Showing 1 to 25 of 27" in html(cast, "caseload")
        assert "Showing 26 to 27 of 27" in html(cast, "caseload", page="2")

    def test_queries_do_not_grow(self, cast: Cast, django_assert_max_num_queries) -> None:
        client, address = cast.client(cast.link_worker), reverse("casework:caseload")
        first = make.active(cast)
        client.get(address)
        with django_assert_max_num_queries(24) as before:
            client.get(address)
        for number in range(20):
            copy_of(first, number)
        with django_assert_max_num_queries(len(before)):
            client.get(address)


def copy_of(case: Case, number: int) -> Case:
    """Another case like it, quickly."""
    person = Person.objects.get(pk=case.person_id)
    person.id, person.nhs_number = uuid4(), ""
    person.save(force_insert=True)
    copy = Case.objects.get(pk=case.pk)
    copy.id, copy.reference, copy.person = uuid4(), f"C-COPY-{number:04}", person
    copy.save(force_insert=True)
    return copy


class TestInbox:
    def test_empty(self, cast: Cast) -> None:
        assert "Nobody is waiting" in html(cast, "inbox")

    def test_decided_referrals_are_in_their_own_view(self, cast: Cast) -> None:
        make.waiting(cast)
        assert "Jean Marlow" not in html(cast, "inbox")
        assert "Jean Marlow" in html(cast, "inbox", state="accepted")
        assert "Jean Marlow" not in html(cast, "inbox", cast.outsider, state="accepted")

    @pytest.mark.parametrize("message", [True, False])
    def test_how_it_is_safe_to_call_is_said_before_anybody_accepts(self, cast: Cast, message: bool) -> None:
        way = Reach("phone", "020 7946 0001", may_leave_message=message, may_say_who_is_calling=not message)
        sender = cast.actor(cast.referrer)
        referral = do(sender, lambda *, by: referrals.sent(by, cast.scheme.id, contact_channels=(way,)))
        page = cast.client(cast.link_worker).get(reverse("casework:inbox-referral", args=[referral.pk]))
        said = "may leave a message, do not say who is calling"
        other = "do not leave a message, may say who is calling"
        assert (said if message else other) in page.content.decode()


class TestAllocation:
    def test_empty(self, cast: Cast) -> None:
        assert "Nobody is waiting for a worker" in html(cast, "allocation", cast.manager)

    def test_who_waits_with_a_suggestion_and_the_team(self, cast: Cast) -> None:
        make.active(cast)
        make.waiting(cast, given_name="Ada")
        page = html(cast, "allocation", cast.manager)
        assert "Suggested: Tomasz Zielinski" in page
        assert "Amara Boateng" in page

    def test_a_missed_promise_is_said(self, cast: Cast) -> None:
        case = make.waiting(cast)
        Case.objects.filter(pk=case.pk).update(first_contact_by=clock.today() - timedelta(days=1))
        assert "Promise missed" in html(cast, "allocation", cast.manager)


class TestCase:
    def page(self, cast: Cast, case: Case, who: Any = None) -> str:
        return cast.client(who or cast.link_worker).get(reverse("casework:case", args=[case.pk])).content.decode()

    def test_who_looked_is_written_down(self, cast: Cast) -> None:
        case = make.active(cast)
        self.page(cast, case, cast.manager)
        view = RecordView.objects.get(person_id=case.person_id)
        assert (view.actor_name, view.page) == ("Ruth Adeyemi", "Case")

    def test_the_lead_reads_and_does_not_change(self, cast: Cast) -> None:
        page = self.page(cast, make.active(cast), cast.safeguarding_lead)
        assert "Record a contact" not in page
        assert "Raise a safeguarding concern" in page

    def test_raising_a_concern_is_one_click_away(self, cast: Cast) -> None:
        case = make.active(cast)
        assert reverse("casework:concern", args=[case.pk]) in self.page(cast, case)

    def test_what_is_not_safe_is_said_first(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        do(worker, actions.set_channel, case, kind="text", value="07700 900123", is_safe=False)
        assert "Do not use 07700 900123: it is not safe." in self.page(cast, case)

    def test_protected_is_said(self, cast: Cast, lead: Actor) -> None:
        case = make.active(cast)
        do(lead, restrict, case.person, level="protected", reason="Safety")
        assert "Protected record" in self.page(cast, case)

    def test_a_closed_case_says_why_and_can_be_opened_again(self, cast: Cast) -> None:
        page = self.page(cast, make.closed(cast))
        assert "Goals met" in page
        assert "Open this case again" in page

    def test_a_second_time_round_shows_the_first(self, cast: Cast) -> None:
        earlier = make.closed(cast)
        again = make.waiting(cast, person_id=earlier.person_id)
        assert earlier.reference in self.page(cast, again)
        assert again.reference not in self.page(cast, earlier)

    def test_the_new_worker_opens_what_a_colleague_closed_and_nobody_else_does(
        self, cast: Cast, colleague: Actor
    ) -> None:
        earlier = make.closed(cast)
        again = make.waiting(cast, person_id=earlier.person_id)
        address = reverse("casework:case", args=[earlier.pk])
        client = cast.client(cast.colleague)
        assert client.get(address).status_code == 404
        before = client.get(reverse("casework:case", args=[again.pk])).content.decode()
        assert earlier.reference in before and address not in before
        do(colleague, actions.allocate, again, worker_id=cast.colleague.id)
        assert address in client.get(reverse("casework:case", args=[again.pk])).content.decode()
        assert client.get(address).status_code == 200
        assert cast.client(cast.outsider).get(address).status_code == 404

    def test_change_is_shown_with_what_is_missing(self, cast: Cast) -> None:
        case = make.active(cast)
        make.answers(cast, case, "start", happy=None)
        page = self.page(cast, case)
        assert "the later answer is missing" in page

    def test_queries_do_not_grow_with_what_happened(
        self, cast: Cast, worker: Actor, django_assert_max_num_queries
    ) -> None:
        case, _, _ = make.connected(cast)
        client, address = cast.client(cast.link_worker), reverse("casework:case", args=[case.pk])
        client.get(address)
        with django_assert_max_num_queries(70) as before:
            client.get(address)
        for number in range(6):
            do(worker, actions.record_contact, case, facts=make.spoke())
            do(worker, actions.set_goal, case, facts=make.GoalFacts(words=f"Goal {number}"))
        with django_assert_max_num_queries(len(before)):
            client.get(address)


class TestPrint:
    def test_large_print(self, cast: Cast) -> None:
        case, _, _ = make.planned(cast)
        address = reverse("casework:plan-print", args=[case.pk])
        client = cast.client(cast.link_worker)
        assert "app-print--large" in client.get(address, {"size": "large"}).content.decode()
        assert "app-print--large" not in client.get(address).content.decode()

    def test_whom_to_ask_for_and_how_to_get_there(self, cast: Cast, worker: Actor) -> None:
        case, goal, _ = make.planned(cast)
        place = make.service(cast, ask_for="Maggie", getting_there="Bus 12 to Rye Lane")
        do(worker, actions.connect, goal, service_id=place.pk, sharing=make.SHARED)
        page = cast.client(cast.link_worker).get(reverse("casework:plan-print", args=[case.pk])).content.decode()
        for words in (make.WISH.words, "Maggie", "Bus 12 to Rye Lane", "Amara Boateng", case.reference):
            assert words in page

    def test_goals_stand_under_their_own_heading_and_places_under_their_goal(self, cast: Cast, worker: Actor) -> None:
        case, _, connection = make.connected(cast)
        page = cast.client(cast.link_worker).get(reverse("casework:plan-print", args=[case.pk])).content.decode()
        shown = [(int(level), text) for level, text in re.findall(r"<h([1-4])[^>]*>([^<]+)</h", page)]
        mine = shown.index((2, "My goals"))
        assert shown[mine + 1 : mine + 3] == [(3, make.WISH.words), (4, connection.service_name)]

    def test_not_agreed_is_said(self, cast: Cast) -> None:
        case, _ = make.with_goal(cast)
        assert (
            "Not agreed yet"
            in cast.client(cast.link_worker).get(reverse("casework:plan-print", args=[case.pk])).content.decode()
        )


@pytest.mark.parametrize("page", ["today", "caseload", "inbox", "allocation", "concerns"])
def test_lists_are_only_read(cast: Cast, page: str) -> None:
    assert cast.client(cast.manager).post(reverse(f"casework:{page}")).status_code == 405


@pytest.mark.parametrize("page", ["task-done", "step-done", "step-remove", "resume"])
def test_doing_is_only_posted(cast: Cast, page: str) -> None:
    assert cast.client(cast.manager).get(reverse(f"casework:{page}", args=[cast.scheme.id])).status_code == 405
