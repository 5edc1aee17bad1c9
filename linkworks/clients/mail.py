"""Send one e-mail to one address over SMTP."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from linkworks.core.errors import LinkworksError, Unavailable

SECONDS = 20


class Refused(LinkworksError):
    """The mail server will never take this message."""


class NoAnswer(Unavailable):
    """The server did not answer. `may_have_left` says whether it may have taken the message all the same."""

    def __init__(self, message: str, *, may_have_left: bool) -> None:
        super().__init__(message)
        self.may_have_left = may_have_left


def send(*, to: str, subject: str, body: str, reference: str) -> None:
    """Hand the message to the mail server. Raises Refused, or NoAnswer when trying later makes sense."""
    letter = message(to=to, subject=subject, body=body, reference=reference)
    handed_over = False
    try:
        with connected(settings.EMAIL_URL or "") as server:
            handed_over = True
            server.send_message(letter, from_addr=settings.DEFAULT_FROM_EMAIL, to_addrs=[to])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise explained(error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NoAnswer("The mail server did not answer.", may_have_left=handed_over) from error


def message(*, to: str, subject: str, body: str, reference: str) -> EmailMessage:
    letter = EmailMessage()
    sender = settings.DEFAULT_FROM_EMAIL or "linkworks@localhost"
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = subject
    letter["Message-ID"] = f"<{reference}@{domain_of(sender)}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body)
    return letter


def domain_of(address: str) -> str:
    _, at, domain = address.rpartition("@")
    return (at and domain.strip("> ")) or "localhost"


def connected(url: str) -> smtplib.SMTP:
    """A session with the server of smtp://user:password@host:port?tls=true (or smtps://)."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=secure)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
    try:
        if parts.scheme != "smtps" and parse_qs(parts.query).get("tls", [""])[0].lower() in {"1", "true", "yes"}:
            server.starttls(context=secure)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def explained(error: smtplib.SMTPException) -> LinkworksError:
    """4xx is "not now", 5xx is "never". The server's own words may name the recipient, so they are not kept."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    else:
        codes = [getattr(error, "smtp_code", 0)]
    if codes and all(code >= 500 for code in codes):
        return Refused("The mail server refused this address or message.")
    return NoAnswer("The mail server asked us to try later.", may_have_left=False)
