"""GOV.UK Notify: what is handed over, and what its answers mean."""

from typing import Any

import pytest
import requests
from notifications_python_client.errors import HTTPError, InvalidResponse

from linkworks.clients import notify
from linkworks.core.errors import Unavailable
from tests.fakes.notify import FakeNotify, answer

KEY = "made_up-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"


@pytest.fixture
def fake(settings: Any, monkeypatch: pytest.MonkeyPatch) -> FakeNotify:
    settings.NOTIFY_KEY, settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_TEXT_TEMPLATE = KEY, "for-email", "for-text"
    made = FakeNotify()
    monkeypatch.setattr(notify, "client", lambda: made)
    return made


def send(way: str = "email") -> str:
    return notify.send(way=way, to="somebody", subject="Subject", body="Body", reference="ours")


def test_an_email_carries_subject_and_body(fake: FakeNotify) -> None:
    given = send()
    assert fake.taken == [{"id": given, "to": "somebody", "reference": "ours", "subject": "Subject", "body": "Body"}]


def test_a_text_carries_the_body_only(fake: FakeNotify) -> None:
    given = send("text")
    assert fake.taken == [{"id": given, "to": "somebody", "reference": "ours", "body": "Body"}]


@pytest.mark.parametrize(
    ("key", "email", "text", "carried"),
    [
        (KEY, "a", "b", {"email", "text"}),
        (KEY, "a", "", {"email"}),
        (KEY, None, "b", {"text"}),
        (None, "a", "b", set()),
    ],
)
def test_it_carries_what_it_has_a_template_for(
    settings: Any, key: Any, email: Any, text: Any, carried: set[str]
) -> None:
    settings.NOTIFY_KEY, settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_TEXT_TEMPLATE = key, email, text
    assert {way for way in ("email", "text", "letter", "account") if notify.carries(way)} == carried


@pytest.mark.parametrize(
    ("error", "may_have_left"),
    [
        (HTTPError(answer(429)), False),
        (HTTPError(answer(403)), False),
        (HTTPError(answer(500)), True),
        (HTTPError(answer(503)), True),
        (HTTPError(None), True),
        (requests.Timeout(), True),
        (InvalidResponse(message="not JSON"), True),
    ],
)
def test_no_answer_says_whether_it_may_have_left(
    fake: FakeNotify, monkeypatch: pytest.MonkeyPatch, error: Exception, may_have_left: bool
) -> None:
    monkeypatch.setattr(fake, "take", lambda *_: (_ for _ in ()).throw(error))
    with pytest.raises(notify.NoAnswer) as later:
        send()
    assert later.value.may_have_left is may_have_left


def test_a_refusal_is_final_and_repeats_no_address(fake: FakeNotify) -> None:
    fake.refuses = True
    with pytest.raises(notify.Refused) as refused:
        send()
    assert "somebody" not in refused.value.message


def test_it_can_be_asked_whether_a_message_arrived(fake: FakeNotify) -> None:
    given = send()
    assert notify.accepted("ours") == given
    assert notify.accepted("never sent") == ""


def test_asking_may_fail_too(fake: FakeNotify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake, "get_all_notifications", lambda **_: (_ for _ in ()).throw(HTTPError(answer(500))))
    with pytest.raises(Unavailable):
        notify.accepted("ours")


def test_each_use_has_a_client_of_its_own(settings: Any) -> None:
    settings.NOTIFY_KEY = KEY
    assert notify.client() is not notify.client()
    assert notify.client().timeout == notify.SECONDS
