"""What belongs together is kept together: a change, its history, its message and its tasks, or none of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.casework import actions
from linkworks.casework.actions import cases, closing, concerns, plans
from linkworks.casework.models import Case, CaseMove, Concern, GoalConnection, Plan, Task
from linkworks.casework.states import CaseState
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection
from linkworks.core.actor import Actor
from linkworks.core.errors import LinkworksError
from linkworks.messaging.models import Message
from linkworks.people.models import Channel, Disclosure, SharingChoice
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


class Broke(Exception):
    """Something went wrong after everything was written."""


def breaks(*args: Any, **options: Any) -> None:
    raise Broke


def jobs() -> int:
    return ProcrastinateJob.objects.count()


def state_of(case: Case) -> tuple[Any, ...]:
    found = make.fresh(case)
    return (
        found.state, found.worker_id, found.next_action, found.close_reason, CaseMove.objects.filter(case=case).count(),
        Task.objects.filter(case=case, done_at__isnull=True).count(), jobs(), Message.objects.count(),
        list(Connection.objects.order_by("id").values_list("state", flat=True)),
        list(Plan.objects.filter(case=case).order_by("version").values_list("state", flat=True)),
    )  # fmt: skip


def give(case: Case, by: Actor, cast: Cast) -> Any:
    return actions.allocate(case, worker_id=cast.colleague.pk, by=by)


def hand_over(case: Case, by: Actor, cast: Cast) -> Any:
    return actions.hand_over(case, worker_id=cast.colleague.pk, note="Mornings", by=by)


def close(case: Case, by: Actor, cast: Cast) -> Any:
    return actions.close(case, reason="deceased", withdraw_unanswered=True, by=by)


def agree(case: Case, by: Actor, cast: Cast) -> Any:
    actions.start_plan(case, by=by)
    return actions.agree_plan(case, how="In person", by=by)


def worry(case: Case, by: Actor, cast: Cast) -> Any:
    return actions.raise_concern(case, facts=make.WORRY, by=by)


ACTS: list[tuple[Callable[..., Any], Any, str]] = [
    (give, cases, "casework.tell_allocated"),
    (hand_over, cases, "casework.tell_allocated"),
    (close, closing, "casework.tell_finished"),
    (agree, plans, "casework.tell_plan_agreed"),
    (worry, concerns, "casework.tell_concern"),
]


@pytest.mark.parametrize(("act", "module", "told"), ACTS)
def test_a_message_is_queued_with_the_change_and_gone_with_it(
    cast: Cast, manager: Actor, queued: Any, act: Any, module: Any, told: str
) -> None:
    case, _, _ = make.connected(cast)
    before, waiting = state_of(case), len(queued(told))
    with pytest.raises(Broke), transaction.atomic():
        do(manager, act, case, cast=cast)
        assert len(queued(told)) == waiting + 1
        raise Broke
    assert state_of(case) == before
    assert len(queued(told)) == waiting


@pytest.mark.parametrize(("act", "module", "told"), ACTS)
def test_when_nobody_can_be_told_nothing_is_changed(
    cast: Cast, manager: Actor, monkeypatch: pytest.MonkeyPatch, act: Any, module: Any, told: str
) -> None:
    case, _, _ = make.connected(cast)
    before = state_of(case)
    monkeypatch.setattr(module, "later", breaks)
    with pytest.raises(Broke), transaction.atomic():
        do(manager, act, case, cast=cast)
    assert state_of(case) == before
    assert not Concern.objects.exists()


@pytest.mark.parametrize("step", ["write_in_ledger", "follow_sending", "remember"])
def test_nothing_is_sent_to_a_group_unless_it_is_in_the_ledger(
    cast: Cast, worker: Actor, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _, goal, _ = make.planned(cast)
    place = make.service(cast)
    before = jobs()
    monkeypatch.setattr(f"linkworks.casework.actions.connecting.{step}", breaks)
    with pytest.raises(Broke), transaction.atomic():
        do(worker, actions.connect, goal, service_id=place.id, sharing=make.SHARED, token="one")
    for model in (Connection, GoalConnection, Disclosure, SharingChoice):
        assert not model.objects.exists()
    assert jobs() == before


def test_accepting_leaves_no_person_behind_when_the_case_cannot_be_made(
    cast: Cast, manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linkworks.people.models import Person
    from tests.factories import referrals

    sender = cast.actor(cast.referrer)
    referral = do(sender, lambda *, by: referrals.sent(by, cast.scheme.id))
    before = jobs()
    monkeypatch.setattr(cases, "write_move", breaks)
    with pytest.raises(Broke), transaction.atomic():
        do(manager, actions.open_from_referral, referral)
    referral.refresh_from_db()
    assert (referral.state, referral.person_id) == ("sent", None)
    assert not Person.objects.exists()
    assert not Case.objects.exists()
    assert jobs() == before


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda by, it: actions.close(it, reason="deceased", by=by), "withdraw_unanswered"),
        (lambda by, it: actions.close(it, reason="goals-met", by=by), "reason"),
        (lambda by, it: actions.close(it, reason="nonsense", by=by), "reason"),
    ],
)
def test_a_refused_closing_withdraws_nothing(cast: Cast, worker: Actor, act: Any, expected: str) -> None:
    case, _, _ = make.connected(cast)
    before = state_of(case)
    with pytest.raises(LinkworksError) as refused:
        do(worker, lambda *, by: act(by, case))
    assert getattr(refused.value, "field", None) == expected
    assert state_of(case) == before


class TestDeceased:
    """Nobody is asked anything and nothing is written to somebody who has died."""

    def test_goals_and_answers_are_not_asked_for(self, cast: Cast, worker: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(worker, actions.close, case, reason="deceased", withdraw_unanswered=True)
        found = make.fresh(case)
        assert (found.state, found.close_reason, found.next_action_on) == (CaseState.CLOSED, "deceased", None)
        assert Connection.objects.get(pk=connection.pk).state == "withdrawn"

    def test_no_letter_is_written(self, cast: Cast, worker: Actor, job: Actor) -> None:
        case, _, _ = make.connected(cast)
        do(worker, actions.set_channel, case, kind="letter", value="1 Rye Lane, London", is_safe=True)
        do(worker, actions.close, case, reason="deceased", withdraw_unanswered=True)
        do(job, actions.tell_finished, case.pk)
        assert not Message.objects.filter(audience="person").exists()

    def test_what_a_group_says_afterwards_makes_no_task(
        self, cast: Cast, worker: Actor, provider: Actor, job: Actor
    ) -> None:
        case, _, connection = make.connected(cast)
        do(provider, connections.accept, connection)
        do(worker, actions.close, case, reason="deceased", withdraw_unanswered=True)
        do(job, actions.follow_connection, connection.pk)
        assert not Task.objects.filter(case=case, done_at__isnull=True).exists()


def test_of_two_letters_after_two_closings_both_are_written(cast: Cast, worker: Actor) -> None:
    """A case closed unreached, opened again and closed unreached again: the second letter is not taken for the first."""
    case = make.contacting(cast, tries=3)
    do(worker, actions.set_channel, case, kind="letter", value="1 Rye Lane, London", is_safe=True)
    for _ in range(2):
        do(worker, actions.close_could_not_contact, make.fresh(case))
        do(worker, actions.reopen, make.fresh(case), reason="She rang")
        for _ in range(3):
            do(worker, actions.record_contact, make.fresh(case), facts=make.NO_ANSWER)
    assert Message.objects.filter(template="could-not-reach").count() == 2
    assert Channel.objects.filter(person=case.person, kind="letter").count() == 1
