"""The referral form: what answers mean, drafts that lose nothing, and forms made again from what was sent."""

import json
from datetime import date
from typing import Any

import pytest

from linkworks.core import vocabulary
from linkworks.referrals import forms
from linkworks.referrals.forms.drafts import Draft
from linkworks.referrals.models import Referral
from tests.factories.referrals import ANSWERS, DETAILS

REFERRER = {"referrer_type": "gp"}


def filled(**changes: Any) -> forms.ReferralForm:
    form = forms.ReferralForm({**ANSWERS, **changes})
    assert form.is_valid(), form.errors
    return form


def test_what_was_posted_is_the_referral_that_was_meant() -> None:
    assert forms.details_from(filled().cleaned_data, REFERRER) == DETAILS


def test_every_need_stands_in_one_group() -> None:
    shown = [each for _, group in forms.NEEDS_SHOWN.values() for each in group]
    assert sorted(shown) == sorted(vocabulary.NEEDS)


def test_needs_of_all_groups_come_together_in_the_vocabularys_order() -> None:
    form = filled(needs_common=["housing"], needs_life=["nature"], needs_home=["benefits"])
    assert forms.needs_of(form.cleaned_data) == ("benefits", "housing", "nature")


def test_who_keys_in_answers_for_the_referrer() -> None:
    form = forms.KeyedInForm(
        {**ANSWERS, "door": "phone", "whose": "other", "referrer_type": "library", "referrer_name": "Ivy Brook"}
    )
    assert form.is_valid(), form.errors
    details = forms.details_from(form.cleaned_data, {"referrer_type": ""})
    assert (details.referrer_type, details.referrer_name) == ("library", "Ivy Brook")


@pytest.mark.parametrize(("types", "asked"), [(["gp", "practice-nurse"], True), (["library"], False)])
def test_only_where_there_are_several_is_the_type_of_referrer_asked(types: list[str], asked: bool) -> None:
    assert ("referrer_type" in forms.AccountReferralForm(referrer_types=types).fields) is asked


class TestMadeAgain:
    def referral(self) -> Referral:
        return Referral(reference="R-AAAA-BBBB", **DETAILS.stored())

    def test_putting_it_right_starts_with_what_was_sent(self) -> None:
        answers = forms.answers_of(self.referral())
        assert forms.details_from(answers, REFERRER) == DETAILS

    def test_nothing_touched_changes_nothing(self) -> None:
        form = forms.AmendForm({**ANSWERS, "reason": "Checked"})
        assert form.is_valid(), form.errors
        stored = DETAILS.stored()
        assert form.changes() == {name: stored[name] for name in form.changes()}

    def test_referring_somebody_again_fills_in_who_and_not_why(self) -> None:
        answers = forms.person_of(self.referral())
        assert (answers["given_name"], answers["phone"], answers["phone_message"]) == ("Jean", "020 7946 0001", True)
        assert not {"in_their_words", "told_and_agrees", "anything_to_know", *forms.NEEDS_SHOWN} & set(answers)


class TestDraft:
    def test_answers_survive_a_session_that_keeps_only_json(self) -> None:
        session: dict[str, Any] = {}
        Draft(session, "x").keep(filled().cleaned_data)
        again = Draft(json.loads(json.dumps(session)), "x")
        assert again.answers["born_on"] == date(1951, 6, 3)
        assert forms.details_from(again.answers, REFERRER) == DETAILS

    def test_the_token_stays_until_an_answer_changes(self) -> None:
        draft = Draft({}, "x")
        draft.keep({"a": "1"})
        token = draft.token
        draft.keep({"a": "1"})
        assert draft.token == token
        draft.keep({"a": "2"})
        assert draft.token != token

    def test_what_was_sent_is_forgotten_but_for_the_receipt(self) -> None:
        session: dict[str, Any] = {}
        draft = Draft(session, "x")
        draft.keep({"given_name": "Jean"})
        draft.finish({"reference": "R-1"})
        assert (draft.answers, draft.is_started, draft.receipt) == ({}, False, {"reference": "R-1"})
        assert "Jean" not in json.dumps(session)

    def test_drafts_do_not_meet(self) -> None:
        session: dict[str, Any] = {}
        Draft(session, "x").keep({"a": "1"})
        assert Draft(session, "y").answers == {}
        Draft(session, "x").discard()
        assert session == {}
