"""How often, as a form asks it: whatever a time says, the form shows it so that saving it again changes nothing."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import often
from linkworks.directory.rules.facts import SessionFacts
from linkworks.directory.rules.sessions import ORDER, happens_on

MONDAY = date(2026, 11, 23)
DATES = st.integers(-60, 120).map(lambda days: MONDAY + timedelta(days=days))
DAYS = st.lists(st.sampled_from(ORDER), unique=True, max_size=4)
WEEKS = st.lists(st.sampled_from(["", "1", "2", "3", "4", "5", "-1", "-2"]), unique=True, max_size=3)
HOURS = st.one_of(st.none(), st.times(max_value=time(23, 59)))
WORDS = st.sampled_from(["", "Bring a mug", "Term time only", "term time only, bring a mug", "Terms and conditions"])


@st.composite
def sessions(draw: st.DrawFn) -> SessionFacts:
    """Any time that a feed or a person might tell, sensible or not."""
    days, weeks = draw(DAYS), draw(WEEKS)
    freq = draw(st.sampled_from(["", "WEEKLY", "WEEKLY", "MONTHLY"]))
    tokens = [f"{week}{day}" for day in days for week in (weeks or [""])] if freq == "MONTHLY" else days
    begins, ends = draw(st.one_of(st.none(), DATES)), draw(st.one_of(st.none(), DATES))
    return SessionFacts(
        freq=freq,
        interval=draw(st.sampled_from([1, 1, 2, 3])) if freq else 1,
        byday=",".join(tokens),
        bymonthday=draw(st.sampled_from(["", "", "15", "-1"])) if freq == "MONTHLY" else "",
        dtstart=draw(st.one_of(st.none(), DATES)),
        valid_from=begins,
        valid_to=draw(st.sampled_from([ends, begins])),
        opens_at=draw(HOURS),
        closes_at=draw(HOURS),
        description=draw(WORDS),
        notes=draw(st.sampled_from(["", "A note"])),
        place=draw(st.sampled_from([None, 0, 2])),
    )


def days_of(session: SessionFacts) -> list[date]:
    return [day for day in (MONDAY + timedelta(days=days) for days in range(-70, 130)) if happens_on(session, day)]


@given(sessions())
def test_saving_what_the_form_shows_leaves_the_days_and_the_words(session: SessionFacts) -> None:
    answers = often.asked_of(session)
    again = often.session_of(answers, session)
    assert days_of(again) == days_of(session)
    assert (again.opens_at, again.closes_at, again.notes, again.place) == (
        session.opens_at, session.closes_at, session.notes, session.place,
    )  # fmt: skip
    bare = [each.description.lower().replace(",", "").replace(".", "") for each in (session, again)]
    assert bare[0] == bare[1]


@given(sessions())
def test_the_form_shows_the_same_after_saving(session: SessionFacts) -> None:
    answers = often.asked_of(session)
    assert often.asked_of(often.session_of(answers, session)) == answers


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ({"freq": "WEEKLY", "byday": "TU,TH"}, {"often": "weekly", "days": ["TU", "TH"]}),
        ({"freq": "WEEKLY", "dtstart": MONDAY}, {"often": "weekly", "days": ["MO"], "valid_from": MONDAY}),
        (
            {"freq": "WEEKLY", "interval": 2, "byday": "TH", "dtstart": MONDAY},
            {"often": "fortnightly", "other_days": ["TH"], "starts_on": date(2026, 11, 26)},
        ),
        ({"freq": "WEEKLY", "interval": 2, "byday": "TH"}, {"often": "fortnightly", "starts_on": None}),
        ({"freq": "WEEKLY", "interval": 3, "byday": "TH"}, {"often": "as-now"}),
        ({"freq": "MONTHLY", "byday": "1TU,3TU"}, {"often": "monthly", "weeks": ["1", "3"], "month_days": ["TU"]}),
        ({"freq": "MONTHLY", "byday": "1TU,3WE"}, {"often": "as-now"}),
        ({"freq": "MONTHLY", "byday": "5TU"}, {"often": "as-now"}),
        ({"freq": "MONTHLY", "bymonthday": "15"}, {"often": "as-now"}),
        ({"freq": "MONTHLY", "interval": 2, "byday": "1TU"}, {"often": "as-now"}),
        ({"valid_from": MONDAY, "valid_to": MONDAY}, {"often": "once", "once_on": MONDAY, "valid_from": None}),
        (
            {"freq": "WEEKLY", "dtstart": MONDAY, "valid_from": MONDAY, "valid_to": MONDAY},
            {"often": "once", "once_on": MONDAY},
        ),
        ({"description": "Ring first"}, {"often": "words", "in_words": "Ring first", "extra": ""}),
        ({}, {"often": "words", "in_words": ""}),
        ({"freq": "WEEKLY"}, {"often": "as-now"}),
    ],
)
def test_each_rule_is_shown_as_a_person_would_say_it(rule: dict[str, Any], answer: dict[str, Any]) -> None:
    shown = often.asked_of(SessionFacts(**rule))
    assert {name: shown[name] for name in answer} == answer


def test_what_the_form_does_not_ask_stays() -> None:
    base = SessionFacts(freq="MONTHLY", bymonthday="15", notes="Kept", opens_at=time(9))
    answers = {**often.asked_of(base), "opens_at": time(10)}
    assert often.session_of(answers, base) == SessionFacts(
        freq="MONTHLY", bymonthday="15", notes="Kept", opens_at=time(10)
    )
    weekly = often.session_of({**answers, "often": "weekly", "days": ["MO"]}, base)
    assert (weekly.freq, weekly.byday, weekly.bymonthday, weekly.notes) == ("WEEKLY", "MO", "", "Kept")
