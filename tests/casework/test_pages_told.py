"""Nobody who asked waits in vain: whoever cannot be written to is told by somebody, and until then stands in the inbox."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions as casework
from linkworks.casework import queries
from linkworks.casework.presenters import inbox
from linkworks.core import clock
from linkworks.core.later import REGISTERED
from linkworks.messaging.models import Message
from linkworks.referrals.models import Progress, Referral
from linkworks.referrals.rules import Reach
from tests.cast import Cast
from tests.factories import casework as make
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


def test_a_lost_word_that_it_arrived_is_no_lost_decision(cast: Cast) -> None:
    referral = asked_by_themselves(cast, SAFE_TEXT)
    REGISTERED["referrals.tell_received"](str(referral.pk), by=cast.everything)
    Message.objects.update(state="failed")
    decide(cast, referral, "decline")
    assert referral.reference not in waiting_to_be_told(cast)


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


@pytest.mark.parametrize("what", ["decline", "redirect"])
@pytest.mark.parametrize(
    ("ways", "said"),
    [((PHONE,), inbox.TELEPHONE), ((SAFE_TEXT,), inbox.NOT_THESE_WORDS), (None, inbox.READ_AS_WRITTEN)],
)
def test_before_deciding_one_reads_who_will_read_the_words(cast: Cast, what: str, ways: Any, said: str) -> None:
    sender = cast.actor(cast.referrer)
    referral = (
        asked_by_themselves(cast, *ways) if ways else do(sender, lambda *, by: referrals.sent(by, cast.scheme.id))
    )
    page = cast.client(cast.link_worker).get(reverse(f"casework:{what}", args=[referral.pk]))
    assert said in page.content.decode()


BEING_TOLD = "Whoever referred them is being told"


def agree(cast: Cast, case: Any) -> str:
    address = reverse("casework:agree", args=[case.pk])
    day = clock.today() + timedelta(days=42)
    answers = {"agreed_how": "In person", "review_on_day": day.day, "review_on_month": day.month,
               "review_on_year": day.year}  # fmt: skip
    page = str(cast.client(cast.link_worker).post(address, answers, follow=True).content.decode())
    assert "The plan is agreed" in page
    for plan in case.plans.filter(state="agreed"):
        REGISTERED["casework.tell_plan_agreed"](str(plan.pk), by=cast.everything)
    return page


def test_that_the_referrer_is_told_of_a_plan_is_said_the_first_time_alone(cast: Cast) -> None:
    case, goal = make.with_goal(cast)
    assert BEING_TOLD in agree(cast, case)
    do(cast.actor(cast.link_worker), casework.change_goal, goal, facts=make.GoalFacts(words="Another"))
    assert (
        "will read" not in cast.client(cast.link_worker).get(reverse("casework:agree", args=[case.pk])).content.decode()
    )
    assert BEING_TOLD not in agree(cast, case)


def test_nobody_is_said_to_be_told_where_somebody_asked_for_themselves(cast: Cast) -> None:
    case, _ = make.with_goal(cast)
    Referral.objects.filter(pk=case.referral_id).update(**ASKED, referrer_email="")
    assert BEING_TOLD not in agree(cast, case)
    answers = {"reason": "moved-away", "missing_because": "She left"}
    done = cast.client(cast.link_worker).post(reverse("casework:close", args=[case.pk]), answers, follow=True)
    assert "case is closed." in done.content.decode()
    assert BEING_TOLD not in done.content.decode()


def test_that_the_referrer_is_told_of_the_end_is_said(cast: Cast) -> None:
    case = make.contacting(cast)
    answers = {"reason": "person-chose-to-stop"}
    done = cast.client(cast.link_worker).post(reverse("casework:close", args=[case.pk]), answers, follow=True)
    assert BEING_TOLD in done.content.decode()


@pytest.mark.parametrize(
    ("move", "words"),
    [("achieve", "achieved"), ("miss", "not achieved"), ("drop", "no longer wanted"), ("", "still open")],
)
def test_how_a_goal_went_is_told_in_the_words_of_the_page(cast: Cast, move: str, words: str) -> None:
    case, goal, _ = make.planned(cast)
    worker = cast.actor(cast.link_worker)
    do(worker, casework.review_goals, case, reviews=[make.GoalReview(goal.pk, move, "")])
    do(worker, casework.choose_sharing, case, choices={"referrer-feedback": True}, how="In person")
    told = do(worker, lambda *, by: queries.told_at_end(case))
    assert f"• {goal.words}: {words}" in told.words
    at_plan = do(worker, lambda *, by: queries.told_at_plan(case)).words
    assert (goal.words in at_plan) is (move == "")
