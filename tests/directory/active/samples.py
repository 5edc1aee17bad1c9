"""Made-up activities in the form of OpenActive: a series, one of its sessions, and an event on one day."""

from typing import Any

AT = "https://bookings.example.org/api"
WEEKLY = {
    "@type": "Schedule",
    "repeatFrequency": "P1W",
    "byDay": ["https://schema.org/Tuesday"],
    "startTime": "10:30",
    "endTime": "11:30",
    "startDate": "2026-09-01",
    "scheduleTimezone": "Europe/London",
}
PLACE = {
    "@type": "Place",
    "name": "Marlowe Leisure Centre",
    "address": {
        "@type": "PostalAddress",
        "streetAddress": "12 Lantern Road",
        "addressLocality": "London",
        "postalCode": "SE15 5DD",
        "addressCountry": "GB",
    },
    "geo": {"@type": "GeoCoordinates", "latitude": 51.4737, "longitude": -0.0693},
    "amenityFeature": [
        {"@type": "Toilets", "name": "Wheelchair", "value": True},
        {"@type": "Creche", "name": "Creche", "value": False},
    ],
}
ORGANISER = {
    "@type": "Organization",
    "@id": f"{AT}/organisers/7",
    "name": "Lantern Active",
    "url": "https://lantern.example.org",
    "telephone": "020 7946 0333",
    "email": "hello@lantern.example.org",
}


def series(key: object, **more: Any) -> dict[str, Any]:
    return {
        "@context": ["https://openactive.io/", "https://openactive.io/ns-beta"],
        "@type": "SessionSeries",
        "@id": f"{AT}/session-series/{key}",
        "name": f"Gentle yoga {key}",
        "description": "An hour of gentle yoga, on a mat or on a chair.",
        "url": f"https://lantern.example.org/yoga/{key}",
        "activity": [{"@type": "Concept", "@id": "https://openactive.io/activity-list#a1", "prefLabel": "Yoga"}],
        "organizer": ORGANISER,
        "location": PLACE,
        "offers": [{"@type": "Offer", "name": "Adult", "price": 4.5, "priceCurrency": "GBP"}],
        "ageRange": {"@type": "QuantitativeValue", "minValue": 18},
        "genderRestriction": "https://openactive.io/FemaleOnly",
        "level": ["Beginner"],
        "accessibilitySupport": [{"@type": "Concept", "prefLabel": "Hearing impairment"}],
        "eventSchedule": [WEEKLY],
        **more,
    }


def without(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: each for name, each in data.items() if name not in names}


def dated(key: object, **more: Any) -> dict[str, Any]:
    """A series that has only the dates it is told with."""
    return without(series(key, **more), "eventSchedule")


def session(key: object, of: object, starts: str = "2026-11-26T18:30:00Z", **more: Any) -> dict[str, Any]:
    return {
        "@context": "https://openactive.io/",
        "@type": "ScheduledSession",
        "@id": f"{AT}/session-series/{of}/sessions/{key}",
        "superEvent": f"{AT}/session-series/{of}",
        "startDate": starts,
        "duration": "PT1H",
        **more,
    }


def event(key: object, starts: str = "2026-11-28T10:00:00Z", **more: Any) -> dict[str, Any]:
    made = without(series(key, name=f"Winter walk {key}", **more), "eventSchedule")
    return {**made, "@type": "Event", "@id": f"{AT}/events/{key}", "startDate": starts, "duration": "PT2H", **more}
