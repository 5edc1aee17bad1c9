"""What anybody reads of a scheme: its managers change it, and letters and public pages say so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.casework.queries import COULD_NOT_REACH, letter_preview
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.organisations.actions import change_public_facts
from linkworks.organisations.models import Scheme
from linkworks.organisations.queries import scheme_card, settings_history, settings_of
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.organisations import make_postcode

pytestmark = pytest.mark.django_db

NEW = {
    "phone": "02079460199",
    "email": "talk@elm.example.org",
    "opening_hours": "Tuesdays only",
    "coverage_note": "Everybody in Southwark.",
}


@pytest.fixture
def address() -> str:
    return reverse("organisations:scheme-public")


@pytest.fixture
def browser(cast: Cast) -> Client:
    return cast.client(cast.manager)


def test_it_starts_with_what_is_said_now(browser: Client, address: str) -> None:
    page = browser.get(address).content.decode()
    for said in ("020 7946 0100", "elm-tree@example.org", "Monday to Friday, 9am to 5pm"):
        assert said in page


def test_the_new_number_is_on_public_pages_and_letters(cast: Cast, browser: Client, address: str) -> None:
    make_postcode()
    case = make.contacting(cast, tries=3)
    assert browser.post(address, NEW).status_code == 302
    pages = [
        cast.client().get(reverse("frontdoor:who-serves-me"), {"postcode": "SE15 5DD"}),
        cast.client().get(reverse("organisations:boroughs")),
        browser.get(reverse("organisations:scheme")),
    ]
    for page in pages:
        assert "020 7946 0199" in page.content.decode()
        assert "Tuesdays only" in page.content.decode()
        assert "Everybody in Southwark." in page.content.decode()
    letter = letter_preview(case, COULD_NOT_REACH, cast.actor(cast.link_worker)).body
    assert "020 7946 0199 (Tuesdays only)" in letter


def test_what_it_said_before_stays_in_the_history_with_who_changed_it(
    cast: Cast, browser: Client, address: str
) -> None:
    browser.post(address, NEW)
    newest = settings_history(cast.scheme.id).first()
    assert newest is not None
    assert (newest.version, newest.made_by_name) == (2, "Ruth Adeyemi")
    assert "Phone: 020 7946 0100 → 020 7946 0199" in newest.reason
    assert "Who it is for: empty → Everybody in Southwark." in newest.reason
    assert "020 7946 0100" in browser.get(reverse("organisations:scheme-history")).content.decode()


def test_settings_stay_as_they_were(cast: Cast, browser: Client, address: str) -> None:
    before = settings_of(cast.scheme.id)
    browser.post(address, NEW)
    assert settings_of(cast.scheme.id) == before


def test_saving_what_is_there_changes_nothing(cast: Cast) -> None:
    by = cast.actor(cast.manager)
    change_public_facts(cast.scheme, phone="020 7946 0100", by=by)
    assert not settings_history(cast.scheme.id).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": "not a number"}, "phone number"),
        ({"email": "nowhere"}, "email address"),
        ({"phone": "", "email": ""}, "people must be able to reach you"),
        ({"opening_hours": "x" * 201}, "200"),
    ],
)
def test_bad_input_says_what_and_keeps_the_rest(
    cast: Cast, browser: Client, address: str, wrong: dict[str, str], said: str
) -> None:
    answer = browser.post(address, {**NEW, **wrong})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "Everybody in Southwark." in answer.content.decode()
    assert scheme_card(cast.scheme.id).phone == "020 7946 0100"


def test_a_manager_changes_their_own_scheme_only(cast: Cast, address: str) -> None:
    cast.client(cast.outside_manager).post(address, NEW)
    assert scheme_card(cast.scheme.id).phone == "020 7946 0100"
    assert scheme_card(cast.other_scheme.id).phone == "020 7946 0199"


@pytest.mark.parametrize("who", ["link_worker", "outside_manager", "administrator", "referrer", "commissioner"])
def test_the_action_refuses_everybody_else(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        change_public_facts(cast.scheme, phone="020 7946 0199", by=cast.actor(getattr(cast, who)))


def test_a_scheme_can_always_be_reached(cast: Cast) -> None:
    Scheme.objects.filter(pk=cast.scheme.pk).update(email="")
    with pytest.raises(Invalid, match="must be able to reach you"):
        change_public_facts(cast.scheme, phone=" ", by=cast.actor(cast.manager))


@pytest.mark.parametrize(("who", "answer"), [("link_worker", 403), ("referrer", 403), (None, 302)])
def test_who_may_open_it(cast: Cast, address: str, who: str | None, answer: int) -> None:
    user: Any = getattr(cast, who) if who else None
    assert cast.client(user).get(address).status_code == answer
    assert cast.client(user).post(address, NEW).status_code == answer


def test_other_methods_are_refused(browser: Client, address: str) -> None:
    assert browser.delete(address).status_code == 405
