"""Sessions end everywhere when they should, and never carry one organisation's work into another's."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.accounts import actions
from linkworks.accounts.middleware import why_over
from linkworks.accounts.models import Membership, PasswordReset, User
from linkworks.accounts.queries import actor_for
from linkworks.accounts.queries.mail import RESET, token_for
from linkworks.accounts.roles import Role
from linkworks.core import clock
from linkworks.core.actor import PUBLIC
from tests.cast import Cast
from tests.factories.accounts import BACKEND, PASSWORD, just_confirmed, make_membership, make_user

pytestmark = pytest.mark.django_db

YOU, SWITCH = reverse("accounts:account"), reverse("accounts:switch")
GOOD = "marmalade canal bicycle"
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def user(cast: Cast) -> User:
    made = make_user()
    make_membership(made, cast.host, Role.LINK_WORKER, cast.scheme)
    return made


def browsers(user: User, count: int = 3) -> list[Client]:
    found = [Client() for _ in range(count)]
    for each in found:
        each.force_login(user, backend=BACKEND)
        assert each.get(YOU).status_code == 200
    return found


def is_in(browser: Client) -> bool:
    return browser.get(YOU).status_code == 200


# Everywhere at once


def test_changing_a_password_keeps_this_browser_and_ends_the_others(user: User) -> None:
    here, *others = browsers(user)

    here.post(reverse("accounts:password"), {"current": PASSWORD, "password": GOOD})

    assert is_in(here)
    assert not any(is_in(each) for each in others)


def test_a_new_password_by_a_link_ends_all(user: User) -> None:
    every = browsers(user)
    actions.ask_for_new_password(email=user.email, by=PUBLIC)
    assert all(is_in(each) for each in every), "asking ends nothing: anybody can ask"
    reset = PasswordReset.objects.get(user=user)

    Client().post(reverse("accounts:new-password", args=[token_for(RESET, reset.id)]), {"password": GOOD})

    assert not any(is_in(each) for each in every)


def test_an_administrators_reset_ends_all(user: User, cast: Cast) -> None:
    every = browsers(user)

    actions.start_again(Membership.objects.get(user=user).id, by=actor_for(cast.administrator))

    assert not any(is_in(each) for each in every)


def test_a_password_that_could_not_be_changed_ends_nothing(user: User) -> None:
    here, other = browsers(user, 2)

    here.post(reverse("accounts:password"), {"current": "wrong", "password": GOOD})

    assert is_in(here) and is_in(other)


def test_signing_out_ends_this_browser_only(user: User) -> None:
    here, other = browsers(user, 2)

    here.post(reverse("account_logout"))

    assert not is_in(here) and is_in(other)


@pytest.mark.parametrize("page", ["casework:today", "casework:caseload", "casework:inbox"])
def test_a_membership_that_ended_is_over_on_the_next_page_of_every_browser(user: User, cast: Cast, page: str) -> None:
    every = browsers(user, 2)
    assert [each.get(reverse(page)).status_code for each in every] == [200, 200]

    actions.end_membership(Membership.objects.get(user=user).id, by=actor_for(cast.administrator))

    assert [each.get(reverse(page)).status_code for each in every] == [403, 403]


def test_a_role_that_changed_is_changed_on_the_next_page(user: User, cast: Cast) -> None:
    [browser] = browsers(user, 1)
    held = Membership.objects.get(user=user)

    actions.change_role(held.id, role=Role.TEAM_MANAGER, scheme_id=cast.scheme.id, by=actor_for(cast.administrator))
    assert browser.get(reverse("casework:allocation")).status_code == 200
    newer = Membership.objects.get(user=user, ends_on=None)
    actions.change_role(newer.id, role=Role.VOLUNTEER, scheme_id=None, by=actor_for(cast.administrator))

    assert browser.get(reverse("casework:today")).status_code == 403


def test_a_form_sent_after_the_membership_ended_writes_nothing(user: User, cast: Cast) -> None:
    held = make_membership(make_user("Kit Moss"), cast.host, Role.REFERRER)
    manager = make_user("Second Admin")
    make_membership(manager, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    [browser] = browsers(manager, 1)
    just_confirmed(browser, manager)
    Membership.objects.filter(user=manager).update(ends_on=clock.today())

    assert browser.post(reverse("accounts:end", args=[held.id])).status_code == 403
    held.refresh_from_db()
    assert held.ends_on is None


# Two organisations, two tabs


@pytest.fixture
def two_hats(cast: Cast) -> User:
    """One person who manages accounts of two organisations."""
    made = make_user("Asha Twohats")
    make_membership(made, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    make_membership(made, cast.other_host, Role.ORGANISATION_ADMINISTRATOR, starts_on=clock.today())
    return made


def test_after_switching_in_a_second_tab_the_first_tabs_addresses_are_not_there(two_hats: User, cast: Cast) -> None:
    browser = Client()
    browser.force_login(two_hats, backend=BACKEND)
    just_confirmed(browser, two_hats)
    ours = make_membership(make_user("Kit Moss"), cast.host, Role.REFERRER)
    assert browser.get(reverse("accounts:member", args=[ours.id])).status_code == 200
    other = Membership.objects.get(user=two_hats, organisation=cast.other_host)

    browser.post(SWITCH, {"membership": str(other.id)})  # the second tab

    for name in ("accounts:member", "accounts:end", "accounts:start-again"):
        assert browser.get(reverse(name, args=[ours.id])).status_code == 404
        assert browser.post(reverse(name, args=[ours.id]), {"role": "volunteer"}).status_code == 404
    ours.refresh_from_db()
    assert ours.ends_on is None
    assert "Kit Moss" not in browser.get(reverse("accounts:members")).content.decode()


def test_what_the_second_tab_lists_is_the_second_organisations_only(cast: Cast) -> None:
    """A link worker of two schemes sees one scheme's people at a time."""
    both = make_user("Asha Both")
    first = make_membership(both, cast.host, Role.TEAM_MANAGER, cast.scheme)
    second = make_membership(both, cast.other_host, Role.TEAM_MANAGER, cast.other_scheme, starts_on=clock.today())
    browser = Client()
    browser.force_login(both, backend=BACKEND)

    for chosen, other in ((first, second), (second, first), (first, second)):
        browser.post(SWITCH, {"membership": str(chosen.id)})
        header = browser.get(reverse("casework:today")).content.decode().split("</header>")[0]
        assert chosen.organisation.name in header and other.organisation.name not in header


def test_a_chosen_membership_that_ended_falls_back_to_the_other_with_its_own_reach(two_hats: User, cast: Cast) -> None:
    browser = Client()
    browser.force_login(two_hats, backend=BACKEND)
    other = Membership.objects.get(user=two_hats, organisation=cast.other_host)
    browser.post(SWITCH, {"membership": str(other.id)})

    Membership.objects.filter(pk=other.pk).update(ends_on=clock.today())

    page = browser.get(reverse("accounts:members"))
    assert page.status_code == 200
    assert cast.host.name in page.content.decode() and cast.other_host.name not in page.content.decode()


@pytest.mark.parametrize("header", ["X-Organisation", "X-Membership", "X-Actor", "X-Scheme"])
def test_nothing_in_a_request_but_the_session_says_who_acts(cast: Cast, header: str) -> None:
    browser = cast.client(cast.link_worker)
    theirs = Membership.objects.get(user=cast.administrator)

    response = browser.get(
        f"{reverse('accounts:members')}?membership={theirs.id}&membership_id={theirs.id}",
        headers={header: str(theirs.id)},
    )

    assert response.status_code == 403


# How long


class Asked:
    """As much of a request as the limits look at."""

    def __init__(self, started: float, seen: float) -> None:
        self.session: dict[str, float] = {"signed_in_at": started, "last_seen_at": seen}


@given(idle=st.floats(0, 100_000), age=st.floats(0, 100_000))
def test_a_session_is_over_exactly_after_30_idle_minutes_or_12_hours(idle: float, age: float) -> None:
    now = 10_000_000.0
    request: Any = Asked(now - max(age, idle), now - idle)

    over = why_over(request, now)

    assert bool(over) is (idle > 1800 or max(age, idle) > 43_200)
    assert over is None or ("30 minutes" in over) is (idle > 1800)


@pytest.fixture
def clock_at() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize("minutes", [29, 30])
def test_up_to_thirty_minutes_one_stays(user: User, clock_at: time_machine.Traveller, minutes: int) -> None:
    [browser] = browsers(user, 1)
    clock_at.shift(timedelta(minutes=minutes))
    assert is_in(browser)


def test_the_limit_is_of_the_session_and_not_of_the_person(user: User, clock_at: time_machine.Traveller) -> None:
    early, late = Client(), Client()
    early.force_login(user, backend=BACKEND)
    assert is_in(early)
    clock_at.shift(timedelta(minutes=20))
    late.force_login(user, backend=BACKEND)
    assert is_in(late)
    clock_at.shift(timedelta(minutes=15))

    assert not is_in(early) and is_in(late)


def test_confirming_who_one_is_does_not_lengthen_the_twelve_hours(user: User, clock_at: time_machine.Traveller) -> None:
    [browser] = browsers(user, 1)
    for _ in range(36):
        clock_at.shift(timedelta(minutes=20))
        browser.get(YOU)
        browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    clock_at.shift(timedelta(minutes=1))

    assert not is_in(browser)


def test_the_summer_clock_changes_nothing(user: User) -> None:
    """In the night of 28 March the clock jumps from 1 to 2; nobody is signed out by that."""
    with time_machine.travel(datetime(2027, 3, 28, 0, 50, tzinfo=UTC), tick=False) as traveller:
        [browser] = browsers(user, 1)
        traveller.shift(timedelta(minutes=20))
        assert is_in(browser)


def test_signing_in_again_changes_the_sessions_key(user: User) -> None:
    browser = Client()
    browser.get(reverse("account_login"))
    before = browser.session.session_key
    browser.force_login(user, backend=BACKEND)

    assert browser.session.session_key != before
