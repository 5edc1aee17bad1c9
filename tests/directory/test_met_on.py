"""On which days a group met and meets next, for those who ask whether somebody came."""

from datetime import date, timedelta
from typing import Any

import pytest

from linkworks.directory import queries
from linkworks.directory.models import Schedule
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
SUNDAY = date(2026, 11, 22)
LATELY = [SUNDAY - timedelta(days=back) for back in range(35)]
THURSDAYS = [date(2026, 11, day) for day in (19, 12, 5)] + [date(2026, 10, 29), date(2026, 10, 22)]
WEEKLY, WORDS = {"freq": "WEEKLY", "byday": "TH"}, {"description": "When the weather is good"}
MONTHLY = {"freq": "MONTHLY", "byday": "1MO"}


def meeting(*times: dict[str, Any]) -> Any:
    service = make.service(sessions=())
    for each in times:
        Schedule.objects.create(service=service, **each)
    return service.id


@pytest.mark.parametrize(
    ("times", "met", "next_on"),
    [
        ([WEEKLY], THURSDAYS, date(2026, 11, 26)),
        ([MONTHLY], [date(2026, 11, 2)], date(2026, 12, 7)),
        ([WEEKLY, MONTHLY], sorted([*THURSDAYS, date(2026, 11, 2)], reverse=True), date(2026, 11, 26)),
        ([{"freq": "WEEKLY", "byday": "SU"}], LATELY[::7], SUNDAY),  # today counts
        ([{**WEEKLY, "valid_from": date(2026, 11, 12)}], THURSDAYS[:2], date(2026, 11, 26)),
        ([{**WEEKLY, "valid_to": date(2026, 11, 12)}], THURSDAYS[1:], None),
        ([{**WEEKLY, "valid_from": date(2026, 12, 1)}], LATELY, date(2026, 12, 3)),  # it has not met yet: any day
        ([], LATELY, None),
        ([WORDS], LATELY, None),
        ([WEEKLY, WORDS], LATELY, date(2026, 11, 26)),  # words may mean any day
    ],
)
def test_the_days_it_met_and_the_day_it_meets_next(
    times: list[dict[str, Any]], met: list[date], next_on: date | None
) -> None:
    service_id = meeting(*times)
    assert queries.met_on(service_id, LATELY) == met
    assert queries.next_day(service_id, SUNDAY) == next_on


def test_the_times_of_another_group_say_nothing() -> None:
    meeting(WEEKLY)
    assert queries.met_on(meeting(), LATELY) == LATELY


@pytest.mark.parametrize("words", ["", "Term time only"])
def test_it_may_have_met_on_a_bank_holiday_or_in_the_holidays(words: str) -> None:
    """Whoever notes who came knows that it was on; only what is to come is in doubt."""
    service_id = meeting({"freq": "WEEKLY", "byday": "MO", "description": words})
    august = [date(2026, 8, day) for day in range(1, 32)]
    assert queries.met_on(service_id, august) == [date(2026, 8, day) for day in (3, 10, 17, 24, 31)]
    assert queries.next_day(service_id, august[0]) == (date(2026, 9, 7) if words else august[2])
