"""Send one e-mail or text message through GOV.UK Notify.

Notify wants a template for everything it sends. Ours hold one placeholder for the words, so that what is said stays in
one place: `((subject))` and `((body))` for e-mail, `((body))` for text messages.
"""

import requests
from django.conf import settings
from notifications_python_client import NotificationsAPIClient
from notifications_python_client.errors import HTTPError, InvalidResponse

from linkworks.core.errors import Unavailable

from .mail import NoAnswer, Refused

__all__ = ["NoAnswer", "Refused", "accepted", "carries", "client", "outcome", "send"]

SECONDS = 20
GONE = 404
TRY_LATER = frozenset({403, 408, 429})  # 403 is a wrong clock or key: ours to mend, not the message's fault


def template_for(way: str) -> str:
    return {"email": settings.NOTIFY_EMAIL_TEMPLATE, "text": settings.NOTIFY_TEXT_TEMPLATE}.get(way) or ""


def carries(way: str) -> bool:
    """Whether Notify is set up for this way of sending."""
    return bool(settings.NOTIFY_KEY and template_for(way))


def send(*, way: str, to: str, subject: str, body: str, reference: str) -> str:
    """Hand the message over; gives Notify's own id. Raises Refused, or NoAnswer when trying later makes sense."""
    try:
        if way == "email":
            words = {"subject": subject, "body": body}
            given = client().send_email_notification(to, template_for(way), personalisation=words, reference=reference)
        else:
            given = client().send_sms_notification(
                to, template_for(way), personalisation={"body": body}, reference=reference
            )
    except (HTTPError, requests.RequestException) as error:
        raise explained(error) from error
    except InvalidResponse as error:
        raise NoAnswer("GOV.UK Notify gave an answer that cannot be read.", may_have_left=True) from error
    return str(given["id"])


def accepted(reference: str) -> str:
    """Notify's id of an earlier message with our reference; empty when it has none."""
    try:
        found = client().get_all_notifications(reference=reference)["notifications"]
    except (HTTPError, InvalidResponse, requests.RequestException) as error:
        raise Unavailable("GOV.UK Notify did not answer.") from error
    return str(found[0]["id"]) if found else ""


def outcome(given: str) -> str:
    """What became of a message Notify took, by Notify's own id, in its words; empty when it knows it no longer (after a week)."""
    try:
        return str(client().get_notification_by_id(given)["status"])
    except HTTPError as error:
        if error.status_code == GONE:
            return ""
        raise explained(error) from error
    except requests.RequestException as error:
        raise explained(error) from error
    except (InvalidResponse, KeyError) as error:
        raise NoAnswer("GOV.UK Notify gave an answer that cannot be read.", may_have_left=True) from error


def explained(error: Exception) -> Unavailable | Refused:
    """What an error means for the message. Notify's own words may hold the address, so they are not kept."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and 400 <= status < 500 and status not in TRY_LATER:
        return Refused("GOV.UK Notify refused this address or message.")
    if isinstance(status, int) and status in TRY_LATER:
        return NoAnswer("GOV.UK Notify asked us to try later.", may_have_left=False)
    return NoAnswer("GOV.UK Notify did not answer.", may_have_left=True)


def client() -> NotificationsAPIClient:
    """A client of one's own: Notify's may not be shared between threads."""
    return NotificationsAPIClient(settings.NOTIFY_KEY, timeout=SECONDS)
