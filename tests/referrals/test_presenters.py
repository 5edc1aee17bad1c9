"""How a referral is said: never an id or a state's own name."""

from datetime import UTC, date, datetime

import pytest

from linkworks.referrals import presenters, rules
from linkworks.referrals.models import Referral
from linkworks.referrals.queries import Event
from linkworks.referrals.states import Door, Move, State, Step
from tests.factories.referrals import DETAILS

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_every_state_move_and_door_has_words() -> None:
    assert set(presenters.STATES) == {each.value for each in State}
    assert set(presenters.DOORS) == set(Door)
    assert {each.value for each in [*Move, *Step]} | {"amend"} == set(presenters.STEPS)


def test_the_history_is_told_newest_first() -> None:
    events = [Event(AT, "Dr Nair", "send", "sent"), Event(AT, "Ruth", "decline", "declined", "Outside our area.")]
    told = presenters.timeline(events)
    assert [each["title"] for each in told] == ["Not taken on", "Referral sent"]
    assert told[0]["when"] == "Monday 23 November 2026 at 9:30am"


def test_a_correction_shows_both_wordings_and_why() -> None:
    (line,) = presenters.timeline([Event(AT, "Sam", "amend", "", "Misheard", "given_name", "Jean", "June")])
    assert line["title"] == "First name changed"
    assert "“Jean”" in line["text"]
    assert "“June”" in line["text"]
    assert "Misheard" in line["text"]


def test_a_way_to_reach_somebody_says_what_is_safe() -> None:
    (channel,) = DETAILS.stored()["contact_channels"]
    said = rules.channel_line(channel)
    assert said == "Phone call: 020 7946 0001, leave a message, do not say who is calling, best times: Mornings"


@pytest.mark.parametrize(
    "other",
    [
        {"may_leave_message": False},
        {"may_say_who_is_calling": True},
        {"best_times": "Evenings"},
        {"is_safe": False},
        {"is_safe": None},
        {"value": "020 7946 0002"},
        {"kind": "text"},
    ],
)
def test_a_correction_to_what_is_safe_reads_different_before_and_after(other: dict[str, object]) -> None:
    (channel,) = DETAILS.stored()["contact_channels"]
    before, after = (rules.in_words("contact_channels", [each]) for each in (channel, {**channel, **other}))
    assert before != after


def test_what_is_rarely_asked_is_left_out_when_empty() -> None:
    keys = [key for key, _ in presenters.summary(DETAILS.stored())]
    assert "Anything to know" in keys
    assert not {"NHS number", "Address", "What makes it easier"} & set(keys)


def test_each_answer_leads_to_its_question() -> None:
    rows = presenters.summary(DETAILS.stored(), "/form")
    assert {row[2] for row in rows} >= {"/form#id_given_name", "/form#id_needs_common", "/form#id_ways"}


def test_typed_words_stay_harmless() -> None:
    stored = {**DETAILS.stored(), "in_their_words": "<script>alert(1)</script>"}
    assert "<script>" not in str(dict(presenters.summary(stored))["In their own words"])


@pytest.mark.parametrize(("day", "said"), [(date(1951, 6, 3), "3 June 1951"), (None, "")])
def test_a_date_of_birth_has_no_weekday(day: date | None, said: str) -> None:
    assert presenters.birthday(day) == said


def test_who_referred_without_an_account() -> None:
    referral = Referral(
        referrer_type="library",
        referrer_name="Ivy Brook",
        referrer_email="ivy@example.org",
        from_organisation_name="Peckham Library",
        door="phone",
    )
    assert presenters.referrer_rows(referral) == [
        ("Referred by", "Ivy Brook"),
        ("Role", "Library"),
        ("Organisation", "Peckham Library"),
        ("Contact", "ivy@example.org"),
        ("How it came in", "By telephone"),
    ]
