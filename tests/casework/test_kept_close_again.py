"""Somebody kept close is referred again: the lead hears, the new record waits for them, and nobody else learns of it."""

from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Case
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from linkworks.people.actions import restrict
from linkworks.people.models import Person, RestrictionChange
from linkworks.people.states import Restriction
from linkworks.referrals.rules import Reach
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import people, referrals
from tests.factories.casework import do

from .conftest import Queued

NUMBER = people.NHS_NUMBERS[0]


def again(cast: Cast, **details: Any) -> Any:
    sender = cast.actor(cast.referrer)
    return do(sender, lambda *, by: referrals.sent(by, cast.scheme.id, **details))


@pytest.fixture
def hidden(cast: Cast, lead: Actor) -> Case:
    case = make.active(cast, nhs_number=NUMBER)
    do(lead, restrict, case.person, level="protected", reason="Her brother works here")
    return case


@pytest.mark.parametrize("who", ["colleague", "manager"])
@pytest.mark.parametrize("number", ["", NUMBER])
def test_the_new_record_waits_protected_and_the_lead_hears_by_reference_alone(
    cast: Cast, hidden: Case, who: str, number: str, job: Actor, queued: Queued
) -> None:
    referral = again(cast, nhs_number=number)
    client = cast.client(getattr(cast, who))
    done = client.post(
        reverse("casework:accept", args=[referral.pk]), {"person": "new", "complexity": "2"}, follow=True
    )
    assert done.status_code == 200
    assert "Accepted. Jean Marlow has a case now" in done.content.decode()
    newcomer = Person.objects.exclude(pk=hidden.person_id).get()
    assert (newcomer.restriction, newcomer.nhs_number) == (Restriction.PROTECTED, "")
    assert "kept close" in RestrictionChange.objects.get(person=newcomer).reason
    assert "Jean" not in client.get(reverse("casework:caseload")).content.decode()
    assert queued("casework.tell_newcomer") == [[str(referral.pk)]]
    for _ in range(2):
        do(job, actions.tell_newcomer, referral.pk)
    told = Message.objects.get(template="kept-close-again", way="account")
    assert told.user_id == cast.safeguarding_lead.id
    assert referral.reference in told.subject
    assert "Jean" not in told.subject + told.body
    assert "Marlow" not in told.subject + told.body


def test_a_sealed_record_is_minded_too(cast: Cast, lead: Actor, hidden: Case) -> None:
    do(lead, restrict, hidden.person, level="sealed", reason="More", named=[cast.link_worker.id])
    case = do(cast.actor(cast.colleague), actions.open_from_referral, again(cast))
    assert case.person.restriction == Restriction.PROTECTED


def test_somebody_unlike_them_is_opened_as_usual(cast: Cast, hidden: Case, queued: Queued) -> None:
    phone = (Reach("phone", "020 7946 0999", is_safe=True),)
    other = {"given_name": "Ada", "family_name": "Other", "born_on": None, "contact_channels": phone}
    case = do(cast.actor(cast.colleague), actions.open_from_referral, again(cast, **other))
    assert case.person.restriction == Restriction.NORMAL
    assert not queued("casework.tell_newcomer")


def test_whoever_was_shown_the_record_decided_for_themselves(cast: Cast, lead: Actor, hidden: Case) -> None:
    do(lead, restrict, hidden.person, level="normal", reason="Over")
    case = do(cast.actor(cast.colleague), actions.open_from_referral, again(cast))
    assert case.person.restriction == Restriction.NORMAL
