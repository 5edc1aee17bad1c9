"""Locking a case asks less of the database than listing cases does, and answers the same."""

from dataclasses import fields

import pytest
from pytest_django import DjangoAssertNumQueries

from linkworks.accounts.models import User
from linkworks.casework import access
from linkworks.casework.models import Case
from linkworks.core import clock
from linkworks.people.models import NamedReader, Person
from linkworks.people.states import Restriction
from tests.cast import Cast
from tests.context import acting
from tests.factories import casework as make

EVERYBODY = [each.name for each in fields(Cast) if each.type in ("User", User)]


def test_there_is_somebody_to_ask() -> None:
    assert {"link_worker", "manager", "safeguarding_lead", "outsider", "referrer"} <= set(EVERYBODY)


@pytest.mark.parametrize("level", Restriction)
@pytest.mark.parametrize("worker", ["link_worker", "colleague", "safeguarding_lead", None])
@pytest.mark.parametrize("state", ["active", "closed"])
def test_the_same_as_being_in_the_list(cast: Cast, level: Restriction, worker: str | None, state: str) -> None:
    case = make.active(cast)
    person = Person.objects.get(pk=case.person_id)
    Person.objects.filter(pk=person.pk).update(restriction=level)
    if level == Restriction.SEALED:
        NamedReader.objects.create(scheme_id=person.scheme_id, person=person, user=cast.colleague)
    closed = {"closed_at": clock.now(), "close_reason": "goals-met"} if state == "closed" else {}
    Case.objects.filter(pk=case.pk).update(worker=getattr(cast, worker) if worker else None, state=state, **closed)
    found = Case.objects.select_related("person").get(pk=case.pk)
    for who in EVERYBODY:
        actor = cast.actor(getattr(cast, who))
        with acting(actor):
            listed = access.visible_cases(actor).filter(pk=case.pk).exists()
            reached = case.scheme_id in actor.schemes and access.reaches(actor, found)
        assert reached == listed, who


def test_a_workers_own_case_is_reached_without_asking(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = Case.objects.select_related("person").get(pk=make.active(cast).pk)
    actor = cast.actor(cast.link_worker)
    with django_assert_num_queries(0):
        assert access.reaches(actor, found)
