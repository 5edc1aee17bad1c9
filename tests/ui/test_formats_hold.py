"""What formats promise for every value: weekdays that are right, clocks that follow London, lists and distances that can be read back."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.clock import LONDON
from linkworks.ui import formats, paging, typed

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
WORDS = st.text(st.characters(categories=["Ll"], max_codepoint=0x17F), min_size=1, max_size=10)


@given(DAYS)
def test_a_long_date_can_be_read_back_and_its_weekday_is_right(day: date) -> None:
    said = formats.long_date(day)
    weekday, number, month, year = said.split(" ")

    assert datetime.strptime(f"{int(number):02} {month} {year}", "%d %B %Y").date() == day
    assert weekday == day.strftime("%A")
    assert not number.startswith("0")
    assert formats.short_date(day).split(" ")[0] == weekday[:3]


@given(MOMENTS)
def test_a_moment_is_said_in_londons_day_and_hour(moment: datetime) -> None:
    local = moment.astimezone(LONDON)

    assert formats.date_time(moment) == f"{formats.long_date(local.date())} at {formats.clock(local.time())}"
    assert formats.long_date(moment) == formats.long_date(local.date())


@given(MOMENTS, st.sampled_from([timedelta(hours=n) for n in (-5, 1, 5, 10)]))
def test_the_same_moment_told_in_another_zone_is_said_the_same(moment: datetime, offset: timedelta) -> None:
    from datetime import timezone

    elsewhere = moment.astimezone(timezone(offset))
    assert formats.date_time(elsewhere) == formats.date_time(moment)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "Sunday 28 March 2027 at 12:59am"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "Sunday 28 March 2027 at 2am"),
        (datetime(2027, 10, 31, 0, 59, tzinfo=UTC), "Sunday 31 October 2027 at 1:59am"),
        (datetime(2027, 10, 31, 1, 0, tzinfo=UTC), "Sunday 31 October 2027 at 1am"),
        (datetime(2027, 10, 31, 23, 30, tzinfo=UTC), "Sunday 31 October 2027 at 11:30pm"),
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), "Sunday 31 October 2027 at 12:30am"),
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), "Tuesday 29 February 2028 at midday"),
    ],
)
def test_around_the_change_of_the_clock_and_leap_days(moment: datetime, said: str) -> None:
    assert formats.date_time(moment) == said


@given(st.times())
def test_a_time_of_day_can_be_typed_back(moment: time) -> None:
    said = formats.clock(moment)

    assert re.fullmatch(r"midday|midnight|(1[0-2]|[1-9])(:[0-5]\d)?(am|pm)", said)
    assert typed.clock_time(said) == moment.replace(second=0, microsecond=0, fold=0)


@given(st.integers(-400, 400))
def test_days_from_now_counts_days_and_not_hours(days: int) -> None:
    with time_machine.travel(datetime(2027, 3, 27, 23, 30, tzinfo=UTC), tick=False):
        day = date(2027, 3, 27) + timedelta(days=days)
        said = formats.days_from_now(day)
    numbers = [int(each) for each in re.findall(r"\d+", said)]
    assert numbers == ([abs(days)] if abs(days) > 1 else [])
    assert ("ago" in said or said == "yesterday") is (days < 0)


@given(st.lists(WORDS, max_size=6))
def test_a_list_says_each_word_once_in_order(words: list[str]) -> None:
    said = formats.listed(words)

    if len(words) > 1:
        assert said.count(" and ") == 1
        assert said.replace(" and ", ", ").split(", ") == words
    else:
        assert said == "".join(words)


@given(st.floats(0, 60_000), st.floats(0, 60_000))
def test_further_is_never_said_to_be_nearer(one: float, other: float) -> None:
    near, far = sorted([one, other])
    assert miles(formats.distance(near)) <= miles(formats.distance(far)) + 0.012


def miles(said: str) -> float:
    number = float(re.findall(r"[\d.]+", said)[0])
    return number / 1760 if "yards" in said else number


@given(st.floats(0, 60_000))
def test_a_distance_is_said_both_ways_and_they_agree(metres: float) -> None:
    said = formats.distance(metres)
    metric = re.search(r"\(([\d.]+) (m|km)\)", said)

    assert metric
    in_metres = float(metric.group(1)) * (1000 if metric.group(2) == "km" else 1)
    assert in_metres == pytest.approx(metres, abs=51 if metric.group(2) == "km" else 5.1)


@given(st.integers(0, 10**7))
def test_only_one_is_singular(count: int) -> None:
    said = formats.plural(count, "visit")

    assert said.replace(",", "").split(" ")[0] == str(count)
    assert said.endswith("visit") is (count == 1)


@given(st.text(max_size=40))
def test_a_telephone_number_is_shown_and_never_lost(text: str) -> None:
    shown = formats.phone(text)

    assert bool(shown) is bool(text)
    assert shown == text or re.sub(r"\D", "", shown).endswith(re.sub(r"\D", "", text)[-9:])


@given(st.text(max_size=60))
def test_every_typed_line_is_shown(text: str) -> None:
    shown = formats.nl2p(text)
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]

    assert shown.count("<p>") == shown.count("</p>")
    assert len(re.split(r"</p>\n<p>|<br>", str(shown))) >= len(lines) or not lines


# Paging


@given(st.integers(0, 300), st.integers(1, 50), st.text(max_size=6) | st.integers(-5, 400).map(str))
def test_any_page_asked_for_gives_rows_that_are_there(total: int, per_page: int, asked: str) -> None:
    address = QueryDict(mutable=True)
    address.update({"q": "ann", "page": asked})
    page = paging.paginate(address, list(range(total)), per_page)

    assert list(page.items) == list(range(total))[(page.number - 1) * per_page : page.number * per_page]
    assert page.total == total and 1 <= page.number <= page.pages
    assert (page.first, page.last) == ((0, 0) if not total else (page.items[0] + 1, page.items[-1] + 1))
    assert page.keep == [("q", "ann")]


@given(st.integers(1, 40), st.integers(1, 40))
def test_links_reach_the_neighbours_and_the_ends(pages: int, number: int) -> None:
    page = paging.paginate(QueryDict(f"page={min(number, pages)}"), list(range(pages)), 1)
    numbers = [each["number"] for each in page.links["items"] if "number" in each]

    assert numbers == sorted(set(numbers))
    assert {1, pages, page.number} <= set(numbers)
    assert {each for each in (page.number - 1, page.number + 1) if 1 <= each <= pages} <= set(numbers)
    assert ("previous" in page.links, "next" in page.links) == (page.number > 1, page.number < pages)
    assert len(page.links["items"]) <= 7


def test_only_the_rows_shown_are_presented() -> None:
    asked: list[int] = []
    paging.paginate(QueryDict("page=3"), list(range(100)), 10, present=asked.append)

    assert asked == list(range(20, 30))
