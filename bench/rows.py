"""Rows to measure on: made by the actions where it matters, and copied in bulk where only their number does."""

import copy
import random
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction

from linkworks.casework import actions as casework
from linkworks.casework.models import Case, Contact
from linkworks.casework.rules.facts import ContactFacts, ConversationFacts, GoalFacts, StepFacts
from linkworks.core import clock, ids, tenancy
from linkworks.core.vocabulary import NEEDS
from linkworks.directory.actions import add_service
from linkworks.directory.models import Location, Schedule, Service, ServiceAtLocation
from linkworks.directory.rules.facts import PlaceFacts, ServiceFacts, SessionFacts
from linkworks.organisations.models import Postcode
from linkworks.people.models import Channel, Person
from linkworks.referrals.actions import send
from linkworks.referrals.models import Referral
from linkworks.referrals.rules import Reach, ReferralDetails
from tests.cast import SOUTHWARK, Cast

DICE = random.Random(20261122)
HERE = (51.4736, -0.0694)
POSTCODE = "SE155DD"
MADE_ONE_BY_ONE = 60


def make_postcode() -> None:
    Postcode.objects.create(postcode=POSTCODE, borough_code=SOUTHWARK, latitude=HERE[0], longitude=HERE[1])


# ─── Services ────────────────────────────────────────────────────────────────────────────────────────────────────────


def services(cast: Cast, total: int) -> None:
    """Have this many services, spread over ten miles."""
    patterns = list(Service.objects.all()[:MADE_ONE_BY_ONE]) or [
        service(cast, number) for number in range(MADE_ONE_BY_ONE)
    ]
    missing = total - Service.objects.count()
    with transaction.atomic():
        for pattern in patterns:
            copy_service(pattern, missing // len(patterns) + (patterns.index(pattern) < missing % len(patterns)))


def service(cast: Cast, number: int) -> Service:
    needs = DICE.sample(sorted(NEEDS), k=3) + (["loneliness"] if number % 3 == 0 else [])
    facts = ServiceFacts(
        name=f"{DICE.choice(['Lunch', 'Walking', 'Garden', 'Advice'])} group {number}",
        description="Tea, talk and something to do with your hands. Everybody is welcome.",
        needs=tuple(dict.fromkeys(needs)),
        kinds=("lunch-club",),
        places=(PlaceFacts(name="The hall", latitude=near(0), longitude=near(1)),),
        sessions=(SessionFacts(freq="WEEKLY", byday="TU", place=0),),
    )
    return add_service(organisation=cast.provider, facts=facts, by=cast.actor(cast.steward))


def near(axis: int) -> float:
    return HERE[axis] + DICE.uniform(-0.08, 0.08)


def copy_service(pattern: Service, times: int) -> None:
    offered = ServiceAtLocation.objects.select_related("location").get(service=pattern)
    schedule = Schedule.objects.filter(service=pattern).first()
    made = copies(pattern, times)
    places = copies(offered.location, times, lambda _: {"latitude": near(0), "longitude": near(1)})
    at = copies(offered, times, lambda number: {"service_id": made[number].pk, "location_id": places[number].pk})
    save(Service, made), save(Location, places), save(ServiceAtLocation, at)
    if schedule:
        save(
            Schedule,
            copies(
                schedule, times, lambda number: {"service_id": made[number].pk, "service_at_location_id": at[number].pk}
            ),
        )


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
