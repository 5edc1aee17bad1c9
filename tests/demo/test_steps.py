"""Every step a stage names is a step that can be told."""

from datetime import timedelta

import pytest

from linkworks.core.clock import today
from linkworks.demo.stories import steps
from linkworks.demo.stories.stages import STAGES
from linkworks.demo.stories.steps.connecting import first_day
from linkworks.directory.rules.facts import SessionFacts
from tests.factories import directory as make


def test_each_step_of_each_stage_exists() -> None:
    named = {step for stage in STAGES for step in stage.steps}
    assert named == set(steps.__all__)


@pytest.mark.parametrize("back", range(7))
def test_a_first_session_falls_on_a_day_the_group_meets_and_not_today(everything: None, back: int) -> None:
    meets = today() - timedelta(days=back)
    times = (SessionFacts(freq="WEEKLY", byday=f"{meets:%A}"[:2].upper(), place=0),)
    first = first_day(make.service(sessions=times).id)
    assert f"{first:%A}" == f"{meets:%A}"
    assert 1 <= (first - today()).days <= 7


def test_where_nobody_knows_when_a_group_meets_it_is_in_six_days(everything: None) -> None:
    assert first_day(make.service(sessions=()).id) == today() + timedelta(days=6)
