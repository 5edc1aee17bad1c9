"""What the public's answers mean."""

from typing import Any

import pytest

from linkworks.core import vocabulary
from linkworks.frontdoor import forms
from linkworks.people.rules import WAYS
from linkworks.referrals.forms import MORE_NEEDS, details_from
from linkworks.referrals.rules import problems
from tests.frontdoor.test_pages_self_refer import ANSWERS, CALL


def answers() -> dict[str, Any]:
    asked = {
        "help": forms.HelpForm,
        "words": forms.WordsForm,
        "name": forms.NameForm,
        "postcode": forms.PostcodeForm,
        "contact": forms.SelfReachForm,
        "easier": forms.EasierForm,
    }
    kept: dict[str, Any] = {}
    for name, form_class in asked.items():
        form = form_class(ANSWERS[name])
        assert form.is_valid(), form.errors
        kept |= form.cleaned_data
    return kept


def test_six_answers_make_a_whole_referral() -> None:
    from linkworks.core import clock

    details = details_from({**answers(), "told_and_agrees": True}, {"referrer_type": "self"})
    assert problems(details, today=clock.today()) == []
    assert details.needs == ("loneliness", "bereavement")


def test_a_call_back_makes_one_too() -> None:
    form = forms.CallBackForm(CALL)
    assert form.is_valid(), form.errors
    details = details_from({**form.answers(), "told_and_agrees": True}, {"referrer_type": "self"})
    (way,) = details.contact_channels
    assert (way.kind, way.value, way.is_safe, way.may_leave_message) == ("phone", "020 7946 0001", True, False)


def test_every_need_can_be_chosen_by_the_person() -> None:
    form = forms.HelpForm()
    groups = ["needs_common", *MORE_NEEDS]
    shown = [value for name in groups for value, _ in form.fields[name].choices]  # type: ignore[attr-defined]
    assert sorted(shown) == sorted(vocabulary.NEEDS)


def test_every_way_is_offered_and_speaks_to_the_person() -> None:
    form = forms.SelfReachForm()
    assert form.fields["ways"].choices == list(WAYS.items())  # type: ignore[attr-defined]
    page = str(form.render_fields())
    assert "contact them" not in page
    assert "Which ways are safe for you?" in page


@pytest.mark.parametrize(
    ("way", "said"),
    [("phone", "Enter your phone number"), ("text", "Enter your mobile number"), ("email", "Enter your email address")],
)
def test_what_is_missing_is_said_to_the_person(way: str, said: str) -> None:
    assert forms.SelfReachForm({"ways": [way]}).errors[way] == [said]


def test_speaking_to_the_person_does_not_change_the_form_of_others() -> None:
    from linkworks.people.forms import ReachForm

    forms.SelfReachForm()
    assert "them" in str(ReachForm().fields["ways"].label)


def test_oneself_is_not_among_the_professionals() -> None:
    offered = [value for value, _ in forms.GuestForm().fields["referrer_type"].choices]  # type: ignore[attr-defined]
    assert "self" not in offered
    assert len(offered) == len(vocabulary.REFERRER_TYPES) - 1
