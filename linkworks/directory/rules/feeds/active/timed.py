"""When an activity happens: by its rule with the days that are different taken out, and on the dates the feed names."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from msgspec import structs

from ... import text
from ...facts import SessionFacts
from ...sessions import DAYS, ORDER, Timed, byday_tokens, falls_on
from .. import reading
from . import linked

Raw = Mapping[str, Any]
EVERY = re.compile(r"P(\d{1,2})([DWM])")
FREQUENCIES = {"W": "WEEKLY", "M": "MONTHLY"}
OFF = frozenset({"EventCancelled", "EventPostponed"})
ONE_DAY = timedelta(days=1)
MOST_DATES = 40
WEEKS_AHEAD = 8
LONGEST_COUNT = 3700  # days that a rule with a number of times is followed for


def date_of(raw: Raw) -> dict[str, Any]:
    """One session: when, whether it is off, and how many places are left."""
    left = reading.number(raw.get("remainingAttendeeCapacity", raw.get("oa:remainingAttendeeCapacity")))
    found = {
        "id": linked.name_of(raw),
        "starts": linked.words(raw, "startDate", most=40),
        "ends": linked.words(raw, "endDate", most=40),
        "lasts": linked.words(raw, "duration", most=20),
        "status": linked.last_part(linked.one(raw, "eventStatus")),
        "left": None if left is None else max(0, int(left)),
    }
    return {name: each for name, each in found.items() if each not in (None, "")} | {"id": found["id"]}


def schedule_of(raw: Raw) -> dict[str, Any]:
    """A rule that may be followed; a partial one is only told in words."""
    found = {
        "is_partial": linked.kind(raw) == "PartialSchedule",
        "every": linked.words(raw, "repeatFrequency", most=10),
        "days": [linked.last_part(each) for each in linked.many(raw, "byDay")],
        "month_days": [each for each in linked.many(raw, "byMonthDay") if is_month_day(each)],
        "opens": linked.words(raw, "startTime", most=20),
        "closes": linked.words(raw, "endTime", most=20),
        "lasts": linked.words(raw, "duration", most=20),
        "from": linked.words(raw, "startDate", most=40),
        "to": linked.words(raw, "endDate", most=40),
        "count": reading.number(linked.value(raw, "repeatCount")),
        "except": [text.one_line(each, 40) for each in linked.many(raw, "exceptDate")],
        "ids": linked.words(raw, "idTemplate", most=500),
    }
    return {name: each for name, each in found.items() if each not in (None, "", [], False)}


def is_month_day(raw: Any) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and 1 <= abs(raw) <= 31


def sessions(schedules: Sequence[Raw], dates: Sequence[Raw], today: date) -> tuple[SessionFacts, ...]:
    """All the times that lie ahead."""
    named = [each for each in (dated(row) for row in dates) if each]
    ahead = sorted(
        dict.fromkeys(each for each, row in named if row.get("status") not in OFF and is_near(each, today)),
        key=lambda each: (each.valid_from or date.max, each.opens_at or time.min),
    )
    told = [row for _, row in named]
    ruled = [each for rule in schedules for each in ruled_sessions(rule, told, today)]
    return (*ahead[:MOST_DATES], *dict.fromkeys(ruled))


def is_near(session: SessionFacts, today: date) -> bool:
    return session.valid_from is not None and today <= session.valid_from <= today + timedelta(weeks=WEEKS_AHEAD)


def dated(row: Raw) -> tuple[SessionFacts, Raw] | None:
    starts = linked.moment(row.get("starts"))
    if starts is None:
        return None
    length, ends = linked.duration(row.get("lasts")), linked.moment(row.get("ends"))
    ends = ends or (starts + length if length else None)
    closes = ends.time() if ends and timedelta(0) < ends - starts <= ONE_DAY else None
    facts = SessionFacts(
        valid_from=starts.date(),
        valid_to=starts.date(),
        opens_at=starts.time().replace(second=0, microsecond=0),
        closes_at=closes.replace(second=0, microsecond=0) if closes else None,
        description=places_left(row.get("left")),
    )
    return facts, row


def places_left(left: Any) -> str:
    if not isinstance(left, int) or isinstance(left, bool):
        return ""
    return "Fully booked" if left == 0 else "One place left" if left == 1 else f"{left} places left"


def ruled_sessions(raw: Raw, told: Sequence[Raw], today: date) -> list[SessionFacts]:
    """The rule from today on without the days that are told apart; in words where it may not, or cannot, be followed."""
    rule = rule_of(raw)
    if rule.valid_to and rule.valid_to < today:
        return []
    if raw.get("is_partial") or not rule.freq:
        said = words_of(raw)
        return [SessionFacts(description=said, opens_at=rule.opens_at, closes_at=rule.closes_at)] if said else []
    others = {day for day in days_apart(raw, told) if day >= today and falls(rule, day)}
    return list(without(rule, sorted(others)))


def rule_of(raw: Raw) -> SessionFacts:
    """The rule; without a frequency where none of ours says the same."""
    interval, freq = how_often(raw)
    byday, starts = days_of(raw), linked.day(raw.get("from"))
    has_nth = any(nth for nth, _ in byday_tokens(byday))
    month_days = "" if has_nth else ",".join(str(each) for each in raw.get("month_days", [])[:15])
    if raw.get("every") == "P1D":
        byday = byday or ",".join(ORDER)
    is_known = {"WEEKLY": bool(byday or starts) and not has_nth, "MONTHLY": bool(month_days) or has_nth}.get(freq)
    rule = SessionFacts(
        freq=freq if is_known else "",
        interval=max(1, interval),
        byday=byday if has_nth or freq == "WEEKLY" else "",
        bymonthday=month_days if freq == "MONTHLY" else "",
        dtstart=starts,
        valid_to=linked.day(raw.get("to")),
        opens_at=reading.clock(raw.get("opens")),
        closes_at=reading.clock(raw.get("closes")) or closing(raw),
    )
    return counted(rule, raw.get("count"))


def how_often(raw: Raw) -> tuple[int, str]:
    """Every so many weeks or months. Every day is all seven of a week; other numbers of days only when they are whole weeks."""
    found = EVERY.fullmatch(str(raw.get("every", "")))
    number, unit = (int(found[1]), found[2]) if found else (0, "")
    if unit == "D":
        number, unit = (1, "W") if number == 1 else (number // 7, "" if number % 7 else "W")
    return number, FREQUENCIES.get(unit, "") if number else ""


def closing(raw: Raw) -> time | None:
    opens, length = reading.clock(raw.get("opens")), linked.duration(raw.get("lasts"))
    return (datetime.combine(date.min, opens) + length).time() if opens and length and length < ONE_DAY else None


def days_of(raw: Raw) -> str:
    """The days as iCalendar has them, whether they came so (1TU) or by their names."""
    spelled = (each for each in raw.get("days", []) if isinstance(each, str))
    tokens = [
        f"{nth or ''}{day}"
        for each in spelled
        for nth, day in byday_tokens(each) or [(None, reading.weekday(each))]
        if day
    ]
    return ",".join(dict.fromkeys(tokens))[:60]


def counted(rule: SessionFacts, count: Any) -> SessionFacts:
    """A rule that is followed so many times ends on the day of the last."""
    if not rule.freq or not rule.dtstart or not isinstance(count, int | float) or not 1 <= count <= LONGEST_COUNT:
        return rule
    coming = (rule.dtstart + timedelta(days=n) for n in range(LONGEST_COUNT))
    days = [day for day, _ in zip((day for day in coming if falls(rule, day)), range(int(count)), strict=False)]
    return structs.replace(rule, valid_to=days[-1]) if len(days) == int(count) else rule


def days_apart(raw: Raw, told: Iterable[Raw]) -> Iterator[date]:
    """Days on which the rule is not what happens: left out by it, or told as a session of their own, moved ones by the day in their id."""
    yield from (day for each in raw.get("except", []) if (day := linked.day(each)))
    before, _, after = str(raw.get("ids", "")).partition("{startDate}")
    for row in told:
        named = str(row.get("id", ""))
        if (
            after is not None
            and before
            and named.startswith(before)
            and (moved := linked.day(named[len(before) :].removesuffix(after)))
        ):
            yield moved
        elif day := linked.day(row.get("starts")):
            yield day


def without(rule: SessionFacts, others: Sequence[date]) -> Iterator[SessionFacts]:
    """The rule in pieces around the days that are not its own; a piece that holds no day is left out."""
    begins = rule.valid_from
    for other in others[:MOST_DATES]:
        piece = structs.replace(rule, valid_from=begins, valid_to=other - ONE_DAY)
        if begins is None or has_a_day(piece):
            yield piece
        begins = other + ONE_DAY
    last = structs.replace(rule, valid_from=begins)
    if rule.valid_to is None or begins is None or (begins <= rule.valid_to and has_a_day(last)):
        yield last


def falls(rule: SessionFacts, day: date) -> bool:
    return falls_on(cast(Timed, rule), day)


def has_a_day(piece: SessionFacts) -> bool:
    if piece.valid_from is None or piece.valid_to is None:
        return True
    days = min((piece.valid_to - piece.valid_from).days + 1, LONGEST_COUNT)
    return any(falls(piece, piece.valid_from + timedelta(days=n)) for n in range(max(0, days)))


def words_of(raw: Raw) -> str:
    """A rule that may not be followed, for people: "Tuesday and Thursday; ask for the dates"."""
    days = [DAYS[day] for _, day in byday_tokens(days_of(raw))]
    named = " and ".join([", ".join(days[:-1]), days[-1]] if len(days) > 1 else days)
    return f"{named}; ask for the dates" if named else "Ask for the dates" if raw.get("opens") else ""
