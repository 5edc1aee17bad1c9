"""Changing how a scheme works: who may, what is kept, and how it is read."""

from typing import Any

import pytest

from linkworks.core.actor import job_actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.organisations.actions import change_settings, record_gap
from linkworks.organisations.models import RecordedGap, Scheme, SchemeSettingsVersion
from linkworks.organisations.queries import scheme_card, settings_history, settings_of
from linkworks.organisations.rules.settings import SchemeSettings
from tests.cast import Cast

SET_UP = job_actor("set-up")

pytestmark = pytest.mark.django_db


def test_a_new_scheme_works_by_the_defaults(cast: Cast) -> None:
    assert settings_of(cast.scheme.id) == SchemeSettings()


def test_a_manager_changes_a_setting_and_history_keeps_both(cast: Cast) -> None:
    by = cast.actor(cast.manager)

    change_settings(cast.scheme, document={"contact_tries": 5}, by=by, reason="People work shifts here.")

    assert settings_of(cast.scheme.id).contact_tries == 5
    assert settings_of(cast.other_scheme.id).contact_tries == 3
    newest, first = settings_history(cast.scheme.id)
    assert (newest.version, newest.made_by_name, newest.reason) == (2, by.name, "People work shifts here.")
    assert newest.settings["contact_tries"] == 5
    assert first.version == 1
    assert Scheme.objects.get(pk=cast.scheme.pk).settings_version == 2


def test_the_document_is_kept_spelled_out(cast: Cast) -> None:
    change_settings(cast.scheme, document={}, by=cast.actor(cast.manager), reason="Looked through them.")

    kept = Scheme.objects.get(pk=cast.scheme.pk).settings
    assert kept["max_sessions"] == 8
    assert kept["who_can_be_referred"]["age_from"] == 18


def test_a_wrong_document_changes_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid, match="contact_tries: must be a whole number"):
        change_settings(cast.scheme, document={"contact_tries": "lots"}, by=cast.actor(cast.manager), reason="Why not")

    assert not SchemeSettingsVersion.objects.exists()


def test_a_reason_is_needed(cast: Cast) -> None:
    with pytest.raises(Invalid, match="Say why"):
        change_settings(cast.scheme, document={}, by=cast.actor(cast.manager), reason="  ")


@pytest.mark.parametrize("who", ["link_worker", "outside_manager", "administrator", "referrer", "commissioner"])
def test_nobody_else_changes_them(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        change_settings(cast.scheme, document={}, by=cast.actor(getattr(cast, who)), reason="Because.")


def test_a_change_on_top_of_an_older_version_is_refused(cast: Cast) -> None:
    by = cast.actor(cast.manager)
    change_settings(cast.scheme, document={"contact_tries": 5}, by=by, reason="First.", seen_version=1)

    with pytest.raises(Conflict, match="Somebody else changed"):
        change_settings(cast.scheme, document={"contact_tries": 2}, by=by, reason="Second.", seen_version=1)

    assert settings_of(cast.scheme.id).contact_tries == 5


def test_a_setting_that_left_linkworks_is_passed_over(cast: Cast) -> None:
    document: dict[str, Any] = {"contact_tries": 4, "fax_number": "020"}
    Scheme.objects.filter(pk=cast.scheme.pk).update(settings=document)

    assert settings_of(cast.scheme.id).contact_tries == 4


def test_a_scheme_card_says_how_to_reach_it(cast: Cast) -> None:
    card = scheme_card(cast.scheme.id)

    assert card.name == cast.scheme.name
    assert card.host_name == cast.host.name
    assert card.phone == "020 7946 0100"
    assert card.serves_everybody


def test_a_gap_is_recorded_once_and_kept_up_to_date(cast: Cast) -> None:
    record_gap("E09000003", reason="Nothing yet.", by=SET_UP)
    record_gap("E09000003", reason="Starts in May.", nearest=cast.other_scheme, by=SET_UP)

    gap = RecordedGap.objects.get(borough_code="E09000003")
    assert gap.reason == "Starts in May."
    assert gap.nearest == cast.other_scheme
    with pytest.raises(Invalid, match="London boroughs only"):
        record_gap("E06000043", reason="Brighton.", by=SET_UP)
