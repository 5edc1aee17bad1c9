"""Listings told twice: found, joined by a steward under the one that leads, said to be different, and undone."""

from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch

from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.states import after
from linkworks.organisations.rules.numbers import FIELDS

from ..access import check_may_edit
from ..models import DuplicatePair, Service, ServiceAtLocation
from ..rules import duplicates
from ..rules.editing import SHOWN, Change
from ..states import DUPLICATE_PAIR_MOVES, PairMove, PairState
from .changing import record
from .listings import withdraw


@transaction.atomic
def find_duplicates(*, by: Actor) -> int:
    """Look for listings that may be the same. What was decided stays decided; what is no longer alike is forgotten."""
    check_may_edit(by)
    found = {(each.one, each.other): list(each.reasons) for each in duplicates.alike(sketches())}
    suspected = DuplicatePair.objects.filter(state=PairState.SUSPECTED)
    over = [each.id for each in suspected if (str(each.one_id), str(each.other_id)) not in found]
    suspected.filter(id__in=over).delete()
    made = [DuplicatePair(one_id=one, other_id=other, reasons=reasons) for (one, other), reasons in found.items()]
    DuplicatePair.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["one", "other"], update_fields=["reasons"]
    )
    return len(found)


def sketches() -> list[duplicates.Sketch]:
    """The listings that are shown, as much of them as is compared."""
    places = Prefetch("places", queryset=ServiceAtLocation.objects.select_related("location").defer("document"))
    rows = (
        Service.objects.filter(is_published=True, joined_into__isnull=True)
        .select_related("organisation")
        .prefetch_related(places)
        .only("id", "name", "phone", "url", "source_id", *(f"organisation__{each}" for each in ("name", *FIELDS)))
    )
    return [sketch(each) for each in rows]


def sketch(service: Service) -> duplicates.Sketch:
    shown = {each.location.postcode for each in service.places.all() if not each.location.is_address_hidden}
    return duplicates.Sketch(
        id=str(service.id),
        name=service.name,
        organisation=service.organisation.name,
        postcodes=tuple(sorted(shown - {""})),
        phone=service.phone,
        url=service.url,
        source=str(service.source_id or ""),
        charity=service.organisation.charity_number,
        company=service.organisation.company_number,
    )


@transaction.atomic
def join_listings(pair: DuplicatePair, *, lead_id: UUID, by: Actor) -> None:
    """Show one of the two from now on. The other keeps its source and what it says, and comes back when this is undone."""
    check_may_edit(by)
    pair = decided(pair, PairMove.JOIN, by=by)
    if lead_id not in {pair.one_id, pair.other_id}:
        raise Invalid("Choose which listing is shown", field="lead")
    both = {each.id: each for each in Service.objects.select_for_update().filter(id__in=[pair.one_id, pair.other_id])}
    lead = both.pop(lead_id)
    [joined] = both.values()
    if lead.joined_into_id or joined.joined_into_id or not lead.is_published:
        raise Conflict(
            "One of these is joined with another listing, or is not shown any more. Look for duplicates again."
        )
    pair.was_shown = joined.is_published
    pair.save()
    Service.objects.filter(joined_into=joined).update(joined_into=lead)
    Service.objects.filter(id=joined.id).update(joined_into=lead)
    withdraw(joined, because=duplicates.JOINED, by=by)


@transaction.atomic
def say_different(pair: DuplicatePair, *, by: Actor) -> None:
    """Say that two listings are two things. Nobody is asked about them again."""
    check_may_edit(by)
    decided(pair, PairMove.SAY_DIFFERENT, by=by)


@transaction.atomic
def undo_pair(pair: DuplicatePair, *, by: Actor) -> None:
    """Take back what was decided: what was joined is shown again as it was."""
    check_may_edit(by)
    was = DuplicatePair.objects.get(id=pair.id).state
    pair = decided(pair, PairMove.UNDO, by=by)
    if was != PairState.JOINED:
        return
    for service in Service.objects.select_for_update().filter(
        id__in=[pair.one_id, pair.other_id], joined_into__isnull=False
    ):
        service.joined_into = None
        service.held_because = " ".join(service.held_because.replace(duplicates.JOINED, "").split())
        service.is_published = pair.was_shown and not service.held_because
        service.save(update_fields=["joined_into", "held_because", "is_published"])
        record(service, Change(SHOWN, f"No. {duplicates.JOINED}", "Yes" if service.is_published else "No"), by=by)


def decided(pair: DuplicatePair, move: PairMove, *, by: Actor) -> DuplicatePair:
    pair = DuplicatePair.objects.select_for_update().get(id=pair.id)
    if move != PairMove.UNDO and pair.state != PairState.SUSPECTED:
        raise Conflict("Somebody has decided about these two already.")
    pair.state = after(DUPLICATE_PAIR_MOVES, pair.state, move)
    pair.decided_at, pair.decided_by = now(), by.name[:200]
    pair.save()
    return pair
