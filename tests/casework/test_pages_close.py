"""The closing form asks for what is missing, and for nothing else."""

from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions, forms
from linkworks.casework.rules.closing import ClosingFacts
from linkworks.connections import actions as connections
from linkworks.core.actor import Actor
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

WHY_NONE, WITHDRAW = "Why there are no closing answers", "still waiting for an answer"


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
