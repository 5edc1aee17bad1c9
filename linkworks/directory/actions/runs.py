"""The moves of a reading, each with who, when and why."""

from django.db import transaction

from linkworks.core import states
from linkworks.core.actor import Actor

from ..models import ImportRun, ImportRunMove
from ..states import IMPORT_RUN_MOVES, RunMove


@transaction.atomic
def move(run: ImportRun, *, step: RunMove, by: Actor, why: str = "") -> None:
    """Move a reading on and write down who did."""
    was, run.state = run.state, states.after(IMPORT_RUN_MOVES, run.state, step)
    run.save()
    ImportRunMove.objects.create(
        run=run, move=step, was=was, became=run.state, by_id=by.id, by_name=by.name[:200], why=why
    )
