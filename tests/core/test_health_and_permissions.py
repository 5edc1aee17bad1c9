"""Small ground: checks that register themselves, errors in sentences, and permissions nobody has by accident."""

import inspect
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import errors, health
from linkworks.core.actor import PUBLIC, Actor, job_actor
from linkworks.core.permissions import Permission

ERRORS = [each for _, each in inspect.getmembers(errors, inspect.isclass) if each is not errors.LinkworksError]


@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_is_one_a_page_can_explain(kind: type[errors.LinkworksError]) -> None:
    raised = kind("The day is in the past. Choose a later one.")

    assert isinstance(raised, errors.LinkworksError)
    assert raised.message == str(raised) == "The day is in the past. Choose a later one."
    assert kind.__doc__


def test_a_check_that_registers_twice_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECKS", {})
    health.register("postcodes", lambda: "first")
    health.register("postcodes", lambda: None)

    assert list(health.CHECKS) == ["postcodes"]
    assert health.CHECKS["postcodes"]() is None


@given(st.frozensets(st.sampled_from(list(Permission))))
def test_an_actor_may_what_it_holds_and_nothing_else(held: frozenset[Permission]) -> None:
    actor = Actor(id="staff:1", name="A", permissions=held)

    assert {each for each in Permission if actor.may(each)} == held


@given(st.lists(st.uuids(), max_size=4))
def test_a_job_reaches_what_it_was_given_and_may_nothing(schemes: list) -> None:  # type: ignore[type-arg]
    actor = job_actor("referrals.tell", *schemes)

    assert actor.schemes == frozenset(schemes)
    assert not actor.is_signed_in and not actor.permissions and not actor.organisations


def test_the_public_cannot_be_given_anything() -> None:
    assert PUBLIC.schemes == PUBLIC.organisations == PUBLIC.permissions == frozenset()
    assert PUBLIC.user_id is PUBLIC.person_id is PUBLIC.link_id is None
    with pytest.raises(AttributeError):
        PUBLIC.schemes = frozenset([uuid4()])  # type: ignore[misc]


def test_actors_of_the_same_credential_are_equal_and_others_are_not() -> None:
    one = uuid4()
    assert job_actor("x", one) == job_actor("x", one)
    assert job_actor("x", one) != job_actor("x", uuid4()) != PUBLIC
