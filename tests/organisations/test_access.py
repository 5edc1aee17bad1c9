"""Who sees and changes a scheme's settings."""

import pytest

from linkworks.core.actor import PUBLIC
from linkworks.core.errors import NotAllowed
from linkworks.organisations.access import (
    can_change_settings,
    require_settings,
    visible_schemes,
)
from linkworks.organisations.actions import change_settings
from linkworks.organisations.queries import settings_history
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_only_managers_change_settings(cast: Cast) -> None:
    assert can_change_settings(cast.actor(cast.manager))
    for who in (
        cast.link_worker,
        cast.safeguarding_lead,
        cast.administrator,
        cast.referrer,
        cast.steward,
        cast.commissioner,
    ):
        assert not can_change_settings(cast.actor(who))
    assert not can_change_settings(PUBLIC)


def test_each_sees_the_schemes_they_work_in(cast: Cast) -> None:
    assert list(visible_schemes(cast.actor(cast.manager))) == [cast.scheme]
    assert list(visible_schemes(cast.actor(cast.outside_manager))) == [cast.other_scheme]
    assert not visible_schemes(cast.actor(cast.referrer)).exists()
    assert not visible_schemes(PUBLIC).exists()


def test_history_stays_within_the_scheme(cast: Cast) -> None:
    change_settings(cast.scheme, document={}, by=cast.actor(cast.manager), reason="Looked.")

    assert settings_history(cast.scheme.id).count() == 2
    assert not settings_history(cast.other_scheme.id).exists()


def test_a_manager_elsewhere_is_refused_here(cast: Cast) -> None:
    require_settings(cast.actor(cast.manager), cast.scheme.id)
    with pytest.raises(NotAllowed):
        require_settings(cast.actor(cast.outside_manager), cast.scheme.id)
