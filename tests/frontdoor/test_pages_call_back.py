"""The telephone way to ask for support: one page, and the team calls."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from linkworks.organisations.models import RecordedGap
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories.organisations import BARNET, make_postcode

from .test_pages_self_refer import CALL, CALL_BACK, DONE, TEAM, main, token_on


@pytest.fixture
def browser(cast: Cast) -> Client:
    make_postcode()
    return cast.client()


class TestCallBack:
    def test_the_team_is_asked_to_call(self, cast: Cast, browser: Client) -> None:
        page = browser.post(CALL_BACK, CALL, follow=True)
        referral = Referral.objects.get()
        assert page.redirect_chain == [(DONE, 302)]
        assert referral.reference in main(page)
        assert referral.contact_channels[0]["value"] == "020 7946 0001"
        assert (referral.contact_channels[0]["may_leave_message"], referral.in_their_words) == (
            False,
            "Asked for a call back.",
        )

    def test_pressed_twice_it_is_one(self, browser: Client) -> None:
        token = token_on(browser.get(CALL_BACK))
        for _ in range(2):
            assert browser.post(CALL_BACK, {**CALL, "form_token": token}).url == DONE  # type: ignore[attr-defined]
        assert Referral.objects.count() == 1

    def test_where_no_team_serves_them_they_say_who_gets_their_number(self, cast: Cast, browser: Client) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        RecordedGap.objects.create(
            borough_code=BARNET, reason="Barnet has none yet.", nearest=cast.other_scheme, recorded_on=date(2026, 1, 1)
        )
        asked = browser.post(CALL_BACK, {**CALL, "postcode": "EN5 5XQ"}, follow=True)
        assert asked.redirect_chain == [(TEAM, 302)]
        assert "Canal Side Social Prescribing" in main(asked)
        assert Referral.objects.count() == 0
        assert browser.post(TEAM, {}).status_code == 400
        done = browser.post(TEAM, {"scheme": str(cast.other_scheme.id)}, follow=True)
        assert done.redirect_chain == [(DONE, 302)]
        assert Referral.objects.get().scheme_id == cast.other_scheme.id
        assert browser.post(TEAM, {"scheme": str(cast.other_scheme.id)}).url == DONE  # type: ignore[attr-defined]
        assert Referral.objects.count() == 1

    def test_there_is_no_team_to_choose_before_there_is_a_number_to_call(self, cast: Cast, browser: Client) -> None:
        assert browser.get(TEAM).url == CALL_BACK  # type: ignore[attr-defined]
        assert browser.post(TEAM, {"scheme": str(cast.scheme.id)}).url == CALL_BACK  # type: ignore[attr-defined]

    def test_a_scheme_that_was_not_offered_gets_nothing(self, cast: Cast, browser: Client) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        browser.post(CALL_BACK, {**CALL, "postcode": "EN5 5XQ"})
        assert browser.post(TEAM, {"scheme": str(uuid4())}).status_code == 400
        assert Referral.objects.count() == 0

    @pytest.mark.parametrize(
        ("change", "said"),
        [({"phone": ""}, "Enter the phone number"), ({"given_name": ""}, "Enter what we should call you")],
    )
    def test_bad_input(self, browser: Client, change: dict[str, str], said: str) -> None:
        page = browser.post(CALL_BACK, {**CALL, **change})
        assert page.status_code == 400
        assert said in page.content.decode()
