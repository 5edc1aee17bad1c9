import re
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from linkworks.accounts.models import Membership
from linkworks.connections import actions, jobs
from linkworks.connections.access import actor_of_link
from linkworks.connections.models import Connection, ProviderLink, Question
from linkworks.connections.states import State
from linkworks.core.actor import job_actor
from linkworks.messaging.models import Message
from linkworks.messaging.states import Way
from tests.cast import Cast
from tests.factories.connections import make_connection, make_service

LONDON = ZoneInfo("Europe/London")
SENT = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)  # a Monday
CANARIES = ["Canary", "Sam", "07700", "eat with other people", "Polish", "Jo,", "lunch", "Kettle"]


def emails() -> list[Message]:
    """E-mails to providers. (The nudges of accounts are messaging's own business.)"""
    return list(Message.objects.filter(way=Way.EMAIL).exclude(template="new-message").order_by("created_at"))


def in_accounts() -> list[Message]:
    return list(Message.objects.filter(way=Way.ACCOUNT).order_by("created_at"))


@pytest.fixture
def job(cast: Cast) -> Any:
    return job_actor("connections.invite_provider", cast.scheme.id)


def test_a_provider_is_written_to_with_a_link_that_opens_its_connection(cast: Cast, job: Any) -> None:
    connection = make_connection(cast)
    actions.invite_provider(connection.id, by=job)
    [letter] = emails()
    token = re.search(r"/provider/c/(\S+)", letter.body)
    assert letter.address == "lunch@kettle.example.org"
    assert token is not None
    actor = actor_of_link(token[1])
    assert actor is not None
    assert connection.reference in letter.subject


@pytest.mark.parametrize(
    "template", ["provider-connection", "provider-reminder", "question-for-provider", "provider-withdrawn"]
)
def test_what_is_written_says_nothing_about_the_person_or_the_group(cast: Cast, job: Any, template: str) -> None:
    connection = make_connection(cast)
    actions.telling.write_to_provider(
        connection, template=template, occasion="x", by=job, with_link=template != "provider-withdrawn"
    )
    for message in Message.objects.all():
        words = message.subject + re.sub(r"https?://\S+", "", message.body)
        assert [canary for canary in CANARIES if canary in words] == []
    assert Message.objects.count() == 3  # to the group, in its co-ordinator's account, and the nudge


def test_co_ordinators_hear_in_their_account_too(cast: Cast, job: Any) -> None:
    connection = make_connection(cast)
    actions.invite_provider(connection.id, by=job)
    [told] = in_accounts()
    assert told.user_id == cast.provider_coordinator.id
    assert told.link == f"/provider/connections/{connection.id}"


def test_a_job_that_runs_twice_writes_once(cast: Cast, job: Any) -> None:
    connection = make_connection(cast)
    for _ in range(2):
        jobs.invite_provider(str(connection.id), by=job)
    assert len(emails()) == len(in_accounts()) == 1
    assert ProviderLink.objects.count() == 1


def test_nobody_to_write_to_means_the_link_worker_telephones(cast: Cast, job: Any, queued: Any) -> None:
    connection = make_connection(cast, service=make_service(cast.host, referral_email=""))
    actions.invite_provider(connection.id, by=job)
    assert not Message.objects.exists()
    assert queued("casework.provider_without_address") == [[str(connection.id)]]
    assert queued("casework.connection_unanswered") == []  # that they have not answered would be untrue: nobody asked


@pytest.mark.parametrize("state", ["proposed", "withdrawn", "accepted", "declined"])
def test_what_no_longer_waits_is_not_announced(cast: Cast, job: Any, state: str) -> None:
    actions.invite_provider(make_connection(cast, state).id, by=job)
    assert not Message.objects.exists()


def test_what_does_not_exist_is_not_announced(cast: Cast, job: Any) -> None:
    actions.invite_provider(uuid4(), by=job)
    jobs.tell_provider_question(str(uuid4()), by=job)
    jobs.tell_provider_withdrawn(str(uuid4()), by=job)
    assert not Message.objects.exists()


def test_the_link_workers_words_reach_the_provider_on_the_page_only(cast: Cast, job: Any) -> None:
    question = actions.ask(
        make_connection(cast), text="Sam would rather come on Thursdays", from_provider=False, by=cast.everything
    )
    jobs.tell_provider_question(str(question.id), by=job)
    [letter] = emails()
    assert letter.template == "question-for-provider"
    assert "Thursdays" not in letter.body


def test_the_providers_own_question_is_not_told_to_the_provider(cast: Cast, job: Any) -> None:
    question = actions.ask(make_connection(cast), text="Hello?", from_provider=True, by=cast.everything)
    actions.tell_provider_question(question.id, by=job)
    assert not Message.objects.exists()


def test_taking_back_is_told_without_a_link(cast: Cast, job: Any) -> None:
    connection = actions.withdraw(make_connection(cast), reason="Sam is in hospital", by=cast.everything)
    jobs.tell_provider_withdrawn(str(connection.id), by=job)
    [letter] = emails()
    assert "hospital" not in letter.body
    assert "/provider/" not in letter.body
    assert "the link we sent no longer works" in letter.body
    [told] = in_accounts()
    assert "link" not in told.body and not told.link  # whoever signs in was sent none


# ─── Silence ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def chase_at(cast: Cast, when: datetime) -> None:
    with time_machine.travel(when, tick=False):
        jobs.chase()


def test_six_working_days_of_silence_bring_a_reminder_and_nine_the_link_worker(cast: Cast, queued: Any) -> None:
    """Sent on a Monday: reminded on the Tuesday of the week after, with the link; on the Friday the link worker is asked."""
    connection = make_connection(cast, sent_at=SENT)
    chase_at(cast, datetime(2026, 11, 30, 17, 0, tzinfo=LONDON))
    assert emails() == []
    chase_at(cast, datetime(2026, 12, 1, 9, 0, tzinfo=LONDON))
    [reminder] = emails()
    assert (reminder.template, "/provider/c/" in reminder.body) == ("provider-reminder", True)
    chase_at(cast, datetime(2026, 12, 3, 17, 0, tzinfo=LONDON))
    assert (len(emails()), queued("casework.connection_unanswered")) == (1, [])
    for hour in (9, 10, 11):
        chase_at(cast, datetime(2026, 12, 4, hour, 0, tzinfo=LONDON))
    assert len(emails()) == 1
    assert queued("casework.connection_unanswered") == [[str(connection.id)]]
    connection.refresh_from_db()
    assert connection.state == State.SENT


def test_nothing_is_ever_declined_by_silence(cast: Cast) -> None:
    connection = make_connection(cast, sent_at=SENT)
    chase_at(cast, datetime(2027, 11, 23, 9, 0, tzinfo=LONDON))
    connection.refresh_from_db()
    assert connection.state == State.SENT


@pytest.mark.parametrize("state", ["accepted", "waitlisted", "declined", "withdrawn"])
def test_an_answer_ends_the_chase(cast: Cast, queued: Any, state: str) -> None:
    make_connection(cast, state, sent_at=SENT)
    chase_at(cast, datetime(2026, 12, 20, 9, 0, tzinfo=LONDON))
    assert emails() == []
    assert queued("casework.connection_unanswered") == []


def test_each_scheme_chases_in_its_own_time(cast: Cast, queued: Any) -> None:
    cast.other_scheme.settings = {"reminder_working_days": 2, "escalate_working_days": 3}
    cast.other_scheme.settings_version += 1
    cast.other_scheme.save()
    theirs = make_connection(cast, sent_at=SENT, scheme=cast.other_scheme)
    make_connection(cast, sent_at=SENT)
    chase_at(cast, datetime(2026, 11, 26, 9, 0, tzinfo=LONDON))
    assert queued("casework.connection_unanswered") == [[str(theirs.id)]]
    assert Connection.objects.filter(reminded_at__isnull=False).count() == 0


def test_chasing_does_not_ask_more_of_the_database_for_more_that_wait(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        make_connection(cast, sent_at=SENT)
    with time_machine.travel(SENT, tick=False), django_assert_max_num_queries(8):
        actions.chase_scheme(cast.scheme.id, by=cast.everything)


def test_an_email_that_will_never_arrive_brings_the_link_worker_at_once(cast: Cast, job: Any, queued: Any) -> None:
    connection = make_connection(cast)
    for _ in range(2):
        jobs.provider_unreachable(str(connection.id), by=job)
    assert queued("casework.connection_unanswered") == [[str(connection.id)]]


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn"])
def test_an_email_nobody_needs_any_more_may_fail(cast: Cast, job: Any, queued: Any, state: str) -> None:
    jobs.provider_unreachable(str(make_connection(cast, state).id), by=job)
    assert queued("casework.connection_unanswered") == []


@pytest.mark.parametrize("address", ["", "lunch@kettle.example.org; other@kettle.example.org"])
@pytest.mark.parametrize("said", ["sent", "question", "withdrawn"])
def test_what_nobody_could_be_written_becomes_a_call(
    cast: Cast, job: Any, queued: Any, address: str, said: str
) -> None:
    connection = make_connection(cast)
    connection.service.referral_email = address
    connection.service.save()
    Membership.objects.filter(user=cast.provider_coordinator).delete()
    if said == "question":
        question = Question.objects.create(
            connection=connection, scheme_id=connection.scheme_id, provider_id=connection.provider_id, text="Hello",
            from_provider=False, asked_by="x", asked_by_name="Amara", asked_at=SENT,
        )  # fmt: skip
        actions.tell_provider_question(question.pk, by=job)
    elif said == "withdrawn":
        Connection.objects.filter(pk=connection.pk).update(state=State.WITHDRAWN)
        actions.tell_provider_withdrawn(connection.pk, by=job)
    else:
        actions.invite_provider(connection.pk, by=job)
    name = "casework.provider_without_address" if said == "sent" else "casework.provider_unreachable"
    assert queued(name) == [[str(connection.pk)]]
    assert emails() == []
