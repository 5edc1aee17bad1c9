"""The rows that hang on a listing: written anew each time it is saved, in a constant number of statements."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import structs

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
    Taxonomy,
    TaxonomyTerm,
)
from ..rules.facts import PlaceFacts, ServiceFacts, SessionFacts, TermFacts
from ..rules.listing import language_rows
from ..rules.published_places import part_id


def places_with_position(places: Sequence[PlaceFacts]) -> tuple[PlaceFacts, ...]:
    """The places with postcodes tidied, and position and borough looked up where they were not given."""
    tidied = [structs.replace(place, postcode=tidy_postcode(place.postcode) or place.postcode) for place in places]
    wanted = [
        packed(place.postcode) for place in tidied if place.postcode and not (place.latitude and place.borough_code)
    ]
    found = {row.postcode: row for row in Postcode.objects.filter(postcode__in=wanted)} if wanted else {}
    return tuple(positioned(place, found.get(packed(place.postcode))) for place in tidied)


def positioned(place: PlaceFacts, found: Postcode | None) -> PlaceFacts:
    if found is None:
        return place
    at = (place.latitude, place.longitude) if place.latitude is not None else (found.latitude, found.longitude)
    return structs.replace(
        place, latitude=at[0], longitude=at[1], borough_code=place.borough_code or found.borough_code
    )


def replace_parts(service: Service, facts: ServiceFacts, *, keep: frozenset[str] = frozenset()) -> None:
    """Write the parts anew, apart from those that are kept."""
    places = list(service.places.all()) if "places" in keep else moved_places(service, facts, keep)
    if "sessions" not in keep:
        replace_sessions(service, facts.sessions, places)
    for name, model, rows in simple_parts(facts):
        if name not in keep:
            model.objects.filter(service=service).delete()
            model.objects.bulk_create(model(service=service, **without(each)) for each in rows)
    if "terms" not in keep:
        Attribute.objects.filter(service=service).delete()
        Attribute.objects.bulk_create(attributes(service, facts.terms))


def simple_parts(facts: ServiceFacts) -> list[tuple[str, Any, Iterable[object]]]:
    """The parts that stand by themselves: under which name, of which kind, and the rows."""
    return [
        ("costs", CostOption, facts.costs),
        ("contacts", Contact, facts.contacts),
        ("other_languages", ServiceLanguage, language_rows(facts)),
        ("areas", ServiceArea, facts.areas),
    ]


def replace_sessions(
    service: Service, sessions: Iterable[SessionFacts], places: Sequence[ServiceAtLocation | None]
) -> None:
    Schedule.objects.filter(service=service).delete()
    Schedule.objects.bulk_create(
        Schedule(
            service=service,
            service_at_location=places[each.place] if each.place is not None else None,
            **without(each, "place"),
        )
        for each in sessions
    )


def moved_places(service: Service, facts: ServiceFacts, keep: frozenset[str]) -> list[ServiceAtLocation]:
    """The places, written anew. A place's id follows from its number, so times that are kept find their own place again."""
    kept = Schedule.objects.filter(service=service).exclude(service_at_location=None) if "sessions" in keep else []
    was = [(each.id, each.service_at_location_id) for each in kept]
    Schedule.objects.filter(id__in=[each for each, _ in was]).update(service_at_location=None)
    places = replace_places(service, facts.places)
    known = {str(each.id): each for each in places}
    for schedule_id, place_id in was:
        Schedule.objects.filter(id=schedule_id).update(service_at_location=known.get(str(place_id)))
    return places


def replace_places(service: Service, places: Iterable[PlaceFacts]) -> list[ServiceAtLocation]:
    """A place belongs to its listing: the old ones go, unless another listing is there too."""
    old = list(Location.objects.filter(services__service=service).values_list("id", flat=True))
    ServiceAtLocation.objects.filter(service=service).delete()
    Location.objects.filter(id__in=old, services__isnull=True).delete()
    pairs = [(Location(**without(place, "accessibility")), place) for place in places]
    Location.objects.bulk_create(location for location, _ in pairs)
    AccessibilityFeature.objects.bulk_create(
        AccessibilityFeature(location=location, **without(feature))
        for location, place in pairs
        for feature in place.accessibility
    )
    return ServiceAtLocation.objects.bulk_create(
        [
            ServiceAtLocation(id=part_id(service, "service_at_location", number), service=service, location=location)
            for number, (location, _) in enumerate(pairs)
        ]
    )


def attributes(service: Service, terms: Sequence[TermFacts]) -> list[Attribute]:
    """The feed's own terms, kept; a term that is new is added to its list."""
    if not terms:
        return []
    Taxonomy.objects.bulk_create(
        [Taxonomy(name=name) for name in {term.taxonomy for term in terms}], ignore_conflicts=True
    )
    lists = {row.name: row for row in Taxonomy.objects.filter(name__in={term.taxonomy for term in terms})}
    TaxonomyTerm.objects.bulk_create(
        [TaxonomyTerm(taxonomy=lists[term.taxonomy], **without(term, "taxonomy", "link_type")) for term in terms],
        ignore_conflicts=True,
    )
    rows = TaxonomyTerm.objects.filter(taxonomy__in=lists.values(), code__in={term.code for term in terms})
    known = {(row.taxonomy_id, row.code): row for row in rows}
    wanted = {
        (lists[term.taxonomy].id, term.code, term.link_type): known[lists[term.taxonomy].id, term.code]
        for term in terms
    }
    return [Attribute(service=service, term=term, link_type=link) for (_, _, link), term in wanted.items()]


def without(facts: object, *names: str) -> dict[str, object]:
    return {name: value for name, value in structs.asdict(facts).items() if name not in names}  # type: ignore[arg-type]
