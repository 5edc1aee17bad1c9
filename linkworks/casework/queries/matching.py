"""What is there for a goal, and why: the directory's answer for this person, without telling the directory who."""

from dataclasses import dataclass

from linkworks.core import clock
from linkworks.directory.queries import Match, match
from linkworks.organisations.queries import find_postcode, settings_of
from linkworks.referrals.rules import age_on

from ..models import Case, Goal

WITHIN_KM = 5.0


@dataclass(frozen=True)
class Wanted:
    """What to look for; starts with the goal and the person's needs and can be changed on the page."""

    words: str
    needs: tuple[str, ...]
    within_km: float = WITHIN_KM
    goal_words: str = ""


def wanted_for(goal: Goal) -> Wanted:
    return Wanted(words="", needs=tuple(goal.needs), goal_words=goal.words)


def services_for_goal(case: Case, wanted: Wanted) -> Match:
    """Services near the person that fit, with reasons, and those that do not with why not."""
    person = case.person
    place = find_postcode(person.postcode) if person.postcode else None
    return match(
        needs=wanted.needs,
        words=wanted.words,
        goal_words=wanted.goal_words,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        within_km=wanted.within_km,
        access_needs=tuple(person.access_needs),
        languages=(person.language,) if person.needs_interpreter and person.language != "en" else (),
        offered=settings_of(case.scheme_id).categories,
        age=age_on(case.person.born_on, clock.today()) if case.person.born_on else None,
    )
