"""How often something happens, as a person answers it on a form, and the rule that stands for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from msgspec import structs

from .facts import SessionFacts
from .sessions import ORDER, Timed, begins, byday_tokens, days_from, is_rule, only_day
from .term_time import with_term_time, without_term_time

WEEKLY, FORTNIGHTLY, MONTHLY, ONCE, WORDS, AS_NOW = "weekly", "fortnightly", "monthly", "once", "words", "as-now"
WEEKS = {"1": "First", "2": "Second", "3": "Third", "4": "Fourth", "-1": "Last"}
NO_RULE = {"freq": "", "interval": 1, "byday": "", "bymonthday": "", "dtstart": None}
EMPTY: dict[str, Any] = {
    "days": [], "other_days": [], "starts_on": None, "weeks": [], "month_days": [], "once_on": None, "in_words": "",
}  # fmt: skip


def asked_of(session: SessionFacts) -> dict[str, Any]:
    """What the form shows of a time as it is told now."""
    words, is_term_time = without_term_time(session.description)
    answers = {
        **EMPTY,
        "opens_at": session.opens_at,
        "closes_at": session.closes_at,
        "valid_from": begins(cast(Timed, session)),
        "valid_to": session.valid_to,
        "term_time": is_term_time,
        "extra": words,
        "place": "" if session.place is None else str(session.place),
    }
    return answers | how_often(session, words)


def how_often(session: Any, words: str) -> dict[str, Any]:
    """The answers to how often; what no answer can say stays as it is now."""
    once = day_of_once(session)
    if once:
        return {"often": ONCE, "once_on": once, "valid_from": None, "valid_to": None}
    if not session.freq:
        return {"often": WORDS, "in_words": words, "extra": "", "valid_from": session.valid_from}
    told = weekly(session) if session.freq == "WEEKLY" and is_rule(session) else monthly(session)
    return told or {"often": AS_NOW, "valid_from": session.valid_from}


def day_of_once(session: Any) -> date | None:
    """Its only date: said as such, or as a weekly rule that ends on the day it begins."""
    if session.freq == "WEEKLY" and not session.byday and session.dtstart == session.valid_to == session.valid_from:
        once: date | None = session.dtstart
        return once
    return only_day(session)


def weekly(session: Any) -> dict[str, Any]:
    """Days of every week or of every second one; nothing otherwise."""
    start = session.dtstart or session.valid_from
    days = list(dict.fromkeys(day for _, day in byday_tokens(session.byday)))
    days = days or ([ORDER[start.weekday()]] if start else [])
    if session.interval == 1 and days:
        return {"often": WEEKLY, "days": days}
    if session.interval != 2 or not days:
        return {}
    first = next(days_from(structs.replace(session, valid_to=None), start), None) if start else None
    return {"often": FORTNIGHTLY, "other_days": days, "starts_on": first, "valid_from": None}


def monthly(session: Any) -> dict[str, Any]:
    """Weekdays of the month, when each is named for the same weeks; nothing otherwise."""
    tokens = [(str(week), day) for week, day in byday_tokens(session.byday)]
    weeks, days = (list(dict.fromkeys(each[at] for each in tokens)) for at in (0, 1))
    whole = {(week, day) for week in weeks for day in days}
    plain = session.freq == "MONTHLY" and session.interval == 1 and not session.bymonthday
    if not (plain and tokens and set(tokens) == whole and set(weeks) <= set(WEEKS)):
        return {}
    return {"often": MONTHLY, "weeks": weeks, "month_days": days}


def session_of(answers: Mapping[str, Any], base: SessionFacts) -> SessionFacts:
    """The time that these answers tell. What the form does not ask of stays as it was."""
    often = answers["often"]
    words = answers["in_words"] if often == WORDS else answers["extra"]
    place = answers.get("place") or ""
    said = {
        "opens_at": answers["opens_at"],
        "closes_at": answers["closes_at"],
        "valid_from": answers["valid_from"],
        "valid_to": answers["valid_to"],
        "description": with_term_time(words, is_term_time=answers["term_time"]),
        "place": int(place) if place else None,
    }
    return structs.replace(base, **said | rule_of(often, answers, base))


def rule_of(often: str, answers: Mapping[str, Any], base: SessionFacts) -> dict[str, Any]:
    if often == WEEKLY:
        return NO_RULE | {"freq": "WEEKLY", "byday": ",".join(answers["days"])}
    if often == FORTNIGHTLY:
        days = ",".join(answers["other_days"])
        return NO_RULE | {"freq": "WEEKLY", "interval": 2, "byday": days, "dtstart": answers["starts_on"]}
    if often == MONTHLY:
        days = ",".join(f"{week}{day}" for day in answers["month_days"] for week in answers["weeks"])
        return NO_RULE | {"freq": "MONTHLY", "byday": days}
    if often == ONCE:
        return NO_RULE | {"valid_from": answers["once_on"], "valid_to": answers["once_on"]}
    had_words = not base.freq
    return NO_RULE | ({"dtstart": base.dtstart} if had_words else {}) if often == WORDS else {}
