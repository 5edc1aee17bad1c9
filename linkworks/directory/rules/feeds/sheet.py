"""A spreadsheet in the form of our template: each row one listing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import structs

from linkworks.core.postcodes import tidy_postcode
from linkworks.organisations.rules.numbers import FIELDS

from .. import contacts, levels, place_kinds, terms, text
from ..facts import CostFacts, PlaceFacts, Row, ServiceFacts, SessionFacts, TermFacts
from ..sessions import DAYS, ORDER
from . import finishing, identified, reading, really_like
from .columns import BY_HEADING, COLUMNS, EXAMPLE, in_words, tidied
from .envelope import Dialect, Feed, NotAFeed
from .outpost import nth_days

WHOLE_WEEKS = {"every day": ORDER, "daily": ORDER, "weekdays": ORDER[:5], "weekends": ORDER[5:], "weekend": ORDER[5:]}
FROM_TO = re.compile(r"(\w+)\s*(?:to|-|–)\s*(\w+)", re.IGNORECASE)
BETWEEN_DAYS = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*", re.IGNORECASE)
BETWEEN_LEVELS = re.compile(r"[;,/]|\band\b", re.IGNORECASE)
A_DAY = "a date, such as 31/01/2027"
LEVELS = {"How far advice goes": "advice_levels", "Level of course": "course_levels"}
TAXONOMY = "Words of the spreadsheet"


def open_sheet(rows: Iterable[tuple[int, Sequence[str]]]) -> Feed:
    """The listings of a spreadsheet, whose first row says what its columns are."""
    listed = list(rows)
    if not listed:
        raise NotAFeed("This spreadsheet is empty.")
    fields, notes = columns_of(listed[0][1])
    found, numbers = [], []
    for number, cells in listed[1:]:
        raw = {field: unquoted(cell) for field, cell in zip(fields, cells, strict=False) if field and cell}
        if raw.get("id", "").upper() == EXAMPLE:
            notes.append(f"Row {number} is marked {EXAMPLE} in the column “Key”, so it was not read.")
        elif raw:
            found.append(keyed(raw))
            numbers.append(number)
    return Feed(Dialect.SPREADSHEET, tuple(found), notes=tuple(notes), numbers=tuple(numbers))


def columns_of(headings: Sequence[str]) -> tuple[list[str], list[str]]:
    """What is in each column, and what is odd about them."""
    known = [BY_HEADING.get(tidied(heading)) for heading in headings]
    fields = [each.field if each else "" for each in known]
    missing = [each.heading for each in COLUMNS if each.is_required and each.field not in fields]
    if missing:
        raise NotAFeed(
            f"The first row must say what each column is, and {in_words(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} not there. Copy the first row of our template."
        )
    twice = list(dict.fromkeys(each.heading for each in known if each and fields.count(each.field) > 1))
    if twice:
        raise NotAFeed(f"The column {in_words(twice)} is there twice, so it is not known which is meant.")
    strange = [heading for heading, each in zip(headings, known, strict=True) if heading and not each]
    return fields, [
        f"The column “{heading[:40]}” is not one of the template's, so it was not read." for heading in strange
    ]


def unquoted(cell: str) -> str:
    """What spreadsheets write before a cell that they must not run is no part of it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def keyed(raw: Mapping[str, str]) -> dict[str, str]:
    """A row without a key is known the next time by its name and postcode."""
    if raw.get("id") or not raw.get("name"):
        return dict(raw)
    place = "".join(raw.get("postcode", "").split()).upper()
    return {**raw, "id": f"{' '.join(raw['name'].lower().split())[:150]} {place}"[:200].strip()}


def read(raw: Any, meanings: terms.Meanings) -> Row:
    if isinstance(raw, Mapping) and not raw.get("name"):
        raise reading.RowProblem("The column “Name” is empty in this row.")
    key, name = finishing.key_and_name(raw)
    named = terms_of(raw)
    phone = phone_of(raw)
    facts = ServiceFacts(
        name=name,
        description=reading.paragraphs(raw, "description"),
        who_it_is_for=finishing.clean(reading.paragraphs(raw, "who_it_is_for")),
        url=text.web_address(raw.get("url")),
        email=text.email_address(raw.get("email")),
        phone=phone,
        minimum_age=reading.age(raw.get("minimum_age")),
        maximum_age=reading.age(raw.get("maximum_age")),
        places=places(raw),
        sessions=sessions(raw),
        costs=costs(raw),
        advice_levels=levels_of(raw, "advice_levels"),
        course_levels=levels_of(raw, "course_levels"),
        **really_like.of({**raw, **{name: reading.written_day(raw.get(name)) for name in really_like.DAYS}}),
        terms=named,
    )
    owner = finishing.organisation({**numbers_of(raw), "name": raw.get("organisation")}, "url")
    words = [term.name for term in named]
    row = finishing.finished(key, owner, facts, term_names=words, audiences=words, meanings=meanings)
    return structs.replace(row, notes=tuple(dict.fromkeys((*row.notes, *unread(raw, facts)))))


def terms_of(raw: Mapping[str, Any]) -> tuple[TermFacts, ...]:
    said = reading.paragraphs(raw, "terms")
    is_one = terms.tidy(said) in terms.term_map().terms
    parts = [said] if is_one else re.split(r"[;\n]" if ";" in said else r"[,\n]", said)
    names = dict.fromkeys(part for each in parts if (part := text.one_line(each)))
    return tuple(TermFacts(TAXONOMY, name[:200], name) for name in names)


def levels_of(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return levels.said(name, BETWEEN_LEVELS.split(reading.words(raw, name)))


def unknown_levels(raw: Mapping[str, Any], name: str) -> list[str]:
    words = (text.one_line(each, 40) for each in BETWEEN_LEVELS.split(reading.words(raw, name)))
    return [each for each in words if each and not levels.said(name, [each])]


def numbers_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: raw.get(name) for name in FIELDS}


def phone_of(raw: Mapping[str, Any]) -> str:
    """A telephone number. Spreadsheets take the first 0 away when they think it an amount."""
    said = reading.words(raw, "phone", most=40)
    if said.isascii() and said.isdigit() and len(said) == 10 and not said.startswith("0"):
        return f"0{said}"
    return said if sum(letter.isdigit() for letter in said) >= 5 else ""


def places(raw: Mapping[str, Any]) -> tuple[PlaceFacts, ...]:
    place = PlaceFacts(
        address_1=reading.words(raw, "address_1"),
        city=reading.words(raw, "city", most=100),
        postcode=tidy_postcode(reading.words(raw, "postcode")) or reading.words(raw, "postcode", most=10),
        place_kind=place_kinds.said(reading.words(raw, "place_kind")),
    )
    return (place,) if place.address_1 or place.postcode else ()


def sessions(raw: Mapping[str, Any]) -> tuple[SessionFacts, ...]:
    said = reading.words(raw, "day")
    times = SessionFacts(opens_at=reading.clock(raw.get("starts")), closes_at=reading.clock(raw.get("ends")))
    if nth := nth_days(said):
        byday = ",".join(f"{ordinal}{day}" for ordinal, day in nth)
        return (structs.replace(times, freq="MONTHLY", byday=byday),)
    if days := days_of(said):
        return (structs.replace(times, freq="WEEKLY", byday=",".join(days)),)
    return (structs.replace(times, description=said),) if said or times.opens_at else ()


def days_of(said: str) -> list[str]:
    """The days of the week that are named; none when any part of the words is something else."""
    if whole := WHOLE_WEEKS.get(said.lower()):
        return list(whole)
    if found := FROM_TO.fullmatch(said):
        first, last = (reading.weekday(day) for day in found.groups())
        return list(ORDER[ORDER.index(first) : ORDER.index(last) + 1]) if first and last else []
    days = [reading.weekday(each) for each in BETWEEN_DAYS.split(said) if each]
    return [day for day in DAYS if day in days] if all(days) else []


def costs(raw: Mapping[str, Any]) -> tuple[CostFacts, ...]:
    said = reading.words(raw, "cost")
    amount = reading.money(said)
    return (CostFacts(amount=amount, amount_description="" if amount is not None else said),) if said else ()


def unread(raw: Mapping[str, Any], facts: ServiceFacts) -> list[str]:
    """What was written in a row and could not be understood, in plain words."""
    first = facts.sessions[0] if facts.sessions else SessionFacts()
    said_postcode = reading.words(raw, "postcode")
    checks = {
        "E-mail": ("email", facts.email, "an e-mail address"),
        "Website": ("url", facts.url, "a web address"),
        "Postcode": ("postcode", tidy_postcode(said_postcode) or finishing.odd_places(facts), "a postcode"),
        "Kind of place": ("place_kind", place_kinds.said(reading.words(raw, "place_kind")), "a kind of place we know"),
        "Day": ("day", first.byday, "a day of the week, so it is shown as it is written"),
        "Starts": ("starts", first.opens_at, "a time of day, such as 14:30"),
        "Ends": ("ends", first.closes_at, "a time of day, such as 14:30"),
        "How far advice goes": ("advice_levels", facts.advice_levels, "information, casework or representation"),
        "Level of course": ("course_levels", facts.course_levels, "a level we know, such as Beginners or Level 1"),
        "Quality mark holds until": ("quality_mark_until", facts.quality_mark_until, A_DAY),
        "Last day to join": ("join_by", facts.join_by, A_DAY),
        "Minimum age": ("minimum_age", facts.minimum_age, "an age"),
        "Maximum age": ("maximum_age", facts.maximum_age, "an age"),
        "Telephone": ("phone", facts.phone, "a telephone number"),
        "Charity number": ("charity_number", identified.charity(numbers_of(raw)), "a charity’s number"),
        "Company number": ("company_number", identified.company(numbers_of(raw)), "a company’s number"),
    }
    half = [
        (heading, word)
        for heading, name in LEVELS.items()
        for word in unknown_levels(raw, name)
        if getattr(facts, name)
    ]
    odd = [(heading, field, what) for heading, (field, got, what) in checks.items() if raw.get(field) and not got]
    said = [f"{heading}: “{shown(field, raw[field])}” is not {what}." for heading, field, what in odd]
    said += [f"{heading}: “{finishing.clean(word)}” is no level we know, so it was left out." for heading, word in half]
    mobile = facts.phone and contacts.is_mobile(facts.phone)
    return [*said, "Telephone: a mobile number may be a private person's, so it is not shown."] if mobile else said


def shown(field: str, said: Any) -> str:
    return "…" if field in {"email", "phone"} else finishing.clean(text.one_line(said, 40))
