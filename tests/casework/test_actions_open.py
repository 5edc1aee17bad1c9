"""Accepting a referral: a case for somebody new, for somebody known, and for somebody who has one."""

from datetime import date
from typing import Any

import pytest

from linkworks.casework import actions
from linkworks.casework.models import Case, Task
from linkworks.casework.states import CaseState
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, LinkworksError, NotAllowed
from linkworks.people.models import Channel, Person
from linkworks.referrals.models import Referral
from linkworks.referrals.rules import Reach
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import people, referrals
from tests.factories.casework import do


def a_referral(cast: Cast, **details: Any) -> Referral:
    return do(cast.actor(cast.referrer), lambda *, by: referrals.sent(by, cast.scheme.id, **details))


def test_somebody_new_gets_a_record_and_a_case(cast: Cast, worker: Actor) -> None:
    referral = a_referral(cast, chosen_name="Jeannie", access_needs=("hearing-loop",))
    case = do(worker, actions.open_from_referral, referral)
    assert (case.person.given_name, case.person.chosen_name, case.person.born_on) == (
        "Jean",
        "Jeannie",
        date(1951, 6, 3),
    )
    assert case.person.access_needs == ["hearing-loop"]
    assert case.state == CaseState.WAITING
    assert case.reference.startswith("C-")
    referral.refresh_from_db()
    assert (referral.state, referral.person_id) == ("accepted", case.person_id)


def test_the_ways_to_reach_them_come_along(cast: Cast, worker: Actor) -> None:
    ways = (
        Reach("phone", "020 7946 0001", is_safe=True, may_leave_message=True, best_times="Mornings"),
        Reach("letter", "4 Choumert Road", is_safe=False),
    )
    case = do(worker, actions.open_from_referral, a_referral(cast, contact_channels=ways))
    kept = {each.kind: each for each in Channel.objects.filter(person=case.person)}
    assert (kept["phone"].is_safe, kept["phone"].may_leave_message, kept["phone"].best_times) == (
        True,
        True,
        "Mornings",
    )
    assert kept["letter"].is_safe is False


def test_the_first_contact_is_promised_in_the_schemes_days(cast: Cast, worker: Actor) -> None:
    case = make.waiting(cast)
    assert case.first_contact_by == clock.add_working_days(clock.today(), 5)
    assert case.next_action == "Give this case to a worker"
    assert case.next_action_on is not None


def test_the_opening_is_in_the_history(cast: Cast, worker: Actor) -> None:
    case = do(worker, actions.open_from_referral, a_referral(cast))
    move = case.moves.get()
    assert (move.move, move.to_state, move.made_by, move.made_by_name) == ("open", "waiting", worker.id, worker.name)


def test_a_known_person_is_linked_and_no_second_record_is_made(cast: Cast, worker: Actor) -> None:
    known = people.person(cast.scheme.id)
    case = do(worker, actions.open_from_referral, a_referral(cast), person_id=known.pk)
    assert case.person_id == known.pk
    assert Person.objects.count() == 1


def test_nobody_is_merged_by_machine(cast: Cast, worker: Actor) -> None:
    people.person(cast.scheme.id)
    do(worker, actions.open_from_referral, a_referral(cast))
    assert Person.objects.filter(given_name="Jean", family_name="Marlow").count() == 2


def test_what_a_known_person_said_is_not_overwritten_by_a_referrer(cast: Cast, worker: Actor) -> None:
    known = people.person(cast.scheme.id)
    people.channel(known, value="020 7946 0001", is_safe=False)
    ways = (Reach("phone", "020 7946 0001", is_safe=True), Reach("text", "07700 900123", is_safe=True))
    do(worker, actions.open_from_referral, a_referral(cast, contact_channels=ways), person_id=known.pk)
    kept = {each.kind: each.is_safe for each in Channel.objects.filter(person=known)}
    assert kept == {"phone": False, "text": None}


def test_an_open_case_takes_the_referral_and_its_worker_is_told(cast: Cast, worker: Actor) -> None:
    first = make.active(cast)
    second = do(worker, actions.open_from_referral, a_referral(cast), person_id=first.person_id)
    assert second.pk == first.pk
    task = Task.objects.get(case=first)
    assert (task.kind, task.worker_id) == ("new-referral", cast.link_worker.id)
    assert "The Rye Lane Surgery" in task.title or "themselves" in task.title


def test_a_second_referral_later_keeps_the_history(cast: Cast, worker: Actor) -> None:
    earlier = make.closed(cast)
    again = make.waiting(cast, person_id=earlier.person_id)
    assert again.pk != earlier.pk
    assert again.previous_id == earlier.pk


def test_somebody_of_another_scheme_cannot_be_linked(cast: Cast, worker: Actor) -> None:
    stranger = people.person(cast.other_scheme.id)
    with pytest.raises(Invalid, match="from the list"):
        do(worker, actions.open_from_referral, a_referral(cast), person_id=stranger.pk)


def test_a_referral_is_accepted_once(cast: Cast, worker: Actor) -> None:
    referral = a_referral(cast)
    do(worker, actions.open_from_referral, referral)
    with pytest.raises(NotAllowed, match="cannot be changed in that way"):
        do(worker, actions.open_from_referral, referral)
    assert Case.objects.count() == 1
    assert Person.objects.count() == 1


@pytest.mark.parametrize("who", ["referrer", "provider_coordinator", "commissioner", "safeguarding_lead", "outsider"])
def test_others_cannot_accept(cast: Cast, who: str) -> None:
    with pytest.raises(LinkworksError):
        do(cast.actor(getattr(cast, who)), actions.open_from_referral, a_referral(cast))
    assert not Case.objects.exists()
