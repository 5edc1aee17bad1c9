"""A group changes its own listing: its words at once; its name and how to reach it when a steward has looked."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.later import later
from linkworks.core.states import after
from linkworks.organisations.models import Organisation

from ..access import check_may_edit, check_may_edit_own
from ..models import ProposedEdit, ProposedEditStep, Service
from ..queries import proposing as queries
from ..queries.parts import parts_of
from ..rules import freshness, going, proposing
from ..rules.editing import Change
from ..rules.facts import PlaceFacts
from ..states import PROPOSED_EDIT_MOVES, ProposedEditMove, ProposedEditState
from .changing import apply_changes, record
from .freshness import confirm_facts
from .going import change_going

CHANGED_SINCE = "The listing has changed since the group proposed this. Say no to it, or change the listing itself."
DECIDED = "There is nothing left to decide here: this change was decided, or the group has proposed another since."
CONFIRMS = {"who_it_is_for": "for-whom", "fees": "cost"}
CONTACTS = {"name", "phone", "email", "url", "referral_email"}


@transaction.atomic
def edit_own(service: Service, *, facts: Mapping[str, Any], seen: str, by: Actor) -> list[str]:
    """A group's co-ordinator changes its listing. What leads people to it waits for a steward; gives what waits."""
    check_may_edit_own(by, service)
    service = Service.objects.select_for_update(of=("self",)).select_related("organisation").get(id=service.id)
    before = queries.own_facts(service)
    if before.pop("seen") != seen:
        raise Conflict("Your listing has changed since you opened it. Look at it again, then change it.")
    if not str(facts.get("name", service.name)).strip():
        raise Invalid("Enter the name people know it by", field="name")
    at_once = proposing.different(before, facts, proposing.AT_ONCE)
    apply_changes(service, {name: facts[name] for name in at_once}, by=by)
    if confirmed := {CONFIRMS[name] for name in at_once if name in CONFIRMS}:
        confirm_facts(service, sorted(confirmed), by_kind=freshness.GROUP, by=by)
    withdraw_what_is_as_before(service, before, facts, by=by)
    waits = proposing.different(before, facts, proposing.WAITS)
    return [name for name in waits if propose(service, name, before[name], str(facts[name]).strip(), by=by)]


def propose(service: Service, field: str, was: str, becomes: str, *, by: Actor) -> bool:
    """Let a change wait for a steward, in the place of an earlier one. False when just this waits already."""
    earlier = ProposedEdit.objects.filter(service=service, field=field, state=ProposedEditState.WAITING)
    if field == proposing.PLACE:  # each place, and each new one, waits for itself
        earlier = earlier.filter(was=was) if was else earlier.filter(was="", becomes=becomes)
    waiting = earlier.first()
    if waiting and waiting.becomes == becomes:
        return False
    if waiting:
        move(waiting, ProposedEditMove.REPLACE, by=by)
    ProposedEdit.objects.create(
        service=service,
        field=field,
        was=was,
        becomes=becomes,
        proposed_by_id=str(by.user_id),
        proposed_by_name=by.name[:200],
    )
    return True


def withdraw_what_is_as_before(
    service: Service, before: Mapping[str, Any], facts: Mapping[str, Any], *, by: Actor
) -> None:
    """A fact that is sent as it is shown now no longer waits to be changed."""
    differing = proposing.different(before, facts, proposing.WAITS)
    for each in queries.waiting_edits(service):
        if each.field in facts and each.field not in differing:
            move(each, ProposedEditMove.REPLACE, by=by)


@transaction.atomic
def accept_edit(edit: ProposedEdit, *, by: Actor) -> None:
    """Say from now on what the group proposed. It was looked at, so that fact counts as confirmed."""
    edit, service = in_hand(edit, by)
    if edit.field == proposing.PLACE:
        move_place(service, edit, by=by)
    elif queries.own_facts(service).get(edit.field) != edit.was:
        raise Conflict(CHANGED_SINCE)
    elif edit.field == "payee":
        pay(service, edit, by=by)
    else:
        apply_changes(service, {edit.field: edit.becomes}, by=by)
    move(edit, ProposedEditMove.ACCEPT, by=by)
    if edit.field in CONTACTS:
        confirm_facts(service, ["contact"], by_kind=freshness.STEWARD, by=by)
    later("providers.tell_edit_decided", edit.id)


@transaction.atomic
def refuse_edit(edit: ProposedEdit, *, why_not: str, by: Actor) -> None:
    """Say no to what the group proposed, with a reason that it is told. The listing stays as it is."""
    edit, _ = in_hand(edit, by)
    if why_not not in proposing.REFUSED_BECAUSE:
        raise Invalid("Choose why not", field="why_not")
    edit.why_not = why_not
    move(edit, ProposedEditMove.REFUSE, by=by)
    later("providers.tell_edit_decided", edit.id)


def in_hand(edit: ProposedEdit, by: Actor) -> tuple[ProposedEdit, Service]:
    check_may_edit(by)
    edit = ProposedEdit.objects.select_for_update().get(id=edit.id)
    if edit.state != ProposedEditState.WAITING:
        raise Conflict(DECIDED)
    service = Service.objects.select_for_update(of=("self",)).select_related("organisation").get(id=edit.service_id)
    return edit, service


def move(edit: ProposedEdit, named: ProposedEditMove, *, by: Actor) -> None:
    edit.state = after(PROPOSED_EDIT_MOVES, ProposedEditState(edit.state), named)
    edit.save(update_fields=["state", "why_not"])
    ProposedEditStep.objects.create(
        edit=edit, move=named, to_state=edit.state, made_by=by.id, made_by_name=by.name[:200]
    )


def pay(service: Service, edit: ProposedEdit, *, by: Actor) -> None:
    """The organisation is paid under this name from now on. Nobody else is told."""
    Organisation.objects.filter(id=service.organisation_id).update(payee=edit.becomes)
    record(service, Change(edit.field, edit.was, edit.becomes), by=by)


def move_place(service: Service, edit: ProposedEdit, *, by: Actor) -> None:
    """One of its places is elsewhere, there is one more, or one less. Its position follows from the postcode."""
    places = parts_of(service)["places"]
    number = proposing.number_of(places, edit.was)
    if edit.was and number is None:
        raise Conflict(CHANGED_SINCE)
    place = places[number - 1] if number else PlaceFacts()
    fact = proposing.moved(place, edit.becomes) if edit.becomes else None
    seen = going.mark(places)
    change_going(service, part="places", number=number, fact=fact, seen=seen, by=by)
