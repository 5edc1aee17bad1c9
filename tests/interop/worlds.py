"""Directories to judge: a small one with something of everything, the made-up London's, and two councils' real ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from linkworks.demo import activities, london, staff
from linkworks.demo.world import World
from linkworks.directory.rules.facts import (
    AccessFacts,
    AreaFacts,
    ContactFacts,
    CostFacts,
    LanguageFacts,
    SessionFacts,
    TermFacts,
)
from tests.conformance import Answer, Fetch
from tests.context import EVERYTHING, acting
from tests.factories import directory as make
from tests.interop.asking import ROOT

COUNCILS = settings.BASE_DIR.parent / "shared" / "data" / "council-feeds"
FILES = {
    "One council": ["bristol_v1_services_sample.json"],
    "Another council": ["buckinghamshire_outpost_services_page_1.json", "buckinghamshire_outpost_services_page_2.json"],
}


def fetching(client: Client) -> Fetch:
    """The feed behind a test client."""

    def fetch(route: str) -> Answer:
        address = route if route.startswith(ROOT) else f"{ROOT}{route}"
        response = client.get(address)
        return Answer(response.status_code, dict(response.items()), response.content.decode())

    return fetch


@contextmanager
def undone(blocker: Any) -> Iterator[None]:
    """What is made in here is there for several tests, and gone after them."""
    with blocker.unblock(), transaction.atomic():
        with acting(EVERYTHING):
            yield
        transaction.set_rollback(True)


def small() -> None:
    """Nine services of three organisations, with something of everything a document can hold."""
    owners = [make.organisation(f"Group {letter}", website="https://g.example.org") for letter in "ABC"]
    make.service(owners[0], **everything_told())
    make.service(owners[0], name="Online circle", places=(make.place(at=None, location_type="virtual", postcode=""),))
    make.service(owners[1], name="Hidden house", places=(make.place(is_address_hidden=True),))
    make.service(owners[1], name="Nowhere in particular", places=(), needs=(), kinds=(), costs=())
    for number in range(5):
        two = (make.place(), make.place(at=make.CAMDEN, postcode="NW1 0JH"))
        make.service(owners[2], name=f"Club {number}", places=two, minimum_age=10 * number)


def everything_told() -> dict[str, object]:
    return {
        "name": "Kettle’s “full” lunch & chat",
        "url": "https://kettle.example.org/a?b=c",
        "email": "hello@kettle.example.org",
        "phone": "020 7946 0000",
        "fees": "Pay what you can",
        "minimum_age": 60,
        "maximum_age": 90,
        "assured_date": date(2026, 9, 1),
        "capacity_places": 8,
        "wait_weeks": 2,
        "first_visit": "Somebody meets you at the door.",
        "who_it_is_for": "Anybody over 60",
        "verified_on": date(2026, 10, 1),
        "places": (make.place(place_kind="library", accessibility=(AccessFacts("Ramp", "step-free"),)),),
        "sessions": (
            SessionFacts(freq="WEEKLY", byday="TU,TH", opens_at=time(12), closes_at=time(14), place=0),
            SessionFacts(freq="MONTHLY", byday="1SA,-1SU", interval=2, dtstart=date(2026, 1, 3)),
            SessionFacts(description="Now and then", valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 1)),
        ),
        "costs": (CostFacts(option="Each lunch", amount=Decimal("3.50")),),
        "contacts": (ContactFacts(name="Office", phone="020 7946 0001", email="office@kettle.example.org"),),
        "areas": (AreaFacts("Southwark", "E09000028"),),
        "other_languages": (LanguageFacts("Klingon"),),
        "languages": ("en", "bn"),
        "terms": (TermFacts("Council list", "1", "Lunch clubs", term_uri="https://example.org/1"),),
    }


def london_activities(share: float = 0.25) -> int:
    """The made-up London's activities, without its people."""
    world = World()
    london.build(world)
    staff.build(world)
    return sum(1 for _ in activities.build(world, share=share))


def councils(licence: str = "For tests only") -> None:
    for name, files in FILES.items():
        for each in files:
            call_command(
                "import_feed", str(COUNCILS / each), "--name", name, "--licence", licence, "--json", verbosity=0
            )
