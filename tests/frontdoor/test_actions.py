"""The public asks, and is counted without being known; two at once make one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections, transaction

from linkworks.core import clock
from linkworks.core.actor import PUBLIC
from linkworks.core.errors import NotAllowed, Unavailable
from linkworks.core.idempotency import new_token
from linkworks.frontdoor import actions
from linkworks.frontdoor.models import SendCount
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.context import EVERYTHING, acting
from tests.factories.referrals import details

THEMSELVES = details(referrer_type="self")


def test_the_public_asks_whoever_is_signed_in(cast: Cast) -> None:
    with acting(cast.actor(cast.outsider)):
        sent = actions.ask_for_support(scheme_id=cast.scheme.id, details=THEMSELVES, token=new_token())
    kept = Referral.objects.get()
    assert (kept.reference, kept.door) == (sent.reference, "self")


def test_nobody_else_asks_this_way(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.ask_for_support(
            scheme_id=cast.scheme.id, details=THEMSELVES, token=new_token(), by=cast.actor(cast.link_worker)
        )


def test_two_at_once_make_one(committed_db: str) -> None:
    with transaction.atomic(), acting(EVERYTHING):
        cast = Cast.make()
    token, together = new_token(), Barrier(2)

    def press() -> str:
        try:
            with transaction.atomic(), acting(PUBLIC):
                together.wait(timeout=10)
                return actions.ask_for_support(scheme_id=cast.scheme.id, details=THEMSELVES, token=token).reference
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        references = {each.result() for each in [both.submit(press), both.submit(press)]}
    with transaction.atomic(), acting(cast.everything):
        assert references == {Referral.objects.get().reference}


class TestCounting:
    def test_twenty_an_hour_and_then_no_more(self, cast: Cast) -> None:
        for _ in range(20):
            actions.count_sending(door="self-refer", address="203.0.113.7")
        with pytest.raises(Unavailable):
            actions.count_sending(door="self-refer", address="203.0.113.8")
        actions.count_sending(door="guest-link", address="203.0.113.7")
        actions.count_sending(door="self-refer", address="198.51.100.1")

    def test_the_next_hour_starts_anew_and_old_counts_go(self, cast: Cast) -> None:
        for _ in range(20):
            actions.count_sending(door="self-refer", address="203.0.113.7")
        with clock.at(clock.now() + timedelta(hours=1)):
            actions.count_sending(door="self-refer", address="203.0.113.7")
        with clock.at(clock.now() + timedelta(days=3)):
            actions.count_sending(door="self-refer", address="203.0.113.7")
        assert SendCount.objects.count() == 1
