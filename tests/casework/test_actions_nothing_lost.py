"""What the worker wrote as next is never lost, and a group's yes is something to do at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Case, Task
from linkworks.casework.queries import today_of
from linkworks.casework.rules.facts import ContactFacts
from linkworks.connections import actions as connections
from linkworks.core import clock, tenancy
from linkworks.core.actor import Actor
from linkworks.ui.formats import long_date
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

FORM = "Bring the bus pass form"


def own_tasks(case: Case) -> list[tuple[str, date]]:
    return list(Task.objects.filter(case=case, done_at__isnull=True, kind="to-do").values_list("title", "due_on"))


def promised(worker: Actor, case: Case, words: str = FORM) -> date:
    day = clock.add_working_days(clock.today(), 3)
    do(worker, actions.record_contact, case, facts=make.spoke(next_action=words, next_action_on=day))
    return day


def talk(worker: Actor, case: Case) -> None:
    do(worker, actions.hold_conversation, case, facts=make.talk())


def try_again(worker: Actor, case: Case) -> None:
    do(worker, actions.record_contact, case, facts=make.NO_ANSWER)


class TestWhatTheWorkerWrote:
    @pytest.mark.parametrize("overtaken", [talk, try_again])
    def test_it_stays_to_be_done_on_its_day(self, cast: Cast, worker: Actor, overtaken: Any) -> None:
        case = make.allocated(cast)
        day = promised(worker, case)
        for _ in range(2):
            overtaken(worker, case)
        assert make.fresh(case).next_action in {"Make a plan with Jean", "Try Jean again"}
        assert own_tasks(case) == [(FORM, day)]
        assert Task.objects.get(case=case).worker_id == cast.link_worker.id

    def test_today_and_the_case_show_it(self, cast: Cast, worker: Actor, client: Client) -> None:
        case = make.allocated(cast)
        promised(worker, case)
        talk(worker, case)
        client.force_login(cast.link_worker)
        for page in (reverse("casework:today"), reverse("casework:case", args=[case.pk])):
            assert FORM in client.get(page).content.decode()

    def test_what_a_machine_wrote_leaves_no_task(self, cast: Cast, worker: Actor) -> None:
        case, _, _ = make.connected(cast)
        do(worker, actions.pause, case, until=clock.today() + timedelta(days=9), reason="Holiday")
        do(worker, actions.resume, case)
        try_again(worker, case)
        assert [title for title, _ in own_tasks(case)] == ["Review the plan with Jean"]

    def test_new_words_of_the_workers_own_replace_the_old(self, cast: Cast, worker: Actor) -> None:
        case = make.allocated(cast)
        promised(worker, case)
        promised(worker, case, "Visit instead")
        assert own_tasks(case) == []

    def test_a_day_that_is_past_is_not_brought_back(self, cast: Cast, worker: Actor) -> None:
        case = make.allocated(cast)
        promised(worker, case)
        Case.objects.filter(pk=case.pk).update(next_action_on=clock.today() - timedelta(days=1))
        talk(worker, case)
        assert own_tasks(case) == []


def tell(job: Actor, connection: Any) -> None:
    for _ in range(2):
        do(job, actions.follow_connection, connection.pk)


class TestAYes:
    @pytest.mark.parametrize("days", [7, None])
    def test_the_person_is_told_the_next_working_day(
        self, cast: Cast, worker: Actor, provider: Actor, job: Actor, days: int | None
    ) -> None:
        case, _, connection = make.connected(cast)
        first = clock.today() + timedelta(days=days) if days else None
        do(provider, connections.accept, connection, first_session_on=first)
        tell(job, connection)
        task = Task.objects.get(case=case, kind="call")
        when = f", first session {long_date(first)}" if first else ""
        assert task.title == f"Tell Jean: Tuesday lunch club has a place{when}"
        assert task.due_on == clock.add_working_days(clock.today(), 1)
        assert task.due_on < Task.objects.get(case=case, kind="follow-up").due_on
        with tenancy.context(worker):
            assert task.title in [item.what for item in today_of(worker).soon]

    @pytest.mark.parametrize(
        ("facts", "over"),
        [
            (make.spoke(), True),
            (make.NO_ANSWER, False),
            (ContactFacts(how="note", result="note-only", note="Letter came"), False),
            (make.spoke(happened_at=clock.now() - timedelta(days=30)), False),
        ],
        ids=["spoke", "no answer", "a note", "spoke before the yes"],
    )
    def test_it_is_over_once_they_were_spoken_to(
        self, cast: Cast, worker: Actor, provider: Actor, job: Actor, facts: ContactFacts, over: bool
    ) -> None:
        case, _, connection = make.connected(cast)
        do(provider, connections.accept, connection)
        tell(job, connection)
        do(worker, actions.record_contact, case, facts=facts)
        tell(job, connection)
        assert (Task.objects.get(case=case, kind="call").done_at is not None) == over
        assert Task.objects.get(case=case, kind="follow-up").done_at is None

    @pytest.mark.parametrize("came", [{"attended": "yes"}, {"attended": "no", "absence": "unacceptable"}])
    def test_it_is_over_once_attendance_is_marked(
        self, cast: Cast, provider: Actor, job: Actor, came: dict[str, str]
    ) -> None:
        case, _, connection = make.connected(cast)
        do(provider, connections.accept, connection)
        tell(job, connection)
        do(provider, connections.mark_attendance, connection, session_on=clock.today(), **came)
        tell(job, connection)
        assert Task.objects.get(case=case, kind="call").done_at is not None
