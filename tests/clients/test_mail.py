"""One e-mail to one address, and what a mail server's answers mean."""

import smtplib
from collections.abc import Iterator
from typing import Any

import pytest

from linkworks.clients import mail
from tests.fakes.smtp import FakeSMTP

LETTER = {
    "to": "hello@kettle.example.org",
    "subject": "K-7KQ4-M9TX",
    "body": "Zażółć – hello",
    "reference": "made-up-reference",
}


@pytest.fixture
def smtp(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeSMTP]]:
    settings.EMAIL_URL = "smtp://sen%40der:sec%2Fret@mail.example.org:587?tls=true"
    settings.DEFAULT_FROM_EMAIL = "Linkworks <linkworks@example.org>"
    FakeSMTP.reset()
    monkeypatch.setattr(mail.smtplib, "SMTP", FakeSMTP)
    yield FakeSMTP
    FakeSMTP.reset()


def test_there_is_one_recipient_in_the_envelope_and_in_the_headers(smtp: type[FakeSMTP]) -> None:
    mail.send(**LETTER)
    [(_, recipients, letter)] = smtp.letters
    assert recipients == [LETTER["to"]]
    assert [letter[name] for name in ("To", "Cc", "Bcc")] == [LETTER["to"], None, None]


def test_words_and_reference_arrive_whole(smtp: type[FakeSMTP]) -> None:
    mail.send(**LETTER)
    letter = smtp.letters[0][2]
    assert letter.get_content().strip() == LETTER["body"]
    assert letter["Subject"] == LETTER["subject"]
    assert letter["Message-ID"] == "<made-up-reference@example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_subject_with_a_line_break_can_not_add_a_header(smtp: type[FakeSMTP]) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|carriage"):
        mail.send(**{**LETTER, "subject": "Hello\nBcc: somebody@example.org"})
    assert smtp.letters == []


def test_the_session_is_encrypted_and_signed_in(smtp: type[FakeSMTP]) -> None:
    mail.send(**LETTER)
    assert smtp.sessions == [{"host": "mail.example.org", "port": 587, "tls": True, "login": ("sen@der", "sec/ret")}]


def test_a_sign_in_that_fails_leaves_no_connection_open(smtp: type[FakeSMTP]) -> None:
    smtp.refusing_login = smtplib.SMTPAuthenticationError(535, b"no")
    with pytest.raises(mail.NoAnswer):
        mail.send(**LETTER)
    assert smtp.sessions[0]["closed"]


def test_a_server_without_sign_in(smtp: type[FakeSMTP], settings: Any) -> None:
    settings.EMAIL_URL = "smtp://localhost"
    mail.send(**LETTER)
    assert smtp.sessions == [{"host": "localhost", "port": 25, "tls": False, "login": None}]


def test_smtps_is_encrypted_from_the_start(
    smtp: type[FakeSMTP], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_URL = "smtps://mail.example.org"
    monkeypatch.setattr(mail.smtplib, "SMTP_SSL", FakeSMTP)
    mail.send(**LETTER)
    assert smtp.sessions[0]["port"] == 465


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"x": (550, b"no such box")}),
        smtplib.SMTPSenderRefused(550, b"not you", "x"),
        smtplib.SMTPDataError(554, b"spam"),
    ],
)
def test_never_is_never(smtp: type[FakeSMTP], error: Exception) -> None:
    smtp.failing = error
    with pytest.raises(mail.Refused) as refused:
        mail.send(**LETTER)
    assert "kettle" not in refused.value.message


@pytest.mark.parametrize(
    ("error", "may_have_left"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (450, b"later")}), False),
        (smtplib.SMTPDataError(451, b"later"), False),
        (smtplib.SMTPServerDisconnected("gone"), True),
        (TimeoutError(), True),
        (ConnectionResetError(), True),
    ],
)
def test_not_now_says_whether_it_may_have_left(smtp: type[FakeSMTP], error: Exception, may_have_left: bool) -> None:
    smtp.failing = error
    with pytest.raises(mail.NoAnswer) as later:
        mail.send(**LETTER)
    assert later.value.may_have_left is may_have_left


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPConnectError(421, b"busy")])
def test_a_server_that_can_not_be_reached_has_taken_nothing(smtp: type[FakeSMTP], error: Exception) -> None:
    smtp.refusing = error
    with pytest.raises(mail.NoAnswer) as later:
        mail.send(**LETTER)
    assert later.value.may_have_left is False
