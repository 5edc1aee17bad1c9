"""When and where it is and what it costs are put right, one time, place or price at once, and can be brought back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from msgspec import structs

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid

from ..access import check_may_edit, check_may_edit_own, may_edit
from ..models import Service
from ..queries.parts import parts_of
from ..rules import freshness, going
from ..rules.editing import Change
from ..rules.facts import AreaFacts, ContactFacts, PlaceFacts, ServiceFacts
from ..rules.going import Rows
from ..states import LocationType
from .changing import finding_facts, keep, record, versioned
from .freshness import confirm_facts
from .listings import PARTS, write
from .parts import places_with_position

CHANGED = "The listing has changed since you opened this. Look at it again, then change it."
HANGS_ON = frozenset({"terms", "other_languages"})
OWN_FIELDS = frozenset(ServiceFacts.__struct_fields__) - PARTS


@transaction.atomic
def change_going(service: Service, *, part: str, number: int | None, fact: Any, seen: str, by: Actor) -> None:
    """Change one time, place or price, add one (no number), or take one away (no fact). `seen` stands for what was before them.

    A steward changes all of them; a group its own times and prices: where it is, a steward looks at first (actions/proposing.py).
    """
    by_kind = freshness.STEWARD if may_edit(by) else freshness.GROUP
    service = Service.objects.select_for_update(of=("self",)).select_related("organisation").get(id=service.id)
    check_may_change(service, part, by)
    before = parts_of(service)
    if going.mark(before[part]) != seen:
        raise Conflict(CHANGED)
    if part == "places" and fact is not None:
        fact = found_on_the_map(fact)
    if number is None and len(before[part]) >= going.MOST:
        raise Invalid(f"There are {going.MOST} already. Take one away first.")
    rows = {part: going.put(before[part], number, fact)}
    if part == "places" and fact is None and number:
        rows["sessions"] = going.without_place(before["sessions"], number)
    with versioned(service, by=by):
        changed = say(service, rows, by=by)
    confirm_facts(service, [going.CONFIRMS[each] for each in changed], by_kind=by_kind, by=by)


def found_on_the_map(place: PlaceFacts) -> PlaceFacts:
    """The place with its position, by its postcode: without one nobody nearby would find it."""
    (found,) = places_with_position([place])
    if place.location_type == LocationType.PHYSICAL and found.latitude is None and not found.is_address_hidden:
        raise Invalid("We do not know that postcode. Check it, or give one nearby in London", field="postcode")
    return found


def check_may_change(service: Service, part: str, by: Actor) -> None:
    if may_edit(by):
        return
    check_may_edit_own(by, service)
    if part == "places":
        check_may_edit(by)


def say(service: Service, rows: Mapping[str, Rows], *, by: Actor) -> list[str]:
    """Say these times, places or prices from now on; gives which are different."""
    before = parts_of(service)
    after = {**before, **rows}
    changed = [part for part in going.LABELS if after[part] != before[part]]
    if changed:
        keep(service, changed)
        put(service, before, after, changed)
        write_down(service, before, changed, by=by)
    return changed


def put(service: Service, before: Mapping[str, Rows], after: Mapping[str, Rows], changed: Iterable[str]) -> None:
    """Store them, as everything that is told of a listing is stored: nothing leads to a place that is hidden."""
    access = going.access_after(service.access_needs, before["places"], after["places"])
    if "access_needs" in service.kept_here:  # ticked here: only what a place has now comes to it
        access = going.access_after(service.access_needs, (), after["places"])
    facts = structs.replace(
        finding_facts(service),
        description=service.description,
        access_needs=access,
        contacts=tuple(
            ContactFacts(each.name, each.title, each.email, each.phone, each.is_published)
            for each in service.contacts.all()
        ),
        areas=tuple(AreaFacts(each.name, each.ons_code) for each in service.areas.all()),
        **after,
    )
    stays = HANGS_ON if is_private(after["places"]) else PARTS - set(changed)
    write(service, facts, keep=frozenset(stays | OWN_FIELDS - {"access_needs"}))


def is_private(places: Iterable[PlaceFacts]) -> bool:
    return any(each.is_address_hidden for each in places)


def write_down(service: Service, before: Mapping[str, Rows], changed: Iterable[str], *, by: Actor) -> None:
    """Keep in the history what was said before and what is said now. Of a place that is hidden now the history tells nothing."""
    now = parts_of(service)
    hides = is_private(now["places"]) and not is_private(before["places"])
    for part in changed:
        was = () if hides and part == "places" else before[part]
        record(service, Change(part, going.written(was), going.written(now[part])), by=by)
