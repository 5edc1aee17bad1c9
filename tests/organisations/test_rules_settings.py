"""A scheme's settings document: defaults, clear errors, and the way out and back as YAML."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.errors import Invalid
from linkworks.organisations.rules.settings import (
    EXPECTS,
    SchemeSettings,
    as_document,
    as_yaml,
    from_yaml,
    problems_in,
    settings_from,
)
from linkworks.referrals.states import DeclineReason


def test_an_empty_document_is_the_defaults() -> None:
    settings = settings_from({})

    assert settings == SchemeSettings()
    assert (settings.contact_tries, settings.first_contact_working_days, settings.max_sessions) == (3, 5, 8)
    assert (settings.review_weeks, settings.reminder_working_days, settings.escalate_working_days) == (6, 6, 9)
    assert settings.who_can_be_referred.age_from == 18
    assert settings.who_can_be_referred.age_to is None
    assert settings.front_doors == ("account", "verified-link", "self", "phone", "paper")
    assert settings.caseload_weight_target == 40


def test_the_defaults_hold_together() -> None:
    assert problems_in(as_document(SchemeSettings())) == []


def test_the_offered_reasons_are_the_reasons_a_referral_can_be_declined_for() -> None:
    assert set(SchemeSettings().decline_reasons) == {each.value for each in DeclineReason}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"contact_tris": 3}, "contact_tris: is not a setting. Did you mean contact_tries?"),
        ({"zebra": 3}, "zebra: is not a setting. Remove it."),
        ({"contact_tries": "three"}, "contact_tries: must be a whole number from 1 to 10"),
        ({"contact_tries": 0}, "contact_tries: must be a whole number from 1 to 10"),
        ({"languages": ["xx"]}, "languages: does not know xx. Choose from: en, bn"),
        ({"front_doors": ["window"]}, "front_doors[0]: must be a list with any of: account"),
        ({"who_can_be_referred": {"age_from": -1}}, "who_can_be_referred.age_from: must be age_from"),
        (
            {"who_can_be_referred": {"age_from": 30, "age_to": 20}},
            "who_can_be_referred.age_to: must be the same as age_from or more",
        ),
        ({"reminder_working_days": 9}, "escalate_working_days: must be more than reminder_working_days"),
        ({"categories": []}, "categories: must have at least one"),
        ({"closing_letters": {"sorry": "x"}}, "closing_letters: must be could_not_contact and finished"),
        ({"decline_reasons": ["rude"]}, "decline_reasons: does not know rude. Choose from: outside-area"),
        ({"decline_reasons": []}, "decline_reasons: must have at least one"),
        ({"closing_letters": {"could_not_contact": " "}}, "closing_letters.could_not_contact: must have words"),
        ({"measures": ["ONS4"]}, "measures: is no longer a setting: ONS4 is what is asked. Remove it."),
        ([1, 2], "document: must be a list of settings"),
        (None, "document: must be a list of settings"),
    ],
)
def test_each_mistake_says_where_and_what_to_write(document: Any, said: str) -> None:
    with pytest.raises(Invalid) as raised:
        settings_from(document)

    assert said in raised.value.message


def test_all_mistakes_are_said_at_once() -> None:
    found = problems_in({"contact_tries": 99, "max_sessions": 0, "zebra": 1})

    assert [each.path for each in found] == ["contact_tries", "max_sessions", "zebra"]


def test_every_setting_says_what_it_expects() -> None:
    assert set(EXPECTS) == set(SchemeSettings.__struct_fields__)


@given(
    st.integers(1, 10),
    st.integers(1, 52),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=200),
)
def test_out_as_yaml_and_back_is_the_same(tries: int, sessions: int, words: str) -> None:
    settings = settings_from(
        {"contact_tries": tries, "max_sessions": sessions, "who_can_be_referred": {"words": words}}
    )

    assert settings_from(from_yaml(as_yaml(settings))) == settings


def test_yaml_that_cannot_be_read_says_the_line() -> None:
    with pytest.raises(Invalid, match="near line 2"):
        from_yaml("contact_tries: 3\n  front_doors: [")


def test_yaml_runs_nothing() -> None:
    with pytest.raises(Invalid):
        from_yaml("!!python/object/apply:os.getcwd []")
