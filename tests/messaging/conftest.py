"""What the tests of messages share: a post office that keeps what it is handed."""

from collections.abc import Iterator
from typing import Any

import pytest

from linkworks.core.actor import job_actor
from linkworks.messaging import jobs
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.fakes.notify import FakeNotify
from tests.fakes.smtp import FakeSMTP


@pytest.fixture
def smtp(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeSMTP]]:
    """E-mail leaves by a mail server that only pretends."""
    settings.EMAIL_URL = "smtp://sender:secret@mail.example.org:587?tls=true"
    FakeSMTP.reset()
    monkeypatch.setattr("linkworks.clients.mail.smtplib.SMTP", FakeSMTP)
    yield FakeSMTP
    FakeSMTP.reset()


@pytest.fixture
def notify(settings: Any, monkeypatch: pytest.MonkeyPatch) -> FakeNotify:
    """E-mail and texts leave by a GOV.UK Notify that only pretends."""
    settings.NOTIFY_KEY, settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_TEXT_TEMPLATE = (
        "key",
        "email-template",
        "text-template",
    )
    fake = FakeNotify()
    monkeypatch.setattr("linkworks.clients.notify.client", lambda: fake)
    return fake


@pytest.fixture
def deliver(cast: Cast) -> Any:
    """Run the delivery job of a message, as the worker would; gives the message as it is afterwards."""

    def run(message: Message) -> Message:
        by = job_actor("messaging.deliver", *filter(None, [message.scheme_id]))
        jobs.deliver(str(message.id), by=by)
        message.refresh_from_db()
        return message

    return run
