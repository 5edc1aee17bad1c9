"""How a scheme tells of itself: on its own page, in a list, and as open data."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings as site
from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..queries import Profile, Reach
from ..rules.settings import SchemeSettings, opens
from ..rules.told import FACTS, PUBLIC
from .boroughs import tag
from .settings import STAGES

SELF = "self"
OTHERS = tuple(each for each in vocabulary.REFERRER_TYPES if each != SELF)
FICTIONAL = {"text": "Made up", "colour": "purple"}
OPEN_LICENCE = "Open Government Licence v3.0"
OPEN_LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
WAYS_IN = {
    "self": "by asking on this site",
    "phone": "by telephone",
    "paper": "on paper",
    "verified-link": "by a professional with a link sent to them",
    "account": "by a professional with an account",
}
COLUMNS = (
    "name", "address", "run_by", "website", "coverage", "boroughs", "parts_of_boroughs", "practices", "postcode_sectors",
    "who_it_is_for", "ask_yourself", "ways_in", "who_can_refer", "phone", "email", "open", "without_internet",
    "kinds_of_support", "languages",
    "first_contact_working_days", "usual_conversations", "is_fictional", "last_changed", "changed",
)  # fmt: skip


def profile_card(profile: Profile) -> dict[str, Any]:
    """A scheme in a list."""
    scheme = profile.scheme
    return {
        "heading": scheme.name,
        "href": reverse("organisations:profile", args=[scheme.slug]),
        "tags": tags(profile),
        "text": who_for(profile),
        "facts": [
            ("Where", where(profile.reach)),
            ("Phone", formats.phone(scheme.phone) if scheme.phone else ""),
            ("Run by", scheme.host_name),
        ],
    }


def profiles_named(some: Iterable[Profile], search: str) -> list[Profile]:
    """Those whose name, host or places have every word of the search."""
    return [each for each in some if all(word in spoken_of(each) for word in search.lower().split())]


def spoken_of(profile: Profile) -> str:
    reach = profile.reach
    places = [*reach.whole, *reach.part, *reach.practices, *reach.sectors]
    return " ".join([profile.scheme.name, profile.scheme.host_name, *places]).lower()


def profile_page(profile: Profile) -> dict[str, Any]:
    """Everything anybody may know of a scheme, in the order people ask."""
    scheme, how = profile.scheme, profile.settings
    return {
        "name": scheme.name,
        "tags": tags(profile),
        "is_starting": scheme.is_starting,
        "takes_people": not scheme.is_starting and takes_people(how),
        "takes_referrals": not scheme.is_starting and any(opens(how, "verified-link", each) for each in OTHERS),
        "people": known(people_rows(profile)),
        "working": working_rows(how),
        "referrers": vocabulary.labels("referrer_types", how.referrer_types),
        "practices": profile.reach.practices,
        "contact": known(contact_rows(profile)),
        "changed": formats.long_date(profile.changed_on),
        "since": since_rows(profile),
    }


def takes_people(how: SchemeSettings) -> bool:
    """Whether somebody may ask for themselves."""
    return opens(how, SELF, SELF)


def since_rows(profile: Profile) -> list[tuple[str, str]]:
    """Since when each fact is so; what nobody has said has no day."""
    said = [name for name in FACTS if name not in PUBLIC or getattr(profile.scheme, name)]
    return [(FACTS[name], formats.long_date(profile.since[name]) or "Not known") for name in said]


def tags(profile: Profile) -> list[dict[str, str]]:
    return [tag(profile.scheme.coverage), *([FICTIONAL] if profile.is_fictional else [])]


def who_for(profile: Profile) -> str:
    """In its own words, after the ages."""
    said = [profile.settings.who_can_be_referred.said(), profile.scheme.coverage_note]
    return " ".join(dict.fromkeys(each.strip() for each in said if each.strip()))


def where(reach: Reach) -> str:
    """All of Southwark, and parts of Lambeth."""
    whole = f"All of {formats.listed(reach.whole)}" if reach.whole else ""
    part = f"parts of {formats.listed(reach.part)}" if reach.part else ""
    said = ", and ".join(each for each in (whole, part) if each)
    return (said[:1].upper() + said[1:]) if said else ""


def known(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What nobody has said is left out."""
    return [(label, said) for label, said in rows if said]


def people_rows(profile: Profile) -> list[tuple[str, str]]:
    reach, how = profile.reach, profile.settings
    return [
        ("Who it is for", who_for(profile)),
        ("Where", where(reach)),
        ("Postcodes", formats.listed(reach.sectors)),
        ("Kinds of support", formats.listed(vocabulary.labels("categories", how.categories))),
        ("Languages", formats.listed(vocabulary.labels("languages", how.languages))),
        ("How somebody is referred", ways_in(profile)),
    ]


def ways_in(profile: Profile) -> str:
    """The doors that are open, one's own first."""
    return formats.listed(
        [words for door, words in WAYS_IN.items() if door in profile.settings.front_doors], "or"
    ).capitalize()


def working_rows(how: SchemeSettings) -> list[tuple[str, str]]:
    """What somebody can expect."""
    stages = formats.listed([STAGES[each] for each in how.measure_stages])
    return [
        ("First contact", f"Within {formats.plural(how.first_contact_working_days, 'working day')}"),
        ("Conversations", f"Usually up to {how.max_sessions}"),
        ("Looking at the plan again", f"Every {formats.plural(how.review_weeks, 'week')}"),
        ("Questions about wellbeing (ONS4)", stages.capitalize()),
    ]


def contact_rows(profile: Profile) -> list[tuple[str, str]]:
    """How to reach it, first without the internet."""
    scheme = profile.scheme
    return [
        ("Phone", formats.phone(scheme.phone) if scheme.phone else ""),
        ("Open", scheme.opening_hours),
        ("Without the internet", scheme.without_internet),
        ("Email", scheme.email),
        ("Run by", scheme.host_name),
        ("Website", profile.host_website),
    ]


def as_told(profile: Profile, server: str) -> dict[str, Any]:
    """One scheme as open data. What is not known is empty."""
    scheme, how, reach = profile.scheme, profile.settings, profile.reach
    values = (
        scheme.name, server + reverse("organisations:profile", args=[scheme.slug]), scheme.host_name, profile.host_website,
        scheme.coverage, reach.whole, reach.part, reach.practices, reach.sectors, who_for(profile),
        takes_people(how), list(how.front_doors), list(how.referrer_types), scheme.phone, scheme.email,
        scheme.opening_hours, scheme.without_internet, list(how.categories), list(how.languages), how.first_contact_working_days,
        how.max_sessions, profile.is_fictional, profile.changed_on.isoformat(),
        {name: day.isoformat() if day else "" for name, day in profile.since.items()},
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def as_row(told: dict[str, Any]) -> list[str]:
    """The same as a row of a table: lists in one cell, yes and no as words."""
    return [cell(told[name]) for name in COLUMNS]


def cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dict):
        return "; ".join(f"{name} {said}" for name, said in value.items())
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def about_the_data(made_at: datetime) -> dict[str, str]:
    """What goes with the data wherever it goes: under which licence, and from which day."""
    licence = str(site.OPEN_DATA_LICENCE)
    address = {"licence_address": OPEN_LICENCE_ADDRESS} if licence == OPEN_LICENCE else {}
    return {"licence": licence, **address, "made_at": made_at.isoformat(timespec="seconds")}
