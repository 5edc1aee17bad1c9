"""How schemes and boroughs read."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from linkworks.organisations import presenters
from linkworks.organisations.models import SchemeSettingsVersion
from linkworks.organisations.queries import BoroughCoverage, Gap, SchemeCard
from linkworks.organisations.rules.places import boroughs
from linkworks.organisations.rules.settings import SchemeSettings, WhoCanBeReferred
from linkworks.organisations.states import Coverage

SOUTHWARK = boroughs()["E09000028"]


def scheme(**facts: Any) -> SchemeCard:
    usual = {
        "id": uuid4(), "slug": "links", "name": "Links", "host_name": "Host", "coverage": "whole-population",
        "coverage_note": "", "phone": "02079460100", "email": "hello@example.org", "opening_hours": "Monday to Friday",
    }  # fmt: skip
    return SchemeCard(**{**usual, **facts})


def test_a_served_borough_says_how_to_reach_the_scheme() -> None:
    card = presenters.borough_card(BoroughCoverage(SOUTHWARK, (scheme(),), None))

    assert card["heading"] == "Southwark"
    assert card["tags"] == [{"text": "Everybody", "colour": "green"}]
    assert card["facts"] == [("Links", "020 7946 0100, hello@example.org, Monday to Friday")]
    assert card["text"] == ""


def test_a_gap_says_why_and_who_is_nearest() -> None:
    card = presenters.borough_card(BoroughCoverage(SOUTHWARK, (), Gap("Being set up.", scheme(name="Next Door"))))

    assert card["tags"][0]["text"] == "No scheme"
    assert card["text"] == "Being set up."
    assert card["facts"][0][0] == "Nearest scheme"
    assert card["facts"][0][1].startswith("Next Door. 020 7946 0100")


def test_a_scheme_for_some_is_shown_with_whom_and_the_gap() -> None:
    some = scheme(coverage="cohort", coverage_note="For people aged 16 to 25.")
    card = presenters.borough_card(BoroughCoverage(SOUTHWARK, (some,), Gap("None for everybody.", None)))

    assert card["tags"][0]["text"] == "Some people"
    assert card["facts"][0][1].endswith("For people aged 16 to 25.")
    assert card["text"] == "None for everybody."


def test_without_any_contact_there_is_still_somewhere_to_ask() -> None:
    assert presenters.contact(scheme(phone="", email="", opening_hours="")) == "Ask a GP practice how to reach them"


@pytest.mark.parametrize("coverage", list(Coverage))
def test_every_coverage_has_plain_words(coverage: Coverage) -> None:
    assert presenters.tag(coverage.value)["text"] != coverage.value


@pytest.mark.parametrize(
    ("search", "found"),
    [("", 1), ("southw", 1), ("london borough", 1), ("LINKS", 1), ("south links", 1), ("camden", 0)],
)
def test_search_looks_at_borough_council_and_scheme(search: str, found: int) -> None:
    assert len(presenters.borough_cards([BoroughCoverage(SOUTHWARK, (scheme(),), None)], search)) == found


def test_settings_read_without_any_of_the_documents_names() -> None:
    rows = dict(presenters.settings_rows(SchemeSettings()))

    assert (
        rows["How people can be referred"] == "Referrers' accounts, links by email, self-referral, telephone and paper"
    )
    assert rows["When a provider does not answer"].startswith("Reminder after 6 working days")
    assert rows["Wellbeing (ONS4)"] == "At the start and at the end"
    assert rows["Languages we can talk in"] == "English"
    assert not any("_" in text for row in rows.items() for text in row)


@pytest.mark.parametrize(("to", "said"), [(None, "People aged 18 and over. Us."), (65, "People aged 18 to 65. Us.")])
def test_who_it_is_for(to: int | None, said: str) -> None:
    settings = SchemeSettings(who_can_be_referred=WhoCanBeReferred(age_to=to, words="Us."))
    assert dict(presenters.settings_rows(settings))["Who it is for"] == said


def test_history_says_who_when_and_why() -> None:
    version = SchemeSettingsVersion(
        version=3, made_by_name="Ruth", reason="Shifts.", made_at=datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
    )

    shown = presenters.history_item(version)

    assert shown == {"title": "Version 3", "when": "Sunday 22 November 2026 at 2:30pm", "by": "Ruth", "text": "Shifts."}
