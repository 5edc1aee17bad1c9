"""Which browser the journeys use."""

from pathlib import Path

import pytest

from tests import browser


@pytest.fixture
def chromium(tmp_path: Path) -> str:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return str(program)


def test_the_one_asked_for_comes_first_and_a_wrong_name_is_not_replaced(chromium: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LINKWORKS_CHROMIUM", chromium)
    assert browser.program() == chromium
    monkeypatch.setenv("LINKWORKS_CHROMIUM", f"{chromium}-that-is-not-there")
    assert browser.program("/bin/sh") is None


def test_then_the_systems_and_then_playwrights_own(chromium: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("LINKWORKS_CHROMIUM", raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: chromium)
    assert browser.program("/bin/sh") == chromium
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"{chromium}-gone")
    assert browser.program("/bin/sh") == "/bin/sh"
    assert browser.program("") is None
