"""How one's own scheme works: the pages for its managers."""

from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from linkworks.organisations.forms import as_typed
from linkworks.organisations.queries import settings_history, settings_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAGES = ["scheme", "scheme-edit", "scheme-history", "scheme-document", "scheme-upload"]


def address(page: str) -> str:
    return reverse(f"organisations:{page}")


@pytest.fixture
def browser(cast: Cast) -> Client:
    return cast.client(cast.manager)


def typed(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The form as it is shown, with something changed."""
    version = cast.scheme.__class__.objects.get(pk=cast.scheme.pk).settings_version
    shown = as_typed(settings_of(cast.scheme.id), version)
    return {name: "" if value is None else value for name, value in {**shown, **changes}.items()}


@pytest.mark.parametrize("page", PAGES)
def test_the_manager_opens_each_page(browser: Client, page: str) -> None:
    assert browser.get(address(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["link_worker", "referrer", "administrator", "provider_coordinator", "commissioner"])
def test_others_are_refused(cast: Cast, page: str, who: str) -> None:
    assert cast.client(getattr(cast, who)).get(address(page)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_signed_out_goes_to_sign_in(client: Client, page: str) -> None:
    response = client.get(address(page))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_each_manager_sees_their_own(cast: Cast) -> None:
    theirs = cast.client(cast.outside_manager).get(address("scheme")).content.decode()

    assert cast.other_scheme.name in theirs
    assert cast.scheme.name not in theirs


def test_settings_read_as_plain_words(browser: Client) -> None:
    page = browser.get(address("scheme")).content.decode()

    assert "Within 5 working days" in page
    assert "People aged 18 and over" in page
    assert "3, then the case closes with a letter" in page
    assert "verified-link" not in page


def test_a_change_is_saved_and_kept_in_the_history(browser: Client, cast: Cast) -> None:
    response = browser.post(
        address("scheme-edit"), typed(cast, contact_tries=5, reason="People work shifts."), follow=True
    )

    assert "The settings are changed." in response.content.decode()
    assert settings_of(cast.scheme.id).contact_tries == 5
    history = browser.get(address("scheme-history")).content.decode()
    assert "People work shifts." in history
    assert "Version 2" in history


def test_nothing_else_changes(browser: Client, cast: Cast) -> None:
    before = settings_of(cast.scheme.id)

    browser.post(address("scheme-edit"), typed(cast, reason="Only looked."))

    assert settings_of(cast.scheme.id) == before


def test_bad_input_shows_its_error_and_keeps_what_was_typed(browser: Client, cast: Cast) -> None:
    response = browser.post(address("scheme-edit"), typed(cast, contact_tries=99, who_words="Neighbours", reason="Try"))

    assert response.status_code == 400
    page = response.content.decode()
    assert "must be 10 or fewer" in page
    assert 'value="99"' in page
    assert "Neighbours" in page
    assert settings_of(cast.scheme.id).contact_tries == 3


def test_what_does_not_hold_together_is_said_at_its_question(browser: Client, cast: Cast) -> None:
    response = browser.post(address("scheme-edit"), typed(cast, escalate_working_days=2, reason="Try"))

    assert response.status_code == 400
    page = response.content.decode()
    assert 'href="#id_escalate_working_days"' in page
    assert "“Ask the link worker to step in after” must be more than “Remind a provider" in page
    assert "reminder_working_days, so" not in page


def test_a_change_on_top_of_somebody_elses_is_refused(browser: Client, cast: Cast) -> None:
    mine = typed(cast, contact_tries=9, reason="Mine.")
    browser.post(address("scheme-edit"), typed(cast, contact_tries=5, reason="Theirs."))

    response = browser.post(address("scheme-edit"), mine)

    assert response.status_code == 400
    assert "Somebody else changed the settings" in response.content.decode()
    assert settings_of(cast.scheme.id).contact_tries == 5


def test_the_document_goes_out_and_comes_back(browser: Client, cast: Cast) -> None:
    response = browser.get(address("scheme-document"))
    assert response["Content-Disposition"] == f'attachment; filename="{cast.scheme.slug}-settings-1.yaml"'
    document = yaml.safe_load(response.content)
    document["max_sessions"] = 12

    sent = browser.post(
        address("scheme-upload"), {"document": yaml.safe_dump(document), "reason": "Longer.", "seen_version": "1"}
    )

    assert sent.status_code == 302
    assert settings_of(cast.scheme.id).max_sessions == 12


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("contact_tris: 3", "contact_tris: is not a setting. Did you mean contact_tries?"),
        ("a: [", "This file cannot be read"),
        ("max_sessions: many", "max_sessions: must be a whole number from 1 to 52"),
    ],
)
def test_a_wrong_document_names_its_mistakes_and_stays_on_the_page(
    browser: Client, cast: Cast, document: str, said: str
) -> None:
    response = browser.post(address("scheme-upload"), {"document": document, "reason": "Try."})

    assert response.status_code == 400
    assert said in response.content.decode()
    assert document.split(":")[0] in response.content.decode()
    assert not settings_history(cast.scheme.id).exists()


@pytest.mark.parametrize("page", ["scheme", "scheme-history", "scheme-document"])
def test_pages_to_look_at_take_no_post(browser: Client, page: str) -> None:
    assert browser.post(address(page)).status_code == 405
