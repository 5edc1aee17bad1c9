"""Changed telephone numbers and web addresses of a feed: none is used until a steward says so."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec
from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Conflict
from linkworks.core.states import after

from ..access import check_may_edit
from ..models import Contact, HeldFact, ImportRun, Service
from ..rules import holding
from ..rules.editing import Change
from ..rules.facts import ContactFacts, ServiceFacts
from ..rules.listing import decided
from ..states import HELD_FACT_MOVES, HeldMove, HeldState
from .changing import record, save

Latest = Mapping[tuple[UUID, str], HeldFact]


def facts_that_wait(known: Service, facts: ServiceFacts) -> frozenset[str]:
    """Which facts of a changed row may not be written yet. What is kept as it was changed here is kept anyway."""
    if not known.is_referable:
        return frozenset()
    waiting = set()
    if "phone" not in known.kept_here and holding.is_other_number(numbers_of(known), holding.offered(facts)):
        waiting |= {"phone", "contacts"}
    if "url" not in known.kept_here and holding.is_other_address(known.url, facts.url):
        waiting.add("url")
    return frozenset(waiting)


def numbers_of(service: Service) -> list[str]:
    shown = (each.phone for each in service.contacts.all() if each.is_published)
    return list(dict.fromkeys(each for each in [service.phone, *shown] if each))


def latest_of(services: Iterable[Service]) -> Latest:
    """The last that was put before a steward of each fact of these listings."""
    rows = HeldFact.objects.filter(service__in=list(services)).order_by("service_id", "field", "-created_at")
    return {(each.service_id, each.field): each for each in rows.distinct("service_id", "field")}


def offer(service: Service, facts: ServiceFacts, waiting: Iterable[str], *, run: ImportRun, earlier: Latest) -> None:
    """Put what the feed says before a steward, once; what waited and is no longer said is overtaken."""
    for field in holding.FACTS:
        latest = earlier.get((service.id, field))
        said = words_of(field, facts)
        is_known = latest and latest.offered == said and latest.state in {HeldState.WAITING, HeldState.REFUSED}
        if field in waiting and is_known:
            continue
        if latest and latest.state == HeldState.WAITING:
            overtake(latest)
        if field in waiting:
            put(service, facts, field, run=run)


def overtake(held: HeldFact) -> None:
    held.state, held.decided_at = after(HELD_FACT_MOVES, held.state, HeldMove.OVERTAKE), now()
    held.save()


def put(service: Service, facts: ServiceFacts, field: str, *, run: ImportRun) -> None:
    contacts = [decided(each) for each in facts.contacts] if field == "phone" else []
    HeldFact.objects.create(
        service=service,
        run=run,
        field=field,
        was=", ".join(numbers_of(service)) if field == "phone" else service.url,
        offered=words_of(field, facts),
        value=getattr(facts, field),
        contacts=msgspec.json.encode(contacts).decode(),
    )


def words_of(field: str, facts: ServiceFacts) -> str:
    return ", ".join(holding.offered(facts)) if field == "phone" else facts.url


@transaction.atomic
def decide_held_fact(held: HeldFact, *, use: bool, by: Actor) -> None:
    """Use the number or address that a feed gives now, or keep ours."""
    check_may_edit(by)
    held = HeldFact.objects.select_for_update(of=("self",)).get(id=held.id)
    if held.state != HeldState.WAITING:
        raise Conflict("Somebody has decided this already, or the feed says something else by now.")
    held.state = after(HELD_FACT_MOVES, held.state, HeldMove.TAKE if use else HeldMove.REFUSE)
    held.decided_at, held.decided_by = now(), by.name[:200]
    held.save()
    if use:
        write(held, by=by)


def write(held: HeldFact, *, by: Actor) -> None:
    service = Service.objects.select_for_update(of=("self",)).select_related("organisation").get(id=held.service_id)
    setattr(service, held.field, held.value)
    if held.field == "phone":
        Contact.objects.filter(service=service).delete()
        contacts = msgspec.json.decode(held.contacts or "[]", type=list[ContactFacts])
        Contact.objects.bulk_create(Contact(service=service, **msgspec.structs.asdict(each)) for each in contacts)
    record(service, Change(held.field, held.was, held.offered), by=by)
    save(service)
