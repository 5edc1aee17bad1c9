"""The steps of a story. Each is what somebody would do on a page, through the same action."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from linkworks.casework import actions as casework
from linkworks.casework.models import Goal
from linkworks.casework.rules.facts import (
    ConcernFacts,
    ContactFacts,
    ConversationFacts,
    GoalFacts,
    GoalReview,
    MeasureFacts,
    SharingFacts,
    StepFacts,
    UnmetFacts,
)
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection
from linkworks.core import clock, tenancy
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict
from linkworks.referrals import actions as referrals
from linkworks.referrals.models import Referral
from linkworks.referrals.rules import Reach, ReferralDetails
from linkworks.referrals.states import Door

from .people import details_for
from .telling import Telling

ITEMS = ("satisfied", "worthwhile", "happy", "anxious")
THROUGH_WORKER = "Through the link worker"


def refer(tale: Telling) -> None:
    """By whoever would refer: with an account, by oneself, or on the telephone."""
    sender, by, door = who_refers(tale)
    tale.sent_by = by
    if not tale.times_referred:
        details = details_for(tale.world, tale.team, tale.story, sender)
    else:
        details = replace(details_of(tale.referral), **sender)
    with tenancy.context(by):
        sent = referrals.send(
            scheme_id=tale.team.scheme.id,
            details=details,
            door=door,
            by=by,
            token=f"demo-{tale.number}-{tale.moment:%Y%m%d%H%M}",
        )
    with tale.as_maker():
        tale.referral = Referral.objects.get(pk=sent.pk)
    tale.times_referred += 1


def details_of(referral: Referral) -> ReferralDetails:
    names = [
        name
        for name in ReferralDetails.__dataclass_fields__
        if name not in {"contact_channels", "access_needs", "needs"}
    ]
    values = {name: getattr(referral, name) for name in names}
    ways = tuple(
        Reach(**{key: value for key, value in way.items() if key in Reach.__dataclass_fields__})
        for way in referral.contact_channels
    )
    return ReferralDetails(
        **values, contact_channels=ways, access_needs=tuple(referral.access_needs), needs=tuple(referral.needs)
    )


def who_refers(tale: Telling) -> tuple[dict[str, Any], Actor, Door]:
    kind = tale.story["referrer"]
    if kind == "self":
        return {}, tale.by_public, Door.SELF
    senders = [each for each in tale.world.referrers if each[2] == kind]
    if senders:
        body, user, _ = senders[0] if tale.team is tale.world.teams[0] else tale.world.dice.choice(senders)
        facts = {
            "from_organisation_id": body.id, "from_organisation_name": body.name, "referrer_user_id": user.id,
            "referrer_name": user.name, "referrer_email": user.email, "referrer_job": "",
        }  # fmt: skip
        return facts, tale.world.actor(user), Door.ACCOUNT
    facts = {"referrer_name": "A colleague who rang", "referrer_phone": "020 7946 0111"}
    return facts, tale.by_worker, tale.world.dice.choice([Door.PHONE, Door.PAPER])


def decline(tale: Telling) -> None:
    with tenancy.context(tale.by_manager):
        referrals.decline(
            tale.referral, reason="needs-other-service", by=tale.by_manager,
            words="Thank you. This needs the community mental health team first; we have rung you to explain."
            " We would welcome a referral later.",
        )  # fmt: skip


def withdraw(tale: Telling) -> None:
    by = tale.sent_by if tale.sent_by and tale.sent_by.is_signed_in else tale.by_manager
    with tenancy.context(by):
        referrals.withdraw(tale.referral, reason="They have moved in with family outside London.", by=by)


def accept(tale: Telling) -> None:
    with tenancy.context(tale.by_manager):
        tale.case = casework.open_from_referral(
            tale.referral, complexity=tale.world.dice.choice([1, 2, 2, 3]), by=tale.by_manager
        )


def allocate(tale: Telling) -> None:
    with tenancy.context(tale.by_manager):
        casework.allocate(tale.case, worker_id=tale.worker.id, reason="", by=tale.by_manager)


def contact(tale: Telling, result: str, note: str, how: str = "phone") -> None:
    facts = ContactFacts(
        how=how, result=result, note=note, minutes=tale.world.dice.choice([5, 10, 20, 30]), happened_at=tale.moment
    )
    with tenancy.context(tale.by_worker):
        casework.record_contact(tale.case, facts=facts, by=tale.by_worker)


def try_once(tale: Telling) -> None:
    contact(tale, "no-answer", "Rang twice, no answer. No message left.")


def try_again(tale: Telling) -> None:
    contact(tale, "left-message", "Left a message with my first name and number only.")


def try_last(tale: Telling) -> None:
    contact(tale, "no-answer", "Third try, in the evening this time.")


def close_unreached(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        casework.close_could_not_contact(tale.case, by=tale.by_worker)


def talk(tale: Telling) -> None:
    contact(tale, "spoke", "A long, good talk. They were surprised to be asked what they like.")
    facts = ConversationFacts(
        what_matters=tale.story["matters"],
        strengths=tale.story["strengths"],
        interests=tale.story["interests"],
        needs=tuple(tale.story["needs"]),
        held_on=clock.today(),
        people_around=tale.world.dice.choice(
            ["A daughter who rings on Sundays", "Neighbours, to nod to", "Nobody near", "Two good friends"]
        ),
        how_support_should_be=tale.world.dice.choice(
            ["Not in the evenings", "Somewhere with a seat near the door", "With somebody the first time", ""]
        ),
    )
    with tenancy.context(tale.by_worker):
        casework.hold_conversation(tale.case, facts=facts, by=tale.by_worker)
        agreed = {"referrer-feedback": tale.world.dice.random() < 0.8, "providers": True}
        casework.choose_sharing(tale.case, choices=agreed, how="Said on the telephone", by=tale.by_worker)


def measure(tale: Telling, stage: str, which: int) -> None:
    answers = tale.story["ons4"][which]
    with tenancy.context(tale.by_worker):
        given = {} if answers is None else dict(zip(ITEMS, jitter(tale, answers), strict=True))
        facts = MeasureFacts("ons4", stage, answers=given, how_asked="By telephone", declined=answers is None)
        casework.record_measure(tale.case, facts=facts, by=tale.by_worker)


def jitter(tale: Telling, answers: list[int]) -> list[int | None]:
    """Two people with one story do not give the same answers, and one in twelve questions is left out."""
    moved = [min(10, max(0, each + tale.world.dice.choice([-1, 0, 0, 1]))) for each in answers]
    return [None if tale.world.dice.random() < 1 / 12 else each for each in moved]


def measure_start(tale: Telling) -> None:
    if tale.world.dice.random() < 0.9:
        measure(tale, "start", 0)


def measure_review(tale: Telling) -> None:
    measure(tale, "review", 1)


def measure_end(tale: Telling) -> None:
    if tale.world.dice.random() < 0.75:
        measure(tale, "end", 1)


def plan(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        for number, words in enumerate(tale.story["goals"]):
            need = tale.story["needs"][min(number, len(tale.story["needs"]) - 1)]
            goal = casework.set_goal(
                tale.case, facts=GoalFacts(words, needs=(need,), benefit="social-contact"), by=tale.by_worker
            )
            due = clock.today() + timedelta(days=14)
            casework.add_step(
                goal, facts=StepFacts("Look together at what is near", tale.worker.name, due), by=tale.by_worker
            )
            casework.add_step(
                goal,
                facts=StepFacts("Go once and see how it feels", tale.referral.given_name, due + timedelta(days=14)),
                by=tale.by_worker,
            )
            tale.goals.append(goal)


def agree(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        casework.agree_plan(
            tale.case,
            how="Read through together on the telephone",
            review_on=clock.today() + timedelta(weeks=6),
            by=tale.by_worker,
        )


def connect(tale: Telling) -> None:
    """To the nearest fitting group that was not tried before."""
    groups = [
        each
        for each in tale.world.groups_for(tale.story["kinds"], tale.team.boroughs[0])
        if str(each.service.id) not in tale.tried
    ]
    group = groups[0]
    tale.tried.add(str(group.service.id))
    need = f"{tale.referral.given_name} would like: {tale.story['goals'][0].lower()}."[:300]
    sharing = SharingFacts(
        name_shared=tale.referral.given_name, contact_shared=THROUGH_WORKER, support_need=need,
        access_and_language="Interpreter: Somali" if tale.story.get("interpreter") else "", agreed=True, agreed_how="Said on the telephone",
    )  # fmt: skip
    with tenancy.context(tale.by_worker):
        tale.connection = casework.connect(
            tale.goals[0], service_id=group.service.id, sharing=sharing, by=tale.by_worker
        )


def fresh(tale: Telling) -> Connection:
    with tale.as_maker():
        return Connection.objects.get(pk=tale.connection.pk)


def group_accepts(tale: Telling) -> None:
    by, connection = tale.by_group(), fresh(tale)
    with tenancy.context(by):
        try:
            connections.accept(
                connection,
                first_session_on=clock.today() + timedelta(days=6),
                words="We look forward to meeting them.",
                by=by,
            )
        except Conflict:
            connections.waitlist(connection, words="We are full; first on the list.", by=by)


def group_asks(tale: Telling) -> None:
    by = tale.by_group()
    with tenancy.context(by):
        connections.ask(
            fresh(tale),
            text="Would they manage six steps at the door? We can carry a ramp out if not.",
            from_provider=True,
            by=by,
        )


def group_waitlists(tale: Telling) -> None:
    by = tale.by_group()
    with tenancy.context(by):
        connections.waitlist(fresh(tale), words="About three weeks; we will ring.", by=by)


def group_declines(tale: Telling) -> None:
    by = tale.by_group()
    with tenancy.context(by):
        connections.decline(fresh(tale), reason="full", words="We have no chairs left until the spring, sorry.", by=by)


def came(tale: Telling, attended: str, absence: str = "") -> None:
    connection = fresh(tale)
    if connection.state not in {"accepted", "attending"}:
        return
    by = tale.by_group()
    with tenancy.context(by):
        connections.mark_attendance(connection, session_on=clock.today(), attended=attended, absence=absence, by=by)


def attend(tale: Telling) -> None:
    came(tale, "yes")


def attend_again(tale: Telling) -> None:
    came(tale, "late" if tale.world.dice.random() < 0.2 else "yes")


def miss(tale: Telling) -> None:
    came(tale, "no", tale.world.dice.choice(["acceptable", "logistics"]))


def connection_ends(tale: Telling) -> None:
    connection = fresh(tale)
    if connection.state in {"accepted", "attending"}:
        with tenancy.context(tale.by_worker):
            ending = tale.world.dice.choice(
                ["completed", "sustained-independently", "sustained-independently", "stopped-attending"]
            )
            casework.end_connection(connection, ending=ending, words="", by=tale.by_worker)


def nothing_fits(tale: Telling) -> None:
    missing = tale.story.get("unmet") or {
        "need": tale.story["needs"][0],
        "reason": tale.world.dice.choice(["full-or-long-wait", "too-far", "wrong-time", "nothing-exists"]),
    }
    with tenancy.context(tale.by_worker):
        facts = UnmetFacts(
            missing["need"], missing["reason"], note="Looked within five miles.", goal_id=tale.goals[0].pk
        )
        casework.record_unmet_need(tale.case, facts=facts, by=tale.by_worker)


def review(tale: Telling) -> None:
    moves = (
        ["achieve", "achieve-partly", "miss"]
        if tale.stage.name in {"finished", "back again"}
        else ["", "achieve-partly", ""]
    )
    with tenancy.context(tale.by_worker):
        open_goals = Goal.objects.filter(case=tale.case, state="open")
        said = ["I did more than I thought.", "Some of it. I will keep going.", "Not this time, but I tried."]
        reviews = [
            GoalReview(goal.pk, tale.world.dice.choice(moves), tale.world.dice.choice(said)) for goal in open_goals
        ]
        casework.review_goals(tale.case, reviews=reviews, by=tale.by_worker)


def close(tale: Telling) -> None:
    summary = f"{tale.referral.given_name} reached some of what they wanted and knows where to come back to."
    with tenancy.context(tale.by_worker):
        casework.close(
            tale.case, reason=tale.world.dice.choice(["goals-met", "plan-complete", "person-chose-to-stop"]), summary=summary,
            missing_because="They preferred not to answer again.", withdraw_unanswered=True, by=tale.by_worker,
        )  # fmt: skip


def pause(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        until = clock.today() + timedelta(days=tale.world.dice.choice([14, 28, 42]))
        casework.pause(
            tale.case,
            until=until,
            reason="In hospital for a planned operation; asked us to ring afterwards.",
            by=tale.by_worker,
        )


def concern(tale: Telling) -> None:
    facts = ConcernFacts("Said a nephew keeps the bank card and gets angry when asked for it.", person_knows=True)
    with tenancy.context(tale.by_worker):
        casework.raise_concern(tale.case, facts=facts, by=tale.by_worker)
