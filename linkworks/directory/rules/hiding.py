"""A place whose address is kept private: nothing that leads to it stays in the words of its listing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote_plus

from msgspec import structs

from ..states import LocationType
from .facts import PlaceFacts, ServiceFacts

NOT_SHOWN = "[address not shown]"
REFUGE = re.compile(
    r"\b(women.?s|domestic abuse|domestic violence|safe) (refuge|house)s?\b|\b(children.?s|women.?s aid) refuges?\b"
    r"|\brefuges? (accommodation|places?|spaces?|for (women|men|families|children|people|survivors|victims|those))\b",
    re.IGNORECASE,
)
WAYS = (
    r"road|rd|street|st|avenue|ave|lane|ln|close|drive|way|gardens?|grove|square|place|terrace|crescent|court|mews|hill|row|walk|"
    r"green|park|rise|parade|yard|broadway|embankment|wharf|passage|vale"
)
NUMBER = r"\d{1,4}[a-z]?(?:\s?[-–/&]\s?\d{1,4}[a-z]?)?"
LEADING_NUMBER = re.compile(rf"^(?:flat|unit|suite|room)?\s*{NUMBER}\s+", re.IGNORECASE)
# What leads to a door, however it is written: a house number and its street, a postcode, a position, three words.
ADDRESSES = (
    re.compile(rf"\b{NUMBER},?\s+(?:[\w’'.-]+\s+){{1,4}}(?:{WAYS})\b\.?", re.IGNORECASE),
    re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?[\s\xa0-]{0,3}[0-9][ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE),
    re.compile(r"-?\d{1,2}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}"),
    re.compile(r"/{3}[a-z]+\.[a-z]+\.[a-z]+", re.IGNORECASE),
)
SHORTEST = 5  # letters of a name or a line of an address that mean something alone
# What a listing says in words, wherever it says it.
WORDS = frozenset(
    {
        "name", "description", "fees", "alert", "who_it_is_for", "referral_note", "what_happens", "who_comes", "first_visit",
        "bring_someone", "quiet_times", "getting_there", "ask_for", "quality_mark", "certificate", "leads_to", "wait_words", "notes",
        "option", "amount_description", "title",
    }
)  # fmt: skip
FLAGS = ("mask_exact_address", "is_address_hidden")  # as feeds say it, and as ours does
# What is no yes. Anything else said of hiding hides: a true address shown once cannot be taken back.
NO = frozenset({"", "0", "0.0", "false", "f", "no", "n", "off", "none", "null", "[]", "{}"})
NESTED = ("sessions", "costs", "contacts", "areas")


def is_refuge(facts: Any) -> bool:
    return bool(REFUGE.search(f"{facts.name}\n{facts.description}"))


def told_privately(facts: ServiceFacts, public_names: Sequence[str] = ()) -> ServiceFacts:
    """The facts as everybody may read them: a refuge's places are hidden, and hidden places are in none of the words."""
    if is_refuge(facts):
        facts = structs.replace(facts, places=tuple(without_position(each) for each in facts.places))
    if not any(each.is_address_hidden for each in facts.places):
        return facts
    facts = structs.replace(facts, places=tuple(without_kind(each) for each in facts.places))
    secrets = secrets_of(facts.places, (facts.name, *public_names))
    nested = {name: tuple(scrubbed(each, secrets) for each in getattr(facts, name)) for name in NESTED}
    found: ServiceFacts = structs.replace(scrubbed(facts, secrets), **nested, url=without_map(facts.url, secrets))
    return found if not cannot_be_gone_to(facts.places) else structs.replace(found, getting_there="")


def without_position(place: PlaceFacts) -> PlaceFacts:
    return structs.replace(place, is_address_hidden=True, latitude=None, longitude=None)


def without_kind(place: PlaceFacts) -> PlaceFacts:
    """What kind of place it is narrows down where it is."""
    return structs.replace(place, place_kind="") if place.is_address_hidden else place


def cannot_be_gone_to(places: Sequence[Any]) -> bool:
    """Whether every door there is, is hidden."""
    doors = [each for each in places if each.location_type == LocationType.PHYSICAL]
    return bool(doors) and all(each.is_address_hidden for each in doors)


def is_private(listing: Any, places: Iterable[Any]) -> bool:
    """Whether nobody may be led there: it is a refuge by its own words, or one of its places is kept private."""
    return is_refuge(listing) or any(each.is_address_hidden for each in places)


def secrets_of(places: Sequence[PlaceFacts], public_names: Sequence[str]) -> tuple[str, ...]:
    """Words that would tell where a hidden place is, longest first. What the listing is called is known anyway."""
    known = " ".join(public_names).lower()
    told = [part for place in places if place.is_address_hidden for part in telling(place)]
    kept = {each for each in told if len(each) >= SHORTEST and each.lower() not in known}
    return tuple(sorted(kept, key=len, reverse=True))


def telling(place: PlaceFacts) -> list[str]:
    """What of a place leads to it: its name, its address whole and line by line, its street alone, its description. Its town does not."""
    parts = [part.strip() for part in place.address_1.split(",")]
    of_several_words = [part for part in parts if " " in part]
    streets = [LEADING_NUMBER.sub("", part) for part in of_several_words]
    return [place.name.strip(), place.address_1.strip(), place.postcode, *of_several_words, *streets, *lines(place)]


def lines(place: PlaceFacts) -> list[str]:
    return [each.strip(" .") for each in re.split(r"[\n.]", place.description)]


def scrub(words: str, secrets: Sequence[str] = ()) -> str:
    """The words without these secrets and without anything else that reads like an address."""
    for secret in secrets:
        words = re.sub(spaced(secret), NOT_SHOWN, words, flags=re.IGNORECASE)
    for pattern in ADDRESSES:
        words = pattern.sub(NOT_SHOWN, words)
    return words


def spaced(secret: str) -> str:
    """However it is spaced, and whatever stands between its words."""
    return r"[\s,.\xa0-]{0,3}".join(re.escape(each) for each in re.split(r"[\s,.-]+", secret) if each)


def scrubbed(facts: Any, secrets: Sequence[str]) -> Any:
    """The same facts, each of their words scrubbed."""
    said = {name: getattr(facts, name) for name in facts.__struct_fields__ if name in WORDS and getattr(facts, name)}
    return structs.replace(facts, **{name: scrub(words, secrets)[: len(words) + 200] for name, words in said.items()})


def scrubbed_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody typed about a listing whose place is hidden."""
    return {name: scrub(each) if name in WORDS and isinstance(each, str) else each for name, each in values.items()}


def without_map(url: str, secrets: Sequence[str]) -> str:
    """A link to a map tells the place too."""
    read = unquote_plus(url)
    leads_there = any(bare(each) in bare(read) for each in secrets if len(bare(each)) > SHORTEST)
    return "" if leads_there or scrub(read) != read else url


def bare(words: str) -> str:
    return "".join(letter for letter in words.lower() if letter.isalnum())


def is_flagged(location: Mapping[str, Any]) -> bool:
    """Whether a place is said not to be shown, also where the feed says "true", 1 or "yes" for it."""
    said = (location.get(name) for name in FLAGS)
    return any(each is not None and str(each).strip().lower() not in NO for each in said)


def says_hidden(raw: Any) -> bool:
    """Whether a feed's row says of any place in it that its address is not to be shown. However deep the row, it is read."""
    waiting = [raw]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if is_flagged(each):
                return True
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return False
