"""Why a service is shown for a person's goal, why it is not, and what would change that: in plain words."""

from collections.abc import Iterator

from msgspec import Struct

from linkworks.core import vocabulary

from . import fitting, matching, room, week, weights
from .fitting import Failed
from .matching import Candidate, Wish
from .places import miles_words

MINUTES_A_KM = 16.0  # at 3 miles an hour, and streets are not straight
LONGEST_WALK = 30
ON_WHEELS = frozenset({"wheelchair", "step-free"})
EXCLUSIVE = ("women-only", "men-only")

CHANGES = {
    "referable": "They can go by themselves: how is on its page.",
    "offered": "Your manager can change which kinds of support your scheme offers.",
    "age": "Ask the group whether they make an exception. If the date of birth is wrong, change it in the details.",
    "access": "Ask the group. If they can offer it, they or a directory steward can say so in the listing.",
    "whom": "Ask the group who comes, or change whom it has to be for.",
    "advice": "Ask them how far they go with somebody, or look for advice of any kind.",
    "distance": "Choose a wider distance, or think together about how to get there.",
    "times": "Ask whether they meet at other times, or change when the person can go.",
    "cost": "Ask about a lower price or a first visit for nothing, or change what the person can pay.",
    "room": "You can ask them all the same: a place may come free, and it is counted as missing support.",
    "need": "Change what it is about, or type words that it says. If it does help with this, its listing should say so.",
}
IMPROVES = {
    "near": "Nothing: others are nearer.",
    "times": "Ask the group when they meet, so that the listing can say so.",
    "cost": "Ask the group what it costs, so that the listing can say so.",
    "wait": "It rises when people wait less.",
    "room": "It rises when the group says that it has places.",
    "trust": "It rises when the group or a steward confirms the listing.",
}


class Reason(Struct, frozen=True):
    """Why it is not shown, or stands lower; and what would change it."""

    why: str
    change: str


def reasons(candidate: Candidate, wish: Wish, nearly: Failed | None = None) -> tuple[str, ...]:
    """Why it is shown, what is different first when it only nearly fits, and last what is to be asked."""
    said = [different(candidate, nearly)] if nearly else []
    said += list(matching.helps(candidate, wish))
    said += [f"Speaks of “{word}”, which they enjoy" for word in candidate.enjoyed if word not in candidate.goal_words][
        :1
    ]
    if candidate.distance_km is not None and not (nearly and nearly.check == "distance"):
        said.append(far_words(candidate.distance_km, wish))
    said += list(going(candidate, wish, nearly))
    said += matching.access_and_language(candidate, wish)
    if wish.advice:
        said.append(advice_words(candidate, wish))
    said += [
        vocabulary.label("person_attributes", each)
        for each in candidate.for_whom
        if each in (*wish.only_for, *EXCLUSIVE)
    ]
    return tuple(said)


def is_to_ask(reason: str) -> bool:
    """What nobody knows yet is no reason for it: it is to be asked."""
    return ": ask " in reason


def different(candidate: Candidate, nearly: Failed) -> str:
    """What was set aside so that it could be shown."""
    if nearly.check == "distance" and candidate.distance_km is not None:
        return f"A little further: {miles_words(candidate.distance_km)}"
    return nearly.why


def going(candidate: Candidate, wish: Wish, nearly: Failed | None) -> Iterator[str]:
    """When they can go and what it costs, as far as they said what they can."""
    other = nearly.check if nearly else ""
    if wish.times and other != "times":
        yield time_words(candidate, wish)
    if wish.can_pay is not None and other != "cost":
        yield price_words(candidate)
    if candidate.wait_weeks:
        yield room.wait_words(candidate.wait_weeks, "")


def time_words(candidate: Candidate, wish: Wish) -> str:
    both = week.shared(candidate.times, wish.times)
    if not both:
        return "Times not known: ask them"
    sure = [each for each in both if week.is_sure(each)]
    return f"{week.said(sure)}, when they can go" if sure else f"{week.said(both)}: ask at what time"


def advice_words(candidate: Candidate, wish: Wish) -> str:
    if wish.advice not in candidate.advice_levels:
        return "How far its advice goes is not known: ask them"
    word = vocabulary.ADVICE_LEVELS[wish.advice]
    return f"{word.label}: {vocabulary.lower_first(word.description)}"


def price_words(candidate: Candidate) -> str:
    if candidate.is_free:
        return "Free"
    return (
        "Cost not known: ask them" if candidate.price is None else f"{room.money(candidate.price)}, which they can pay"
    )


def far_words(km: float, wish: Wish) -> str:
    """About 15 minutes' walk, where somebody can walk it; else miles."""
    minutes = max(5, 5 * round(km * MINUTES_A_KM / 5))
    if minutes > LONGEST_WALK or ON_WHEELS & set(wish.access_needs):
        return miles_words(km).capitalize()
    return f"About {minutes} minutes’ walk, {miles_words(km)}"


def why_not(candidate: Candidate, wish: Wish, *, answers: bool) -> list[Reason]:
    """Everything that stands in its way, and what would change each. `answers`: it has the need or the words asked for."""
    asked = [vocabulary.NEEDS[need].short for need in wish.needs if need in vocabulary.NEEDS]
    about = f"helps with {' or '.join(asked)}" if asked else "is about what was asked for"
    found = [] if answers else [Reason(f"Does not say that it {about}", CHANGES["need"])]
    return found + [Reason(each.why, CHANGES[each.check]) for each in fitting.failed(candidate, wish)]


def why_lower(candidate: Candidate, first: Candidate, wish: Wish) -> list[Reason]:
    """By what it has fewer points than the one that stands first."""
    mine, theirs = published(candidate, wish), published(first, wish)
    lines = [
        Reason(f"{each.label}: {mine[each.id]:.1f} points, where {first.name} has {theirs[each.id]:.1f}",
               IMPROVES.get(each.id, "Nothing: it is what the listing says."))
        for each in weights.TABLE
        if theirs[each.id] - mine[each.id] >= 0.05
    ]  # fmt: skip
    if candidate.recently > first.recently and fitting.band(sum(mine.values())) == fitting.band(sum(theirs.values())):
        lines.append(Reason(f"People sent there lately: {candidate.recently}, and {first.recently} to {first.name}",
                            "Among equals, the group with fewer comes first."))  # fmt: skip
    return lines


def published(candidate: Candidate, wish: Wish) -> dict[str, float]:
    """All its points, under the names of the published table."""
    found = fitting.parts(candidate, wish)
    found.pop("own")
    return found | matching.own_parts(candidate)
