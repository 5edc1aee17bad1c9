"""Nobody who asked waits in vain: whoever cannot be written to is told by somebody, and until then stands in the inbox."""

from typing import Any

import pytest
from django.urls import reverse

from linkworks.core.later import REGISTERED
from linkworks.messaging.models import Message
from linkworks.referrals.models import Progress, Referral
from linkworks.referrals.rules import Reach
from tests.cast import Cast
from tests.factories import referrals
from tests.factories.casework import do

ASKED = {"referrer_type": "self", "from_organisation_id": None, "referrer_user_id": None, "referrer_name": ""}
PHONE = Reach("phone", "020 7946 0001", may_leave_message=False)
UNSAFE_TEXT = Reach("text", "07700 900123", is_safe=False)
SAFE_TEXT = Reach("text", "07700 900456")
ANSWERS = {
    "decline": {"reason": "outside-area", "words": "Try the knife crime team."},
    "redirect": {"where": "words", "to_words": "The refuge", "words": "They can help"},
}


def asked_by_themselves(cast: Cast, *ways: Reach) -> Referral:
    sender = cast.actor(cast.referrer)
    made = do(sender, lambda *, by: referrals.sent(by, cast.scheme.id, contact_channels=ways))
    Referral.objects.filter(pk=made.pk).update(**ASKED, door="self")
    made.refresh_from_db()
    return made


def decide(cast: Cast, referral: Referral, what: str) -> Any:
    address = reverse(f"casework:{what}", args=[referral.pk])
    response = cast.client(cast.link_worker).post(address, ANSWERS[what], follow=True)
    REGISTERED["referrals.tell_decision"](str(referral.pk), by=cast.everything)
    return response


def waiting_to_be_told(cast: Cast) -> str:
    return cast.client(cast.link_worker).get(reverse("casework:inbox"), {"state": "to-tell"}).content.decode()


@pytest.mark.parametrize("what", ["decline", "redirect"])
def test_who_can_only_be_telephoned_is_somebodys_to_tell(cast: Cast, what: str) -> None:
    referral = asked_by_themselves(cast, PHONE, UNSAFE_TEXT)
    said = decide(cast, referral, what).content.decode()
    assert "Nobody could be written to" in said
    assert "The referrer is being told" not in said
    assert "020 7946 0001" in said
    assert not Message.objects.exists()
    assert referral.reference in waiting_to_be_told(cast)
    told = reverse("casework:told", args=[referral.pk])
    assert cast.client(cast.link_worker).post(told, {"words": " "}).status_code == 400
    cast.client(cast.link_worker).post(told, {"words": "Rang her on Monday morning"})
    assert Progress.objects.get().words == "Rang her on Monday morning"
    assert referral.reference not in waiting_to_be_told(cast)


@pytest.mark.parametrize("what", ["decline", "redirect"])
def test_a_safe_text_says_nothing_of_why(cast: Cast, what: str) -> None:
    referral = asked_by_themselves(cast, PHONE, UNSAFE_TEXT, SAFE_TEXT)
    assert "written to by text message" in decide(cast, referral, what).content.decode()
    message = Message.objects.get()
    assert (message.way, message.address) == ("text", SAFE_TEXT.value)
    for secret in ("knife", "refuge", "Jean", "loneliness"):
        assert secret not in message.subject + message.body
    assert cast.scheme.phone in message.body
    assert referral.reference not in waiting_to_be_told(cast)


def test_what_did_not_arrive_is_told_by_somebody(cast: Cast) -> None:
    referral = asked_by_themselves(cast, SAFE_TEXT)
    decide(cast, referral, "decline")
    Message.objects.update(state="failed")
    assert referral.reference in waiting_to_be_told(cast)
    page = cast.client(cast.link_worker).get(reverse("casework:inbox-referral", args=[referral.pk]))
    assert "has not heard of this decision" in page.content.decode()


def test_a_referrer_with_an_account_is_told_there(cast: Cast) -> None:
    sender = cast.actor(cast.referrer)
    referral = do(sender, lambda *, by: referrals.sent(by, cast.scheme.id))
    assert "The referrer is being told" in decide(cast, referral, "decline").content.decode()
    assert referral.reference not in waiting_to_be_told(cast)


def test_telling_is_for_decisions_and_for_those_who_decide(cast: Cast) -> None:
    referral = asked_by_themselves(cast, PHONE)
    told = reverse("casework:told", args=[referral.pk])
    assert cast.client(cast.link_worker).post(told, {"words": "Rang"}).status_code == 400
    assert cast.client(cast.outsider).post(told, {"words": "Rang"}).status_code == 404
    assert cast.client(cast.safeguarding_lead).post(told, {"words": "Rang"}).status_code == 403
    assert not Progress.objects.exists()


def test_a_safe_way_hears_that_the_request_arrived(cast: Cast) -> None:
    referral = asked_by_themselves(cast, PHONE, SAFE_TEXT)
    for _ in range(2):
        REGISTERED["referrals.tell_received"](str(referral.pk), by=cast.everything)
    message = Message.objects.get()
    assert message.way == "text"
    assert "working day" in message.body
    assert "Jean" not in message.body
