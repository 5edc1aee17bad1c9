"""A listing's canonical Open Referral UK document: made when it is saved, and the text everything else compares."""

from linkworks.core.clock import now

from ..models import AccessibilityFeature, Service
from ..rules.document import Parts, canonical, fingerprint, service_document


def refresh_document(service: Service) -> None:
    """Write the service's document and its hash from what is stored."""
    parts = Parts(
        organisation=service.organisation,
        places=list(service.places.select_related("location")),
        accessibility=features_by_location(service),
        schedules=list(service.schedules.all()),
        costs=list(service.cost_options.all()),
        contacts=list(service.contacts.filter(is_published=True)),
        languages=list(service.language_rows.all()),
        areas=list(service.areas.all()),
        attributes=list(service.attributes.select_related("term__taxonomy")),
    )
    text = canonical(service_document(service, parts))
    if text != service.document:
        service.last_modified = now()  # only when it changed: those who read our feed ask for what is newer
        text = canonical(service_document(service, parts))
    service.document, service.document_hash = text, fingerprint(text)
    Service.objects.filter(id=service.id).update(
        document=service.document, document_hash=service.document_hash, last_modified=service.last_modified
    )


def features_by_location(service: Service) -> dict[object, list[object]]:
    found: dict[object, list[object]] = {}
    for feature in AccessibilityFeature.objects.filter(location__services__service=service):
        found.setdefault(feature.location_id, []).append(feature)
    return found
