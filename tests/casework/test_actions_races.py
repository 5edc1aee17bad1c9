"""Two people at the same moment: one of them does it, the other is told, and nothing is there twice."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections as databases
from django.db import transaction

from linkworks.casework import actions
from linkworks.casework.models import Case, CaseMove, Contact, Plan, Task
from linkworks.core import tenancy
from linkworks.core.actor import Actor, job_actor
from linkworks.core.errors import LinkworksError
from linkworks.core.later import acting as job_acting
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do
from tests.factories.referrals import sent

Act = Callable[[Actor], Any]


def at_the_gate(act: Act, by: Actor, gate: threading.Barrier, said: list[str]) -> None:
    try:
        gate.wait(timeout=10)
        with transaction.atomic():
            do(by, lambda *, by: act(by))
        said.append("done")
    except LinkworksError as error:
        said.append(type(error).__name__)
    finally:
        databases["default"].close()


def race(*runners: tuple[Act, Actor]) -> list[str]:
    """Everybody starts at the same moment; what each of them was told."""
    gate: threading.Barrier = threading.Barrier(len(runners))
    said: list[str] = []
    threads = [threading.Thread(target=at_the_gate, args=(act, by, gate, said)) for act, by in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return sorted(said)


def test_two_at_once(committed_db: str) -> None:
    """One database for all the races: each has a case of its own."""
    with job_acting(job_actor("arrange")):
        cast = Cast.make()
    worker, colleague, manager = (cast.actor(each) for each in (cast.link_worker, cast.colleague, cast.manager))
    with job_acting(cast.everything):
        waiting, contacted = make.waiting(cast, given_name="Ada"), make.allocated(cast, given_name="Bea")
        planned, _ = make.with_goal(cast, given_name="Cyd")
        ended = make.active(cast, given_name="Dot")
        back = do(worker, actions.close, make.active(cast, given_name="Eve"), reason="moved-away")
        with tenancy.context(cast.actor(cast.referrer)):
            referral = sent(cast.actor(cast.referrer), cast.scheme.id, given_name="Eve")

    taken = race(
        (lambda by: actions.allocate(waiting, worker_id=worker.user_id, by=by), worker),
        (lambda by: actions.allocate(waiting, worker_id=colleague.user_id, by=by), colleague),
    )
    same = race(*[(lambda by: actions.record_contact(contacted, facts=make.NO_ANSWER, token="one", by=by), worker)] * 2)
    agreed = race(*[(lambda by: actions.agree_plan(planned, how="In person", by=by), who) for who in (worker, manager)])
    closed = race(*[(lambda by: actions.close(ended, reason="moved-away", by=by), who) for who in (worker, manager)])
    both = race(
        (lambda by: actions.reopen(back, reason="She rang", by=by), worker),
        (lambda by: actions.open_from_referral(referral, person_id=back.person_id, by=by), manager),
    )

    with job_acting(cast.everything):
        assert "done" in both and len(both) == 2  # each was done or told why; neither broke
        assert Case.objects.filter(person=back.person_id).exclude(state="closed").count() == 1
        assert taken == ["NotAllowed", "done"]
        assert CaseMove.objects.filter(case=waiting, move="allocate").count() == 1
        assert Case.objects.get(pk=waiting.pk).worker_id in (worker.user_id, colleague.user_id)
        assert same == ["done", "done"]
        assert Contact.objects.filter(case=contacted).count() == 1
        assert len(agreed) == 2 and agreed.count("done") == 1
        assert Plan.objects.filter(case=planned, state="agreed").count() == 1
        assert len(closed) == 2 and closed.count("done") == 1
        assert CaseMove.objects.filter(case=ended, move="close").count() == 1
        assert not Task.objects.filter(case=ended, done_at__isnull=True).exists()
