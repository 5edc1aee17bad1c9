"""Days a worker picks quickly, or writes."""

from datetime import date, timedelta

from linkworks.core import clock
from linkworks.ui import fields

PICKS = [
    ("tomorrow", "Next working day"),
    ("three-days", "In 3 working days"),
    ("week", "In a week"),
    ("two-weeks", "In 2 weeks"),
    ("month", "In 4 weeks"),
    ("other", "Another day"),
]


def tomorrow() -> date:
    """The earliest of the days that must lie after today."""
    return clock.today() + clock.DAY


def picked_day(pick: str, other: date | None) -> date | None:
    """The day a quick pick means; `other` when a day was written."""
    today = clock.today()
    days = {
        "tomorrow": clock.add_working_days(today, 1),
        "three-days": clock.add_working_days(today, 3),
        "week": clock.working_day(today + timedelta(days=7)),
        "two-weeks": clock.working_day(today + timedelta(days=14)),
        "month": clock.working_day(today + timedelta(days=28)),
    }
    return days.get(pick, other)


def pick_field(
    label: str, *, required: bool = True, reveal: str = "next_action_other", missing: str = ""
) -> fields.ChoiceField:
    return fields.ChoiceField(
        label=label,
        choices=PICKS,
        small=True,
        inline=True,
        required=required,
        missing=missing or "Choose when",
        reveal={"other": reveal},
    )
