"""An id of somebody else's row, sent in a form or an address: a clear answer, and nothing written."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.casework.models import Case
from linkworks.core.errors import Invalid
from linkworks.people.models import Person
from linkworks.referrals import actions
from linkworks.referrals.models import Amendment, Referral, ReferralMove
from tests.cast import Cast
from tests.context import acting
from tests.factories.organisations import BARNET, make_postcode
from tests.factories.people import person
from tests.factories.referrals import ANSWERS, sent, stored


@pytest.fixture
def referral(cast: Cast) -> Referral:
    by = cast.actor(cast.referrer)
    with acting(by):
        return sent(by, cast.scheme.id)


def unchanged(referral: Referral) -> bool:
    now = Referral.objects.get(id=referral.id)
    return (now.state, now.person_id, now.scheme_id) == (
        "sent",
        None,
        referral.scheme_id,
    ) and not Amendment.objects.exists()


class TestAccept:
    """The person somebody says this is."""

    def post(self, cast: Cast, referral: Referral, chosen: str) -> Any:
        address = reverse("casework:accept", args=[referral.id])
        return cast.client(cast.manager).post(address, {"person": chosen, "complexity": "2"})

    @pytest.mark.parametrize(
        "whose", ["another scheme's twin", "protected", "sealed", "not alike", "nobody's", "not an id"]
    )
    def test_only_those_offered_may_be_chosen(self, cast: Cast, referral: Referral, whose: str) -> None:
        made = {
            "another scheme's twin": lambda: person(cast.other_scheme.id).id,
            "protected": lambda: person(cast.scheme.id, restriction="protected").id,
            "sealed": lambda: person(cast.scheme.id, restriction="sealed").id,
            "not alike": lambda: (
                person(cast.scheme.id, given_name="Peter", family_name="Stone", born_on=None, postcode="E1 1AA").id
            ),
            "nobody's": uuid4,
            "not an id": lambda: "1 OR 1=1",
        }[whose]
        shown = self.post(cast, referral, str(made()))
        assert shown.status_code == 400
        assert unchanged(referral)
        assert not Case.objects.exists()

    def test_twins_are_both_offered_and_neither_is_chosen_for_anybody(self, cast: Cast, referral: Referral) -> None:
        twins = [person(cast.scheme.id), person(cast.scheme.id)]
        page = cast.client(cast.manager).get(reverse("casework:accept", args=[referral.id])).content.decode()
        for twin in twins:
            assert re.search(rf'value="{twin.id}"', page)
            assert not re.search(rf'value="{twin.id}"[^>]*checked', page)
        assert self.post(cast, referral, "").status_code == 400
        assert unchanged(referral)
        assert Person.objects.count() == 2

    @pytest.mark.parametrize("whose", ["other", "nobody"])
    def test_even_past_the_form_a_person_of_elsewhere_is_refused(
        self, cast: Cast, referral: Referral, whose: str
    ) -> None:
        person_id = person(cast.other_scheme.id).id if whose == "other" else uuid4()
        with pytest.raises(Invalid):
            actions.accept(referral, person_id=person_id, by=cast.actor(cast.manager))
        assert unchanged(referral)


class TestRedirect:
    @pytest.mark.parametrize("whose", ["its own", "nobody's", "not an id", "an organisation"])
    def test_only_another_scheme_may_be_chosen(self, cast: Cast, referral: Referral, whose: str) -> None:
        chosen = {
            "its own": cast.scheme.id, "nobody's": uuid4(), "not an id": "x'; --", "an organisation": cast.provider.id,
        }[whose]  # fmt: skip
        address = reverse("casework:redirect", args=[referral.id])
        said = {"where": "scheme", "scheme": str(chosen), "words": "They can help"}
        assert cast.client(cast.manager).post(address, said).status_code == 400
        assert unchanged(referral)
        assert Referral.objects.count() == 1

    def test_past_the_form_too(self, cast: Cast, referral: Referral) -> None:
        with pytest.raises(Invalid):
            actions.redirect(referral, scheme_id=uuid4(), agreed=True, words="There", by=cast.actor(cast.manager))
        assert unchanged(referral)

    def test_what_arrives_elsewhere_brings_nothing_of_what_we_decided(self, cast: Cast, referral: Referral) -> None:
        by = cast.actor(cast.manager)
        with acting(by):
            actions.redirect(
                referral, scheme_id=cast.other_scheme.id, agreed=True, words="They live in your area", by=by
            )
        new = Referral.objects.get(previous=referral)
        assert (new.state, new.person_id, new.decision_words, new.decided_at) == ("sent", None, "", None)
        assert new.reference != referral.reference
        assert (new.in_their_words, new.contact_channels) == (referral.in_their_words, referral.contact_channels)
        with acting(cast.actor(cast.outsider)):
            assert Referral.objects.get() == new
            assert not ReferralMove.objects.filter(referral=referral).exists()


class TestScheme:
    """The scheme a referrer chooses when the postcode does not decide."""

    @pytest.fixture
    def browser(self, cast: Cast) -> Client:
        make_postcode()
        return cast.client(cast.referrer)

    @pytest.mark.parametrize("whose", ["not offered", "nobody's", "not an id", "an organisation"])
    def test_only_one_that_was_offered(self, cast: Cast, browser: Client, whose: str) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        look = browser.post("/referrals/new", {**ANSWERS, "postcode": "EN5 5XQ"}, follow=True)
        assert look.redirect_chain[-1][0] == "/referrals/new/scheme"
        chosen = {
            "not offered": cast.scheme.id,
            "nobody's": uuid4(),
            "not an id": "1",
            "an organisation": cast.host.id,
        }[whose]
        assert browser.post("/referrals/new/scheme", {"scheme": str(chosen)}).status_code == 400
        assert browser.get("/referrals/new/check").status_code == 302, "nothing was chosen, so there is nothing to send"
        assert not Referral.objects.exists()


class TestAddresses:
    @pytest.mark.parametrize("page", ["detail", "amend", "withdraw"])
    @pytest.mark.parametrize("who", ["other_referrer", "outsider", "outside_manager"])
    def test_anothers_referral_is_not_there(self, cast: Cast, referral: Referral, page: str, who: str) -> None:
        client, address = cast.client(getattr(cast, who)), reverse(f"referrals:{page}", args=[referral.id])
        never = client.get(reverse(f"referrals:{page}", args=[uuid4()]))
        assert client.get(address).status_code == never.status_code == 404
        if page != "detail":
            assert client.post(address, {**ANSWERS, "reason": "Mine now"}).status_code == 404
        assert unchanged(referral)

    @pytest.mark.parametrize("chosen", ["other", "nobody", "x", "", "0" * 32])
    def test_nobody_is_filled_in_from_anothers_referral(self, cast: Cast, chosen: str) -> None:
        theirs = stored(cast.scheme.id, from_organisation_id=cast.other_practice.id, given_name="Secretperson")
        wanted = {"other": str(theirs.id), "nobody": str(uuid4())}.get(chosen, chosen)
        shown = cast.client(cast.referrer).get("/referrals/new", {"from": wanted})
        assert shown.status_code == 200
        assert "Secretperson" not in shown.content.decode()

    def test_the_sender_cannot_be_changed_by_what_a_browser_adds(self, cast: Cast) -> None:
        make_postcode()
        browser = cast.client(cast.referrer)
        forged = {
            "from_organisation_id": str(cast.other_practice.id), "referrer_user_id": str(cast.other_referrer.id),
            "scheme_id": str(cast.other_scheme.id), "door": "paper", "state": "accepted", "person_id": str(uuid4()),
            "referrer_name": "Somebody else",
        }  # fmt: skip
        look = browser.post("/referrals/new", {**ANSWERS, **forged}, follow=True)
        token = re.findall(r'name="form_token" value="([^"]+)"', look.content.decode())[0]
        browser.post("/referrals/new/check", {**forged, "form_token": token})
        made = Referral.objects.get()
        assert (made.from_organisation_id, made.referrer_user_id, made.scheme_id) == (
            cast.practice.id, cast.referrer.id, cast.scheme.id,
        )  # fmt: skip
        assert (made.door, made.state, made.person_id) == ("account", "sent", None)
        assert isinstance(made.id, UUID)
