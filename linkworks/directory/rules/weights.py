"""What counts for a place among the results, and how much: the one table that results are put in order by.

The finding page's score, the score for a person's goal, the page that publishes them and docs/matching.md all read it here.
"""

from msgspec import Struct


class Weight(Struct, frozen=True):
    """One thing that counts. `for_a_goal`: only when somebody looks for a person's goal."""

    id: str
    label: str
    points: float
    words: str
    for_a_goal: bool = False


TABLE = (
    Weight("need", "What it helps with", 10.0, "for each need asked for that it helps with"),
    Weight("words", "The words asked for", 20.0, "at most, for the words asked for, more when they stand in its name"),
    Weight("near", "How near it is", 10.0, "at most, when it is next door; none at the edge of the distance asked for"),
    Weight("goal", "The words of the goal", 8.0, "when it has a word of the goal, or helps with it", for_a_goal=True),
    Weight("enjoy", "What they enjoy", 5.0, "when it speaks of something they said they enjoy", for_a_goal=True),
    Weight("language", "Language", 6.0, "when somebody there speaks their language", for_a_goal=True),
    Weight("times", "Days and times", 6.0, "when it is known to be on at a time they can go", for_a_goal=True),
    Weight("room", "Places left", 3.0, "when it is known to have room"),
    Weight("cost", "Cost", 3.0, "when it is known to cost no more than they can pay", for_a_goal=True),
    Weight("wait", "Wait", 2.0, "when there is no wait; none when people wait eight weeks", for_a_goal=True),
    Weight("trust", "How far its facts can be trusted", 4.0, "at most, when all of it was confirmed today"),
    Weight("sorted", "Sorted by a person", 1.0, "when a person, not a guess, said what it helps with"),
)
POINTS = {each.id: each.points for each in TABLE}

BAND = 5.0  # results within so many points of each other are equals, and who was sent fewer people comes first
RECENT_DAYS = 28  # how far back those sent are counted
FEW = 3  # with fewer that fit, what nearly fits is shown too
MOST_NEARLY = 5
FURTHER = 2.0  # a little further: so many times as far as they said they can go
LONG_WAIT = 8  # weeks

# What may be set aside when too little fits, one at a time and in this order. Nothing else ever is.
RELAXED = {
    "distance": "How far they can go, up to twice as far",
    "times": "When they can go",
    "cost": "What they can pay",
}
