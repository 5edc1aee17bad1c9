"""Recording what people answer."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.people.models import Person

from . import access, queries
from .models import AnswerSet
from .rules import validate_answers


@transaction.atomic
def record_answers(
    *,
    person_id: UUID,
    scheme_id: UUID,
    measure_id: str,
    answers: Mapping[str, int | None],
    asked_on: date,
    how_asked: str = "",
    declined: bool = False,
    by: Actor,
) -> AnswerSet:
    """Keep what a person answered on one day, with the questions they left, or that they chose not to answer."""
    check_may_record(person_id, scheme_id, by)
    if measure_id not in queries.measures():
        raise Invalid("This set of questions is not one we can ask.")
    if asked_on > clock.today():
        raise Invalid("The day of the answers cannot be in the future.", field="asked_on")
    measure = queries.measure(measure_id)
    complete = validate_answers(measure, answers)
    check_declined(declined, complete)
    return AnswerSet.objects.create(
        scheme_id=scheme_id,
        person_id=person_id,
        measure=measure_id,
        measure_version=measure.version,
        answers=complete,
        asked_on=asked_on,
        how_asked=how_asked,
        declined=declined,
        recorded_by=by.id,
        recorded_by_name=by.name,
    )


def check_may_record(person_id: UUID, scheme_id: UUID, by: Actor) -> None:
    """The scheme must be the actor's own and the person the scheme's. Casework has checked that the case is theirs."""
    may = access.can_record_answers(by) and scheme_id in by.schemes
    if not may or not Person.objects.filter(pk=person_id, scheme_id=scheme_id).exists():
        raise NotAllowed("You cannot record answers for this person.")


def check_declined(declined: bool, answers: Mapping[str, int | None]) -> None:
    given = any(answer is not None for answer in answers.values())
    if declined and given:
        raise Invalid("Somebody who chose not to answer has no answers. Clear the answers, or untick the box.")
    if not declined and not given:
        raise Invalid("Nothing was answered. Give at least one answer, or say that the person chose not to answer.")
