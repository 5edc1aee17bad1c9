"""The standard itself: the copy our feed is judged by is the official one, byte for byte, and cannot be softened."""

import json
from hashlib import sha256

import pytest

from tests.directory import official

SUMS = official.DATA / "oruk-3.0.SHA256SUMS"
pytestmark = pytest.mark.skipif(not SUMS.is_file(), reason="The official schemas are not on this machine.")


def listed() -> dict[str, str]:
    """Each file of the standard with its fingerprint, as they were taken."""
    lines = (line.split(maxsplit=1) for line in SUMS.read_text(encoding="utf-8").splitlines())
    return {name.lstrip("*").removeprefix("./"): digest for digest, name in lines}


def test_every_file_is_as_it_was_taken() -> None:
    for name, digest in listed().items():
        path = official.DATA / name
        path = path if path.is_file() else official.DATA / "oruk-3.0" / name
        assert sha256(path.read_bytes()).hexdigest() == digest, name
    assert len(listed()) > 30


def test_the_official_examples_are_read_without_trouble() -> None:
    """Examples are odd in places (a latitude of 100), so what is found in them is little, and known."""
    found = official.faults(json.loads((official.DATA / "oruk-3.0/examples/service_full.json").read_text()))
    assert all("is not a" in each for each in found)
