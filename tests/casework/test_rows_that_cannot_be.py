"""What actions check, the tables check too; and a form sent again after its record was taken out is answered in words."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linkworks.casework import actions
from linkworks.casework.models import Case, CaseMeasure, Contact
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Case, "complexity", 0),
        (Case, "complexity", 4),
        (Contact, "how", "pigeon"),
        (Contact, "result", "perhaps"),
        (CaseMeasure, "stage", "middle"),
    ],
)
def test_a_value_nobody_knows_is_refused_by_the_table(cast: Cast, model: Any, field: str, value: Any) -> None:
    case = make.contacting(cast)
    make.answers(cast, case, "start")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**{field: value})


def test_an_old_form_of_a_step_that_was_taken_out_is_answered_in_words(cast: Cast, worker: Actor) -> None:
    _, goal = make.with_goal(cast)
    step = do(worker, actions.add_step, goal, facts=make.STEP, token="once")
    do(worker, actions.remove_step, step.pk)
    with pytest.raises(Conflict, match="taken out"):
        do(worker, actions.add_step, goal, facts=make.STEP, token="once")
    assert list(goal.steps.values_list("what", flat=True)) == [make.STEP.what]
