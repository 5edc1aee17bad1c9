"""What we know of a service beyond the standard: extra properties, as docs/open-referral-profile.md describes them."""

from typing import Any

from . import room

REALLY_LIKE = ("what_happens", "who_comes", "first_visit", "bring_someone", "quiet_times", "getting_there")


def extra_properties(service: Any, phone_id: str) -> dict[str, Any]:
    """Fields of the international standard that the United Kingdom's leaves out come under their own names; the rest in one object."""
    return {
        "eligibility_description": service.who_it_is_for,
        "application_process": service.referral_note,
        "wait_time": room.wait_words(service.wait_weeks, service.wait_words),
        "phones": [{"id": phone_id, "service_id": str(service.id), "number": service.phone}] if service.phone else [],
        "linkworks": {
            "capacity": capacity(service),
            "is_referable": service.is_referable,
            "terms_are_guessed": service.terms_are_guessed or None,  # only said when they are
            "is_fictional": service.is_fictional or None,
            "verified_on": day(service.verified_on),
            "source": source_told(service.source),
            **{name: getattr(service, name) for name in ("quality_mark", "certificate", "leads_to", *REALLY_LIKE)},
            "quality_mark_until": day(service.quality_mark_until),
            "join_by": day(service.join_by),
        },
    }


def source_told(source: Any) -> dict[str, str] | None:
    """Whose list it is from and under which licence, so that whoever passes it on can say so."""
    return {"name": source.name, "licence": source.licence} if source else None


def capacity(service: Any) -> dict[str, Any]:
    """How many people from link workers it can take and whether there is room; nothing when nobody has said."""
    return {
        "places": service.capacity_places,
        "has_room": room.has_room(service.capacity_places, service.places_taken),
        "wait_weeks": service.wait_weeks,
        "checked_on": day(service.capacity_checked_on),
    }


def day(value: Any) -> str | None:
    return value.isoformat() if value else None
