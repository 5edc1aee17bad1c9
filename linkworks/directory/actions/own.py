"""A group puts right its own times, prices and places: at once, apart from where it is, which a steward looks at first."""

from typing import Any

from django.db import transaction
from msgspec import structs

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict

from ..access import check_may_edit_own
from ..models import ProposedEdit, Service
from ..queries.parts import parts_of
from ..rules import freshness, going, proposing
from ..rules.facts import PlaceFacts
from ..states import ProposedEditMove, ProposedEditState
from .changing import versioned
from .freshness import confirm_facts
from .going import CHANGED, change_going, found_on_the_map, say
from .proposing import move, propose

NOT_HERE = "This address is kept private. Ask whoever keeps the directory to change it."


@transaction.atomic
def change_own_going(service: Service, *, part: str, number: int | None, fact: Any, seen: str, by: Actor) -> list[str]:
    """Change, add or take away a time, a price or a place of one's own listing; gives what waits for a steward."""
    check_may_edit_own(by, service)
    if part != "places":
        change_going(service, part=part, number=number, fact=fact, seen=seen, by=by)
        return []
    service = Service.objects.select_for_update(of=("self",)).select_related("organisation").get(id=service.id)
    places = parts_of(service)["places"]
    if going.mark(places) != seen:
        raise Conflict(CHANGED)
    before = places[number - 1] if number else None
    if before and fact:
        say_at_once(service, places, number or 0, fact, by=by)
    return [proposing.PLACE] if propose_place(service, before, fact, by=by) else []


def say_at_once(service: Service, places: going.Rows, number: int, fact: PlaceFacts, *, by: Actor) -> None:
    """What a place is like to find and get into leads nobody astray; and it is made private as soon as somebody asks."""
    before = places[number - 1]
    stays = proposing.address_text(before) == proposing.address_text(fact)
    told = structs.replace(
        before,
        description=fact.description,
        place_kind=fact.place_kind if stays else before.place_kind,  # of another building it waits with its address
        accessibility=fact.accessibility,
        is_address_hidden=before.is_address_hidden or fact.is_address_hidden,
    )
    with versioned(service, by=by):
        changed = say(service, {"places": going.put(places, number, told)}, by=by)
    if changed:
        confirm_facts(service, ["place"], by_kind=freshness.GROUP, by=by)


def propose_place(service: Service, before: PlaceFacts | None, fact: PlaceFacts | None, *, by: Actor) -> bool:
    """Let where it is wait for a steward; false when it is as before, or private from now on."""
    if before and before.is_address_hidden:
        if fact is None:
            raise Conflict(NOT_HERE)
        return False
    if fact and fact.is_address_hidden:
        return False
    was, becomes = (proposing.address_text(each) if each else "" for each in (before, fact))
    if was == becomes:
        withdraw(service, was, by=by)
        return False
    if fact:
        found_on_the_map(fact)
    return propose(service, proposing.PLACE, was, proposing.place_text(fact) if fact else "", by=by)


def withdraw(service: Service, was: str, *, by: Actor) -> None:
    """A place that is sent as it is shown now no longer waits to be moved."""
    waiting = ProposedEdit.objects.filter(
        service=service, field=proposing.PLACE, was=was, state=ProposedEditState.WAITING
    )
    for each in waiting:
        move(each, ProposedEditMove.REPLACE, by=by)
