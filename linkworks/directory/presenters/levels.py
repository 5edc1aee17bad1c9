"""How far advice goes, and what there is to know of a course: for a listing's page and its card."""

from collections.abc import Iterable
from datetime import date
from math import ceil
from typing import Any

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..models import Service
from ..rules import levels, sessions
from ..rules.sessions import Timed

Rows = list[tuple[str, str]]


def level_facts(service: Service) -> Rows:
    """For a card, where few words fit."""
    return [
        ("Advice", formats.listed([each.lower() for each in names("advice_levels", service)]).capitalize()),
        ("Level", formats.listed(names("course_levels", service))),
    ]


def advice_rows(service: Service, on: date) -> Rows:
    """What its advice comes to. Of an advice service that does not say how far it goes, that one should ask."""
    described = [
        f"{each.label}: {vocabulary.lower_first(each.description)}" for each in words("advice_levels", service)
    ]
    gives_advice = described or service.quality_mark or levels.ADVICE & set(service.kinds)
    if not gives_advice:
        return []
    far = "; ".join(described) or "It does not say. Ask whether they only inform, or also write letters and come along."
    return known([("How far it goes", far), ("Quality mark", mark_words(service, on))])


def mark_words(service: Service, on: date) -> str:
    """A mark that has ended is told as ended."""
    if not service.quality_mark or service.quality_mark_until is None:
        return service.quality_mark
    day = formats.long_date(service.quality_mark_until)
    return f"{service.quality_mark}, {'until' if service.quality_mark_until >= on else 'ended on'} {day}"


def course_rows(service: Service, times: Iterable[Timed], on: date) -> Rows:
    """At what level, from when to when, until when one can join, and what comes of it."""
    said = [
        ("Level", "; ".join(each.description for each in words("course_levels", service))),
        ("Last day to join", join_words(service.join_by, on)),
        ("Certificate", service.certificate),
        ("What it leads to", service.leads_to),
    ]
    if not any(words for _, words in said):
        return []
    return known([said[0], ("Dates", "; ".join(dates_of(times))), *said[1:]])


def join_words(day: date | None, on: date) -> str:
    if day is None:
        return ""
    return formats.long_date(day) if day >= on else f"It was {formats.long_date(day)}. Ask when the next course begins."


def dates_of(times: Iterable[Timed]) -> list[str]:
    """From Monday 11 January 2027 to Monday 15 March 2027, 10 weeks: of what has a first and a last day."""
    spans = {(first, each.valid_to) for each in times if (first := sessions.begins(each)) and each.valid_to}
    return [
        f"{formats.long_date(first)} to {formats.long_date(last)}, {formats.plural(weeks(first, last), 'week')}"
        for first, last in sorted(spans)
        if last and last > first
    ]


def weeks(first: date, last: date) -> int:
    return ceil(((last - first).days + 1) / 7)


def names(name: str, service: Service) -> list[str]:
    return [each.label for each in words(name, service)]


def words(name: str, service: Service) -> list[Any]:
    return [vocabulary.LISTS[name][each] for each in getattr(service, name) if each in vocabulary.LISTS[name]]


def known(rows: Rows) -> Rows:
    return [(label, said) for label, said in rows if said]
