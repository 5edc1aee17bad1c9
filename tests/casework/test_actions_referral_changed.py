"""What a referrer changes after their referral was accepted becomes one task of the worker."""

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Case, Task
from linkworks.core.actor import Actor
from linkworks.core.later import REGISTERED
from linkworks.referrals import actions as referrals
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories.referrals import sent


@pytest.fixture
def referral(cast: Cast, worker: Actor) -> Referral:
    made = sent(cast.actor(cast.referrer), cast.scheme.id)
    actions.open_from_referral(made, by=worker)
    return made


def titles(referral: Referral) -> list[str]:
    return list(Task.objects.filter(title__contains=referral.reference).values_list("title", flat=True))


def test_a_change_makes_one_task_however_often_it_is_told(cast: Cast, referral: Referral, job: Actor) -> None:
    referrals.amend(referral, changes={"anything_to_know": "Knock."}, reason="She said", by=cast.actor(cast.referrer))
    for _ in range(2):
        REGISTERED["casework.referral_changed"](str(referral.id), str(cast.scheme.id), by=job)
    assert titles(referral) == [f"Referral {referral.reference} was changed: read why"]


def test_taking_it_back_makes_one_too(cast: Cast, referral: Referral, job: Actor) -> None:
    referrals.withdraw(referral, reason="She changed her mind", by=cast.actor(cast.referrer))
    actions.follow_referral(referral.id, event_id=referral.id, by=job)
    assert titles(referral) == [f"Referral {referral.reference} was withdrawn: read why"]


def test_a_referral_nobody_took_makes_none(cast: Cast, job: Actor) -> None:
    waiting = sent(cast.actor(cast.referrer), cast.scheme.id)
    actions.follow_referral(waiting.id, event_id=waiting.id, by=job)
    assert titles(waiting) == []


def test_the_task_leads_to_the_words_of_the_referral(cast: Cast, referral: Referral, worker: Actor, job: Actor) -> None:
    case = Case.objects.get()
    actions.allocate(case, worker_id=cast.link_worker.id, by=cast.actor(cast.manager))
    referrals.amend(referral, changes={"anything_to_know": "Knock."}, reason="She said", by=cast.actor(cast.referrer))
    actions.follow_referral(referral.id, event_id=referral.id, by=job)
    page = cast.client(cast.link_worker).get(reverse("casework:case", args=[case.pk])).content.decode()
    assert f'href="{reverse("casework:case", args=[case.pk])}#referred"' in page
    assert 'id="referred"' in page
    assert "Knock." in page
