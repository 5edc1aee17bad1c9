from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from linkworks.connections.queries import Shared
from linkworks.connections.rules import LONGEST, SHARED_FIELDS, ConnectionFacts, Silence, chase, link_works_until

FACTS = ConnectionFacts(
    scheme_id=uuid4(),
    provider_id=uuid4(),
    person_id=uuid4(),
    service_id=uuid4(),
    service_name="Lunch",
    worker_id=uuid4(),
    worker_name="Amara",
    name_shared="Sam",
    contact_shared="Through the link worker",
    support_need="Company at lunch.",
)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_seven_fields_and_no_others_are_shared() -> None:
    """The allow-list. A new field in what a provider sees fails here, and needs a decision of the data protection lead."""
    allowed = {
        "reference",
        "name_shared",
        "contact_shared",
        "support_need",
        "access_and_language",
        "emergency_contact",
        "call_worker_first",
    }
    assert {field.name for field in fields(Shared)} == allowed
    assert set(SHARED_FIELDS) == allowed


def test_what_holds_together_has_no_problem() -> None:
    assert FACTS.problem() is None


@pytest.mark.parametrize("field", ["name_shared", "contact_shared", "support_need"])
def test_what_a_provider_needs_is_asked_for(field: str) -> None:
    problem = replace(FACTS, **{field: "  "}).problem()
    assert problem is not None
    assert problem[0] == field
    assert problem[1].endswith("is missing.")


@pytest.mark.parametrize(("field", "most"), LONGEST.items())
def test_what_is_shared_stays_short(field: str, most: int) -> None:
    assert replace(FACTS, **{field: "x" * most}).problem() is None
    assert replace(FACTS, **{field: "x" * (most + 1)}).problem() == (
        field,
        replace(FACTS, **{field: "x" * (most + 1)}).problem()[1],  # type: ignore[index]
    )


def test_a_link_works_for_thirty_days_after_the_last_thing_that_happened() -> None:
    assert link_works_until(NOW, None) == NOW + timedelta(days=30)
    assert link_works_until(NOW, date(2026, 11, 1)) == NOW + timedelta(days=30)


def test_a_link_outlives_a_first_session_that_lies_ahead() -> None:
    assert link_works_until(NOW, date(2027, 1, 11)).date() == date(2027, 2, 10)


@pytest.mark.parametrize(
    ("day", "reminded", "escalated", "expected"),
    [
        (date(2026, 11, 30), False, False, ""),
        (date(2026, 12, 1), False, False, "remind"),
        (date(2026, 12, 1), True, False, ""),
        (date(2026, 12, 3), True, False, ""),
        (date(2026, 12, 4), True, False, "escalate"),
        (date(2026, 12, 4), False, False, "escalate"),
        (date(2026, 12, 20), True, True, ""),
        (date(2026, 12, 20), False, True, ""),
    ],
)
def test_silence_is_reminded_then_escalated_and_never_declined(
    day: date, reminded: bool, escalated: bool, expected: str
) -> None:
    silence = Silence(
        remind_on=date(2026, 12, 1), escalate_on=date(2026, 12, 4), reminded=reminded, escalated=escalated
    )
    assert chase(silence, day) == expected
