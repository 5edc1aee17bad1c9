"""Referring with an account: one page, a last look, sent once."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from linkworks.organisations.models import Scheme
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories.organisations import BARNET, make_postcode
from tests.factories.referrals import ANSWERS, sent

NEW, SCHEME, CHECK, SENT = "/referrals/new", "/referrals/new/scheme", "/referrals/new/check", "/referrals/new/sent"

CARRY_ON = f"{NEW}?draft=carry-on"


@pytest.fixture
def browser(cast: Cast) -> Client:
    make_postcode()
    return cast.client(cast.referrer)


def token_on(page: HttpResponse) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page.content.decode())
    assert found
    return found.group(1)


def checked(browser: Client, **changes: Any) -> str:
    """Answer, and give the token of the last look."""
    page = browser.post(NEW, {**ANSWERS, **changes}, follow=True)
    assert page.redirect_chain[-1][0] == CHECK
    return token_on(page)


def test_a_referral_from_start_to_end(cast: Cast, browser: Client) -> None:
    assert browser.get(NEW).status_code == 200
    token = checked(browser)
    page = browser.post(CHECK, {"form_token": token}, follow=True)
    referral = Referral.objects.get()
    assert page.redirect_chain == [(SENT, 302)]
    assert referral.reference in page.content.decode()
    assert "5 working days" in page.content.decode()
    assert (referral.scheme_id, referral.from_organisation_id, referral.referrer_user_id) == (
        cast.scheme.id,
        cast.practice.id,
        cast.referrer.id,
    )
    assert referral.referrer_type == "gp"


def test_the_last_look_shows_every_answer_with_a_way_to_change_it(browser: Client) -> None:
    page = browser.post(NEW, ANSWERS, follow=True).content.decode()
    for words in (
        "Jean Marlow",
        "3 June 1951",
        "SE15 5DD",
        "Feeling alone or isolated",
        "The evenings are long",
        "020 7946 0001",
        "Mornings",
    ):
        assert words in page
    assert page.count(">Change<") >= 8
    assert "Elm Tree Social Prescribing" in page


def test_going_back_keeps_every_answer(browser: Client) -> None:
    checked(browser, access_needs=["bsl"], needs_home=["benefits"])
    page = browser.get(CARRY_ON).content.decode()
    for kept in ('value="Jean"', 'value="1951"', "The evenings are long", 'value="020 7946 0001"', 'value="Mornings"'):
        assert kept in page
    for box in ("loneliness", "benefits", "bsl"):
        assert re.search(rf'value="{box}"[^>]*checked', page)


class TestUnfinished:
    """One person's story, NHS number or reasons never slip into the next person's referral."""

    def test_whose_it_is_is_asked_before_anything_is_typed(self, browser: Client) -> None:
        checked(browser, chosen_name="Jeannie")
        page = browser.get(NEW).content.decode()
        assert "You have a referral that was not sent" in page
        assert "Jean Marlow" in page
        for typed in ("Jeannie", "The evenings are long", "1951", "020 7946 0001"):
            assert typed not in page
        assert CARRY_ON in page

    def test_a_new_one_starts_with_an_empty_form(self, browser: Client) -> None:
        checked(browser)
        page = browser.post(NEW, {"draft": "afresh"}, follow=True).content.decode()
        for typed in ("Jean", "Marlow", "The evenings are long", "1951", "020 7946 0001"):
            assert typed not in page
        assert browser.get(CHECK).url == NEW  # type: ignore[attr-defined]

    def test_somebody_referred_before_comes_with_nobody_elses_answers(self, cast: Cast, browser: Client) -> None:
        earlier = sent(cast.actor(cast.referring_colleague), cast.scheme.id)
        checked(browser, given_name="Winifred", family_name="Canary", in_their_words="About Winifred")
        address = f"{NEW}?from={earlier.id}"
        assert "Winifred Canary" in browser.get(address).content.decode()
        page = browser.post(address, {"draft": "afresh"}, follow=True).content.decode()
        assert 'value="Marlow"' in page
        assert "Winifred" not in page

    def test_every_way_back_from_the_last_look_carries_on(self, browser: Client) -> None:
        page = browser.post(NEW, ANSWERS, follow=True).content.decode()
        ways_back = set(re.findall(r'href="(/referrals/new[^"]*)"', page)) - {SCHEME}
        assert ways_back
        assert all(way.startswith(CARRY_ON) for way in ways_back)

    def test_without_a_name_it_is_still_said(self, browser: Client) -> None:
        browser.post(NEW, {**ANSWERS, "given_name": "", "family_name": ""})
        assert "You have a referral that was not sent" in browser.get(NEW).content.decode()

    def test_after_sending_the_form_is_empty(self, browser: Client) -> None:
        browser.post(CHECK, {"form_token": checked(browser)})
        page = browser.get(NEW).content.decode()
        assert "not sent" not in page
        assert "Jean" not in page


class TestOnce:
    def test_a_double_click_makes_one(self, browser: Client) -> None:
        token = checked(browser)
        for _ in range(3):
            page = browser.post(CHECK, {"form_token": token}, follow=True)
            assert Referral.objects.get().reference in page.content.decode()

    def test_another_window_that_changed_the_answers_is_noticed(self, browser: Client) -> None:
        old = checked(browser)
        checked(browser, given_name="June")
        page = browser.post(CHECK, {"form_token": old})
        assert page.status_code == 400
        assert "changed in another window" in page.content.decode()
        assert Referral.objects.count() == 0

    def test_there_is_nothing_to_check_before_answering(self, browser: Client) -> None:
        assert browser.get(CHECK).url == NEW  # type: ignore[attr-defined]
        assert browser.get(SCHEME).url == NEW  # type: ignore[attr-defined]
        assert browser.get(SENT).url == NEW  # type: ignore[attr-defined]
        assert browser.post(CHECK, {"form_token": ""}).url == NEW  # type: ignore[attr-defined]


class TestBadInput:
    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"given_name": ""}, "Enter their first name"),
            ({"born_on_year": "2101"}, "Date of birth must be"),
            ({"postcode": "nowhere"}, "Enter a full UK postcode"),
            ({"nhs_number": "123"}, "Enter a real NHS number"),
            ({"needs_common": [], "in_their_words": ""}, "Choose at least one reason"),
            ({"told_and_agrees": ""}, "Choose whether they know why and agree"),
            ({"told_and_agrees": "no"}, "Talk to the person first"),
            ({"ways": []}, "Choose at least one safe way"),
            ({"phone": "12"}, "Enter a phone number"),
            ({"phone_message": ""}, "Choose whether it is safe to leave a message"),
            ({"ways": ["through-someone"]}, "Enter who we should go through"),
            ({"ways": ["email"], "email": "nope"}, "Enter an email address in the correct format"),
        ],
    )
    def test_it_is_said_and_what_was_typed_stays(self, browser: Client, changes: dict[str, Any], said: str) -> None:
        page = browser.post(NEW, {**ANSWERS, **changes, "anything_to_know": "Ring the top bell"})
        assert page.status_code == 400
        assert said in page.content.decode()
        assert "Ring the top bell" in page.content.decode()
        assert "<title>Error: " in page.content.decode()

    def test_whoever_still_has_to_talk_to_the_person_finds_the_rest_again(self, browser: Client) -> None:
        checked(browser)
        browser.post(NEW, {**ANSWERS, "given_name": "June", "told_and_agrees": "no"})
        assert browser.get(CHECK).url == NEW  # type: ignore[attr-defined]
        page = browser.get(CARRY_ON).content.decode()
        assert 'value="June"' in page
        assert "The evenings are long" in page

    def test_somebody_too_young_is_said_at_the_last_look(self, browser: Client) -> None:
        token = checked(browser, born_on_year="2015")
        page = browser.post(CHECK, {"form_token": token})
        assert page.status_code == 400
        assert "aged 18 and over" in page.content.decode()
        assert Referral.objects.count() == 0


class TestAgain:
    def test_somebody_referred_before_is_found_and_filled_in(self, cast: Cast, browser: Client) -> None:
        earlier = sent(cast.actor(cast.referring_colleague), cast.scheme.id)
        found = browser.get(NEW, {"q": "marlow"}).content.decode()
        assert f"?from={earlier.id}" in found
        page = browser.get(NEW, {"from": str(earlier.id)}).content.decode()
        assert 'value="Marlow"' in page
        assert "Check that they are still right" in page
        assert not re.search(r'value="loneliness"[^>]*checked', page)

    @pytest.mark.parametrize("chosen", ["nonsense", "00000000-0000-4000-8000-000000000000"])
    def test_an_unknown_one_fills_in_nothing(self, browser: Client, chosen: str) -> None:
        assert 'value="Marlow"' not in browser.get(NEW, {"from": chosen}).content.decode()

    def test_another_organisations_referral_fills_in_nothing(self, cast: Cast, browser: Client) -> None:
        theirs = sent(cast.actor(cast.other_referrer), cast.scheme.id)
        assert 'value="Marlow"' not in browser.get(NEW, {"from": str(theirs.id)}).content.decode()
        assert str(theirs.id) not in browser.get(NEW, {"q": "marlow"}).content.decode()

    def test_an_open_referral_for_the_same_person_is_said(self, cast: Cast, browser: Client) -> None:
        earlier = sent(cast.actor(cast.referring_colleague), cast.scheme.id)
        page = browser.post(NEW, ANSWERS, follow=True).content.decode()
        assert "already has an open referral" in page
        assert earlier.reference in page


class TestScheme:
    def test_in_a_gap_it_is_said_and_the_nearest_may_be_chosen(self, cast: Cast, browser: Client) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        page = browser.post(NEW, {**ANSWERS, "postcode": "EN5 5XQ"}, follow=True)
        assert page.redirect_chain[-1][0] == SCHEME
        assert "No social prescribing scheme for Barnet" in page.content.decode()
        browser.post(SCHEME, {"scheme": str(cast.other_scheme.id)})
        look = browser.get(CHECK)
        assert "outside the area" in look.content.decode()
        browser.post(CHECK, {"form_token": token_on(look)})
        assert Referral.objects.get().scheme_id == cast.other_scheme.id

    def test_nothing_chosen_is_said(self, browser: Client) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        browser.post(NEW, {**ANSWERS, "postcode": "EN5 5XQ"})
        assert "Choose a scheme" in browser.post(SCHEME, {}).content.decode()

    def test_where_nobody_takes_it_there_is_still_a_way_on(self, browser: Client) -> None:
        Scheme.objects.update(settings={"front_doors": ["self"]}, settings_version=2)
        page = browser.post(NEW, ANSWERS, follow=True).content.decode()
        assert "find local support near them" in page
        assert "<button" not in page.split("<main")[1].split("</main>")[0]

    def test_without_a_postcode_the_referrer_chooses(self, cast: Cast, browser: Client) -> None:
        page = browser.post(NEW, {**ANSWERS, "postcode": ""}, follow=True)
        assert page.redirect_chain[-1][0] == SCHEME


class TestWho:
    @pytest.mark.parametrize("path", [NEW, SCHEME, CHECK, SENT])
    def test_signed_out_goes_to_sign_in(self, cast: Cast, path: str) -> None:
        page = cast.client().get(path)
        assert page.status_code == 302
        assert "sign-in" in page.url  # type: ignore[attr-defined]

    @pytest.mark.parametrize("path", [NEW, SCHEME, CHECK, SENT])
    @pytest.mark.parametrize("who", ["link_worker", "steward", "provider_coordinator", "administrator"])
    def test_other_roles_are_refused(self, cast: Cast, path: str, who: str) -> None:
        assert cast.client(getattr(cast, who)).get(path).status_code == 403

    def test_a_colleague_may_too(self, cast: Cast) -> None:
        page = cast.client(cast.referring_colleague).get(NEW)
        assert page.status_code == 200
        assert "Receptionist or care navigator" in page.content.decode()

    @pytest.mark.parametrize("path", [NEW, SCHEME, CHECK])
    def test_the_wrong_method(self, browser: Client, path: str) -> None:
        assert browser.delete(path).status_code == 405
        assert browser.post(SENT).status_code == 405


def test_every_need_is_on_the_form_once(browser: Client) -> None:
    from linkworks.core import vocabulary
    from linkworks.referrals.forms import NEEDS_SHOWN

    shown = [each for _, group in NEEDS_SHOWN.values() for each in group]
    assert sorted(shown) == sorted(vocabulary.NEEDS)
    page = browser.get(NEW).content.decode()
    assert all(f'value="{each}"' in page for each in shown)
