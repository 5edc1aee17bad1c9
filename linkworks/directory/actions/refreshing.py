"""A group is asked whether its listing is still right, and answers by a link: at once, and with a way back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now, today
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.later import later
from linkworks.core.states import after

from ..access import check_holds_link, check_may_edit
from ..models import Confirmation, ListingReport, RefreshRequest, RefreshStep, Schedule, Service
from ..queries import refreshing as queries
from ..rules import freshness, refreshing
from ..rules.editing import Change
from ..rules.feeds.finishing import clean
from ..states import LISTING_REPORT_MOVES, REFRESH_REQUEST_MOVES, RefreshMove, RefreshState, ReportMove, ReportState
from .changing import record
from .document import refresh_document
from .freshness import confirm_facts, take_back, weigh

RIGHT, WRONG, CLOSED = "right", "wrong", "closed"
REASONS = {WRONG: "says", CLOSED: "closed"}
KEPT = ("verified_on", "verified_by", "capacity_places", "capacity_checked_on")
DATES = ("verified_on", "capacity_checked_on")
NEXT_DATE = "Next date, as the group says"


@transaction.atomic
def ask_group(service: Service, *, reached: refreshing.Reached, by: Actor) -> RefreshRequest:
    """Note that a group is asked today; whoever calls this writes to it."""
    check_may_edit(by)
    return RefreshRequest.objects.create(
        service=service,
        asked_on=today(),
        expires_at=now() + refreshing.LINK_LIFE,
        sent_to=queries.mark(reached),
    )


@transaction.atomic
def ask_now(service: Service, *, by: Actor) -> None:
    """A steward wants to hear from the group now, rather than when it is due."""
    check_may_edit(by)
    why_not = queries.why_not_asked(service)
    if why_not:
        raise Conflict(why_not)
    record(service, Change("asked", "", "By a directory steward"), by=by)
    later("providers.ask_group", service.id)


@transaction.atomic
def remind(asked: RefreshRequest, *, by: Actor) -> None:
    """Note that a group is reminded."""
    check_may_edit(by)
    move(asked, RefreshMove.REMIND, by=by)


@transaction.atomic
def lapse(asked: RefreshRequest, *, by: Actor) -> None:
    """Nobody answered: the link ends, and the listing is a steward's to look at."""
    check_may_edit(by)
    move(asked, RefreshMove.LAPSE, by=by)


@transaction.atomic
def answer_refresh(
    request_id: UUID,
    *,
    answer: str,
    words: str = "",
    places_left: int | None = None,
    next_on: date | None = None,
    by: Actor,
) -> None:
    """What the group says: still right, something is wrong, or it runs no more; how many places are left; the next date.

    That it is wrong or over reaches a steward as a report. What it said before is kept, so that it can be undone.
    """
    asked, service = in_hand(request_id, by)
    if answer not in {RIGHT, *REASONS}:
        raise Invalid("Choose whether it is still right", field="answer")
    if next_on and next_on < today():
        raise Invalid("The next date must be today or later", field="next_on")
    move(asked, RefreshMove.ANSWER, by=by)
    asked.before = {name: as_kept(getattr(service, name)) for name in KEPT}
    asked.before["answer"] = answer
    asked.before["added"] = [*say_next_date(service, next_on, by), *say_wrong(service, answer, words, by)]
    asked.save(update_fields=["before"])
    say_room(service, places_left, by)
    if answer == RIGHT:
        Service.objects.filter(id=service.id).update(verified_on=today(), verified_by=freshness.WHO[freshness.GROUP])
        record(service, Change("checked", "", "Still right"), by=by)
    confirm_facts(service, confirmed_by(answer, places_left, next_on), by_kind=freshness.GROUP, by=by)
    anew(service)


def confirmed_by(answer: str, places_left: int | None, next_on: date | None) -> list[str]:
    """The kinds of fact that an answer confirms."""
    if answer == RIGHT:
        return [freshness.WHOLE]
    told = [("room", places_left is not None), ("times", next_on is not None)]
    return [name for name, is_said in told if is_said]


@transaction.atomic
def undo_refresh(request_id: UUID, *, by: Actor) -> None:
    """The group pressed by mistake: the listing says again what it said, and the question is open again."""
    asked, service = in_hand(request_id, by)
    move(asked, RefreshMove.UNDO, by=by)
    before = asked.before or {}
    said = {name: from_kept(name, before[name]) for name in KEPT if name in before}
    if said:
        Service.objects.filter(id=service.id).update(**said)
    Schedule.objects.filter(service=service, id__in=before.get("added", [])).delete()
    for report in ListingReport.objects.filter(service=service, id__in=before.get("added", []), state=ReportState.OPEN):
        report.state = after(LISTING_REPORT_MOVES, ReportState(report.state), ReportMove.DEAL_WITH)
        report.save(update_fields=["state"])
    take_back(
        Confirmation.objects.filter(service=service, by_id=by.id, undoes__isnull=True, undone_by__isnull=True), by=by
    )
    record(service, Change("checked", "Still right", "Taken back"), by=by)
    weigh(service)
    anew(service)


@transaction.atomic
def stop_asking(request_id: UUID, *, by: Actor) -> None:
    """The group would rather not be asked about this listing again. Its link ends."""
    asked, service = in_hand(request_id, by)
    move(asked, RefreshMove.STOP, by=by)
    record(service, Change("asked", "", "Would rather not be asked again"), by=by)


def in_hand(request_id: UUID, by: Actor) -> tuple[RefreshRequest, Service]:
    """The request and its listing as they are now, locked until the transaction ends."""
    asked = RefreshRequest.objects.select_for_update().get(id=request_id)
    check_holds_link(by, asked)
    service = Service.objects.select_for_update(of=("self",)).select_related("organisation").get(id=asked.service_id)
    return asked, service


def move(asked: RefreshRequest, named: RefreshMove, *, by: Actor) -> None:
    asked.state = after(REFRESH_REQUEST_MOVES, RefreshState(asked.state), named)
    asked.save(update_fields=["state"])
    RefreshStep.objects.create(
        request=asked, move=named, to_state=asked.state, made_by=by.id, made_by_name=by.name[:200]
    )


def say_room(service: Service, places_left: int | None, by: Actor) -> None:
    """So many more can come: with those who have a place, that is how many can come at one time."""
    if places_left is None:
        return
    places = service.places_taken + places_left
    if places != service.capacity_places:
        was = "" if service.capacity_places is None else str(service.capacity_places)
        record(service, Change("capacity_places", was, str(places)), by=by)
    Service.objects.filter(id=service.id).update(capacity_places=places, capacity_checked_on=today())


def say_next_date(service: Service, next_on: date | None, by: Actor) -> list[str]:
    if next_on is None:
        return []
    made = Schedule.objects.create(
        service=service, freq="WEEKLY", dtstart=next_on, valid_from=next_on, valid_to=next_on, description=NEXT_DATE
    )
    record(service, Change("next-date", "", next_on.isoformat()), by=by)
    return [str(made.id)]


def say_wrong(service: Service, answer: str, words: str, by: Actor) -> list[str]:
    """What is wrong becomes a report for the stewards, said by the group itself."""
    if answer not in REASONS:
        return []
    made = ListingReport.objects.create(
        service=service, reason=REASONS[answer], said=clean(words)[:500], by_id=by.id, by_name=by.name[:200]
    )
    return [str(made.id)]


def anew(service: Service) -> None:
    """The document says what is stored now."""
    refresh_document(Service.objects.select_related("organisation").get(id=service.id))


def as_kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def from_kept(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and name in DATES else value
