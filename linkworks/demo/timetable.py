"""When a made-up group meets: on the day and at the hour its own words say; else at any."""

from datetime import time
from typing import Any

from linkworks.core import clock
from linkworks.directory.rules.facts import SessionFacts
from linkworks.directory.rules.sessions import DAYS

from .world import World

DRAWN_DAYS, DRAWN_HOURS, DRAWN_MINUTES = list(DAYS)[:6], [10, 11, 13, 14, 18], [0, 30]
# Words of a name that say when, the first that is there.
SAID = {
    "before Breakfast": 7, "Clear Morning": 9, "Morning": 10, "before Noon": 10, "Before Noon": 10, "at Eleven": 11, "Lunch": 12,
    "Afternoon": 14, "Supper": 18, "Evening": 18,
}  # fmt: skip
USUAL_HOURS = 2


def session(world: World, name: str, told_of: dict[str, Any]) -> SessionFacts:
    """Once a week. What is drawn is drawn in any case, so that a name of its own changes nothing of the other groups."""
    day, drawn = world.dice.choice(DRAWN_DAYS), world.dice.choice(DRAWN_HOURS)
    opens, minute = hour_of(name, told_of), world.dice.choice(DRAWN_MINUTES)
    begins = time(drawn, minute) if opens is None else time(opens)
    day = day_of(name) or day
    return SessionFacts(
        freq="WEEKLY",
        byday=day,
        dtstart=clock.today() - 200 * clock.DAY,
        opens_at=begins,
        closes_at=time(begins.hour + told_of.get("hours", USUAL_HOURS)),
        description=f"{DAYS[day]}s",
        place=0,
    )


def day_of(name: str) -> str | None:
    """The weekday in its name: "Fix-It Fridays"."""
    return next((token for token, day in DAYS.items() if day in name), None)


def hour_of(name: str, told_of: dict[str, Any]) -> int | None:
    """The hour its name says, or else what is told of its kind: a lunch club is at noon."""
    return next((hour for words, hour in SAID.items() if words in name), told_of.get("at"))
