"""A person is connected to a group, and the group answers."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from linkworks.casework import actions as casework
from linkworks.casework.rules.facts import SharingFacts
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection
from linkworks.connections.rules import Feedback, too_early
from linkworks.core import clock, tenancy, vocabulary
from linkworks.core.errors import Conflict
from linkworks.directory.queries import next_day, service_card

from ...world import Group
from ..telling import Telling

THROUGH_WORKER = "Through the link worker"
HOW_IT_WAS = [
    "I was nervous at the door, and somebody came out to meet me.",
    "They remember your name the second time.",
    "Nobody minds if you only want to sit and listen.",
    "It is louder than I thought, so come early for a quiet seat.",
    "Bring a friend the first time if you can.",
    "The tea is good and nobody asks questions.",
    "I wish it were every week.",
]


def connect(tale: Telling) -> None:
    """To the nearest fitting group that was not tried before and has room; to one without room when none has."""
    fitting = tale.world.groups_for(tale.story["kinds"], tale.team.boroughs[0])
    untried = [each for each in fitting if str(each.service.id) not in tale.tried]
    group = next((each for each in untried if has_room(each)), untried[0])
    tale.tried.add(str(group.service.id))
    need = f"In {tale.referral.given_name}’s own words: “{tale.goals[0].words}.”"[:300]
    sharing = SharingFacts(
        name_shared=tale.referral.given_name, contact_shared=THROUGH_WORKER, support_need=need,
        access_and_language=interpreter(tale.story), agreed=True, agreed_how="Said on the telephone",
    )  # fmt: skip
    with tenancy.context(tale.by_worker):
        tale.connection = casework.connect(
            tale.goals[0], service_id=group.service.id, sharing=sharing, although_full="nothing-else", by=tale.by_worker
        )


def has_room(group: Group) -> bool:
    card = service_card(group.service.id)
    return card is not None and not card.full


def interpreter(story: dict[str, Any]) -> str:
    return f"Interpreter: {vocabulary.label('languages', story['language'])}" if story.get("interpreter") else ""


def fresh(tale: Telling) -> Connection:
    with tale.as_maker():
        return Connection.objects.get(pk=tale.connection.pk)


def first_day(service_id: UUID) -> date:
    """The next day the group meets, at the earliest tomorrow; the day six days on where nobody knows when."""
    return next_day(service_id, clock.today() + timedelta(days=1)) or clock.today() + timedelta(days=6)


def group_accepts(tale: Telling) -> None:
    by, connection = tale.by_group(), fresh(tale)
    with tenancy.context(by):
        try:
            connections.accept(
                connection,
                first_session_on=first_day(connection.service_id),
                words=tale.says("welcomed"),
                by=by,
            )
        except Conflict:
            connections.waitlist(connection, words=tale.says("full"), by=by)


def group_asks(tale: Telling) -> None:
    by = tale.by_group()
    with tenancy.context(by):
        connections.ask(
            fresh(tale),
            text=tale.says("asked"),
            from_provider=True,
            by=by,
        )


def group_waitlists(tale: Telling) -> None:
    by = tale.by_group()
    with tenancy.context(by):
        connections.waitlist(fresh(tale), words=tale.says("full"), by=by)


def group_declines(tale: Telling) -> None:
    by = tale.by_group()
    with tenancy.context(by):
        connections.decline(fresh(tale), reason="full", words=tale.says("sorry"), by=by)


def came(tale: Telling, attended: str, absence: str = "") -> None:
    connection = fresh(tale)
    if connection.state not in {"accepted", "attending"}:
        return
    by, is_early = tale.by_group(), too_early(clock.today(), connection.first_session_on)
    if is_early and attended == "no":  # nobody is missed before their first day
        return
    with tenancy.context(by):
        connections.mark_attendance(
            connection,
            session_on=clock.today(),
            attended=attended,
            absence=absence,
            date_changed=is_early,
            by=by,
        )


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
        say_how_it_was(tale)


def say_how_it_was(tale: Telling) -> None:
    """Most people say how it was; about half let the group read it."""
    number = sum(ord(sign) for sign in tale.referral.given_name + tale.referral.family_name)
    if number % 5 == 0:
        return
    said = Feedback(
        as_expected="partly" if number % 4 == 0 else "yes",
        recommends="not-sure" if number % 7 == 0 else "yes",
        text=HOW_IT_WAS[number % len(HOW_IT_WAS)],
        may_share=number % 2 == 0,
    )
    with tenancy.context(tale.by_worker):
        casework.record_feedback(fresh(tale), feedback=said, by=tale.by_worker)
