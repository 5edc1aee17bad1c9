"""Which groups are to be asked whether their listing is still right, where, and how the asking stands."""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linkworks.core.clock import today

from ..access import running_services
from ..models import RefreshRequest, Service
from ..rules import freshness, refreshing
from ..rules.refreshing import Asked, Reached
from ..states import RefreshState
from .freshness import confirmed_of, on_the_listing

OPEN = (RefreshState.ASKED, RefreshState.REMINDED)
LOOK_AT = 500


def to_ask(most: int) -> list[tuple[Service, Reached]]:
    """The listings whose groups are asked today, the riskiest and longest unconfirmed first."""
    found: list[tuple[Service, Reached]] = []
    addresses: set[str] = set()
    for service in due():
        reached = reach_of(service)
        if reached is None or mark(reached) in addresses or written_lately(reached):
            continue
        addresses.add(mark(reached))
        found.append((service, reached))
        if len(found) == most:
            break
    return found


def due() -> Iterator[Service]:
    """Published listings that run and are due, in the order of their need. Read some at a time."""
    after: list[UUID] = []
    while True:
        some = list(worth_asking().exclude(id__in=after)[:LOOK_AT])
        told = confirmed_of([each.id for each in some])
        for each in some:
            if refreshing.is_due(asked_of(each, told.get(each.id, [])), today()):
                yield each
        if len(some) < LOOK_AT:
            return
        after += [each.id for each in some]


def worth_asking() -> QuerySet[Service]:
    """Listings that may be due: those with an open request, or asked lately, or who would rather not, are left out."""
    requests = RefreshRequest.objects.filter(service=OuterRef("pk"))
    lately = Q(asked_on__gt=today() - refreshing.BETWEEN_ASKING)
    quiet = requests.filter(lately | Q(state__in=[*OPEN, RefreshState.STOPPED]))
    rows = running_services().filter(~Exists(quiet)).select_related("organisation")
    return rows.defer("document", "summary", "search_vector").order_by("offered_until", "trust", "id")


def asked_of(service: Any, told: list[freshness.Confirmed]) -> Asked:
    return Asked(
        confirmed_on=freshness.confirmed_on(told + on_the_listing(service)),
        is_high_risk=service.offered_until is not None,
        counts_places=service.capacity_places is not None,
    )


def reach_of(service: Service) -> Reached | None:
    """Where its group is asked."""
    emails = (service.referral_email, service.email, service.organisation.email)
    is_ours = service.source_id is None or "phone" in service.kept_here
    return refreshing.reach(emails=emails, phone=service.phone, phone_is_ours=is_ours)


def why_not_asked(service: Service) -> str:
    """Why its group cannot be asked now, in words; empty when it can."""
    reached = reach_of(service)
    if reached is None:
        return "We know no address of the group itself. Telephone it instead."
    states = RefreshRequest.objects.filter(service=service).values_list("state", flat=True)
    if RefreshState.STOPPED in states:
        return "The group would rather not be asked. Telephone it instead."
    return "The group has been asked already, and has not answered yet." if set(states) & set(OPEN) else ""


def mark(reached: Reached) -> str:
    """Stands for an address without saying it."""
    return hashlib.sha256(reached.address.strip().lower().encode()).hexdigest()


def written_lately(reached: Reached) -> bool:
    since = today() - refreshing.BETWEEN_MESSAGES
    return RefreshRequest.objects.filter(sent_to=mark(reached), asked_on__gt=since).exists()


def waiting_requests() -> list[RefreshRequest]:
    """Those nobody has answered yet."""
    rows = RefreshRequest.objects.filter(state__in=OPEN, asked_on__lte=today() - refreshing.REMIND_AFTER)
    return list(rows.select_related("service__organisation").order_by("asked_on", "id"))


def request_of(request_id: UUID | None) -> RefreshRequest | None:
    """The request a link opens."""
    rows = RefreshRequest.objects.select_related("service__organisation")
    return rows.filter(id=request_id).first() if request_id else None
