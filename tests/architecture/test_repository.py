"""What is committed belongs to everybody: no paths of one machine, no package hosts, no secrets."""

import re
import subprocess

import pytest

from . import source

# Written in pieces, so that this file does not find itself.
FOREIGN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:" + "work/(?:main|shared)|" + r"root/\.|" + "tmp/team)"),
    "a package host": re.compile(
        r"https?://[^\s\"']*(?:pypi" + r"\.org|pythonhosted|npmjs|artifact" + "ory)", re.IGNORECASE
    ),
    "a private key": re.compile("BEGIN (?:RSA |EC )?PRIVATE" + " KEY"),
    "work left half done": re.compile(r"\b(?:FIX" + r"ME|X" + r"XX|TO" + r"DO)\b"),
    "a merge left half done": re.compile("^(?:<<<<<<<" + "|>>>>>>>) ", re.MULTILINE),
}
BREACHES = {
    "a path of one machine": "see " + "/work" + "/main/x",
    "a package host": "https://files." + "pythonhosted.org/x",
    "a private key": "-----BEGIN PRIVATE" + " KEY-----",
    "work left half done": "# TO" + "DO later",
    "a merge left half done": "<<<<<<<" + " HEAD",
}
SUFFIXES = {
    ".py",
    ".jinja",
    ".md",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    ".json",
    ".css",
    ".js",
    ".in",
    ".example",
    ".cfg",
    "",
}


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=source.ROOT, capture_output=True, text=True, check=False)
    return [name for name in listed.stdout.split("\0") if name]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    names = committed()
    if not names:
        pytest.skip("this copy of Linkworks is not a Git repository")
    paths = {name: source.ROOT / name for name in names}
    return {
        name: path.read_text("utf-8", "replace")
        for name, path in paths.items()
        if path.is_file() and path.suffix in SUFFIXES
    }


@pytest.mark.parametrize("what", FOREIGN)
def test_no_committed_file_has(texts, what):
    assert [name for name, text in texts.items() if FOREIGN[what].search(text)] == []


@pytest.mark.parametrize("what", FOREIGN)
def test_the_check_sees(what):
    assert FOREIGN[what].search(BREACHES[what])


def test_nothing_big_is_committed():
    sizes = {name: (source.ROOT / name).stat().st_size for name in committed() if (source.ROOT / name).is_file()}
    assert {name: size for name, size in sizes.items() if size > 1_000_000} == {}


def test_licences_and_locks_are_there():
    for name in (
        "LICENSE",
        "README.md",
        "requirements/production.txt",
        "requirements/development.txt",
        "package-lock.json",
    ):
        assert (source.ROOT / name).is_file(), name


def test_package_locks_have_hashes_and_no_addresses():
    for name in ("requirements/production.txt", "requirements/development.txt"):
        text = (source.ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
    assert '"resolved"' not in (source.ROOT / "package-lock.json").read_text()
