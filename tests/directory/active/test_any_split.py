"""However a feed's story is cut into pages and readings, and in whichever order it is paged, the listings are the same.

The story is told twice: bit by bit, with readings in between, and all at once to a source that reads it at its end.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkworks.directory.actions.active import following
from linkworks.directory.models import FeedItem

from .following import Follow, Followed
from .samples import dated, event, series, session

KEYS = st.integers(1, 4)
DAYS = st.sampled_from(["2026-11-20", "2026-11-24", "2026-11-26", "2026-12-03"])
STEPS = st.one_of(
    st.tuples(st.just("series"), KEYS, st.sampled_from(["Yoga", "Pilates", "Walking"])),
    st.tuples(st.just("dated"), KEYS, st.sampled_from(["Yoga", "Bowls"])),
    st.tuples(st.just("event"), KEYS, DAYS),
    st.tuples(st.just("session"), KEYS, DAYS),
    st.tuples(st.just("off"), KEYS, DAYS),
    st.tuples(st.just("no series"), KEYS, st.none()),
    st.tuples(st.just("no session"), KEYS, st.none()),
    st.tuples(st.just("slot"), KEYS, st.none()),
    st.tuples(st.just("read"), KEYS, st.none()),
)
Step = tuple[str, int, Any]


def tell(made: Followed, step: Step) -> None:
    """One thing that happens at the other end."""
    what, key, how = step
    if what in {"series", "dated"}:
        made.main.put(key, (series if what == "series" else dated)(key, name=f"{how} {key}"))
    elif what == "event":
        made.main.put(key, event(key, f"{how}T10:00:00Z"), kind="Event")
    elif what in {"session", "off"}:
        status = {"eventStatus": "https://schema.org/EventCancelled"} if what == "off" else {}
        made.dates.put(f"{key}.{how}", session(f"{key}.{how}", key, f"{how}T18:30:00Z", **status))
    elif what == "no series":
        made.main.delete(key)
    elif what == "no session":
        made.dates.delete(f"{key}.2026-11-26")
    elif what == "slot":
        made.main.put(key, {"@type": "Slot"}, kind="Slot")


def shown(made: Followed) -> dict[str, object]:
    """What a person could read of what is offered: a listing that lapsed or left before anybody saw it was never made."""
    return {key: told for key, told in made.told().items() if told[1:3] == ("active", True)}  # type: ignore[index]


@contextmanager
def apart() -> Iterator[None]:
    """A directory of its own, which is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEPS, min_size=1, max_size=12),
    per_page=st.integers(1, 4),
    order=st.sampled_from(["time", "change"]),
    most_pages=st.integers(1, 5),
)
def test_any_split_gives_the_same_listings(
    follow: Follow,
    monkeypatch: pytest.MonkeyPatch,
    steps: Sequence[Step],
    per_page: int,
    order: str,
    most_pages: int,
) -> None:
    with apart():
        bit_by_bit = follow(per_page, order)
        for step in steps:
            tell(bit_by_bit, step)
            if step[0] == "read":
                monkeypatch.setattr(following, "MOST_PAGES", most_pages)
                bit_by_bit.read(agreed=True)
        monkeypatch.setattr(following, "MOST_PAGES", 1000)
        bit_by_bit.read(agreed=True)
        found = shown(bit_by_bit)
        assert bit_by_bit.read(agreed=True).read == 0, "and there is nothing left to read"
        assert shown(bit_by_bit) == found
    with apart():
        at_once = follow(100, order)
        for step in steps:
            tell(at_once, step)
        at_once.read(agreed=True)
        assert shown(at_once) == found


def test_the_comparison_can_fail(follow: Follow) -> None:
    """A reading that lost a page would be seen."""
    one = follow(1)
    for key in (1, 2):
        tell(one, ("series", key, "Yoga"))
    one.read()
    whole = shown(one)
    FeedItem.objects.filter(key="SessionSeries 2").delete()
    one.read(agreed=True)
    one.read(agreed=True)
    assert shown(one) != whole
