"""How long a session lasts, the second factor nobody gets round, and who is acting on each request."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from linkworks.accounts.middleware import WITHOUT_SECOND_FACTOR
from linkworks.accounts.models import Membership, User
from linkworks.accounts.roles import Role
from linkworks.core import clock
from tests.cast import Cast
from tests.factories.accounts import BACKEND, make_membership, make_user

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YOU = "/accounts/you"


@pytest.fixture
def clock_at() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def test_a_session_goes_on_while_pages_are_opened(cast: Cast, clock_at: time_machine.Traveller) -> None:
    browser = cast.client(cast.administrator)

    for _ in range(20):
        assert browser.get(YOU).status_code == 200
        clock_at.shift(timedelta(minutes=29))


def test_thirty_minutes_away_ends_it_with_a_plain_word(cast: Cast, clock_at: time_machine.Traveller) -> None:
    browser = cast.client(cast.administrator)
    browser.get(YOU)
    key = browser.session.session_key

    clock_at.shift(timedelta(minutes=31))
    response = browser.get(YOU)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next=%2Faccounts%2Fyou"
    assert response["Cache-Control"] == "no-store, private"
    assert not Session.objects.filter(session_key=key).exists()
    assert "you were away for 30 minutes" in browser.get(response["Location"]).content.decode()


def test_twelve_hours_end_it_whatever_happens(cast: Cast, clock_at: time_machine.Traveller) -> None:
    browser = cast.client(cast.administrator)
    for _ in range(36):
        assert browser.get(YOU).status_code == 200
        clock_at.shift(timedelta(minutes=20))
    clock_at.shift(timedelta(minutes=1))

    response = browser.get(YOU)

    assert response.status_code == 302
    assert "signed in 12 hours ago" in browser.get(response["Location"]).content.decode()


def test_a_form_sent_too_late_is_not_replayed(cast: Cast, clock_at: time_machine.Traveller) -> None:
    browser = cast.client(cast.administrator)
    browser.get(YOU)
    clock_at.shift(timedelta(minutes=31))

    response = browser.post(reverse("accounts:name"), {"name": "Somebody Else"})

    assert response["Location"] == reverse("account_login")
    assert User.objects.get(pk=cast.administrator.pk).name == cast.administrator.name


def every_address(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern.url_patterns)
        else:
            yield pattern


def test_no_signed_in_page_opens_without_a_second_factor(cast: Cast) -> None:
    """Every address of the site: with a password alone it leads to setting up the second factor, or is on the short list."""
    user = make_user(second_factor=False)
    make_membership(user, cast.host, Role.TEAM_MANAGER, cast.scheme)
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    opened = []
    for name, arguments in named_addresses():
        response = browser.get(reverse(name, kwargs=arguments))
        if response.status_code != 302 or response["Location"] != reverse("accounts:set-up"):
            opened.append(name)

    # The two set-up pages and the choice between them; signing out asks first; health says nothing of anybody.
    assert set(opened) <= WITHOUT_SECOND_FACTOR
    assert {"accounts:set-up", "mfa_activate_totp", "account_logout"} <= set(opened)


SAMPLE = {"uuid": "00000000-0000-0000-0000-000000000001", "int": "1", "str": "a", "slug": "a", "path": "a"}


def named_addresses(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, dict[str, str]]]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named_addresses(pattern.url_patterns, inner)
        elif pattern.name:
            converters = pattern.pattern.converters
            yield f"{prefix}{pattern.name}", {key: sample(each) for key, each in converters.items()}


def sample(converter: object) -> str:
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return SAMPLE.get({"string": "str"}.get(kind, kind), "a")


def test_an_app_opens_the_rest(cast: Cast) -> None:
    user = make_user()
    make_membership(user, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    browser = Client()
    browser.force_login(user, backend=BACKEND)

    assert browser.get(reverse("accounts:members")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(cast: Cast) -> None:
    user = make_user(second_factor=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    browser = Client()
    browser.force_login(user, backend=BACKEND)

    assert browser.get(YOU)["Location"] == reverse("accounts:set-up")


def test_a_role_that_ended_is_gone_on_the_next_page(cast: Cast) -> None:
    browser = cast.client(cast.administrator)
    assert browser.get(reverse("accounts:members")).status_code == 200

    Membership.objects.filter(user=cast.administrator).update(ends_on=clock.today())

    assert browser.get(reverse("accounts:members")).status_code == 403
    assert "You have no role at the moment" in browser.get(YOU).content.decode()


def test_an_organisation_that_closed_gives_no_role(cast: Cast) -> None:
    browser = cast.client(cast.administrator)
    Membership.objects.get(user=cast.administrator).organisation.__class__.objects.filter(
        pk=Membership.objects.get(user=cast.administrator).organisation_id
    ).update(is_active=False)

    assert browser.get(reverse("accounts:members")).status_code == 403


def test_a_deactivated_account_is_signed_out_on_the_next_page(cast: Cast) -> None:
    browser = cast.client(cast.administrator)
    assert browser.get(YOU).status_code == 200

    User.objects.filter(pk=cast.administrator.pk).update(is_active=False)

    assert browser.get(YOU)["Location"].startswith(reverse("account_login"))


def test_a_session_cannot_choose_somebody_elses_role(cast: Cast) -> None:
    browser = cast.client(cast.referrer)
    session = browser.session
    session["membership_id"] = str(Membership.objects.get(user=cast.administrator).id)
    session.save()

    assert browser.get(reverse("accounts:members")).status_code == 403


def test_pages_of_the_signed_in_are_kept_by_no_browser(cast: Cast) -> None:
    response = cast.client(cast.administrator).get(YOU)

    assert "no-store" in response["Cache-Control"]


def test_the_same_questions_to_the_database_however_many_roles(cast: Cast) -> None:
    browser = cast.client(cast.administrator)
    browser.get(YOU)
    with CaptureQueriesContext(connection) as one:
        browser.get(YOU)
    for number in range(10):
        make_membership(cast.administrator, cast.host, list(Role)[number + 5], None)

    with CaptureQueriesContext(connection) as many:
        browser.get(YOU)

    assert len(many) == len(one) <= 11


def test_who_one_is_takes_one_question(cast: Cast) -> None:
    """Roles and the second factor are asked together, once in a request."""
    browser = cast.client(cast.link_worker)
    browser.get(reverse("accounts:switch"))
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(reverse("accounts:switch")).status_code == 200
    begin = [each["sql"][:40] for each in asked]
    assert len([each for each in begin if each.startswith('SELECT "accounts_membership"')]) == 1
    assert not [each["sql"] for each in asked if each["sql"].startswith('SELECT 1 AS "a" FROM "mfa_authenticator"')]


def test_every_address_says_who_it_is_for() -> None:
    silent = [str(each.pattern) for each in every_address() if not hasattr(each.callback, "access")]
    ours = [
        each for each in silent if each.startswith(("sign-", "you", "members", "join", "password", "confirm", "switch"))
    ]

    assert ours == []
