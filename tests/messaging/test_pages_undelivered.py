"""What never arrived is seen by somebody, and what is of a scheme is read only by those who act for it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.accounts.models import Membership
from linkworks.accounts.roles import Role
from linkworks.core import clock
from linkworks.messaging import queries
from linkworks.messaging.states import Audience, State
from tests.cast import Cast
from tests.factories.messaging import make_account_message, make_channel, make_message

LOST = "messaging:undelivered"


def page(cast: Cast, who: Any, **asked: str) -> str:
    return cast.client(who).get(reverse(LOST), asked).content.decode()


@pytest.mark.parametrize("state", list(State))
def test_only_what_never_arrived_is_listed(cast: Cast, state: State) -> None:
    make_message(scheme=cast.scheme, state=state, why="No such mailbox.", address="gone@kettle.example.org")
    is_lost = state in (State.FAILED, State.DEAD, State.SUPPRESSED)
    shown = page(cast, cast.manager)
    assert ("gone@kettle.example.org" in shown) is is_lost
    assert ("No such mailbox." in shown) is is_lost


def test_another_schemes_are_theirs(cast: Cast) -> None:
    make_message(scheme=cast.other_scheme, state="failed", address="gone@kettle.example.org")
    assert "gone@kettle" not in page(cast, cast.manager)
    assert "gone@kettle" in page(cast, cast.outside_manager)
    assert cast.client(cast.link_worker).get(reverse(LOST)).status_code == 403


@pytest.mark.parametrize("level", ["protected", "sealed"])
def test_nothing_about_somebody_kept_close(cast: Cast, level: str) -> None:
    channel = make_channel(cast.scheme, value="sam@secret.example.org", restriction=level)
    make_message(
        scheme=cast.scheme, state="failed", audience=Audience.PERSON, person_channel=channel, address=channel.value
    )
    assert "secret.example.org" not in page(cast, cast.manager)


def test_it_is_found_by_its_address_and_from_the_messages(cast: Cast) -> None:
    for name in ("gone", "away"):
        make_message(scheme=cast.scheme, state="dead", address=f"{name}@kettle.example.org")
    shown = page(cast, cast.manager, q="gone")
    assert "gone@kettle" in shown
    assert "away@kettle" not in shown
    assert reverse(LOST) in cast.client(cast.manager).get(reverse("messaging:inbox")).content.decode()
    assert reverse(LOST) not in cast.client(cast.link_worker).get(reverse("messaging:inbox")).content.decode()


def test_queries_do_not_grow_with_what_was_lost(cast: Cast, django_assert_max_num_queries: Any) -> None:
    browser = cast.client(cast.manager)
    for count in (1, 20):
        for _ in range(count):
            make_message(scheme=cast.scheme, state="failed")
        with django_assert_max_num_queries(30):
            browser.get(reverse(LOST))


class TestWhoseMessages:
    def test_who_left_a_scheme_reads_no_more_of_it(self, cast: Cast) -> None:
        for scheme, subject in ((cast.scheme, "Of the scheme"), (None, "Of nobody")):
            make_account_message(cast.link_worker, scheme=scheme, subject=subject)
        assert queries.inbox(cast.actor(cast.link_worker)).count() == 2
        Membership.objects.filter(user=cast.link_worker).update(ends_on=clock.today() - timedelta(days=1))
        Membership.objects.create(
            user=cast.link_worker, organisation=cast.practice, role=Role.REFERRER.value, starts_on=clock.today()
        )
        assert [each.subject for each in queries.inbox(cast.actor(cast.link_worker))] == ["Of nobody"]

    def test_a_referrer_who_never_worked_there_reads_what_became_of_theirs(self, cast: Cast) -> None:
        make_account_message(cast.referrer, scheme=cast.scheme)
        assert queries.unread_count(cast.actor(cast.referrer)) == 1
