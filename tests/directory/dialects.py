"""The forms in which a row is read as it stands, and what is true of whatever was read."""

from linkworks.core import vocabulary
from linkworks.directory.rules import listing, patterns
from linkworks.directory.rules.facts import Row
from linkworks.directory.rules.feeds import Dialect
from linkworks.directory.states import LocationType, ServiceStatus

# A row of an OpenActive feed is first kept in words of our own (tests/directory/active asks the same of those).
AS_IT_STANDS = [each for each in Dialect if each != Dialect.OPENACTIVE]
IN_JSON = [each for each in AS_IT_STANDS if each != Dialect.SPREADSHEET]  # whose organisations are objects


def assert_fit_to_keep(row: Row) -> None:
    """Whatever stood in it, it can be stored, shown and said."""
    facts = listing.completed(row.service)
    assert facts.name
    assert len(facts.name) <= 255
    assert facts.status in set(ServiceStatus)
    assert bool(facts.held_because) != facts.is_published
    assert all(place.location_type in set(LocationType) for place in facts.places)
    assert all(each.place is None or each.place < len(facts.places) for each in facts.sessions)
    assert all(each.freq in {"", "WEEKLY", "MONTHLY"} and 1 <= each.interval <= 52 for each in facts.sessions)
    assert set(facts.kinds) <= set(vocabulary.KINDS)
    assert facts.minimum_age is None or facts.maximum_age is None or facts.minimum_age <= facts.maximum_age
    assert all(cost.amount is None or 0 <= cost.amount < 1_000_000 for cost in facts.costs)
    assert all(isinstance(patterns.pattern_words(each), str) for each in facts.sessions)
