"""Wrong passwords and codes are counted in one place for all web processes."""

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from linkworks.accounts.roles import Role
from linkworks.config import limits
from tests.cast import Cast
from tests.factories.accounts import PASSWORD, code_now, make_membership, make_user

TABLE = "linkworks_limits"
MODEL: Any = SimpleNamespace(_meta=SimpleNamespace(app_label="django_cache"))


@pytest.fixture
def beside(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The connection of its own that counts have outside tests."""
    monkeypatch.setattr(limits, "limits_database", lambda: "limits")
    connections["limits"].settings_dict.update(
        {key: connections["default"].settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    )
    yield
    connections["limits"].close()


def process() -> DatabaseCache:
    """The cache as another web process has it."""
    return DatabaseCache(TABLE, {"OPTIONS": {"MAX_ENTRIES": 10_000}})


def test_what_one_process_counts_the_other_knows(beside: None) -> None:
    one, other = process(), process()

    one.set("tries", [3.0, 2.0, 1.0], 60)

    assert other.get("tries") == [3.0, 2.0, 1.0]
    assert not other.add("tries", [9.0])
    other.delete("tries")
    assert one.get("tries") is None


def test_a_page_that_fails_takes_no_count_back(beside: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        process().set("tries", 1, 60)
        raise ZeroDivisionError

    assert process().get("tries") == 1


def test_a_lock_is_got_by_one_of_two_at_once(beside: None) -> None:
    got: list[bool] = []
    ready = threading.Barrier(2)

    def press() -> None:
        ready.wait(10)
        got.append(process().add("lock", True, 10))
        connections["limits"].close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)

    assert sorted(got) == [False, True]


def test_a_count_is_over_when_its_time_is(beside: None) -> None:
    process().set("tries", 1, timeout=-1)

    assert process().get("tries") is None


@pytest.mark.django_db
def test_the_serving_role_counts_without_owning_the_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = %s", [TABLE])
        assert cursor.fetchone() == (False,)
    cache.set("tries", 1, 60)
    assert cache.get("tries") == 1


@pytest.mark.django_db
def test_it_needs_nobody_to_act_and_holds_no_name(db: None) -> None:
    """Counting happens before anybody is known, so there is no context and no wall; keys hold no address of a person."""
    Client().post(reverse("account_login"), {"login": "asha.bell@example.org", "password": "wrong password"})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key, value FROM {TABLE}")
        kept = str(cursor.fetchall())

    assert "login_failed" in kept
    assert "asha" not in kept and "wrong" not in kept


def test_only_counts_go_beside(settings: Any) -> None:
    router = limits.LimitsRouter()
    assert router.db_for_read(MODEL) == router.db_for_write(MODEL) == "default", "in tests all is one transaction"
    settings.TESTING = False
    assert router.db_for_read(MODEL) == router.db_for_write(MODEL) == "limits"
    other: Any = SimpleNamespace(_meta=SimpleNamespace(app_label="people"))
    assert router.db_for_read(other) is None and router.db_for_write(other) is None


def test_counts_have_a_connection_outside_the_requests_transaction(settings: Any) -> None:
    beside, serving = settings.DATABASES["limits"], settings.DATABASES["default"]

    assert not beside.get("ATOMIC_REQUESTS")
    assert serving["ATOMIC_REQUESTS"]
    assert "lock_timeout" in beside["OPTIONS"]["options"]


def test_the_site_counts_in_the_database_and_not_in_one_process() -> None:
    assert settings_cache() is DatabaseCache
    assert not issubclass(settings_cache(), LocMemCache)


def settings_cache() -> type:
    from django.core.cache import caches

    return type(caches["default"])


@pytest.mark.django_db
def test_a_second_process_goes_on_counting_codes(cast: Cast) -> None:
    """Nine wrong codes at one process and one at another are ten."""
    user = make_user()
    make_membership(user, cast.host, Role.LINK_WORKER, cast.scheme)
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    code = reverse("mfa_authenticate")
    for number in range(9):
        browser.post(code, {"code": f"{number:06}"})
    forget_what_this_process_knows()
    browser.post(code, {"code": "999999"})
    forget_what_this_process_knows()

    response = browser.post(code, {"code": code_now()})

    assert "too many tries" in response.content.decode()


def forget_what_this_process_knows() -> None:
    from django.core.cache import caches

    del caches["default"]
    LocMemCache("", {}).clear()
