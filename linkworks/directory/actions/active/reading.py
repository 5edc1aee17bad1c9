"""A reading of a source of activities: its feeds are followed from where the last reading stopped, then its listings are made."""

from collections.abc import Iterator

from linkworks.core.errors import LinkworksError

from ...rules.feeds import Dialect, NotAFeed
from ..reading import Reading
from .assembling import assemble
from .following import Follower
from .keeping import forget_feed
from .tally import Tally

MAIN, DATES = "activities", "dates"


def read_activities(reading: Reading) -> Iterator[None]:
    """One step for each page. A feed that goes wrong stops by itself: what was read before it, and the other feed, still count."""
    tally = Tally()
    reading.run.dialect = Dialect.OPENACTIVE.value
    followers = [Follower(reading, feed, address, tally) for feed, address in feeds_of(reading).items()]
    for follower in followers:
        try:
            yield from follower.pages()
        except (LinkworksError, NotAFeed) as error:
            stop(reading, str(error), tally)
    assemble(reading, tally, is_whole=all(each.cursor.is_whole for each in followers))
    tally.tell(reading)


def stop(reading: Reading, why: str, tally: Tally) -> None:
    said = reading.run.stopped_because
    reading.run.stopped_because = said if why in said else f"{said} {why}".strip()
    tally.add(why, number=reading.run.read)


def feeds_of(reading: Reading) -> dict[str, str]:
    source = reading.run.source
    if not source.dates_address:
        forget_feed(source, DATES)
    told = {MAIN: source.address, DATES: source.dates_address}
    return {feed: address for feed, address in told.items() if address}
