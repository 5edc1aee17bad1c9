"""Nobody is marked before the first session that was agreed, unless its date was changed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linkworks.connections import actions
from linkworks.connections.models import Attendance, Connection
from linkworks.connections.rules import too_early
from linkworks.core.clock import today
from linkworks.core.errors import Invalid
from linkworks.ui.formats import long_date
from tests.cast import Cast
from tests.factories.connections import make_connection

DAYS = some.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(session=DAYS, first=some.none() | DAYS)
def test_only_a_day_before_the_agreed_one_is_too_early(session: date, first: date | None) -> None:
    assert too_early(session, first) is (first is not None and (first - session).days > 0)


@pytest.mark.parametrize("attended", ["yes", "late", "no"])
def test_a_mark_before_the_first_session_says_when_that_is(cast: Cast, attended: str) -> None:
    first = today() + timedelta(days=4)
    connection = make_connection(cast, "accepted", first_session_on=first)
    with pytest.raises(Invalid) as refused:
        actions.mark_attendance(
            connection, session_on=today(), attended=attended, absence="logistics", by=cast.everything
        )
    assert refused.value.field == "session_on"
    assert long_date(first) in refused.value.message
    assert not Attendance.objects.exists()
    assert Connection.objects.get().state == "accepted"


def test_a_first_day_that_was_changed_is_the_day_they_came(cast: Cast) -> None:
    connection = make_connection(cast, "accepted", first_session_on=today() + timedelta(days=4))
    actions.mark_attendance(connection, session_on=today(), attended="yes", date_changed=True, by=cast.everything)
    connection.refresh_from_db()
    assert (connection.state, connection.first_session_on) == ("attending", today())


@pytest.mark.parametrize("days_ago", [0, 1, 30])
def test_from_the_first_day_on_it_is_marked_as_always(cast: Cast, days_ago: int) -> None:
    first = today() - timedelta(days=days_ago)
    connection = make_connection(cast, "accepted", first_session_on=first)
    actions.mark_attendance(connection, session_on=today(), attended="yes", by=cast.everything)
    connection.refresh_from_db()
    assert connection.first_session_on == first


def test_where_no_day_was_agreed_none_is_too_early(cast: Cast) -> None:
    connection = make_connection(cast, "accepted")
    actions.mark_attendance(
        connection, session_on=today() - timedelta(days=60), attended="yes", date_changed=True, by=cast.everything
    )
    connection.refresh_from_db()
    assert (connection.state, connection.first_session_on) == ("attending", None)


def test_nobody_is_missed_before_the_first_day_even_when_it_was_changed(cast: Cast) -> None:
    """A day moved by an absence would put the wrong first day on the person's plan."""
    first = today() + timedelta(days=7)
    connection = make_connection(cast, "accepted", first_session_on=first)
    for absence in ("logistics", "acceptable"):
        with pytest.raises(Invalid, match="Nobody is missed before it") as refused:
            actions.mark_attendance(
                connection,
                session_on=today(),
                attended="no",
                absence=absence,
                date_changed=True,
                by=cast.everything,
            )
        assert refused.value.field == "session_on"
    connection.refresh_from_db()
    assert connection.first_session_on == first
