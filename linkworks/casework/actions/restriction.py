"""A record is kept close without leaving anybody alone with half a case; an emergency opening is heard of."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.messaging.actions import tell_user_about
from linkworks.people import actions as people
from linkworks.people.models import EmergencyOpening, Person
from linkworks.people.rules import MOST_TRIES
from linkworks.people.states import Restriction
from linkworks.referrals.models import Referral
from linkworks.ui.formats import clock, date_time

from ..models import Case
from ..queries.restriction import who_is_told
from ..queries.team import carries_cases, safeguarding_owner
from ..states import CaseState
from .cases import give

TOO_OFTEN = f"tried {MOST_TRIES} times in an hour and found nobody. They can try again an hour later"
SEALED_AWAY = "Taken over when the record was sealed"


@transaction.atomic
def keep_close(
    person: Person, *, level: Restriction | str, reason: str, named: Collection[UUID] = (), by: Actor
) -> Person:
    """Decide who sees a record. Sealing it names the person's worker, or gives the case to the colleague who is named."""
    open_now = Case.objects.select_for_update(of=("self",)).select_related("person", "worker").filter(person=person)
    case = open_now.exclude(state=CaseState.CLOSED).filter(worker__isnull=False).first()
    cut_off = case if level == Restriction.SEALED and named and case and case.worker_id not in named else None
    takes_over = who_takes_over(cut_off, named) if cut_off else None
    kept = people.restrict(person, level=level, reason=reason, named=named, by=by)
    if cut_off and takes_over:
        pass_on(cut_off, takes_over, by)
    return kept


def who_takes_over(case: Case, named: Collection[UUID]) -> UUID:
    able = [each for each in named if carries_cases(case.scheme_id, each)]
    if len(able) != 1:
        worker = case.worker.name if case.worker else ""
        raise Invalid(
            f"{worker} works with {case.person.called}. Name them too, or name one colleague only who carries cases: "
            "the case goes to them.",
            field="named",
        )
    return able[0]


def pass_on(case: Case, worker_id: UUID, by: Actor) -> None:
    """The case goes to whoever was named; whoever had it hears that it went, and no more."""
    had = case.worker_id
    give(case, worker_id, reason=SEALED_AWAY, by=by)
    if had:
        again, link = f"{case.allocated_at:%Y%m%d%H%M%S%f}", reverse("casework:today")
        tell_user_about(case, user_id=had, template="case-taken-over", link=link, again=again, by=by)


@transaction.atomic
def tell_newcomer(referral_id: UUID, *, by: Actor) -> None:
    """The safeguarding lead hears, by its reference alone, of a referral that may be about somebody kept close."""
    referral = Referral.objects.get(pk=referral_id)
    owner = safeguarding_owner(referral.scheme_id)
    if owner:
        link = reverse("casework:kept-close")
        tell_user_about(referral, user_id=owner.pk, template="kept-close-again", link=link, by=by)


@transaction.atomic
def tell_opened(opening_id: UUID, *, by: Actor) -> None:
    """Tell the safeguarding lead, or the manager, who opened a protected record or tried too often; the lead reads why."""
    opening = EmergencyOpening.objects.get(pk=opening_id)
    until = f"until {clock(opening.until)}" if opening.until else TOO_OFTEN
    when = f"{opening.made_by_name}, {date_time(opening.made_at)}, {until}."
    for user, leads in who_is_told(opening.scheme_id, but=opening.user_id):
        tell_user_about(
            opening,
            user_id=user.pk,
            template="record-opened" if opening.until else "record-tried",
            values={},
            link=reverse("casework:kept-close") if leads else reverse("casework:today"),
            details=f"{when}\n\n{opening.reason}" if leads else when,
            by=by,
        )
