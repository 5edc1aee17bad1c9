"""Each hazard of the draft log names tests that exist, and says what is not controlled yet."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
HAZARDS: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs/safety/hazards.yaml").read_text())


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_a_hazard_is_whole_and_its_tests_exist(hazard: dict[str, Any]) -> None:
    assert hazard["causes"] and hazard["harm"] and hazard["controls"]
    assert 1 <= hazard["residual"] <= hazard["initial"] <= 5
    assert hazard["residual"] < 4, "not acceptable"
    assert [name for name in hazard["tests"] if not exists(name)] == []


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert not exists("tests/architecture/test_hazards.py::test_that_nobody_wrote")
    assert not exists("tests/nowhere.py::test_anything")


def test_each_hazard_has_its_own_id() -> None:
    ids = [hazard["id"] for hazard in HAZARDS]
    assert len(set(ids)) == len(ids)


def exists(name: str) -> bool:
    path, *_, function = name.split("::")  # a class may stand between
    file = ROOT / path
    return file.exists() and re.search(rf"def {re.escape(function)}\(", file.read_text()) is not None
