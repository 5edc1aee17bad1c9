"""What somebody did not say is not made up for them: a reason, a language, how a text may be used."""

from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.casework.actions import open_from_referral
from linkworks.casework.presenters import inbox, people
from linkworks.frontdoor.forms import CallBackForm, EasierForm
from linkworks.people.models import Person
from linkworks.referrals import rules
from linkworks.referrals.forms import ReferralForm
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories import referrals
from tests.factories.casework import do
from tests.factories.organisations import make_postcode
from tests.frontdoor.test_pages_self_refer import ANSWERS, CALL, CHECK

UNSURE = "Not sure, or something else"


@pytest.fixture
def browser(cast: Cast) -> Client:
    make_postcode()
    return Client()


def answer_all(browser: Client, **changes: dict[str, Any]) -> None:
    for name, answers in {**ANSWERS, **changes}.items():
        assert browser.post(f"/self-refer/{name}", answers).status_code == 302


def last_page(browser: Client) -> str:
    return unescape(browser.get(CHECK).content.decode())


def test_not_sure_is_said_on_the_last_page_and_in_the_inbox(cast: Cast, browser: Client) -> None:
    answer_all(browser, help={"not_sure": "on"})
    said = last_page(browser)
    assert UNSURE in said
    browser.post(CHECK, {})
    sent = Referral.objects.get()
    shown = unescape(cast.client(cast.manager).get(reverse("casework:inbox-referral", args=[sent.pk])).content.decode())
    assert f"<strong>About:</strong> {UNSURE}" in shown
    assert UNSURE in unescape(cast.client(cast.manager).get(reverse("casework:inbox")).content.decode())


def test_a_language_nobody_chose_is_not_english(cast: Cast, browser: Client) -> None:
    answer_all(browser, easier={})
    last_page(browser)
    browser.post(CHECK, {})
    sent = Referral.objects.get()
    assert sent.language == ""
    assert dict(inbox.rows(sent))["Language"] == "Not asked"
    assert dict(inbox.rows(Referral(language="en", contact_channels=[])))["Language"] == "English"


def test_their_record_still_starts_in_english(cast: Cast) -> None:
    made = referrals.sent(cast.actor(cast.referrer), cast.scheme.id, language="")
    do(cast.actor(cast.manager), open_from_referral, made)
    assert Person.objects.get().language == "en"


@pytest.mark.parametrize("form", [EasierForm, ReferralForm])
def test_an_interpreter_needs_a_language(form: Any) -> None:
    asked = form({"needs_interpreter": "on"})
    assert not asked.is_valid() and "language" in asked.errors
    assert "language" not in form({"needs_interpreter": "on", "language": "bn"}).errors
    assert "language" not in form({}).errors


def test_a_call_back_needs_no_language() -> None:
    asked = CallBackForm({**CALL, "language": ""})
    assert asked.is_valid()
    assert rules.reasons([], "self", asked.answers()["in_their_words"]) == [], "they were not asked for reasons"


def test_only_who_was_asked_is_not_sure() -> None:
    assert rules.reasons([], "self", "It is hard.") == [UNSURE]
    assert rules.reasons([], "phone", "It is hard.") == rules.reasons([], "account", "") == []
    assert UNSURE not in rules.reasons(["loneliness"], "self", "")


@pytest.mark.parametrize(
    ("kind", "leave", "say", "words"),
    [
        ("text", False, False, ""),
        ("text", True, False, "may leave a message, do not say who is calling"),
        ("phone", False, False, "do not leave a message, do not say who is calling"),
        ("email", True, True, ""),
    ],
)
def test_of_a_text_nothing_is_said_that_nobody_chose(kind: str, leave: bool, say: bool, words: str) -> None:
    channel = SimpleNamespace(kind=kind, is_safe=True, may_leave_message=leave, may_say_who_is_calling=say)
    assert people.message_words(channel) == words


@pytest.mark.parametrize(("name", "times"), [("words", 2), ("contact", 2), ("easier", 2), ("help", 1), ("name", 1)])
def test_where_to_turn_is_said_before_and_after_what_is_hard_to_write(browser: Client, name: str, times: int) -> None:
    said = unescape(browser.get(f"/self-refer/{name}").content.decode())
    assert said.count("116 123") == times
    assert 'href="#help-now-heading"' in said and 'id="help-now-heading"' in said


def test_the_key_that_needs_a_script_is_said_only_with_one(browser: Client) -> None:
    said = unescape(browser.get("/self-refer").content.decode())
    assert '<span class="app-needs-script">, or press Shift 3 times</span>' in said
