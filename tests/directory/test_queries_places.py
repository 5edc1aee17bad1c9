"""The real places behind a made-up directory, held against plain counting; and what a place of older days is given."""

from collections import Counter, defaultdict
from random import Random
from typing import Any

import pytest

from linkworks.core import vocabulary
from linkworks.core.actor import job_actor
from linkworks.directory import access, queries
from linkworks.directory.actions.document import refresh_document, write_due_documents
from linkworks.directory.models import Location, Service, ServiceAtLocation
from linkworks.directory.queries.places import Seeking, places
from linkworks.directory.rules.place_kinds import IN_HEALTH
from linkworks.directory.rules.places import distance_km
from tests.factories import directory as make
from tests.factories import many_services as many

pytestmark = pytest.mark.usefixtures("everything")
KINDS = ["", "", *vocabulary.PLACE_KINDS]
SIZE, DOORS = 120, 25


@pytest.fixture
def dice() -> Random:
    """A directory whose listings meet behind few doors, and call them by different names."""
    dice = Random(20261123)
    many.write(dice, make.organisation(), SIZE, spread=0.08)
    for each in Location.objects.all():
        door = dice.randrange(DOORS)
        each.key = f"se155dd-door-{door}" if dice.random() < 0.9 else ""
        each.name = dice.choice(["", f"Door {door}", f"The Door {door}"])
        each.place_kind, each.postcode = dice.choice(KINDS), "SE15 5DD"
        each.save()
    return dice


def plainly(seeking: Seeking) -> dict[str, tuple[Any, ...]]:
    """The same without grouping by the database: (name, kind, borough, how many services) of each key."""
    rows = ServiceAtLocation.objects.filter(service__in=access.offered_services()).exclude(location__key="")
    behind: dict[str, list[Any]] = defaultdict(list)
    for each in rows.select_related("location"):
        at = each.location
        behind[at.key].append((at, each.service_id))
    told = {key: one_of(met) for key, met in behind.items()}
    return {key: each for key, each in told.items() if fits(each, seeking)}


def one_of(met: list[Any]) -> tuple[Any, ...]:
    said = (most(getattr(at, name) for at, _ in met) for name in ("name", "place_kind", "borough_code"))
    return (*said, len({service for _, service in met}))


def most(some: Any) -> str:
    counts = Counter(each for each in some if each)
    return min(counts, key=lambda each: (-counts[each], each)) if counts else ""


def fits(told: tuple[Any, ...], seeking: Seeking) -> bool:
    name, kind, borough, _ = told
    wanted = IN_HEALTH if seeking.kind == "health" else (seeking.kind,)
    words = all(word.lower() in f"{name} london se15 5dd".lower() for word in seeking.words.split())
    return (not seeking.kind or kind in wanted) and seeking.borough in {"", borough} and words


def test_every_question_has_the_same_answer_as_plain_counting(dice: Random) -> None:
    boroughs = sorted(set(Location.objects.values_list("borough_code", flat=True)))
    answered = 0
    for _ in range(60):
        seeking = Seeking(
            words=dice.choice(["", "", "door", "Door 1", "THE", "nowhere"]),
            kind=dice.choice(["", "health", dice.choice(KINDS)]),
            borough=dice.choice(["", "", dice.choice(boroughs)]),
        )
        found = places(seeking)
        told = {each.key: (each.name, each.kind, each.borough_code, each.services) for each in found[: len(found)]}
        assert (told, len(found)) == (plainly(seeking), len(told)), seeking
        answered += bool(told)
    assert answered > 20


def test_the_busiest_first_and_pages_that_meet_without_a_gap(dice: Random) -> None:
    found = places(Seeking())
    whole = [(each.key, each.services) for each in found[: len(found)]]
    assert [count for _, count in whole] == sorted((count for _, count in whole), reverse=True)
    parts = [each.key for start in range(0, len(found), 7) for each in found[start : start + 7]]
    assert parts == [key for key, _ in whole] and len(set(parts)) == len(parts)


def test_the_nearest_first_and_none_too_far(dice: Random) -> None:
    for within in (0.5, 2.0, 8.0):
        found = places(Seeking(near=many.MIDDLE, within_km=within))
        far = [each.km for each in found]
        assert far == sorted(far) and all(each <= within for each in far)
        around = [distance_km(many.MIDDLE, (each.latitude, each.longitude)) for each in found]
        assert around == pytest.approx(far)


def test_nothing_that_is_not_offered_makes_a_place(dice: Random) -> None:
    assert len(places(Seeking()))
    Service.objects.update(is_published=False)
    assert len(places(Seeking())) == 0
    assert queries.place_page("se155dd-door-1") is None and queries.place_page("") is None


def test_places_from_before_get_what_a_feed_read_today_would_give_them() -> None:
    """Writing their documents anew brings an older directory up to date; a hidden place is passed over."""
    make.service(name="Rhymes", places=(make.place(name="Peckham Library"),))
    make.service(name="Said", places=(make.place(name="The Rose and Crown"),))
    make.service(name="Hidden", places=(make.place(name="Canary Library", is_address_hidden=True),))
    Location.objects.update(key="", place_kind="")
    Service.objects.update(document_is_due=True)
    write_due_documents(by=job_actor("directory.write_due_documents"))
    told = dict(Service.objects.values_list("name", "places__location__place_kind"))
    assert told == {"Rhymes": "library", "Said": "", "Hidden": ""}
    keys = dict(Service.objects.values_list("name", "places__location__key"))
    assert keys == {"Rhymes": "se155dd-peckham-library", "Said": "se155dd-rose-crown", "Hidden": ""}
    assert '"Library"' in Service.objects.get(name="Rhymes").document


def test_a_key_made_by_older_rules_is_made_anew_and_the_kind_that_was_said_stays() -> None:
    make.service(name="Rhymes", places=(make.place(name="Peckham Library", place_kind="community-centre"),))
    make.service(name="No kind", places=(make.place(name="Nunhead Library", place_kind=""),))
    Location.objects.update(key="as-it-was-once")
    Service.objects.update(document_is_due=True)
    write_due_documents(by=job_actor("directory.write_due_documents"))
    told = Service.objects.order_by("name").values_list("places__location__key", "places__location__place_kind")
    assert list(told) == [("se155dd-nunhead-library", ""), ("se155dd-peckham-library", "community-centre")]


def test_a_place_that_is_called_otherwise_is_listed_so_at_once() -> None:
    make.service(name="Rhymes", places=(make.place(name="Peckham Library"),))
    assert [each.name for each in places(Seeking())] == ["Peckham Library"]
    service = Service.objects.get()
    Location.objects.update(name="Queens Road Library")
    refresh_document(service)
    assert [(each.name, each.key) for each in places(Seeking())] == [
        ("Queens Road Library", "se155dd-queens-road-library")
    ]
