"""The usual way to tell listings to programs: Django REST framework's serialisers, nested, with everything prefetched."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from rest_framework import serializers

from linkworks.directory import models
from linkworks.directory.access import shared_services
from linkworks.organisations.models import Organisation

AT_ONCE = 500
PREFETCHED = (
    "schedules", "cost_options", "contacts", "language_rows", "areas", "attributes__term__taxonomy",
    "places__location__accessibility",
)  # fmt: skip


def told_of(model: Any, *names: str, **nested: Any) -> Any:
    """A serialiser for a model: these columns, and what hangs on it."""
    meta = type("Meta", (), {"model": model, "fields": [*names, *nested]})
    return type(f"{model.__name__}Told", (serializers.ModelSerializer,), {"Meta": meta, **nested})


def several(model: Any, *names: str, source: str | None = None, **nested: Any) -> Any:
    return told_of(model, *names, **nested)(many=True, **({"source": source} if source else {}))


ADDRESS = ("id", "address_1", "city", "region", "state_province", "postcode", "country")


def location() -> Any:
    features = several(models.AccessibilityFeature, "id", "description")
    plain = ("id", "name", "description", "location_type", "latitude", "longitude", "is_address_hidden")
    return told_of(models.Location, *plain, *ADDRESS[1:], accessibility=features)()


def term() -> Any:
    taxonomy = told_of(models.Taxonomy, "id", "name")()
    return told_of(models.TaxonomyTerm, "id", "code", "name", "description", "term_uri", taxonomy=taxonomy)()


TIMES = (
    "id", "freq", "interval", "byday", "bymonthday", "dtstart", "valid_from", "valid_to", "opens_at", "closes_at",
    "description", "notes", "service_at_location",
)  # fmt: skip
PLAIN = (
    "id", "name", "description", "url", "email", "phone", "status", "fees", "minimum_age", "maximum_age", "alert",
    "assured_date", "last_modified", "referral_note", "wait_words", "who_it_is_for",
)  # fmt: skip
Told = told_of(
    models.Service,
    *PLAIN,
    organization=told_of(Organisation, "id", "name", "description", "email", "website")(source="organisation"),
    schedules=several(models.Schedule, *TIMES),
    cost_options=several(models.CostOption, "id", "option", "amount", "amount_description", "valid_from", "valid_to"),
    contacts=several(models.Contact, "id", "name", "title", "email", "phone"),
    languages=several(models.ServiceLanguage, "id", "name", "code", source="language_rows"),
    service_areas=several(models.ServiceArea, "id", "name", "ons_code", source="areas"),
    attributes=several(models.Attribute, "id", "link_type", term=term()),
    service_at_locations=several(models.ServiceAtLocation, "id", source="places", location=location()),
)


def each() -> Iterator[Any]:
    """Every listing that may be told, as it comes out of the serialisers, some at a time."""
    found = shared_services().select_related("organisation").prefetch_related(*PREFETCHED).order_by("created_at", "id")
    rows = found.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield from Told(some, many=True).data
