"""What is known to be right, since when: written down when somebody says so, and weighed each night."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import today

from ..access import check_may_edit
from ..models import Confirmation, Service
from ..queries import freshness as queries
from ..rules import freshness

AT_ONCE = 1000
WEIGHED = ("trust", "offered_until")


def confirm_facts(service: Service, facts: Iterable[str], *, by_kind: str, by: Actor) -> list[Confirmation]:
    """Write down that these kinds of fact are right today, and weigh the listing anew."""
    said = {"confirmed_on": today(), "by_kind": by_kind, "by_id": by.id, "by_name": by.name[:200]}
    made = Confirmation.objects.bulk_create(Confirmation(service=service, fact=each, **said) for each in facts)
    weigh(service)
    return made


def take_back(confirmations: Iterable[Confirmation], *, by: Actor) -> None:
    """Somebody confirmed by mistake: what they said counts no longer, and both stay in the history."""
    Confirmation.objects.bulk_create(
        Confirmation(
            service_id=each.service_id,
            fact=each.fact,
            confirmed_on=each.confirmed_on,
            by_kind=each.by_kind,
            by_id=by.id,
            by_name=by.name[:200],
            undoes=each,
        )
        for each in confirmations
    )


def weigh(service: Service) -> None:
    """How far the listing can be trusted today, written on it."""
    service.refresh_from_db(fields=["verified_on", "verified_by", "assured_date", "capacity_checked_on"])
    set_weight(service, queries.confirmed_facts(service))
    Service.objects.filter(id=service.id).update(trust=service.trust, offered_until=service.offered_until)


def set_weight(service: Service, confirmed: list[freshness.Confirmed]) -> None:
    service.trust = freshness.trust(confirmed, today())
    high = freshness.is_high_risk(kinds=service.kinds, needs=service.needs, name=service.name)
    service.offered_until = freshness.offered_until(confirmed, added_on=queries.added_on(service), is_high_risk=high)


def weigh_all(*, by: Actor) -> int:
    """Weigh every listing again: trust goes down day by day. Only what changed is written; gives how many."""
    check_may_edit(by)
    ids = Service.objects.order_by("id").values_list("id", flat=True)
    changed, after = 0, UUID(int=0)
    while some := list(ids.filter(id__gt=after)[:AT_ONCE]):
        changed, after = changed + weigh_some(some, by=by), some[-1]
    return changed


@transaction.atomic
def weigh_some(ids: list[UUID], *, by: Actor) -> int:
    """Weigh these listings again; gives how many changed."""
    check_may_edit(by)
    told = queries.confirmed_of(ids)
    changed = []
    for service in Service.objects.filter(id__in=ids).only(*queries.WEIGHED_BY, *WEIGHED):
        before = (service.trust, service.offered_until)
        set_weight(service, told.get(service.id, []) + queries.on_the_listing(service))
        if before != (service.trust, service.offered_until):
            changed.append(service)
    Service.objects.bulk_update(changed, WEIGHED)
    return len(changed)
