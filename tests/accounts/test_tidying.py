"""A month after it ended, nobody needs to know who asked for a link or mistyped a password where."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.urls import reverse

from linkworks.accounts.jobs import tidy
from linkworks.accounts.models import PasswordReset
from linkworks.core import clock
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "stays"), [(0, True), (29, True), (31, False)])
def test_old_links_and_tries_are_thrown_away(cast: Cast, days: int, stays: bool) -> None:
    then = clock.now() - timedelta(days=days)
    PasswordReset.objects.create(user=cast.referrer, expires_at=then)
    attempt = AccessAttempt.objects.create(username="x@example.org", ip_address="192.0.2.1", failures_since_start=1)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=then)
    tidy()
    assert PasswordReset.objects.exists() is stays
    assert AccessAttempt.objects.exists() is stays


def test_no_list_of_addresses_and_browsers_grows_with_each_sign_in(cast: Cast) -> None:
    Client().post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"})
    cast.client(cast.referrer).post(reverse("account_logout"))
    assert not AccessLog.objects.exists()
