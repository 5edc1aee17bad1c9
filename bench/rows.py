"""Rows to measure on: made by the actions where it matters, and copied in bulk where only their number does."""

import copy
import random
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction

from linkworks.casework import actions as casework
from linkworks.casework.models import Case, Contact, Goal
from linkworks.casework.rules.facts import ContactFacts, ConversationFacts, GoalFacts, StepFacts
from linkworks.core import clock, ids, tenancy
from linkworks.directory.models import Service
from linkworks.organisations.models import Postcode
from linkworks.people.models import Channel, Person
from linkworks.referrals.actions import send
from linkworks.referrals.models import Referral
from linkworks.referrals.rules import Reach, ReferralDetails
from tests.cast import SOUTHWARK, Cast
from tests.factories import many_services as many

DICE = random.Random(20261122)
HERE = (51.4736, -0.0694)
POSTCODE = "SE155DD"
AROUND = ("SE154AA", "SE50AB", "SE11NN", "SE228HJ", "SE165XF")


def make_postcodes() -> None:
    """The one everybody lives at, and some around it."""
    for place, code in enumerate((POSTCODE, *AROUND)):
        latitude, longitude = HERE[0] + 0.01 * place, HERE[1] - 0.01 * place
        Postcode.objects.create(postcode=code, borough_code=SOUTHWARK, latitude=latitude, longitude=longitude)


# ─── Services ────────────────────────────────────────────────────────────────────────────────────────────────────────


def services(cast: Cast, total: int) -> None:
    """Have this many services, of all kinds, spread over ten miles."""
    many.write(DICE, cast.provider, total - Service.objects.count(), spread=0.08)


# ─── Cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def case(cast: Cast) -> Case:
    """One case with everything on it, made as pages make it."""
    by = cast.actor(cast.manager)
    with transaction.atomic(), tenancy.context(cast.everything):
        referral = send(scheme_id=cast.scheme.id, details=details(), door="phone", by=by, token=uuid.uuid4().hex)
        made = casework.open_from_referral(Referral.objects.get(pk=referral.pk), by=by)
        casework.allocate(made, worker_id=cast.link_worker.id, by=by)
        worker = cast.actor(cast.link_worker)
        made = Case.objects.get(pk=made.pk)
        casework.record_contact(
            made, facts=ContactFacts("phone", "spoke", "We talked.", "Ring again", clock.today()), by=worker
        )
        talk = ConversationFacts("I want company.", "Cooks for twenty.", clock.today(), needs=("loneliness",))
        casework.hold_conversation(made, facts=talk, by=worker)
        goal = casework.set_goal(made, facts=GoalFacts("Have company once a week", ("loneliness",)), by=worker)
        casework.add_step(goal, facts=StepFacts("Look together", "Me"), by=worker)
        casework.agree_plan(made, how="On the telephone", review_on=clock.today() + 42 * clock.DAY, by=worker)
    return made


def goal_of(cast: Cast, case: Case) -> uuid.UUID:
    with transaction.atomic(), tenancy.context(cast.everything):
        return Goal.objects.get(case=case).pk


def details() -> ReferralDetails:
    return ReferralDetails(
        referrer_type="gp", referrer_name="Dr Nair", given_name="Winston", family_name="Campbell", postcode=POSTCODE,
        needs=("loneliness",), contact_channels=(Reach("phone", "020 7946 0123"),), told_and_agrees=True,
    )  # fmt: skip


def cases(cast: Cast, pattern: Case, total: int) -> None:
    """Have this many open cases of the same worker."""
    with transaction.atomic(), tenancy.context(cast.everything):
        pattern = Case.objects.get(pk=pattern.pk)
        missing = total - Case.objects.count()
        people = copies(pattern.person, missing)
        channels = copies(
            Channel.objects.filter(person=pattern.person).first(), missing, lambda n: {"person_id": people[n].pk}
        )
        referrals = copies(
            pattern.referral, missing, lambda n: {"person_id": people[n].pk, "reference": ids.new_reference("R")}
        )
        made = copies(
            pattern,
            missing,
            lambda n: {"person_id": people[n].pk, "referral_id": referrals[n].pk, "reference": ids.new_reference("C")},
        )
        save(Person, people), save(Channel, channels), save(Referral, referrals), save(Case, made)


def contacts(cast: Cast, case: Case, total: int) -> None:
    """Have this many contacts on one case."""
    with transaction.atomic(), tenancy.context(cast.everything):
        found = Contact.objects.filter(case=case)
        save(Contact, copies(found.first(), total - found.count()))


def copies(pattern: Any, times: int, differing: Callable[[int], dict[str, Any]] = lambda _: {}) -> list[Any]:
    """Copies of a row with keys of their own, differing as told."""
    made = []
    for number in range(max(times, 0)):
        row = copy.copy(pattern)
        row._state = copy.copy(pattern._state)
        row.pk, row._state.adding = uuid.uuid4(), True
        for name, value in differing(number).items():
            setattr(row, name, value)
        made.append(row)
    return made


def save(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=500)
