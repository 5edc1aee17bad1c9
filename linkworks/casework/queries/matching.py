"""What is there for a goal, and why: the directory's answer for this person, without telling the directory who."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from linkworks.connections.models import Connection
from linkworks.connections.queries import connections_of, sent_lately
from linkworks.connections.states import State
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.directory.queries import Match, Seeking, match
from linkworks.directory.rules.weights import RECENT_DAYS
from linkworks.organisations.queries import find_postcode, settings_of
from linkworks.referrals.rules import age_on

from ..models import Case, Goal, Limits, SetAside
from .story import conversation_of

WITHIN_KM = 5.0


@dataclass(frozen=True)
class Wanted:
    """What to look for; starts with the goal and the person's needs and can be changed on the page."""

    words: str
    needs: tuple[str, ...]
    within_km: float = WITHIN_KM
    advice: str = ""
    goal_words: str = ""
    without: Collection[UUID] = ()


def limits_of(case: Case) -> Limits:
    """What the person said they can manage; nothing of it asked yet when there is no row."""
    return Limits.objects.filter(case=case).first() or Limits(case=case, scheme_id=case.scheme_id)


def wanted_for(goal: Goal, limits: Limits | None = None, without: Collection[UUID] = ()) -> Wanted:
    within = limits.within_km if limits and limits.within_km else WITHIN_KM
    return Wanted(words="", needs=tuple(goal.needs), within_km=within, goal_words=goal.words, without=without)


def set_aside_for(goal: Goal) -> list[SetAside]:
    """What was set aside for a goal, the first first."""
    return list(SetAside.objects.filter(goal=goal).select_related("service"))


def asked_before(case: Case) -> dict[UUID, Connection]:
    """How it went where this person was sent before: the newest connection with each service."""
    sent = connections_of(case.person_id).exclude(state=State.PROPOSED).select_related("service")
    return {each.service_id: each for each in reversed(sent)}


def services_for_goal(case: Case, wanted: Wanted, *, by: Actor, limits: Limits | None = None) -> Match:
    """Services near the person that fit, with reasons, what nearly fits, and what does not with why not."""
    return match(seeking_for(case, wanted, limits or limits_of(case), by=by))


def seeking_for(case: Case, wanted: Wanted, limits: Limits, *, by: Actor) -> Seeking:
    person = case.person
    place = find_postcode(person.postcode) if person.postcode else None
    return Seeking(
        needs=wanted.needs,
        words=wanted.words,
        goal_words=wanted.goal_words,
        enjoys=said.interests if (said := conversation_of(case)) else "",
        near=(place.latitude, place.longitude) if place else None,
        within_km=wanted.within_km,
        access_needs=tuple(person.access_needs),
        languages=(person.language,) if person.needs_interpreter and person.language != "en" else (),
        offered=settings_of(case.scheme_id).categories,
        age=age_on(person.born_on, clock.today()) if person.born_on else None,
        times=tuple(limits.times or ()),
        can_pay=limits.most_to_pay,
        only_for=tuple(limits.only_for or ()),
        advice=wanted.advice,
        without=frozenset(wanted.without),
        recently=sent_lately(by, RECENT_DAYS),
    )
