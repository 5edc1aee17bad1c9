"""The feed's pages, as programs ask for them, against a page with nothing on it; and the last page against the first."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from linkworks.directory.models import Service
from tests.cast import Cast

from . import exports
from .listed import Council
from .pages import MORE, Reader, got, measured_page
from .report import Figure
from .timing import taking_turns

FEED = "/api/oruk/v3"
A_PAGE, COUNCIL = 50, 100
LISTS = ("services", "service_at_locations", "organizations", "taxonomy_terms")


def measure(cast: Cast, *, turns: int, services: int) -> Iterator[Figure]:
    with TemporaryDirectory() as folder:
        Council(Path(folder), COUNCIL).read_new()
    one = f"{FEED}/services/{Service.objects.values_list('id', flat=True).first()}"
    asked = [f"{FEED}/{name}?per_page={A_PAGE}&page={page}" for name in LISTS for page in (1, 2)]
    with override_settings(ROOT_URLCONF="bench.urls", ALLOWED_HOSTS=["testserver"]):
        anybody = Reader(cast.client(), "/bench/empty", turns)
        yield from measured_page("feed", anybody, [*asked, one], lambda by: have(services * by))
        first, last = (f"{FEED}/services?per_page={A_PAGE}&page={page}" for page in (1, services * MORE // A_PAGE))
        ends = {"first": lambda: got(anybody.client, first), "last": lambda: got(anybody.client, last)}
        times = taking_turns(ends, turns)
    yield Figure.times("feed-last", times["last"], times["first"])


def have(total: int) -> None:
    """So many listings: those that were read, and copies of one of them."""
    exports.add_copies(total - Service.objects.count())
