"""Write to the provider: by e-mail with a link that needs no account, and in the accounts of its co-ordinators."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.accounts.queries import away
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.core.later import later
from linkworks.messaging.actions import tell_address, tell_user_about
from linkworks.ui.formats import long_date

from .. import queries
from ..models import Connection, Question
from ..states import State
from .links import issue_link


@transaction.atomic
def invite_provider(connection_id: UUID, *, by: Actor) -> None:
    """Tell the provider that somebody would like to come. Nobody to write to: the link worker telephones."""
    connection = queries.with_service(connection_id)
    if connection is None or connection.state != State.SENT:
        return
    if not write_to_provider(connection, template="provider-connection", occasion="sent", by=by):
        later("casework.provider_without_address", connection.id, scheme=connection.scheme_id)


@transaction.atomic
def tell_provider_question(question_id: UUID, *, by: Actor) -> None:
    """Tell the provider that the link worker wrote."""
    question = Question.objects.filter(pk=question_id, from_provider=False).first()
    connection = queries.with_service(question.connection_id) if question else None
    if connection and connection.state != State.WITHDRAWN:
        write_or_telephone(connection, template="question-for-provider", occasion=str(question_id), by=by)


@transaction.atomic
def tell_provider_withdrawn(connection_id: UUID, *, by: Actor) -> None:
    """Tell the provider that a connection was taken back, and nothing more."""
    connection = queries.with_service(connection_id)
    if connection and connection.state == State.WITHDRAWN:
        write_or_telephone(connection, template="provider-withdrawn", occasion="withdrawn", by=by, with_link=False)


def write_or_telephone(connection: Connection, **said: Any) -> None:
    """Nobody to write to: what we wanted to say becomes the link worker's call."""
    if not write_to_provider(connection, **said):
        later("casework.provider_unreachable", connection.id, scheme=connection.scheme_id)


def write_to_provider(
    connection: Connection, *, template: str, occasion: str, by: Actor, with_link: bool = True
) -> bool:
    """Write by every way there is to the provider; False when there is none."""
    co_ordinators = queries.coordinators_of(connection.provider_id)
    said: dict[str, Any] = {"values": values_of(connection), "by": by}
    written = write_email(connection, template, occasion, with_link=with_link, **said)
    link = reverse("providers:connection", args=[connection.id]) if with_link else ""
    for each in co_ordinators:
        tell_user_about(connection, user_id=each, template=f"{template}-account", link=link, again=occasion, **said)
    return bool(written or co_ordinators)


def write_email(
    connection: Connection, template: str, occasion: str, *, values: dict[str, str], with_link: bool, by: Actor
) -> bool:
    """False when the listing gives no address, or what it gives is none: a feed may say anything."""
    address, link = connection.service.referral_email, ""
    if not address:
        return False
    try:
        with transaction.atomic():
            if with_link:
                token, kept = issue_link(connection)
                values = {**values, "date": long_date(kept.expires_at)}
                link = reverse("providers:link", args=[token])
            tell_address(
                audience="provider",
                address=address,
                template=template,
                values=values,
                link=link,
                about_id=connection.id,
                dedupe=f"{template}:{connection.id}:{occasion}",
                scheme_id=connection.scheme_id,
                by=by,
            )
    except Invalid:
        return False
    return True


def values_of(connection: Connection) -> dict[str, str]:
    phone = connection.scheme.phone
    absent = away(connection.worker_id, connection.scheme_id)
    instead = {"away": absent.worker_name, "ask_for": absent.cover_name} if absent else {}
    told = {"phone": phone, **instead} if phone else instead
    return {"reference": connection.reference, "scheme": connection.scheme.name, **told}
