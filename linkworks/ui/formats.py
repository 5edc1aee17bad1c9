"""Dates, times, numbers and lists as a person would say them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from markupsafe import Markup, escape

from linkworks.core.clock import LONDON, today

from . import typed

METRES_IN_A_MILE = 1609.344
METRES_IN_A_YARD = 0.9144


def in_london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON) if timezone.is_aware(moment) else moment


def _day(value: date | datetime) -> date:
    return in_london(value).date() if isinstance(value, datetime) else value


def long_date(value: date | datetime | None) -> str:
    """Monday 23 November 2026."""
    if not value:
        return ""
    day = _day(value)
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def short_date(value: date | datetime | None) -> str:
    """Mon 23 Nov 2026."""
    if not value:
        return ""
    day = _day(value)
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def month(value: date | datetime | None) -> str:
    """November 2026."""
    return f"{_day(value):%B %Y}" if value else ""


def clock(value: datetime | time | None) -> str:
    """2:30pm; midday and midnight are said as words."""
    if value is None:
        return ""
    moment = in_london(value).time() if isinstance(value, datetime) else value
    if moment.minute == 0 and moment.hour in (0, 12):
        return "midday" if moment.hour else "midnight"
    half = "am" if moment.hour < 12 else "pm"
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{half}"


def date_time(value: datetime | None) -> str:
    """Monday 23 November 2026 at 2:30pm, in London."""
    return f"{long_date(value)} at {clock(value)}" if value else ""


def days_from_now(value: date | datetime | None) -> str:
    """Today, tomorrow, in 3 days, 2 days ago."""
    if not value:
        return ""
    away = (_day(value) - today()) // timedelta(days=1)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if away in near:
        return near[away]
    return f"in {away} days" if away > 0 else f"{-away} days ago"


def phone(value: str | None) -> str:
    """A telephone number spaced for reading; left as it is when it cannot be understood."""
    return (typed.phone(value) or value) if value else ""


def plural(count: int, one: str, many: str = "") -> str:
    """3 visits, 1 visit, no visits is left to the page: `plural(3, "visit")`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def distance(metres: float | Decimal | None) -> str:
    """Miles as people say them, with metric beside: 0.4 miles (640 m)."""
    if metres is None:
        return ""
    far = float(metres)
    metric = f"{round(far, -1):.0f} m" if far < 995 else f"{far / 1000:.1f} km"
    if far < METRES_IN_A_MILE / 10:
        yards = max(10, round(far / METRES_IN_A_YARD, -1))
        return f"{yards:.0f} yards ({metric})"
    miles = f"{far / METRES_IN_A_MILE:.1f}"
    return f"{miles} {'mile' if miles == '1.0' else 'miles'} ({metric})"


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """a, b and c. Where one of them holds a comma itself: a, or b; c; d."""
    several = [str(word) for word in words]
    if any("," in word for word in several):
        return "; ".join(several)
    if len(several) < 2:
        return "".join(several)
    return f"{', '.join(several[:-1])} {joiner} {several[-1]}"


def unbroken(words: str) -> Markup:
    """A reference that stays on one line: a browser would break it at its hyphen."""
    return Markup('<span class="app-unbroken">{}</span>').format(words)


def nl2p(text: str | None) -> Markup:
    """Typed text as paragraphs: escaped, blank lines part paragraphs, single line ends are kept."""
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    paragraphs = [part.strip() for part in plain.split("\n\n") if part.strip()]
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line.strip()) for line in part.split("\n")))
        for part in paragraphs
    )
