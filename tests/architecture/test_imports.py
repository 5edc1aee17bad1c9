"""The import contracts are kept, and each is shown to bite."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from . import source

LINT = Path(sys.executable).with_name("lint-imports")

# (what is planted where, which contract says no)
BREACHES = {
    "a stray file name": ({"referrals/utils.py": ""}, "ten-files"),
    "a new room nobody placed": ({"gossip/__init__.py": ""}, "downwards"),
    "core reaching up": ({"core/clock.py": "import linkworks.people.models"}, "downwards"),
    "siblings meeting": ({"referrals/rules.py": "import linkworks.outcomes.rules"}, "downwards"),
    "a model importing a page": ({"casework/models/cases.py": "import linkworks.casework.views"}, "ten-files"),
    "the directory knowing a person": (
        {"directory/queries.py": "import linkworks.people.rules"},
        "directory-knows-nobody",
    ),
    "a provider reading cases": (
        {"providers/queries.py": "import linkworks.casework.states"},
        "providers-know-what-was-shared",
    ),
    "a provider reading people through another room": (
        {
            "providers/queries.py": "import linkworks.messaging.rules",
            "messaging/rules.py": "import linkworks.people.models",
        },
        "providers-know-what-was-shared",
    ),
    "a page touching models": ({"referrals/views.py": "import linkworks.referrals.models"}, "pages-touch-no-models"),
    "a rule importing Django": ({"referrals/rules.py": "import django.db.models"}, "rules-are-plain"),
    "a page calling a client": ({"referrals/views.py": "import linkworks.clients.postcodes"}, "who-uses-the-clients"),
    "an action speaking HTTP itself": ({"messaging/actions.py": "import httpx"}, "no-way-round-the-clients"),
}


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [part for each in contracts for part in ("--contract", each)]
    command = [str(LINT), "--no-cache", "--config", str(folder / "pyproject.toml"), *chosen]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the house to plant breaches in."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(source.ROOT / "pyproject.toml", folder)
    for path in source.HOUSE.rglob("*.py"):
        target = folder / path.relative_to(source.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return folder


def plant(house: Path, files: dict[str, str]) -> dict[Path, str | None]:
    """Add lines to files; gives what was there before. A package of the same name takes the line in its first file."""
    before: dict[Path, str | None] = {}
    for name, line in files.items():
        path = house / "linkworks" / name
        package = path.with_suffix("")
        path = package / "__init__.py" if package.is_dir() else path
        before[path] = path.read_text() if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{before[path] or ''}\n{line}\n")
    return before


def restore(before: dict[Path, str | None]) -> None:
    for path, text in before.items():
        if text is None:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        else:
            path.write_text(text)


def test_every_contract_is_kept():
    found = lint(source.ROOT)
    assert found.returncode == 0, found.stdout


@pytest.mark.slow
@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_caught(house, breach):
    files, contract = BREACHES[breach]
    assert lint(house, contract).returncode == 0
    before = plant(house, files)
    try:
        found = lint(house, contract)
    finally:
        restore(before)
    assert found.returncode == 1, found.stdout
    assert "BROKEN" in found.stdout, found.stdout
