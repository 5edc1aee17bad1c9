"""Giving cases to workers, and handing them over."""

import pytest

from linkworks.casework import actions
from linkworks.casework.models import Case, Task
from linkworks.casework.states import CaseState
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def test_a_manager_gives_a_case(cast: Cast, manager: Actor, queued) -> None:
    case = do(manager, actions.allocate, make.waiting(cast), worker_id=cast.link_worker.id, reason="Near you")
    assert (case.state, case.worker_id) == (CaseState.ALLOCATED, cast.link_worker.id)
    assert case.next_action == "First contact with Jean"
    assert case.next_action_on == case.first_contact_by
    assert case.moves.last().reason == "Near you"
    assert queued("casework.tell_allocated") == [[str(case.pk)]]


def test_a_worker_takes_a_case_nobody_has(cast: Cast, worker: Actor) -> None:
    case = do(worker, actions.allocate, make.waiting(cast), worker_id=cast.link_worker.id)
    assert case.worker_id == cast.link_worker.id


def test_a_worker_cannot_give_a_case_to_somebody_else(cast: Cast, worker: Actor) -> None:
    with pytest.raises(NotAllowed, match="give cases"):
        do(worker, actions.allocate, make.waiting(cast), worker_id=cast.colleague.id)


def test_a_worker_cannot_take_a_colleagues_case(cast: Cast, colleague: Actor) -> None:
    case = make.allocated(cast)
    with pytest.raises(NotAllowed):
        do(colleague, actions.allocate, case, worker_id=cast.colleague.id)
    assert make.fresh(case).worker_id == cast.link_worker.id


@pytest.mark.parametrize("who", ["outsider", "referrer", "provider_coordinator", "safeguarding_lead", "signposter"])
def test_only_workers_of_the_scheme_can_be_given_cases(cast: Cast, manager: Actor, who: str) -> None:
    with pytest.raises(Invalid, match="works on this scheme"):
        do(manager, actions.allocate, make.waiting(cast), worker_id=getattr(cast, who).id)


@pytest.mark.parametrize("stage", [make.allocated, make.contacting, make.active, make.paused])
def test_a_case_can_change_hands_at_any_stage(cast: Cast, manager: Actor, stage) -> None:
    case = stage(cast)
    given = do(manager, actions.allocate, case, worker_id=cast.colleague.id)
    assert (given.worker_id, given.state, given.next_action) == (cast.colleague.id, case.state, case.next_action)


def test_a_closed_case_cannot_be_given(cast: Cast, manager: Actor) -> None:
    with pytest.raises(NotAllowed, match="closed"):
        do(manager, actions.allocate, make.closed(cast), worker_id=cast.colleague.id)


def test_another_schemes_manager_cannot_give_it(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        do(cast.actor(cast.outside_manager), actions.allocate, make.waiting(cast), worker_id=cast.outsider.id)


class TestHandOver:
    def test_the_case_its_note_and_its_tasks_go_along(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        do(worker, actions.add_task, case, title="Ring the council", due_on=clock.today(), token="one")
        given = do(worker, actions.hand_over, case, worker_id=cast.colleague.id, note="She likes mornings.")
        assert given.worker_id == cast.colleague.id
        assert given.moves.last().reason == "She likes mornings."
        assert set(Task.objects.filter(case=case).values_list("worker_id", flat=True)) == {cast.colleague.id}
        assert Task.objects.filter(case=case, title__startswith="Read the hand-over note").exists()

    def test_a_note_is_needed(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(Invalid, match="needs to know"):
            do(worker, actions.hand_over, make.active(cast), worker_id=cast.colleague.id, note="  ")

    def test_not_to_oneself(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(Invalid, match="somebody else"):
            do(worker, actions.hand_over, make.active(cast), worker_id=cast.link_worker.id, note="Hm")

    def test_not_when_nobody_has_it(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(NotAllowed, match="Nobody has this case"):
            do(worker, actions.hand_over, make.waiting(cast), worker_id=cast.colleague.id, note="Hm")

    def test_afterwards_it_is_the_colleagues_alone(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        do(worker, actions.hand_over, case, worker_id=cast.colleague.id, note="All there")
        with pytest.raises(NotAllowed, match="somebody else"):
            do(worker, actions.set_complexity, case, complexity=1)


class TestNextActionAndWeight:
    def test_what_happens_next_can_be_said(self, cast: Cast, worker: Actor) -> None:
        day = clock.add_working_days(clock.today(), 4)
        case = do(worker, actions.set_next_action, make.active(cast), action="Ring about the lunch club", on=day)
        assert (case.next_action, case.next_action_on) == ("Ring about the lunch club", day)

    def test_it_cannot_be_empty(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(Invalid):
            do(worker, actions.set_next_action, make.active(cast), action=" ", on=clock.today())

    @pytest.mark.parametrize("complexity", [1, 2, 3])
    def test_the_weight_of_a_case_can_be_changed(self, cast: Cast, worker: Actor, complexity: int) -> None:
        case = do(worker, actions.set_complexity, make.active(cast), complexity=complexity)
        assert Case.objects.get(pk=case.pk).complexity == complexity

    def test_there_are_three_weights(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(Invalid):
            do(worker, actions.set_complexity, make.active(cast), complexity=4)
