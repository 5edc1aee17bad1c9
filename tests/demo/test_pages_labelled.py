"""In a demonstration every page says that it is one; outside it no page does, and nobody signs in with one press."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from linkworks.accounts.roles import Role, title_of
from linkworks.demo import characters, views
from linkworks.demo.staff import member
from tests.cast import Cast
from tests.factories.casework import active, planned

pytestmark = pytest.mark.django_db

LABEL = "Every person and group is made up"
SHEET = "every person and group is made up"


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


def plain_addresses(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    """Every address that needs nothing to be filled in."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from plain_addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name and not pattern.pattern.converters:
            try:
                yield reverse(f"{prefix}{pattern.name}")
            except NoReverseMatch:
                continue


def pages(browser: Client) -> dict[str, str]:
    """Each page somebody sees in full, by its address."""
    found = {}
    for address in plain_addresses():
        response = browser.get(address)
        if response.status_code == 200 and "text/html" in response.get("Content-Type", ""):
            found[address] = response.content.decode()
    return found


WHO = [
    None,
    "link_worker",
    "manager",
    "referrer",
    "provider_coordinator",
    "administrator",
    "steward",
    "safeguarding_lead",
]


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_labelled(cast: Cast, demo: None, who: str | None) -> None:
    active(cast)
    found = pages(cast.client(getattr(cast, who) if who else None))

    assert len(found) >= (6 if who is None else 8)
    assert [address for address, page in found.items() if SHEET not in page.lower()] == []


@pytest.mark.parametrize("who", [None, "link_worker"])
def test_outside_a_demonstration_no_page_is(cast: Cast, who: str | None) -> None:
    found = pages(cast.client(getattr(cast, who) if who else None))

    assert [address for address, page in found.items() if LABEL in page and "/demo/" not in address] == []


@pytest.mark.parametrize("address", ["/nowhere", "/cases/today"])
def test_pages_that_say_no_are_labelled_too(cast: Cast, demo: None, address: str) -> None:
    page = cast.client(cast.administrator).get(address)

    assert page.status_code in {403, 404}
    assert LABEL in page.content.decode()


def test_a_persons_pages_and_what_is_printed_are_labelled(cast: Cast, demo: None) -> None:
    case, _, _ = planned(cast)
    browser = cast.client(cast.link_worker)

    for name in ("case", "contact", "conversation", "sharing", "plan", "plan-print", "details", "unmet", "concern"):
        page = browser.get(reverse(f"casework:{name}", args=[case.pk]))
        assert page.status_code == 200, name
        assert SHEET in page.content.decode().lower(), name
    large = browser.get(reverse("casework:plan-print", args=[case.pk]), {"size": "large"}).content.decode()
    assert SHEET in large.lower()


def test_the_label_is_read_before_the_page(cast: Cast, demo: None) -> None:
    page = Client().get(reverse("directory:find")).content.decode()

    assert page.index(LABEL) < page.index("<main")


# Characters


def everyone(cast: Cast) -> list[characters.Character]:
    return characters.characters()


def test_there_is_a_character_for_each_kind_of_work(cast: Cast) -> None:
    shown = {each.role for each in everyone(cast)}
    wanted = {
        Role.REFERRER, Role.PRACTICE_ADMINISTRATOR, Role.LINK_WORKER, Role.TEAM_MANAGER, Role.SAFEGUARDING_LEAD,
        Role.SIGNPOSTER, Role.PROVIDER_COORDINATOR, Role.SESSION_LEADER, Role.DIRECTORY_STEWARD,
        Role.ORGANISATION_ADMINISTRATOR, Role.COMMISSIONER,
    }  # fmt: skip

    assert shown == {title_of(role) for role in wanted}


def test_each_says_what_to_try_and_nobody_elses_name(cast: Cast) -> None:
    found = everyone(cast)

    assert [each.name for each in found] == [name for name in characters.TRY_THIS if name in {x.name for x in found}]
    assert len({each.try_this for each in found}) == len(found)
    assert all(each.try_this.endswith(".") and len(each.try_this) < 120 for each in found)


@pytest.mark.parametrize("name", sorted(characters.TRY_THIS))
def test_one_press_and_one_is_where_their_work_is(cast: Cast, demo: None, name: str) -> None:
    [who] = [each for each in everyone(cast) if each.name == name]
    browser = Client()

    arrived = browser.post(reverse("demo:become", args=[who.id]), follow=True)

    assert arrived.status_code == 200
    page = arrived.content.decode()
    assert name in page.split("</header>")[0] and who.organisation in page.split("</header>")[0]


def test_becoming_somebody_else_leaves_nothing_of_the_first(cast: Cast, demo: None) -> None:
    browser = Client()
    browser.post(reverse("demo:become", args=[cast.manager.id]))
    assert browser.get(reverse("casework:allocation")).status_code == 200
    browser.post(reverse("demo:become", args=[cast.commissioner.id]))

    assert browser.get(reverse("casework:allocation")).status_code == 403
    assert "Ruth Adeyemi" not in browser.get(reverse("accounts:account")).content.decode()


def test_a_character_whose_work_ended_is_not_offered(cast: Cast) -> None:
    from linkworks.accounts.models import Membership

    Membership.objects.filter(user=cast.signposter).update(ends_on="2026-01-01")

    assert "Joe Bright" not in {each.name for each in everyone(cast)}
    assert characters.user_of(cast.signposter.id) is None


def test_made_up_staff_have_a_second_factor_no_password_and_an_address_of_their_own(cast: Cast) -> None:
    one, other = (member("Ada O'Neill", Role.REFERRER, cast.practice) for _ in range(2))

    assert one.email != other.email
    assert one.email.startswith("ada.oneill") and one.email.endswith("@example.org")
    assert not one.has_usable_password()
    assert one.is_fictional


def test_the_pages_of_the_demonstration_are_public_and_say_so() -> None:
    assert views.sign_in.access is views.become.access  # type: ignore[attr-defined]
