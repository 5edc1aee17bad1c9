"""Delivery as the worker does it, committing as it goes."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from linkworks.accounts.queries import AccountMail
from linkworks.core.actor import job_actor
from linkworks.core.clock import now
from linkworks.core.later import REGISTERED, acting
from linkworks.core.models import Heartbeat
from linkworks.messaging import jobs
from linkworks.messaging.models import Message, MessageMove
from linkworks.messaging.states import State, Way
from tests.cast import Cast
from tests.factories.messaging import make_message
from tests.fakes.smtp import FakeSMTP

BY = job_actor("messaging.deliver")


class Killed(BaseException):
    """The worker process is gone: nothing catches this."""


def committed(**facts: Any) -> Message:
    with acting(BY):
        return make_message(**facts)


def now_in_database(message: Message) -> Message:
    with acting(BY):
        return Message.objects.get(pk=message.pk)


def test_a_worker_killed_between_claiming_and_noting_loses_nothing(
    committed_db: str, smtp: type[FakeSMTP], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim is committed, so the message is found "sending", sent again, and marked as a possible repeat."""
    message = committed()
    smtp.failing = Killed()  # type: ignore[assignment]
    with pytest.raises(Killed):
        jobs.deliver(str(message.id), by=BY)
    assert now_in_database(message).state == State.SENDING
    with acting(BY):
        Message.objects.update(touched_at=now() - timedelta(minutes=6))
    smtp.failing = None
    jobs.sweep()
    jobs.deliver(str(message.id), by=BY)
    kept = now_in_database(message)
    assert (kept.state, kept.possibly_duplicate, kept.attempts) == (State.SENT, True, 2)
    assert len(smtp.letters) == 1
    with acting(BY):
        assert list(MessageMove.objects.order_by("made_at").values_list("move", flat=True)) == [
            "start",
            "fail-for-now",
            "start",
            "send",
        ]


def test_nothing_is_sent_inside_a_transaction(
    committed_db: str, smtp: type[FakeSMTP], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(
        smtp, "send_message", lambda self, *args, **facts: seen.append(transaction.get_connection().in_atomic_block)
    )
    jobs.deliver(str(committed().id), by=BY)
    assert seen == [False]


def test_the_sweeper_reaches_every_scheme(cast: Cast) -> None:
    late = now() - timedelta(minutes=3)
    for scheme in (cast.scheme, cast.other_scheme, None):
        make_message(scheme=scheme, touched_at=late)
    jobs.sweep()
    assert Message.objects.filter(touched_at__gt=late).count() == 3


def test_the_sweeper_is_a_scheduled_job(cast: Cast) -> None:
    assert REGISTERED["messaging.sweep"] is jobs.sweep
    assert not Heartbeat.objects.exists()


WORDED = AccountMail(
    "new.colleague@example.org", "Join Elm Tree Trust on Linkworks", "Choose a password: https://links.example.org/join"
)


@pytest.mark.parametrize(
    ("job", "worded_by", "template"),
    [
        (jobs.send_invitation, "invitation_mail", "staff-invitation"),
        (jobs.send_password_reset, "password_reset_mail", "password-reset"),
    ],
)
def test_mails_of_accounts_are_sent_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, job: Any, worded_by: str, template: str
) -> None:
    monkeypatch.setattr(f"linkworks.messaging.jobs.accounts.{worded_by}", lambda _: WORDED)
    identifier = str(uuid4())
    job(identifier, by=BY)
    job(identifier, by=BY)
    message = Message.objects.get()
    assert (message.address, message.template, message.way, message.scheme_id) == (WORDED.to, template, Way.EMAIL, None)
    assert message.body == WORDED.body


def test_an_invitation_can_be_sent_again_on_purpose(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkworks.messaging.jobs.accounts.invitation_mail", lambda _: WORDED)
    identifier = str(UUID(int=1))
    jobs.send_invitation(identifier, "first", by=BY)
    jobs.send_invitation(identifier, "second", by=BY)
    assert Message.objects.count() == 2
