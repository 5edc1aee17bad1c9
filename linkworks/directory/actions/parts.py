"""The rows that hang on listings: made in memory, and written anew for many listings at once in a constant number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from msgspec import structs

from linkworks.core import bulk
from linkworks.core.postcodes import packed, tidy_postcode
from linkworks.organisations.models import Postcode

from ..models import (
    AccessibilityFeature,
    Attribute,
    Contact,
    CostOption,
    Location,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceLanguage,
)
from ..rules import same_place
from ..rules.facts import PlaceFacts, ServiceFacts, TermFacts
from ..rules.listing import language_rows
from ..rules.published_places import part_id
from .terms import Terms

MODELS: dict[str, Any] = {
    "sessions": Schedule,
    "costs": CostOption,
    "contacts": Contact,
    "other_languages": ServiceLanguage,
    "areas": ServiceArea,
    "terms": Attribute,
}
KINDS = frozenset(MODELS) | {"places"}


def places_with_position(places: Sequence[PlaceFacts]) -> tuple[PlaceFacts, ...]:
    """The places with postcodes tidied, and position and borough looked up where they were not given."""
    tidied = [structs.replace(place, postcode=tidy_postcode(place.postcode) or place.postcode) for place in places]
    wanted = {
        packed(place.postcode) for place in tidied if place.postcode and not (place.latitude and place.borough_code)
    }
    found = {row.postcode: row for row in Postcode.objects.filter(postcode__in=wanted)} if wanted else {}
    return tuple(positioned(place, found.get(packed(place.postcode))) for place in tidied)


def positioned(place: PlaceFacts, found: Postcode | None) -> PlaceFacts:
    if found is None:
        return place
    at = (place.latitude, place.longitude) if place.latitude is not None else (found.latitude, found.longitude)
    return structs.replace(
        place, latitude=at[0], longitude=at[1], borough_code=place.borough_code or found.borough_code
    )


@dataclass
class PartRows:
    """What hangs on one listing, made and not yet written. Kinds that stay as they are stored are in `keep`."""

    service: Service
    keep: frozenset[str]
    is_new: bool
    places: list[ServiceAtLocation]
    features: dict[object, list[AccessibilityFeature]]
    rows: dict[str, list[Any]] = field(default_factory=dict)


def made_parts(service: Service, facts: ServiceFacts, terms: Terms, *, keep: frozenset[str] = frozenset()) -> PartRows:
    pairs = [] if "places" in keep else [(made_place(service, n, each), each) for n, each in enumerate(facts.places)]
    places = list(service.places.all()) if "places" in keep else [place for place, _ in pairs]
    made = PartRows(
        service,
        keep & KINDS,
        service._state.adding,
        places,
        {at.location_id: made_features(at, of) for at, of in pairs},
    )
    said: dict[str, Iterable[object]] = {
        "costs": facts.costs,
        "contacts": facts.contacts,
        "other_languages": language_rows(facts),
        "areas": facts.areas,
    }
    made.rows = {name: [MODELS[name](service=service, **without(each)) for each in rows] for name, rows in said.items()}
    made.rows["sessions"] = [made_session(service, each, places) for each in facts.sessions]
    made.rows["terms"] = attributes(service, facts.terms, terms)
    made.rows = {name: rows for name, rows in made.rows.items() if name not in keep}
    return made


def made_place(service: Service, number: int, place: PlaceFacts) -> ServiceAtLocation:
    """A place's id follows from its number, so saving it again changes none."""
    location = Location(**without(place, "accessibility"), key=same_place.key(place))
    return ServiceAtLocation(
        id=UUID(part_id(service, "service_at_location", number)), service=service, location=location
    )


def made_features(at: ServiceAtLocation, place: PlaceFacts) -> list[AccessibilityFeature]:
    return [AccessibilityFeature(location=at.location, **without(feature)) for feature in place.accessibility]


def made_session(service: Service, session: Any, places: Sequence[ServiceAtLocation]) -> Schedule:
    at = places[session.place] if session.place is not None else None
    return Schedule(service=service, service_at_location=at, **without(session, "place"))


def attributes(service: Service, said: Sequence[TermFacts], terms: Terms) -> list[Attribute]:
    wanted = {(each.taxonomy, each.code, each.link_type): each for each in said}
    return [Attribute(service=service, term=terms[taxonomy, code], link_type=link) for taxonomy, code, link in wanted]


def replace_parts(made: Sequence[PartRows]) -> None:
    """Write the parts of these listings anew, apart from those that are kept."""
    moved = [each for each in made if "places" not in each.keep]
    staying = let_go_of_places([each for each in moved if "sessions" in each.keep])
    for name, model in MODELS.items():
        bulk.take_away(
            model, "service", [each.service.id for each in made if name not in each.keep and not each.is_new]
        )
    replace_places(moved)
    for name in MODELS:
        bulk.add([row for each in made for row in each.rows.get(name, ())])
    back_to_places(staying, moved)


def let_go_of_places(made: Sequence[PartRows]) -> dict[UUID, UUID]:
    """Times that are kept while the places are written anew, and where each of them was."""
    if not made:
        return {}
    kept = Schedule.objects.filter(service__in=[each.service for each in made]).exclude(service_at_location=None)
    staying = dict(kept.values_list("id", "service_at_location_id"))
    Schedule.objects.filter(id__in=staying).update(service_at_location=None)
    return staying


def back_to_places(staying: dict[UUID, UUID], made: Sequence[PartRows]) -> None:
    """A place's id follows from its number, so times that are kept find their own place again."""
    known = {at.id: at for each in made for at in each.places}
    for schedule_id, place_id in staying.items():
        Schedule.objects.filter(id=schedule_id).update(service_at_location=known.get(place_id))


def replace_places(made: Sequence[PartRows]) -> None:
    """A place belongs to its listing: the old ones go, unless another listing is there too."""
    take_away_places([each.service.id for each in made if not each.is_new])
    places = [place for each in made for place in each.places]
    bulk.add([place.location for place in places])
    bulk.add([row for each in made for rows in each.features.values() for row in rows])
    bulk.add(places)


def take_away_places(service_ids: Sequence[UUID]) -> None:
    at = set(ServiceAtLocation.objects.filter(service__in=service_ids).values_list("location_id", flat=True))
    bulk.take_away(ServiceAtLocation, "service", service_ids)
    alone = at.difference(ServiceAtLocation.objects.filter(location__in=at).values_list("location_id", flat=True))
    bulk.take_away(AccessibilityFeature, "location", alone)
    bulk.take_away(Location, "id", alone)


def without(facts: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in facts.__struct_fields__ if name not in names}
