"""England's bank holidays as published on GOV.UK, typed in: what the clock's working days are checked against."""

from datetime import date, timedelta

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
PUBLISHED = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}
BANK_HOLIDAYS = {date.fromisoformat(f"{year}-{day}") for year, days in PUBLISHED.items() for day in days.split()}


def is_at_work(day: date) -> bool:
    return day.strftime("%a") not in ("Sat", "Sun") and day not in BANK_HOLIDAYS


def working_days_after(start: date, days: int) -> date:
    """Written down one by one: the day itself, then each day at work after it."""
    ahead = (start + timedelta(days=each) for each in range(1, days * 3 + 15))
    return [start, *filter(is_at_work, ahead)][days]
