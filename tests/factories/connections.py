"""Services and connections for tests, kept without their actions."""

from datetime import date
from typing import Any
from uuid import UUID

from linkworks.connections.actions import record_feedback
from linkworks.connections.actions.links import issue_link
from linkworks.connections.models import Connection, PersonFeedback, ProviderLink
from linkworks.connections.rules import ConnectionFacts, Feedback
from linkworks.connections.states import State
from linkworks.core.clock import now
from linkworks.core.ids import new_reference
from linkworks.directory.models import Service
from linkworks.organisations.models import Organisation
from linkworks.people.models import Person
from tests.cast import Cast

ANSWERED = (State.ACCEPTED, State.WAITLISTED, State.DECLINED, State.ATTENDING, State.ENDED)
CLOSED = (State.DECLINED, State.WITHDRAWN, State.ENDED)


def make_service(provider: Organisation, **facts: Any) -> Service:
    """A lunch club with five places and an address for referrals."""
    usual = {
        "name": "Tuesday lunch club",
        "referral_email": "lunch@kettle.example.org",
        "capacity_places": 5,
        "is_fictional": True,
    }
    return Service.objects.create(organisation=provider, **{**usual, **facts})


def make_person(scheme: Any, **facts: Any) -> Person:
    usual = {
        "given_name": "Canary-Given",
        "family_name": "Canary-Family",
        "address": "Canary-Address",
        "nhs_number": "9434765919",
    }
    known = {**usual, "born_on": date(1951, 2, 3), "postcode": "SE15 5DD", **facts}
    if Person.objects.filter(scheme=scheme, nhs_number=known["nhs_number"]).exists():
        known["nhs_number"] = ""
    return Person.objects.create(scheme=scheme, **known)


def facts_for(cast: Cast, service: Service, person_id: UUID | None = None, **changes: Any) -> ConnectionFacts:
    usual: dict[str, Any] = {
        "scheme_id": cast.scheme.id,
        "provider_id": service.organisation_id,
        "person_id": person_id or make_person(cast.scheme).id,
        "service_id": service.id,
        "service_name": service.name,
        "worker_id": cast.link_worker.id,
        "worker_name": cast.link_worker.name,
        "name_shared": "Sam",
        "contact_shared": "Text 07700 900123",
        "support_need": "I would like to eat with other people again.",
        "access_and_language": "Step-free, speaks Polish",
        "emergency_contact": "Jo, 07700 900456",
    }
    return ConnectionFacts(**{**usual, **changes})


def make_connection(cast: Cast, state: str = "sent", **changes: Any) -> Connection:
    """A connection of the cast's scheme to its provider, in any state, with what belongs to that state."""
    service = changes.pop("service", None) or make_service(cast.provider)
    scheme = changes.pop("scheme", cast.scheme)
    at = now()
    usual: dict[str, Any] = {
        "reference": new_reference("K"),
        "scheme": scheme,
        "provider_id": service.organisation_id,
        "person": changes.pop("person", None) or make_person(scheme),
        "service": service,
        "service_name": service.name,
        "worker": cast.link_worker,
        "worker_name": cast.link_worker.name,
        "state": state,
        "name_shared": "Sam",
        "contact_shared": "Text 07700 900123",
        "support_need": "I would like to eat with other people again.",
        "access_and_language": "Step-free, speaks Polish",
        "emergency_contact": "Jo, 07700 900456",
        "sent_at": None if state == State.PROPOSED else at,
        "answered_at": at if state in ANSWERED else None,
        "ended_at": at if state in CLOSED else None,
        "decline_reason": "full" if state == State.DECLINED else "",
        "ending": "completed" if state == State.ENDED else "",
    }
    return Connection.objects.create(**{**usual, **changes})


def make_link(connection: Connection) -> tuple[str, ProviderLink]:
    """A working link to the connection: its token, and the row."""
    return issue_link(connection)


def make_feedback(cast: Cast, connection: Connection | None = None, **said: Any) -> PersonFeedback:
    """What somebody said about a group, recorded by the action (so that shared words are where the group reads them)."""
    connection = connection or make_connection(cast, "ended")
    usual = {"as_expected": "yes", "recommends": "yes", "text": "They laugh a lot."}
    return record_feedback(connection, feedback=Feedback(**{**usual, **said}), by=cast.everything)
