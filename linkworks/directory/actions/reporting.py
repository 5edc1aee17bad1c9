"""Somebody says that a listing is wrong; its steward looks, and says what was done."""

from uuid import UUID

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.idempotency import once, remember
from linkworks.core.states import after

from ..access import check_may_edit, visible_services
from ..models import ListingReport
from ..rules import reporting
from ..rules.editing import REPORTED, Change
from ..rules.feeds.finishing import clean
from ..states import LISTING_REPORT_MOVES, ReportMove, ReportState
from .changing import record


@transaction.atomic
def report_listing(service_id: UUID, *, reason: str, words: str = "", token: str, by: Actor) -> UUID:
    """Tell the directory's stewards that a listing is wrong. Private people's details in the words are left out."""
    service = visible_services(by).filter(id=service_id).first()
    if service is None:
        raise Conflict("This listing is not shown any more, so there is nothing to put right.")
    if reason not in reporting.WRONG:
        raise Invalid("Choose what is wrong", field="reason")
    door, said = f"report:{service_id}", clean(words)[:500]
    if earlier := once(door, token, {"reason": reason, "words": words}):
        return earlier
    name = by.name[:200] if by.is_signed_in else ""
    made = ListingReport.objects.create(service=service, reason=reason, said=said, by_id=by.id, by_name=name)
    remember(door, token, made.id)
    return made.id


@transaction.atomic
def deal_with_report(report: ListingReport, *, done: str, by: Actor) -> None:
    """Say what was done about a report. It leaves the queue, and the listing's history says who did what."""
    check_may_edit(by)
    report = ListingReport.objects.select_for_update(of=("self",)).select_related("service").get(id=report.id)
    if not done.strip():
        raise Invalid("Say what you did", field="done")
    if report.state != ReportState.OPEN:
        raise Conflict("This has been dealt with already. What was done stands in the listing’s history.")
    report.state = after(LISTING_REPORT_MOVES, report.state, ReportMove.DEAL_WITH)
    report.save(update_fields=["state"])
    record(report.service, Change(REPORTED, reporting.said(report.reason, report.said), done.strip()), by=by)
