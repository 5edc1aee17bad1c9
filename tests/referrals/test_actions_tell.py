"""Whoever referred hears: with an account there, without one by e-mail, and never the person's name in a mail box."""

from datetime import timedelta

import pytest

from linkworks.core.later import REGISTERED
from linkworks.messaging.models import Message
from linkworks.referrals import access, actions
from linkworks.referrals.jobs import tidy
from linkworks.referrals.models import GuestLink, Progress, Referral
from linkworks.referrals.states import DeclineReason
from tests.cast import Cast
from tests.context import acting
from tests.factories.referrals import sent

GUEST = {"from_organisation_id": None, "referrer_user_id": None, "referrer_email": "warden@example.org"}


def run(name: str, *ids: object, cast: Cast) -> None:
    with acting(cast.everything):
        REGISTERED[name](*[str(each) for each in ids], by=cast.everything)


@pytest.fixture
def referral(cast: Cast) -> Referral:
    return sent(cast.actor(cast.referrer), cast.scheme.id)


@pytest.fixture
def by_guest(cast: Cast) -> Referral:
    made = sent(cast.actor(cast.referrer), cast.scheme.id)
    Referral.objects.filter(id=made.id).update(**GUEST)
    made.refresh_from_db()
    return made


class TestReceived:
    def test_an_account_is_told_in_the_account(self, cast: Cast, referral: Referral) -> None:
        run("referrals.tell_received", referral.id, cast=cast)
        message = Message.objects.get(way="account")
        assert message.user_id == cast.referrer.id
        assert message.link == f"/referrals/{referral.id}"
        assert referral.reference in message.subject

    def test_a_guest_is_told_by_email(self, cast: Cast, by_guest: Referral) -> None:
        run("referrals.tell_received", by_guest.id, cast=cast)
        message = Message.objects.get()
        assert (message.way, message.address) == ("email", "warden@example.org")

    def test_somebody_who_referred_themselves_is_not_written_to(self, cast: Cast, referral: Referral) -> None:
        Referral.objects.filter(id=referral.id).update(**{**GUEST, "referrer_email": ""})
        run("referrals.tell_received", referral.id, cast=cast)
        assert Message.objects.count() == 0

    def test_twice_is_once(self, cast: Cast, by_guest: Referral) -> None:
        for _ in range(2):
            run("referrals.tell_received", by_guest.id, cast=cast)
        assert Message.objects.count() == 1


class TestDecision:
    def test_declined_says_why_to_a_guest(self, cast: Cast, by_guest: Referral) -> None:
        actions.decline(
            by_guest, reason=DeclineReason.OUTSIDE_AREA, words="Jean lives in Camden.", by=cast.actor(cast.manager)
        )
        run("referrals.tell_decision", by_guest.id, cast=cast)
        message = Message.objects.get()
        assert "outside the scheme’s area" in message.body
        assert "Camden" not in message.body

    def test_declined_says_the_words_inside_the_account(self, cast: Cast, referral: Referral) -> None:
        actions.decline(
            referral, reason=DeclineReason.OUTSIDE_AREA, words="Try the team in Camden.", by=cast.actor(cast.manager)
        )
        run("referrals.tell_decision", referral.id, cast=cast)
        assert "Try the team in Camden." in Message.objects.get(way="account").body
        assert "Camden" not in Message.objects.get(way="email").body

    def test_passed_on_says_where_to(self, cast: Cast, referral: Referral) -> None:
        actions.redirect(
            referral, scheme_id=cast.other_scheme.id, agreed=True, words="Moved.", by=cast.actor(cast.manager)
        )
        run("referrals.tell_decision", referral.id, cast=cast)
        assert cast.other_scheme.name in Message.objects.get(way="account").body

    def test_nothing_decided_says_nothing(self, cast: Cast, referral: Referral) -> None:
        run("referrals.tell_decision", referral.id, cast=cast)
        assert Message.objects.count() == 0


class TestProgress:
    @pytest.mark.parametrize("step", ["plan-agreed", "case-finished"])
    def test_it_is_written_for_the_referrer_and_told_once(self, cast: Cast, referral: Referral, step: str) -> None:
        for _ in range(2):
            actions.tell_progress(referral.id, step=step, words="All is well.", by=cast.everything)
        assert Message.objects.filter(way="account").count() == 1
        with acting(cast.actor(cast.referrer)):
            assert Progress.objects.get().words == "All is well."
        with acting(cast.actor(cast.other_referrer)):
            assert Progress.objects.count() == 0


@pytest.mark.parametrize("word", ["Jean", "Marlow", "loneliness", "Alf"])
def test_no_mail_names_the_person_or_the_need(cast: Cast, referral: Referral, by_guest: Referral, word: str) -> None:
    for each in (referral, by_guest):
        run("referrals.tell_received", each.id, cast=cast)
        actions.tell_progress(each.id, step="plan-agreed", words="Jean feels better.", by=cast.everything)
        actions.decline(
            each, reason=DeclineReason.DUPLICATE, words="Jean Marlow is known here.", by=cast.actor(cast.manager)
        )
        run("referrals.tell_decision", each.id, cast=cast)
    mails = Message.objects.filter(way="email")
    assert mails.count() >= 6
    assert not [each for each in mails if word in each.subject + each.body]


class TestGuestLink:
    def make(self) -> GuestLink:
        return actions.make_link(
            name="Ivy Brook",
            job="Warden",
            organisation_name="Oak House",
            referrer_type="housing-association",
            email="Ivy@Example.org",
        )

    def test_the_link_goes_to_the_address_and_only_its_id_is_queued(self, cast: Cast) -> None:
        link = self.make()
        run("referrals.send_guest_link", link.id, cast=cast)
        message = Message.objects.get()
        assert message.address == "ivy@example.org"
        assert access.guest_token(link.id) in message.body

    def test_the_token_opens_it_and_nothing_else_does(self, cast: Cast) -> None:
        link = self.make()
        token = access.guest_token(link.id)
        actor = access.guest_actor(token)
        assert actor
        assert (actor.purpose, actor.schemes, actor.organisations, actor.link_id) == (
            "front-door",
            frozenset(),
            frozenset(),
            link.id,
        )
        for wrong in (token[:-1], f"{token}x", link.id.hex, str(link.id), "", access.guest_token(cast.scheme.id)):
            assert access.guest_actor(wrong) is None

    def test_it_opens_for_a_day(self, cast: Cast) -> None:
        link = self.make()
        GuestLink.objects.update(expires_at=link.created_at)
        assert access.guest_actor(access.guest_token(link.id)) is None

    def test_a_week_after_it_ended_whoever_asked_for_it_is_forgotten(self, cast: Cast) -> None:
        old, kept = self.make(), self.make()
        GuestLink.objects.filter(id=old.id).update(expires_at=old.created_at - timedelta(days=8))
        GuestLink.objects.filter(id=kept.id).update(expires_at=old.created_at - timedelta(days=6))
        tidy()
        assert [each.id for each in GuestLink.objects.all()] == [kept.id]

    def test_oneself_is_not_a_guest(self, cast: Cast) -> None:
        with pytest.raises(actions.guests.Invalid):
            actions.make_link(name="I", job="", organisation_name="", referrer_type="self", email="i@example.org")
