"""Every step a stage names is a step that can be told."""

from linkworks.demo.stories import steps
from linkworks.demo.stories.stages import STAGES


def test_each_step_of_each_stage_exists() -> None:
    named = {step for stage in STAGES for step in stage.steps}
    assert named == set(steps.__all__)
