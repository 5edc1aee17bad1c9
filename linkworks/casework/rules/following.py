"""What is due when, and what follows from what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Due(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


def due(on: date, today: date) -> Due:
    """Where a day stands from here; soon is within a week."""
    if on < today:
        return Due.OVERDUE
    if on == today:
        return Due.TODAY
    return Due.SOON if on <= today + timedelta(days=7) else Due.LATER


TRIES = frozenset({"no-answer", "left-message", "wrong-number", "did-not-come"})
REACHED = frozenset({"spoke", "not-a-good-time"})


def counts_as_try(how: str, result: str) -> bool:
    """Whether this was an attempt that did not reach the person."""
    return how != "note" and result in TRIES


def tries_since_reached(results: Iterable[tuple[str, bool]]) -> int:
    """Unsuccessful tries since the person was last reached; (result, counts as a try), newest first."""
    count = 0
    for result, counts in results:
        if result in REACHED:
            break
        count += counts
    return count


def next_try_in(tries: int) -> int:
    """In how many working days to try again: soon at first, then at other times of other weeks."""
    return {0: 1, 1: 2, 2: 4}.get(tries, 5)


def may_close_unreached(tries: int, allowed: int) -> bool:
    return tries >= allowed


@dataclass(frozen=True)
class FollowUp:
    """A task that an event makes: its title still has places for the service and the name."""

    kind: str
    title: str
    working_days: int
    counted_from: date | None = None


# The words of the vocabulary's `what_next` and what the worker then does.
AFTER_DECLINE: dict[str, FollowUp] = {
    "waitlist-or-rematch": FollowUp("find-another", "{service} is full: find something else with {name}", 2),
    "rematch-and-fix-listing": FollowUp(
        "find-another", "{service} said no: find something else with {name}, and report the listing", 2
    ),
    "link-worker-review": FollowUp(
        "find-another", "{service} cannot give enough support: talk with {name} about what would", 2
    ),
    "link-worker-calls": FollowUp("call", "{service} could not reach {name}: call them", 1),
    "plan-review": FollowUp("call", "{name} changed their mind about {service}: talk about the plan", 3),
    "rematch": FollowUp("find-another", "{service} was not right for {name}: find something else", 2),
    "travel-or-buddy": FollowUp("call", "{name} cannot get to {service}: look at travel, or somebody to go with", 2),
    "funding-or-rematch": FollowUp(
        "find-another", "{service} costs {name} too much: look for funding or something free", 2
    ),
    "safeguarding": FollowUp(
        "safeguarding", "{service} said it would not be safe for {name}: speak to the safeguarding lead today", 0
    ),
}


def overtaken_by(state: str) -> tuple[str, ...]:
    """Which tasks about a connection are over once it stands like this. How it was for the person is still to be asked."""
    if state == "sent":
        return ()
    if state == "waitlisted":
        return ("unanswered",)
    over = state in ("ended", "declined")  # a group may take its yes back: nobody goes there then
    return ("unanswered", "waiting-list", "follow-up") if over else ("unanswered", "waiting-list")


def after_decline(what_next: str) -> FollowUp:
    """What the worker does when a service said no."""
    return AFTER_DECLINE.get(what_next, AFTER_DECLINE["rematch"])


def after_accept(first_session_on: date | None) -> FollowUp:
    """Did they go? Asked two working days after the first session, or in two weeks when there is no date."""
    days = 2 if first_session_on else 10
    return FollowUp("follow-up", "Ask {name} how the first visit to {service} went", days, first_session_on)


def after_place(first_session: str) -> FollowUp:
    """A group said yes: the person hears it the next working day. The day is in words, or empty when none was said."""
    when = f", first session {first_session}" if first_session else ""
    return FollowUp("call", "Tell {name}: {service} has a place" + when, 1)


AFTER_WAITLIST = FollowUp(
    "waiting-list", "{service} put {name} on a waiting list: tell them, and agree what to do meanwhile", 3
)
NO_LONGER_AGREES = FollowUp("call", "{name} no longer agrees to what {service} knows: withdraw it, or talk about it", 0)
STILL_WAITING = FollowUp(
    "waiting-list", "{name} still waits for {service}: ask how long, and talk about what else there is", 2
)
AFTER_ENDING = FollowUp("follow-up", "{name} finished at {service}: ask what changed", 5)
AFTER_GONE = FollowUp("to-do", "{service} ended because {name} died or moved away: make sure, and close the case", 1)
AFTER_NO_SHOW = FollowUp("no-show", "{name} did not come to {service}: find out why", 1)
AFTER_QUESTION = FollowUp("question", "{service} asked about {name}: answer them", 1)
AFTER_NO_ADDRESS = FollowUp(
    "unanswered", "We have no working email address for {service}: telephone them about {name}", 0
)
AFTER_SILENCE = FollowUp("unanswered", "{service} has not answered about {name}: telephone them", 1)

AFTER_BOUNCE = FollowUp("call", "What we wrote to {service} about {name} did not arrive: telephone them", 1)
AFTER_BOUNCE_TO_PERSON = "What we wrote to {name} did not arrive: check how to reach them"
AFTER_BOUNCE_TO_REFERRER = "What we wrote to whoever referred {name} did not arrive: telephone them"


def said(title: str, *, name: str, service: str) -> str:
    """A task's title with its names, never longer than its column."""
    return title.format(name=name, service=shortened(service, 90))[:200]


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def escalation_due(minutes_waiting: float, mornings: int = 0) -> int:
    """How often a concern nobody acknowledged should have been escalated: at one hour, at four, and each morning after."""
    return (minutes_waiting >= 60) + (minutes_waiting >= 240) + (mornings if minutes_waiting >= 240 else 0)


def times_round(days: int, weeks: int) -> int:
    """How often a wait of so many days has come round to be looked at."""
    return days // (7 * weeks)
