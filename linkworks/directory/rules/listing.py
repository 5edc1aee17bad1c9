"""What a listing's facts say together: its categories, its access, its languages, the words it is found by."""

from msgspec import structs

from linkworks.core import vocabulary

from . import contacts, hiding, text
from .facts import ContactFacts, LanguageFacts, PlaceFacts, ServiceFacts

LONGEST_DISTRICT = 4
ALSO_CALLED = {"farsi": "fa", "persian": "fa", "punjabi": "pa", "bsl": "bsl", "british sign language (bsl)": "bsl"}
LANGUAGE_IDS = {word.label.lower(): word.id for word in vocabulary.LANGUAGES.values()} | ALSO_CALLED


def completed(facts: ServiceFacts) -> ServiceFacts:
    """The facts with what follows from them: categories of the kinds, access of the places, languages by their names."""
    access = [*facts.access_needs, *(feature.access_need for place in facts.places for feature in place.accessibility)]
    named = [language.code or language_id(language.name) for language in facts.other_languages]
    return structs.replace(
        facts,
        kinds=tuple(vocabulary.known("kinds", facts.kinds)),
        needs=tuple(vocabulary.known("needs", facts.needs)),
        categories=tuple(vocabulary.known("categories", [*facts.categories, *vocabulary.categories_of(facts.kinds)])),
        person_attributes=tuple(vocabulary.known("person_attributes", facts.person_attributes)),
        access_needs=tuple(vocabulary.known("access_needs", access)),
        languages=tuple(vocabulary.known("languages", [*facts.languages, *named])),
        advice_levels=tuple(vocabulary.known("advice_levels", facts.advice_levels)),
        course_levels=tuple(vocabulary.known("course_levels", facts.course_levels)),
        places=tuple(as_shown(place) for place in facts.places),
        contacts=tuple(decided(contact) for contact in facts.contacts),
    )


def as_shown(place: PlaceFacts) -> PlaceFacts:
    """A place whose address is hidden keeps its district only, and its position is rounded to about a kilometre."""
    if not place.is_address_hidden:
        return place
    secrets = hiding.secrets_of((place,), ())
    return structs.replace(
        place,
        name="",
        description="",
        address_1="",
        city=place.city if place.city.replace(" ", "").isalpha() else "",
        region="",
        state_province="",
        accessibility=tuple(
            structs.replace(each, description=hiding.scrub(each.description, secrets)) for each in place.accessibility
        ),
        postcode=district(place.postcode),
        latitude=None if place.latitude is None else round(place.latitude, 2),
        longitude=None if place.longitude is None else round(place.longitude, 2),
    )


def district(postcode: str) -> str:
    """SE15 of SE15 5DD, and of SE15; nothing of what cannot be told apart."""
    first = postcode.split(" ")[0]
    return first if first != postcode or len(first) <= LONGEST_DISTRICT else ""


def decided(contact: ContactFacts) -> ContactFacts:
    if contact.is_published is not None:
        return contact
    return structs.replace(contact, is_published=contacts.may_publish(contact))


def language_id(name: str) -> str:
    """Our id for a language's name, when it has one."""
    return LANGUAGE_IDS.get(" ".join(name.lower().split()), "")


def language_rows(facts: ServiceFacts) -> list[LanguageFacts]:
    """Each language once, by name, ours and others'."""
    ours = [LanguageFacts(vocabulary.label("languages", code), code) for code in facts.languages]
    others = [each for each in facts.other_languages if not (each.code or language_id(each.name))]
    return [*ours, *{each.name.lower(): each for each in others}.values()]


def search_words(facts: ServiceFacts, organisation_name: str) -> str:
    """What a listing is found by besides its name and description."""
    labels = [
        vocabulary.label(name, each)
        for name, ids in (
            ("kinds", facts.kinds),
            ("needs", facts.needs),
            ("categories", facts.categories),
            ("person_attributes", facts.person_attributes),
            ("languages", facts.languages),
            ("advice_levels", facts.advice_levels),
            ("course_levels", facts.course_levels),
        )
        for each in ids
    ]
    places = [part for place in facts.places for part in (place.name, place.city, place.region)]
    terms = [term.name for term in facts.terms]
    return text.one_line(
        " · ".join(dict.fromkeys(part for part in [organisation_name, *labels, *places, *terms] if part)), 4000
    )
