"""News that comes late: an absence put right, and what a group says after the case was closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.accounts.models import Membership
from linkworks.casework import actions, queries
from linkworks.casework.models import Case, Task
from linkworks.casework.presenters import sheets
from linkworks.casework.rules.facts import AttendanceFacts
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.people.actions import restrict
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def accepted(cast: Cast) -> tuple[Case, Connection]:
    case, _, connection = make.connected(cast)
    do(cast.actor(cast.provider_coordinator), connections.accept, connection)
    return case, connection


def mark(cast: Cast, job: Actor, connection: Connection, attended: str) -> None:
    absence = "acceptable" if attended == "no" else ""
    facts = AttendanceFacts(session_on=clock.today(), attended=attended, absence=absence)
    do(cast.actor(cast.link_worker), actions.record_attendance, connection, facts=facts)
    do(job, actions.follow_connection, connection.pk)


def no_shows(case: Case) -> list[bool]:
    """Each task about somebody who did not come: whether it is done."""
    return [each.done_at is not None for each in Task.objects.filter(case=case, kind="no-show")]


class TestAnAbsencePutRight:
    @pytest.mark.parametrize("came", ["yes", "late"])
    def test_there_is_nothing_left_to_ask(self, cast: Cast, job: Actor, came: str) -> None:
        case, connection = accepted(cast)
        mark(cast, job, connection, "no")
        assert no_shows(case) == [False]
        mark(cast, job, connection, came)
        assert no_shows(case) == [True]
        assert Task.objects.get(case=case, kind="no-show").done_by == "The attendance was put right"

    def test_put_right_and_wrong_again_the_same_task_is_asked_again(self, cast: Cast, job: Actor) -> None:
        case, connection = accepted(cast)
        for attended in ("no", "yes", "no"):
            mark(cast, job, connection, attended)
        assert no_shows(case) == [False]

    def test_what_the_worker_ticked_off_stays_ticked(self, cast: Cast, worker: Actor, job: Actor) -> None:
        case, connection = accepted(cast)
        mark(cast, job, connection, "no")
        do(worker, actions.finish_task, Task.objects.get(case=case, kind="no-show"))
        mark(cast, job, connection, "yes")
        mark(cast, job, connection, "no")
        assert no_shows(case) == [True]
        assert Task.objects.get(case=case, kind="no-show").done_by == "Amara Boateng"

    def test_told_twice_it_changes_nothing(self, cast: Cast, job: Actor) -> None:
        case, connection = accepted(cast)
        mark(cast, job, connection, "no")
        for _ in range(2):
            do(job, actions.follow_connection, connection.pk)
        assert no_shows(case) == [False]

    def test_another_absence_stays(self, cast: Cast, worker: Actor, job: Actor) -> None:
        case, connection = accepted(cast)
        earlier = clock.today() - timedelta(days=7)
        missed = AttendanceFacts(session_on=earlier, attended="no", absence="logistics")
        do(worker, actions.record_attendance, connection, facts=missed)
        mark(cast, job, connection, "no")
        mark(cast, job, connection, "yes")
        assert sorted(no_shows(case)) == [False, True]


def finished(cast: Cast, job: Actor) -> tuple[Case, Connection]:
    """A closed case whose person still goes to a group."""
    case, connection = accepted(cast)
    do(job, actions.follow_connection, connection.pk)
    closed = {"reason": "person-chose-to-stop", "missing_because": "Chose not to"}
    for goal in case.goals.all():
        review = actions.review_goals
        do(cast.actor(cast.link_worker), review, case, reviews=[make.GoalReview(goal.pk, "achieve")])
    do(cast.actor(cast.link_worker), actions.close, case, **closed)
    return make.fresh(case), connection


def open_tasks(case: Case) -> list[Task]:
    return list(Task.objects.filter(case=case, done_at__isnull=True))


def decline(cast: Cast, job: Actor, connection: Connection) -> None:
    do(cast.actor(cast.provider_coordinator), connections.decline, connection, reason="full")
    do(job, actions.follow_connection, connection.pk)


def ask(cast: Cast, job: Actor, connection: Connection) -> None:
    question = do(cast.actor(cast.provider_coordinator), connections.ask, connection, text="Well?", from_provider=True)
    do(job, actions.follow_question, question.pk)


def miss(cast: Cast, job: Actor, connection: Connection) -> None:
    facts = {"session_on": clock.today(), "attended": "no", "absence": "unacceptable"}
    do(cast.actor(cast.provider_coordinator), connections.mark_attendance, connection, **facts)
    do(job, actions.follow_connection, connection.pk)


class TestAfterTheCaseIsClosed:
    @pytest.mark.parametrize(("news", "kind"), [(decline, "find-another"), (ask, "question"), (miss, "no-show")])
    def test_what_a_group_says_reaches_the_last_worker(self, cast: Cast, job: Actor, news: Any, kind: str) -> None:
        case, connection = finished(cast, job)
        news(cast, job, connection)
        (task,) = open_tasks(case)
        assert (task.kind, task.worker_id, task.about_connection_id) == (kind, cast.link_worker.id, connection.pk)
        assert task.title.startswith("Their case is closed. ") and "Tuesday lunch club" in task.title

    def test_it_is_in_their_morning_and_on_the_case_and_can_be_ticked_off(
        self, cast: Cast, worker: Actor, job: Actor
    ) -> None:
        case, connection = finished(cast, job)
        ask(cast, job, connection)
        client = cast.client(cast.link_worker)
        for address in (reverse("casework:today"), reverse("casework:case", args=[case.pk])):
            assert "Their case is closed. Tuesday lunch club asked about Jean" in client.get(address).content.decode()
        assert [item.case_id for item in do(worker, lambda *, by: queries.today_of(by)).questions] == [case.pk]
        client.post(reverse("casework:task-done", args=[open_tasks(case)[0].pk]))
        assert open_tasks(case) == []

    def test_whoever_has_left_passes_it_to_the_manager(self, cast: Cast, job: Actor) -> None:
        case, connection = finished(cast, job)
        Membership.objects.filter(user=cast.link_worker).update(ends_on=clock.today())
        decline(cast, job, connection)
        assert open_tasks(case)[0].worker_id == cast.manager.id

    def test_about_somebody_protected_it_is_the_leads(self, cast: Cast, lead: Actor, job: Actor) -> None:
        case, connection = finished(cast, job)
        do(lead, restrict, case.person, level="protected", reason="Known here")
        Membership.objects.filter(user=cast.link_worker).update(ends_on=clock.today())
        decline(cast, job, connection)
        assert open_tasks(case)[0].worker_id == cast.safeguarding_lead.id

    def test_the_lead_ticks_off_what_they_were_given(self, cast: Cast, lead: Actor, job: Actor) -> None:
        case, connection = finished(cast, job)
        do(lead, restrict, case.person, level="protected", reason="Known here")
        Membership.objects.filter(user=cast.link_worker).update(ends_on=clock.today())
        decline(cast, job, connection)
        client = cast.client(cast.safeguarding_lead)
        done = client.post(reverse("casework:task-done", args=[open_tasks(case)[0].pk]), {"from": "today"}, follow=True)
        assert done.status_code == 200 and "Done: Their case is closed." in done.content.decode()
        assert open_tasks(case) == []

    def test_the_lead_does_not_tick_off_a_workers(self, cast: Cast, lead: Actor, job: Actor) -> None:
        case, connection = finished(cast, job)
        decline(cast, job, connection)
        with pytest.raises(NotAllowed):
            do(lead, actions.finish_task, open_tasks(case)[0])
        assert len(open_tasks(case)) == 1

    def test_with_another_case_open_it_goes_there(self, cast: Cast, job: Actor) -> None:
        case, connection = finished(cast, job)
        again = make.allocated(cast, cast.colleague, person_id=case.person_id)
        ask(cast, job, connection)
        assert open_tasks(case) == []
        assert [task.worker_id for task in open_tasks(again)] == [cast.colleague.id]
        assert "closed" not in open_tasks(again)[0].title

    @pytest.mark.parametrize("reason", ["deceased", "moved-away"])
    def test_what_closing_itself_ended_is_not_asked_about(
        self, cast: Cast, worker: Actor, job: Actor, reason: str
    ) -> None:
        case, connection = accepted(cast)
        do(worker, actions.close, case, reason=reason)
        do(job, actions.follow_connection, connection.pk)
        assert open_tasks(case) == []

    def test_what_closing_withdrew_is_not_either(self, cast: Cast, worker: Actor, job: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(worker, actions.close, case, reason="moved-away", withdraw_unanswered=True)
        do(job, actions.follow_connection, connection.pk)
        assert open_tasks(case) == []

    def test_a_closed_case_needs_no_next_action_for_it(self, cast: Cast, job: Actor) -> None:
        case, connection = finished(cast, job)
        decline(cast, job, connection)
        now = make.fresh(case)
        assert (now.state, now.next_action, now.next_action_on) == ("closed", "", None)


class TestTheCaseloadSaysWhatIsSoonest:
    def rows(self, by: Actor, **asked: str) -> list[list[str]]:
        return do(by, lambda *, by: list(sheets.caseload(queries.caseload(by, **asked))))[1:]

    def test_a_task_before_the_next_action_is_in_the_spreadsheet_as_on_the_page(
        self, cast: Cast, worker: Actor
    ) -> None:
        case = make.active(cast)
        do(worker, actions.add_task, case, title="Find her glasses", due_on=clock.today(), token="one")
        (row,) = self.rows(worker)
        assert row[4:6] == ["Find her glasses", clock.today().isoformat()]
        said = cast.client(cast.link_worker).get(reverse("casework:caseload")).content.decode()
        assert "Find her glasses" in said and "Make a plan with Jean" not in said

    def test_a_task_after_it_is_not(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        far = clock.add_working_days(clock.today(), 30)
        do(worker, actions.add_task, case, title="Find her glasses", due_on=far, token="one")
        assert self.rows(worker)[0][4] == "Make a plan with Jean"

    def test_a_done_task_is_not(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        task = do(worker, actions.add_task, case, title="Find her glasses", due_on=clock.today(), token="one")
        do(worker, actions.finish_task, task)
        assert self.rows(worker)[0][4] == "Make a plan with Jean"

    def test_what_somebody_typed_into_a_task_is_not_run_by_a_spreadsheet(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        do(worker, actions.add_task, case, title="=1+1", due_on=clock.today(), token="one")
        file = cast.client(cast.link_worker).get(reverse("casework:caseload"), {"format": "csv"})
        assert ",'=1+1," in file.content.decode()

    def test_a_closed_case_with_late_news_shows_it(self, cast: Cast, worker: Actor, job: Actor) -> None:
        case, connection = finished(cast, job)
        ask(cast, job, connection)
        (row,) = self.rows(worker, state="closed")
        assert row[0] == case.reference and row[4].startswith("Their case is closed.")
