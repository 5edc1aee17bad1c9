"""The closing form asks for what is missing, and for nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions, forms
from linkworks.casework.models import CaseMeasure
from linkworks.casework.queries import closing_facts
from linkworks.casework.rules.closing import ClosingFacts
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

WHY_NONE, WITHDRAW = "Why there are no closing answers", "still waiting for an answer"
LEAD_KNOWS, TOLD = "The safeguarding lead knows that I am closing", "case-closed-over-concern"


def page(cast: Cast, case: Any) -> str:
    return cast.client(cast.link_worker).get(reverse("casework:close", args=[case.pk])).content.decode()


def send(cast: Cast, case: Any, **answers: str) -> Any:
    return cast.client(cast.link_worker).post(reverse("casework:close", args=[case.pk]), answers)


@pytest.mark.parametrize("talked", [True, False])
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("unanswered", [(), ("Lunch club",), ("Lunch club", "The choir")])
def test_each_question_is_asked_only_when_its_answer_is_needed(
    talked: bool, answered: bool, unanswered: tuple[str, ...]
) -> None:
    form = forms.CloseForm(facts=ClosingFacts(0, unanswered, answered, talked, unanswered=unanswered))
    assert ("missing_because" in form.fields) == (talked and not answered)
    assert ("withdraw_unanswered" in form.fields) == bool(unanswered)
    assert {"reason", "summary"} <= set(form.fields)


def test_with_everything_there_only_why_and_how_it_went_are_asked(cast: Cast) -> None:
    case = make.reviewed(cast)
    make.answers(cast, case, "end")
    said = page(cast, case)
    assert WHY_NONE not in said and WITHDRAW not in said and "Before you close" not in said
    assert send(cast, case, reason="goals-met", summary="She eats with others.").status_code == 302
    assert make.fresh(case).state == "closed"


ANSWERED_TODAY = "Use what they answered today, at the review"


def test_what_was_answered_today_at_the_review_is_offered_as_the_closing_answers(cast: Cast) -> None:
    case = make.reviewed(cast)
    at_review = make.answers(cast, case, "review")
    said = page(cast, case)
    assert ANSWERED_TODAY in said and "They answered the wellbeing questions today" in said
    assert "Ask the wellbeing questions" not in said, "nobody asks twice in a day"
    refused = send(cast, case, reason="goals-met")
    assert refused.status_code == 400 and "say why there are none" in refused.content.decode()
    assert CaseMeasure.objects.get(pk=at_review.pk).stage == "review"
    assert send(cast, case, reason="goals-met", todays_answers="on").status_code == 302
    closed = make.fresh(case)
    assert (closed.state, closed.closing_measure_missing) == ("closed", "")
    assert closing_facts(closed).has_closing_answers
    assert CaseMeasure.objects.get(case=case, stage="end").answer_set_id == at_review.answer_set_id


@pytest.mark.parametrize("days_ago", [1, 42])
def test_an_earlier_reviews_answers_are_of_that_day(cast: Cast, days_ago: int) -> None:
    case = make.reviewed(cast)
    answers = make.answers(cast, case, "review").answer_set
    answers.asked_on = clock.today() - timedelta(days=days_ago)
    answers.save()
    assert ANSWERED_TODAY not in page(cast, case)
    assert send(cast, case, reason="goals-met", todays_answers="on").status_code == 400
    assert CaseMeasure.objects.get(case=case).stage == "review"


def test_the_answers_of_a_review_before_it_was_closed_are_not_the_next_endings(cast: Cast, worker: Actor) -> None:
    case = make.reviewed(cast)
    make.answers(cast, case, "review")
    do(worker, actions.close, case, reason="goals-met", todays_answers=True, withdraw_unanswered=True)
    again = do(worker, actions.reopen, make.fresh(case), reason="She rang again.")
    assert not closing_facts(again).has_closing_answers
    assert ANSWERED_TODAY not in page(cast, again)


def test_closing_answers_that_are_there_are_not_taken_from_the_review(cast: Cast, worker: Actor) -> None:
    case = make.reviewed(cast)
    for stage in ("review", "end"):
        make.answers(cast, case, stage)
    assert ANSWERED_TODAY not in page(cast, case)
    do(worker, actions.close, case, reason="goals-met", todays_answers=True)
    assert set(CaseMeasure.objects.filter(case=case).values_list("stage", flat=True)) == {"review", "end"}


def test_before_any_conversation_nobody_is_asked_for_answers(cast: Cast) -> None:
    case = make.contacting(cast)
    said = page(cast, case)
    assert WHY_NONE not in said and "Before you close" not in said
    assert send(cast, case, reason="person-chose-to-stop").status_code == 302


def test_missing_answers_are_asked_about_and_the_words_stay(cast: Cast) -> None:
    case = make.reviewed(cast)
    assert WHY_NONE in page(cast, case)
    refused = send(cast, case, reason="goals-met", summary="She sings now")
    assert refused.status_code == 400
    assert (
        "Record the closing answers first" in refused.content.decode() and "She sings now" in refused.content.decode()
    )
    assert send(cast, case, reason="goals-met", missing_because="Chose not to").status_code == 302
    assert make.fresh(case).closing_measure_missing == "Chose not to"


def test_who_still_waits_is_named_and_withdrawn_only_with_a_tick(cast: Cast) -> None:
    case, _, connection = make.connected(cast)
    assert "Withdraw from Tuesday lunch club: still waiting for an answer" in page(cast, case)
    assert send(cast, case, reason="moved-away").status_code == 400
    assert send(cast, case, reason="moved-away", withdraw_unanswered="on").status_code == 302
    connection.refresh_from_db()
    assert connection.state == "withdrawn"


def test_somebody_who_goes_already_is_not_offered_for_withdrawing(cast: Cast, provider: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    said = page(cast, case)
    assert WITHDRAW not in said and "Still connected to Tuesday lunch club" in said


def test_an_answer_that_becomes_missing_while_the_form_is_open_is_asked_for(cast: Cast, worker: Actor) -> None:
    """Opened again since: the answers on the form are those of the earlier ending, so the same post is refused."""
    case = make.closed(cast)
    do(worker, actions.reopen, case, reason="She rang")
    refused = send(cast, case, reason="goals-met")
    assert refused.status_code == 400
    assert WHY_NONE in refused.content.decode()


def test_over_an_open_concern_the_tick_is_asked_for_and_its_owner_hears_of_the_closing(cast: Cast) -> None:
    case = make.contacting(cast)
    concern = make.concern(cast, case)
    said = page(cast, case)
    assert "A safeguarding concern is open" in said and LEAD_KNOWS in said
    assert concern.what_happened not in said
    refused = send(cast, case, reason="moved-away", summary="To Leeds")
    assert refused.status_code == 400 and "To Leeds" in refused.content.decode()
    assert make.fresh(case).state != "closed"
    assert send(cast, case, reason="moved-away", lead_knows="on").status_code == 302
    told = Message.objects.get(template=TOLD, way="account")
    assert told.user_id == concern.owner_id and case.reference in told.body
    assert concern.what_happened not in told.body and case.person.given_name not in told.body


def test_without_an_open_concern_there_is_no_tick_and_nobody_is_told(cast: Cast) -> None:
    case = make.contacting(cast)
    assert LEAD_KNOWS not in page(cast, case)
    assert send(cast, case, reason="moved-away").status_code == 302
    assert not Message.objects.filter(template=TOLD).exists()


def test_somebody_never_reached_is_not_closed_over_a_concern_in_silence(cast: Cast) -> None:
    case = make.contacting(cast, tries=3)
    make.concern(cast, case)
    client, address = cast.client(cast.link_worker), reverse("casework:close-unreached", args=[case.pk])
    assert LEAD_KNOWS in client.get(address).content.decode()
    assert "A safeguarding concern is open" in client.post(address, follow=True).content.decode()
    assert make.fresh(case).state != "closed"
    client.post(address, {"lead_knows": "on"})
    assert make.fresh(case).state == "closed"
    assert Message.objects.filter(template=TOLD, way="account").count() == 1


def test_what_is_still_to_do_is_named_before_closing_ends_it(cast: Cast, worker: Actor) -> None:
    case = make.contacting(cast)
    do(worker, actions.add_task, case, title="Ring the <housing> office", due_on=clock.today())
    assert "Closing ends what is still to do" in page(cast, case)
    assert "Ring the &lt;housing&gt; office" in page(cast, case)


def test_nothing_is_reviewed_or_printed_before_there_is_a_goal(cast: Cast) -> None:
    client, case = cast.client(cast.link_worker), make.active(cast)
    review, sheet = (reverse(f"casework:{name}", args=[case.pk]) for name in ("review", "plan-print"))
    said = client.get(review).content.decode()
    assert "There are no goals yet" in said and "All goals were reviewed" not in said
    for name in ("case", "plan"):
        shown = client.get(reverse(f"casework:{name}", args=[case.pk])).content.decode()
        assert f'href="{review}"' not in shown and f'href="{sheet}"' not in shown
