"""A made-up directory of any size that needs no database, and the questions put to it."""

import uuid
from collections.abc import Iterator
from datetime import date
from random import Random

from linkworks.core import vocabulary
from linkworks.directory.queries import Looking
from linkworks.directory.queries.index.listed import Listed
from linkworks.directory.queries.index.question import Question, Said
from linkworks.directory.rules import likeness
from linkworks.directory.rules.day_parts import TIMES
from linkworks.directory.rules.open_now import Span
from linkworks.directory.rules.sessions import DAYS
from linkworks.organisations.rules.places import boroughs
from tests.factories import many_services as many

LONDON = 0.2
MOST_TIMES = 4
BOROUGHS = sorted(boroughs())
# Words that stand in texts only, so that every engine means the same services by them.
PLAIN = [word for word in many.OTHERS if not any(likeness.is_alike([word], [name]) for name in many.NAMES + many.SORTS)]


def directory(size: int, seed: int = 20261122) -> Iterator[Listed]:
    """So many listings, as they are read from PostgreSQL; a word is its own stem."""
    dice = Random(seed)
    return (listed(dice) for _ in range(size))


def listed(dice: Random) -> Listed:
    facts = many.facts(dice)
    text = facts["description"].split()
    times = dice.sample(TIMES, dice.randrange(MOST_TIMES))
    return Listed(
        uuid.UUID(int=dice.getrandbits(128), version=4), facts["name"], facts["needs"], facts["kinds"], facts["categories"],
        facts["access_needs"], facts["languages"], facts["minimum_age"], facts["maximum_age"], facts["capacity_places"],
        facts["places_taken"], facts["is_referable"], facts["terms_are_guessed"], facts["trust"], None,
        vector(facts["name"].lower().split(), text), places(dice), [dice.choice(BOROUGHS)], times, dice.random() < 0.4, None, hours(times),
    )  # fmt: skip


def hours(times: list[str]) -> list[Span]:
    """On each of its days from nine to five."""
    days = {TIMES.index(each) for each in times if each in DAYS}
    return [Span(1 << day, 1, date.max.toordinal(), 9 * 60, 17 * 60, False, False) for day in sorted(days)]


def vector(name: list[str], text: list[str]) -> str:
    """A search column as PostgreSQL writes it."""
    at: dict[str, list[str]] = {}
    for place, word in enumerate([*name, *text], 1):
        at.setdefault(word.replace("'", "''"), []).append(f"{place}{'A' if place <= len(name) else 'C'}")
    return " ".join(f"'{word}':{','.join(places)}" for word, places in at.items())


def places(dice: Random) -> list[tuple[float | None, float | None]]:
    one = (many.MIDDLE[0] + dice.uniform(-LONDON, LONDON), many.MIDDLE[1] + dice.uniform(-1.6 * LONDON, 1.6 * LONDON))
    return [(one[0] + 0.01 * number, one[1]) for number in range(dice.choice([0, 1, 1, 1, 1, 1, 1, 1, 2, 3]))]


def questions(how_many: int, seed: int = 7) -> list[Question]:
    dice = Random(seed)
    return [question(dice) for _ in range(how_many)]


def question(dice: Random) -> Question:
    words = dice.sample(PLAIN, dice.choice([0, 0, 0, 1, 2]))
    near = (many.MIDDLE[0] + dice.uniform(-LONDON, LONDON), many.MIDDLE[1] + dice.uniform(-1.6 * LONDON, 1.6 * LONDON))
    looking = Looking(
        needs=tuple(dice.sample(sorted(vocabulary.NEEDS), dice.choice([0, 1, 1, 2, 3]))),
        words=" ".join(words),
        near=near,
        within_km=dice.choice([1.0, 3.0, 5.0, 10.0]),
        access_needs=tuple(dice.sample(sorted(vocabulary.ACCESS_NEEDS), dice.choice([0] * 6 + [1]))),
        languages=tuple(dice.sample(sorted(vocabulary.LANGUAGES), dice.choice([0] * 4 + [1]))),
        times=tuple(dice.sample(TIMES[:7], dice.choice([0, 0, 2]))),
        is_free=dice.random() < 0.4,
    )
    said = tuple(Said(word, (word,), False, ()) for word in words)
    stems = tuple(sorted(words))
    return Question(looking=looking, some=stems, every=stems, likely=said, asked=tuple(words), typed=len(words))
