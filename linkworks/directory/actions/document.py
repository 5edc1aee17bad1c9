"""A listing's canonical Open Referral UK document: made when it is saved, and the text everything else compares."""

from django.db import transaction

from linkworks.core.actor import Actor, job_actor
from linkworks.core.clock import now

from ..access import check_may_edit
from ..models import AccessibilityFeature, ListingChange, Location, Service, ServiceAtLocation, ServicePhoto
from ..rules import hiding, place_kinds, same_place
from ..rules.completeness import completeness
from ..rules.document import Parts, canonical, fingerprint, place_summary, service_document, service_summary
from ..rules.editing import PHOTO
from ..rules.facts import PlaceFacts

KEEPER = job_actor("directory.let_go_of_photos")
AT_ONCE = 500
WRITTEN = (
    "document",
    "document_hash",
    "document_is_due",
    "summary",
    "last_modified",
    "completeness",
    "unsaid",
    "photo_count",
)


def refresh_document(service: Service) -> None:
    """Write the service's document and its hash from what is stored, with what lists show of it and of its places."""
    places = list(service.places.select_related("location"))
    for at in places:
        tell_place(at.location)
    tell(service, parts_of(service, places))
    Service.objects.filter(id=service.id).update(**{name: getattr(service, name) for name in WRITTEN})
    if places:
        ServiceAtLocation.objects.bulk_update(places, ["document", "summary"])


def tell_place(location: Location) -> None:
    """Keep the place's key right, whatever our rules called it before; one that gets its first has the kind its name says."""
    names = ("name", "address_1", "postcode", "location_type", "is_address_hidden", "place_kind")
    said = PlaceFacts(**{name: getattr(location, name) for name in names})
    key = same_place.key(said)
    if key != location.key:
        location.place_kind = location.place_kind if location.key else place_kinds.with_guess(said).place_kind
        location.key = key
        location.save(update_fields=["key", "place_kind"])


def tell(service: Service, parts: Parts) -> None:
    """Put the document on the service and on its places, in memory, and how much of what people ask it answers."""
    let_go_of_photos(service, parts)
    document = service_document(service, parts)
    text = canonical(document)
    if text != service.document:
        service.last_modified = now()  # only when it changed: those who read our feed ask for what is newer
        document["last_modified"] = service.last_modified.isoformat()
        text = canonical(document)
    service.document, service.document_hash, service.document_is_due = text, fingerprint(text), False
    answered = completeness(service, parts)
    service.completeness, service.unsaid = answered.score, list(answered.unsaid)
    service.summary = canonical(service_summary(document))
    for place, told in zip(parts.places, document.get("service_at_locations", []), strict=True):
        place.document, place.summary = canonical(told), canonical(place_summary(told))


def let_go_of_photos(service: Service, parts: Parts) -> None:
    """What is kept private from now on was photographed when it was not: those photos are deleted, whatever becomes of it later."""
    if service.photo_count and hiding.is_private(service, [at.location for at in parts.places]):
        for each in ServicePhoto.objects.filter(service=service).defer("jpeg"):
            kept = {"field": PHOTO, "was": each.shows, "by_id": KEEPER.id, "by_name": KEEPER.name}
            ListingChange.objects.create(service=service, **kept)
        ServicePhoto.objects.filter(service=service).delete()
        service.photo_count = 0


def parts_of(service: Service, places: list[ServiceAtLocation]) -> Parts:
    return Parts(
        organisation=service.organisation,
        places=places,
        accessibility=features_by_location(service),
        schedules=list(service.schedules.all()),
        costs=list(service.cost_options.all()),
        contacts=list(service.contacts.filter(is_published=True)),
        languages=list(service.language_rows.all()),
        areas=list(service.areas.all()),
        attributes=list(service.attributes.select_related("term__taxonomy")),
    )


def features_by_location(service: Service) -> dict[object, list[object]]:
    found: dict[object, list[object]] = {}
    for feature in AccessibilityFeature.objects.filter(location__services__service=service):
        found.setdefault(feature.location_id, []).append(feature)
    return found


@transaction.atomic
def write_due_documents(*, by: Actor) -> int:
    """Write the documents that something changed around: a group that is full now, an organisation's new name, an older version of us."""
    check_may_edit(by)
    due = Service.objects.filter(document_is_due=True).select_related("organisation")
    rows = list(due.select_for_update(of=("self",), skip_locked=True).order_by("id")[:AT_ONCE])
    for service in rows:
        refresh_document(service)
    return len(rows)
