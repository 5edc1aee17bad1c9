"""Schemes and how each is set up."""

from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from ..models import Scheme, SchemeSettingsVersion
from ..rules.settings import SchemeSettings
from .reach import SchemeCard, card

KNOWN = frozenset(SchemeSettings.__struct_fields__)


def settings_of(scheme_id: UUID) -> SchemeSettings:
    """How this scheme works. Reading the document is kept per version; which version holds is asked each time."""
    version, document = Scheme.objects.values_list("settings_version", "settings").get(pk=scheme_id)
    return read(scheme_id, version, msgspec.json.encode(document))


def settings_in(scheme: Scheme) -> SchemeSettings:
    """How a scheme works that was read already."""
    return read(scheme.pk, scheme.settings_version, msgspec.json.encode(scheme.settings))


def schemes_at_work() -> list[tuple[SchemeCard, SchemeSettings]]:
    """Every scheme that supports people now, and how it works, by name: in one query."""
    found = Scheme.objects.exclude(coverage__in=["none", "developing"]).select_related("host").order_by("name")
    return [(card(each), settings_in(each)) for each in found]


@lru_cache(maxsize=256)
def read(scheme_id: UUID, version: int, document: bytes) -> SchemeSettings:
    """A setting that has left Linkworks since the document was written is passed over."""
    stored: dict[str, Any] = msgspec.json.decode(document)
    return msgspec.convert({name: value for name, value in stored.items() if name in KNOWN}, SchemeSettings)


def settings_history(scheme_id: UUID) -> QuerySet[SchemeSettingsVersion]:
    """Every version of a scheme's settings, newest first."""
    return SchemeSettingsVersion.objects.filter(scheme_id=scheme_id).order_by("-version")


def scheme_card(scheme_id: UUID) -> SchemeCard:
    """What anybody may know of a scheme: who it is for and how to reach it."""
    return card(Scheme.objects.select_related("host").get(pk=scheme_id))
