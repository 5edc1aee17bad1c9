"""A group without a free place is asked only with a reason from the list: the group reads it, and it is counted."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions, queries
from linkworks.casework.models import GoalConnection, UnmetNeed
from linkworks.casework.rules.facts import UnmetFacts
from linkworks.connections.models import Connection, ConnectionMove
from linkworks.connections.queries import seen
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.directory.models import Service
from linkworks.people.actions import restrict
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

WHY = "nothing-else"
READS = "nothing else like it has a free place"
FULL = {"capacity_places": 0}


def ask(cast: Cast, goal: Any, place: Service, why: str = WHY) -> Connection:
    act = actions.connect
    return do(cast.actor(cast.link_worker), act, goal, service_id=place.id, sharing=make.SHARED, although_full=why)


class TestAskingAFullGroup:
    @pytest.mark.parametrize("facts", [FULL, {"capacity_places": 5, "places_taken": 5}])
    @pytest.mark.parametrize("why", ["", "   ", "Her neighbour goes and would bring her.", "full", "Nothing-Else"])
    def test_without_a_reason_of_the_list_nothing_is_sent(self, cast: Cast, facts: dict[str, int], why: str) -> None:
        _, goal, _ = make.planned(cast)
        with pytest.raises(Invalid, match="no free place") as problem:
            ask(cast, goal, make.service(cast, **facts), why)
        assert problem.value.field == "although_full"
        assert not Connection.objects.exists() and not GoalConnection.objects.exists()

    def test_with_a_reason_it_is_sent_and_the_reason_stays_with_it(self, cast: Cast) -> None:
        _, goal, _ = make.planned(cast)
        made = ask(cast, goal, make.service(cast, **FULL))
        assert made.state == "sent"
        assert made.although_full == WHY
        assert (
            ConnectionMove.objects.get(connection=made, move="send").reason == "Nothing else like it has a free place"
        )

    def test_the_group_reads_it(self, cast: Cast) -> None:
        _, goal, _ = make.planned(cast)
        made = ask(cast, goal, make.service(cast, **FULL))
        assert seen(made).although_full == WHY
        page = cast.client(cast.provider_coordinator).get(reverse("providers:connection", args=[made.pk]))
        assert f"asks all the same: {READS}." in page.content.decode() and "no free place" in page.content.decode()

    @pytest.mark.parametrize("facts", [{"capacity_places": 5}, {"capacity_places": None}])
    def test_with_room_a_reason_is_neither_asked_for_nor_kept(self, cast: Cast, facts: dict[str, Any]) -> None:
        _, goal, _ = make.planned(cast)
        made = ask(cast, goal, make.service(cast, **facts))
        assert made.although_full == seen(made).although_full == ""

    def test_pressed_twice_it_is_asked_once(self, cast: Cast, worker: Actor) -> None:
        _, goal, _ = make.planned(cast)
        facts = {"service_id": make.service(cast, **FULL).id, "sharing": make.SHARED, "although_full": WHY}
        first, again = (do(worker, actions.connect, goal, **facts, token="same") for _ in range(2))
        assert first == again and GoalConnection.objects.count() == 1


class TestTheForm:
    ANSWERS = {
        "name_shared": "Jean", "contact_shared": "Through the link worker", "support_need": "Company at lunch",
        "agreed": "on", "agreed_how": "On the telephone",
    }  # fmt: skip

    def test_the_question_is_asked_only_of_a_full_group(self, cast: Cast) -> None:
        _, goal, _ = make.planned(cast)
        client = cast.client(cast.link_worker)
        for place, asked in ((make.service(cast, **FULL), True), (make.service(cast, name="Roomy club"), False)):
            said = client.get(reverse("casework:connect", args=[goal.pk, place.pk])).content.decode()
            assert ("Why do you ask them all the same?" in said) is asked

    def test_left_empty_it_is_refused_and_everything_typed_stays(self, cast: Cast) -> None:
        _, goal, _ = make.planned(cast)
        address = reverse("casework:connect", args=[goal.pk, make.service(cast, **FULL).pk])
        client = cast.client(cast.link_worker)
        refused = client.post(address, self.ANSWERS)
        assert refused.status_code == 400 and "Company at lunch" in refused.content.decode()
        assert not Connection.objects.exists()
        typed = client.post(address, {**self.ANSWERS, "although_full": "She is lonely and would love it"})
        assert typed.status_code == 400 and not Connection.objects.exists()
        assert client.post(address, {**self.ANSWERS, "although_full": WHY}).status_code == 302
        assert Connection.objects.get().although_full == WHY

    def test_filled_up_while_the_form_was_open_it_asks_why(self, cast: Cast) -> None:
        _, goal, _ = make.planned(cast)
        place = make.service(cast)
        Service.objects.filter(pk=place.pk).update(places_taken=place.capacity_places)
        refused = cast.client(cast.link_worker).post(
            reverse("casework:connect", args=[goal.pk, place.pk]), self.ANSWERS
        )
        assert refused.status_code == 400 and "Why do you ask them all the same?" in refused.content.decode()

    def test_a_full_group_can_be_asked_from_the_page_that_leaves_it_out(self, cast: Cast) -> None:
        _, goal, _ = make.planned(cast)
        full = make.service(cast, needs=["loneliness"], **FULL)
        barred = make.service(cast, name="No link workers", needs=["loneliness"], is_referable=False)
        said = cast.client(cast.link_worker).get(reverse("casework:goal-match", args=[goal.pk])).content.decode()
        assert reverse("casework:connect", args=[goal.pk, full.pk]) in said
        assert reverse("casework:connect", args=[goal.pk, barred.pk]) not in said


class TestWhatIsMissing:
    def nothing_fits(self, cast: Cast, case: Any, need: str = "loneliness", reason: str = "full-or-long-wait") -> Any:
        return do(cast.actor(cast.link_worker), actions.record_unmet_need, case, facts=UnmetFacts(need, reason))

    def found(self, manager: Actor) -> queries.Gaps:
        return do(manager, lambda *, by: queries.gaps(by))

    def test_both_ways_of_having_no_room_are_counted(self, cast: Cast, manager: Actor) -> None:
        case, goal, _ = make.planned(cast)
        ask(cast, goal, make.service(cast, **FULL))
        self.nothing_fits(cast, case)
        self.nothing_fits(cast, case)
        self.nothing_fits(cast, case, "bereavement", "too-far")
        found = self.found(manager)
        assert (found.unfunded, found.times) == (3, 4)
        assert [(each.need, each.why, each.group, each.times) for each in found.rows] == [
            ("loneliness", "full-or-long-wait", "", 2),
            ("bereavement", "too-far", "", 1),
            ("loneliness", "full-or-long-wait", "Tuesday lunch club", 1),
        ]

    def test_what_was_resolved_is_still_counted_and_said_to_be(self, cast: Cast, worker: Actor, manager: Actor) -> None:
        unmet = self.nothing_fits(cast, make.active(cast))
        do(worker, actions.resolve_unmet_need, unmet, resolution="A new club opened.")
        (row,) = self.found(manager).rows
        assert (row.times, row.unresolved) == (1, 0)

    def test_a_goal_without_a_need_counts_too(self, cast: Cast, worker: Actor, manager: Actor) -> None:
        case = make.active(cast)
        goal = do(worker, actions.set_goal, case, facts=make.GoalFacts("I want to sing"))
        ask(cast, goal, make.service(cast, **FULL))
        assert [each.need for each in self.found(manager).rows] == [""]
        assert "Not said" in cast.client(cast.manager).get(reverse("casework:gaps")).content.decode()

    def test_what_is_older_than_a_year_is_not(self, cast: Cast, manager: Actor) -> None:
        unmet = self.nothing_fits(cast, make.active(cast))
        UnmetNeed.objects.filter(pk=unmet.pk).update(created_at=clock.now() - timedelta(days=370))
        assert self.found(manager).rows == []

    def test_another_schemes_gaps_and_somebody_protecteds_are_not(
        self, cast: Cast, manager: Actor, lead: Actor
    ) -> None:
        case = make.active(cast)
        self.nothing_fits(cast, case)
        assert do(cast.actor(cast.outside_manager), lambda *, by: queries.gaps(by)).rows == []
        do(lead, restrict, case.person, level="protected", reason="Known here")
        assert self.found(manager).rows == []

    def test_the_page_and_the_spreadsheet_say_the_same_and_name_nobody(self, cast: Cast) -> None:
        case, goal, _ = make.planned(cast)
        ask(cast, goal, make.service(cast, name="=Lunch"))
        Service.objects.update(capacity_places=0)
        ask(cast, goal, make.service(cast, name="=HYPERLINK", **FULL))
        self.nothing_fits(cast, case)
        client = cast.client(cast.manager)
        said = client.get(reverse("casework:gaps")).content.decode()
        answer = client.get(reverse("casework:gaps"), {"format": "csv"})
        head, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
        assert answer["Content-Type"].startswith("text/csv") and head[0] == "Need"
        assert sorted(row[2] for row in rows) == ["", "'=HYPERLINK"]
        assert "2 gaps were recorded" in said and "=Lunch" not in said and "Feeling alone or isolated" in said
        assert "Marlow" not in said and case.reference not in said and WHY not in said

    def test_nothing_missing_is_said(self, cast: Cast) -> None:
        assert (
            "Nothing was recorded as missing"
            in cast.client(cast.manager).get(reverse("casework:gaps")).content.decode()
        )

    def test_for_whom(self, cast: Cast) -> None:
        address = reverse("casework:gaps")
        for who, code in {"manager": 200, "link_worker": 403, "safeguarding_lead": 403, "commissioner": 403}.items():
            assert cast.client(getattr(cast, who)).get(address).status_code == code
        assert cast.client().get(address).status_code == 302
        assert cast.client(cast.manager).post(address).status_code == 405

    def test_queries_do_not_grow_with_gaps(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        case = make.active(cast)
        for need in ("loneliness", "bereavement", "housing", "benefits"):
            self.nothing_fits(cast, case, need)
        client = cast.client(cast.manager)
        client.get(reverse("casework:gaps"))
        with django_assert_max_num_queries(12):
            client.get(reverse("casework:gaps"))
