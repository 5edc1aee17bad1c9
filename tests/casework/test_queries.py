"""What we know of cases: the morning, the caseload, the team, the timeline and what fits a goal."""

from datetime import timedelta
from typing import Any

import pytest

from linkworks.casework import actions, queries
from linkworks.casework.models import Case
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.core.actor import Actor
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import directory, referrals
from tests.factories.casework import do


def due_on(case: Case, days: int) -> None:
    Case.objects.filter(pk=case.pk).update(next_action_on=clock.today() + timedelta(days=days))


def morning(actor: Actor) -> Any:
    return do(actor, lambda *, by: queries.today_of(by))


class TestToday:
    @pytest.mark.parametrize(("days", "group"), [(-2, "overdue"), (0, "today"), (3, "soon")])
    def test_each_case_is_where_it_is_due(self, cast: Cast, worker: Actor, days: int, group: str) -> None:
        case = make.active(cast)
        due_on(case, days)
        found = morning(worker)
        assert [item.case_id for item in getattr(found, group)] == [case.pk]
        others = {"overdue", "today", "soon", "new"} - {group}
        assert not any(getattr(found, other) for other in others)

    def test_what_is_far_off_is_not_there(self, cast: Cast, worker: Actor) -> None:
        due_on(make.active(cast), 30)
        found = morning(worker)
        assert (found.caseload, found.soon) == (1, [])

    @pytest.mark.parametrize(("days", "group"), [(-3, "overdue"), (0, "new"), (3, "new")])
    def test_a_new_case_is_new_until_it_is_late(self, cast: Cast, worker: Actor, days: int, group: str) -> None:
        """The caseload calls it overdue from the same day on."""
        case = make.allocated(cast)
        due_on(case, days)
        found = morning(worker)
        assert [item.case_id for item in getattr(found, group)] == [case.pk]
        assert len(found.new) + len(found.overdue) == 1
        late = do(worker, lambda *, by: queries.caseload(by, due="overdue").count())
        assert late == len(found.overdue)

    def test_questions_and_no_shows_have_their_own_lists(
        self, cast: Cast, worker: Actor, provider: Actor, job: Actor
    ) -> None:
        _, _, connection = make.connected(cast)
        question = do(provider, connections.ask, connection, text="Stairs?", from_provider=True)
        do(job, actions.follow_question, question.pk)
        do(provider, connections.accept, connection)
        yesterday = clock.today() - timedelta(days=1)
        do(provider, connections.mark_attendance, connection, session_on=yesterday, attended="no", absence="acceptable")
        do(job, actions.follow_connection, connection.pk)
        found = morning(worker)
        assert (len(found.questions), len(found.no_shows)) == (1, 1)
        assert found.questions[0].connection_id == connection.pk

    def test_only_ones_own(self, cast: Cast, worker: Actor, colleague: Actor) -> None:
        due_on(make.active(cast), 0)
        assert morning(colleague).today == []

    def test_closed_cases_are_gone(self, cast: Cast, worker: Actor) -> None:
        make.closed(cast)
        assert morning(worker).caseload == 0

    def test_the_lead_sees_how_many_concerns_wait(self, cast: Cast, lead: Actor, worker: Actor) -> None:
        make.concern(cast)
        assert (morning(lead).concerns, morning(worker).concerns) == (1, 0)

    def test_queries_do_not_grow(self, cast: Cast, worker: Actor, django_assert_max_num_queries) -> None:
        for name in ("Ada", "Bea", "Cyd", "Dot"):
            due_on(make.active(cast, given_name=name), 0)
        with django_assert_max_num_queries(10):
            assert len(morning(worker).today) == 4


class TestCaseload:
    def names(self, actor: Actor, **asked: str) -> list[str]:
        return do(actor, lambda *, by: [case.person.given_name for case in queries.caseload(by, **asked)])

    def test_what_is_due_first_comes_first(self, cast: Cast, worker: Actor) -> None:
        for name, days in (("Ada", 5), ("Bea", -1), ("Cyd", 2)):
            due_on(make.active(cast, given_name=name), days)
        assert self.names(worker) == ["Bea", "Cyd", "Ada"]

    def test_a_task_due_sooner_decides_where_somebody_stands(self, cast: Cast, worker: Actor) -> None:
        for name, days in (("Ada", 5), ("Bea", 9)):
            due_on(make.active(cast, given_name=name), days)
        bea = Case.objects.get(person__given_name="Bea")
        for title, days in (("Later", 8), ("Ring Bea", -1)):
            do(worker, actions.add_task, bea, title=title, due_on=clock.today() + timedelta(days=days), token=title)
        assert self.names(worker) == ["Bea", "Ada"]
        assert self.names(worker, due="overdue") == ["Bea"]
        assert do(worker, lambda *, by: queries.caseload(by).first().soonest_task) == "Ring Bea"
        assert do(worker, lambda *, by: queries.team_of(by).overdue) == 1

    def test_by_state_and_words(self, cast: Cast, worker: Actor) -> None:
        make.active(cast, given_name="Ada")
        make.allocated(cast, given_name="Bea", family_name="Onyango")
        assert self.names(worker, state="allocated") == ["Bea"]
        assert self.names(worker, words="onyan bea") == ["Bea"]
        assert self.names(worker, words="nobody") == []

    def test_by_reference_however_it_is_typed(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        typed = case.reference.replace("-", "").lower()
        assert self.names(worker, words=typed) == ["Jean"]

    def test_a_manager_sees_everybodys_or_their_own(self, cast: Cast, manager: Actor) -> None:
        make.active(cast, given_name="Ada")
        make.active(cast, cast.manager, given_name="Bea")
        assert sorted(self.names(manager)) == ["Ada", "Bea"]
        assert self.names(manager, worker="me") == ["Bea"]

    def test_late_and_overdue(self, cast: Cast, manager: Actor) -> None:
        due_on(make.active(cast, given_name="Ada"), -1)
        late = make.allocated(cast, given_name="Bea")
        Case.objects.filter(pk=late.pk).update(first_contact_by=clock.today() - timedelta(days=1))
        assert self.names(manager, due="overdue") == ["Ada"]
        assert self.names(manager, due="late") == ["Bea"]


class TestTeam:
    def test_loads_and_the_suggestion(self, cast: Cast) -> None:
        make.active(cast)
        make.paused(cast)
        team = {each.name: each for each in queries.workers(cast.scheme.id)}
        assert set(team) == {"Amara Boateng", "Tomasz Zielinski", "Ruth Adeyemi"}
        assert team["Amara Boateng"].weight == 2
        assert queries.suggestion(cast.scheme.id, 2).worker.name == "Tomasz Zielinski"

    def test_a_scheme_with_nobody_suggests_nobody(self, cast: Cast) -> None:
        from linkworks.accounts.models import Membership

        Membership.objects.filter(scheme=cast.scheme).update(ends_on=clock.today())
        assert queries.suggestion(cast.scheme.id, 2) is None
        assert queries.safeguarding_owner(cast.scheme.id) is None

    def test_how_the_team_stands(self, cast: Cast, manager: Actor) -> None:
        make.waiting(cast, given_name="Ada")
        due_on(make.active(cast, given_name="Bea"), -1)
        team = do(manager, lambda *, by: queries.team_of(by))
        assert (team.waiting, team.overdue, team.open_cases, team.promises_missed) == (1, 1, 2, 0)

    def test_what_came_in_is_counted_until_it_is_decided(self, cast: Cast, manager: Actor) -> None:
        make.waiting(cast, given_name="Ada")
        do(cast.actor(cast.referrer), lambda *, by: referrals.sent(by, cast.scheme.id))
        assert do(manager, lambda *, by: queries.team_of(by)).to_decide == 1

    def test_those_promised_soonest_come_first(self, cast: Cast, manager: Actor) -> None:
        first, second = make.waiting(cast, given_name="Ada"), make.waiting(cast, given_name="Bea")
        Case.objects.filter(pk=second.pk).update(first_contact_by=clock.today())
        found = do(manager, lambda *, by: list(queries.waiting(by)))
        assert [case.pk for case in found] == [second.pk, first.pk]


class TestInbox:
    def test_somebody_known_is_offered_with_reasons(self, cast: Cast, worker: Actor) -> None:
        from tests.factories import people, referrals

        known = people.person(cast.scheme.id)
        referral = do(cast.actor(cast.referrer), lambda *, by: referrals.sent(by, cast.scheme.id))
        (found,) = do(worker, lambda *, by: queries.known_people(referral, by))
        assert found.match.person_id == known.pk
        assert found.open_case_reference == ""
        assert "same name" in found.match.why

    def test_with_their_open_case(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        referral = do(cast.actor(cast.referrer), lambda *, by: referrals.sent(by, cast.scheme.id))
        (found,) = do(worker, lambda *, by: queries.known_people(referral, by))
        assert (found.open_case_reference, found.worker_name) == (case.reference, "Amara Boateng")


class TestTimeline:
    def test_everything_that_happened_newest_first(self, cast: Cast, worker: Actor, provider: Actor) -> None:
        case, goal, connection = make.connected(cast)
        make.answers(cast, case, "start")
        do(worker, actions.record_contact, case, facts=make.spoke())
        do(worker, actions.record_unmet_need, case, facts=make.UNMET)
        do(provider, connections.ask, connection, text="Stairs?", from_provider=True)
        do(provider, connections.accept, connection)
        do(provider, connections.mark_attendance, connection, session_on=clock.today(), attended="yes")
        do(worker, actions.review_goals, case, reviews=[make.GoalReview(goal.pk, "achieve")])
        events = queries.timeline(make.fresh(case))
        kinds = {event.kind for event in events}
        expected = {
            "case",
            "contact",
            "conversation",
            "plan",
            "goal",
            "unmet",
            "measure",
            "connection",
            "attendance",
            "question",
        }
        assert kinds >= expected | {"referral"}
        assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)
        order = [(event.kind, event.move) for event in events]
        assert order.index(("attendance", "yes")) < order.index(("connection", "accept")), "They came after the yes."

    def test_it_does_not_grow_in_queries(self, cast: Cast, worker: Actor, django_assert_num_queries) -> None:
        case, _, _ = make.connected(cast)
        case = make.fresh(case)
        with django_assert_num_queries(15):
            queries.timeline(case)
        for _ in range(5):
            do(worker, actions.record_contact, case, facts=make.spoke())
        case = make.fresh(case)
        with django_assert_num_queries(15):
            queries.timeline(case)


class TestMatching:
    def test_what_fits_the_goal_with_reasons_and_the_rest_with_why_not(self, cast: Cast, worker: Actor) -> None:
        directory.postcode()
        make.service(cast, needs=["loneliness"], name="Lunch club")
        make.service(cast, needs=["loneliness"], name="Teenagers' table", maximum_age=18)
        case, goal, _ = make.planned(cast)
        found = queries.services_for_goal(case, queries.wanted_for(goal), by=worker)
        assert [each.name for each in found.sorted.fits] == ["Lunch club"]
        assert found.shown(found.sorted.fits)[0].reasons
        assert [(each.name, why[0].check) for each, why in found.sorted.others] == [("Teenagers' table", "age")]

    def test_without_a_postcode_distance_does_not_matter(self, cast: Cast, worker: Actor) -> None:
        make.service(cast, needs=["loneliness"], name="Lunch club")
        case = make.active(cast, postcode="")
        found = queries.services_for_goal(case, queries.Wanted("", ("loneliness",)), by=worker)
        assert [each.name for each in found.sorted.fits] == ["Lunch club"]


class TestSharingStart:
    def test_it_starts_with_the_goal_and_their_needs(self, cast: Cast, worker: Actor) -> None:
        case, goal, _ = make.planned(cast, access_needs=("hearing-loop",), language="pl", needs_interpreter=True)
        start = queries.sharing_start(goal, case)
        assert (start.name_shared, start.support_need) == ("Jean", make.WISH.words)
        assert start.access_and_language == "Hearing loop, speaks Polish, needs an interpreter"

    def test_an_emergency_contact_only_when_they_agreed(self, cast: Cast, worker: Actor) -> None:
        case, goal, _ = make.planned(cast)
        do(worker, actions.change_details, case, changes={"emergency_contact": "Her son, 020 7946 0002"})
        assert queries.sharing_start(goal, make.fresh(case)).emergency_contact == ""
        do(worker, actions.choose_sharing, case, choices={"emergency-contact": True}, how="In person")
        assert queries.sharing_start(goal, make.fresh(case)).emergency_contact == "Her son, 020 7946 0002"
