"""Answers to measures."""

from datetime import date
from typing import Any

from linkworks.outcomes.models import AnswerSet
from linkworks.people.models import Person

START = date(2026, 9, 1)


def answer_set(person: Person, *, asked_on: date = START, declined: bool = False, **answers: int | None) -> AnswerSet:
    """One person's answers to ONS4 on one day; questions not named are missing."""
    complete: dict[str, Any] = dict.fromkeys(("satisfied", "worthwhile", "happy", "anxious")) | answers
    return AnswerSet.objects.create(
        scheme_id=person.scheme_id,
        person=person,
        measure="ons4",
        answers=complete,
        asked_on=asked_on,
        declined=declined,
        recorded_by="test",
        recorded_by_name="A test",
    )
