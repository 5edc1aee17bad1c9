"""Settings from the environment are listed, read and explained."""

import os
import re
import stat
from pathlib import Path

import pytest

from linkworks.config import environment
from linkworks.config.environment import EnvironmentProblem

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in environment.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LINKWORKS_DATA_DIR", str(tmp_path / "data"))


def test_env_example_lists_every_setting_once() -> None:
    listed = re.findall(r"^# ([A-Z_]+)=", (REPOSITORY / ".env.example").read_text(), re.MULTILINE)
    assert listed == list(environment.VARIABLES)


def test_env_example_says_what_each_setting_is_for() -> None:
    text = " ".join((REPOSITORY / ".env.example").read_text().replace("\n# ", " ").split())
    for variable in environment.VARIABLES.values():
        assert variable.about in text, f"{variable.name} is explained otherwise in .env.example"
        assert variable.about.endswith(".")


def test_no_code_reads_a_setting_past_the_list() -> None:
    read = re.compile(r"""os\.environ(?:\.get)?[\[(]["']([A-Z_]+)["']|getenv\(["']([A-Z_]+)["']""")
    for path in (REPOSITORY / "linkworks").rglob("*.py"):
        names = {name for pair in read.findall(path.read_text()) for name in pair if name}
        unlisted = names - set(environment.VARIABLES) - {"DJANGO_SETTINGS_MODULE"}
        assert not unlisted, f"{path.name} reads {unlisted}: list it in linkworks/config/environment.py"


def test_a_setting_that_is_not_listed_cannot_be_read() -> None:
    with pytest.raises(LookupError, match="LINKWORKS_SURPRISE is not listed"):
        environment.env("LINKWORKS_SURPRISE")


def test_empty_and_blank_count_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "  "):
        monkeypatch.setenv("LINKWORKS_HOST", value)
        assert environment.env("LINKWORKS_HOST") is None
        assert environment.web_host() == "127.0.0.1"


def test_a_missing_setting_says_what_to_do() -> None:
    with pytest.raises(
        EnvironmentProblem, match=r"LINKWORKS_EMAIL_URL is not set\. .* \.env\.example lists every setting"
    ):
        environment.env_required("LINKWORKS_EMAIL_URL")


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1", "8 000", "²"])
def test_a_port_must_be_a_port(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKWORKS_PORT", value)
    with pytest.raises(EnvironmentProblem, match="must be a whole number from 1 to 65535"):
        environment.web_port()


def test_the_port_is_8000_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.web_port() == 8000
    assert environment.base_url() == "http://127.0.0.1:8000"
    monkeypatch.setenv("LINKWORKS_PORT", "8123")
    assert environment.web_port() == 8123
    monkeypatch.setenv("LINKWORKS_BASE_URL", "https://linkworks.example.org/")
    assert environment.base_url() == "https://linkworks.example.org"


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("no", False)])
def test_yes_and_no(value: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUIRE_BROWSER", value)
    assert environment.env_bool("REQUIRE_BROWSER") is meant


def test_neither_yes_nor_no(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.env_bool("REQUIRE_BROWSER") is False
    monkeypatch.setenv("REQUIRE_BROWSER", "maybe")
    with pytest.raises(EnvironmentProblem, match=r"must be 1 \(yes\) or 0 \(no\)"):
        environment.env_bool("REQUIRE_BROWSER")


def test_lists_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.env_list("LINKWORKS_ALLOWED_HOSTS", ["localhost"]) == ["localhost"]
    monkeypatch.setenv("LINKWORKS_ALLOWED_HOSTS", " a.example , ,b.example,")
    assert environment.env_list("LINKWORKS_ALLOWED_HOSTS") == ["a.example", "b.example"]


def test_the_mode_is_one_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.mode() == "development"
    monkeypatch.setenv("LINKWORKS_MODE", "live")
    with pytest.raises(EnvironmentProblem, match="must be one of: development, demo, production"):
        environment.mode()


def test_paths_are_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LINKWORKS_DATA_DIR", "here")
    assert environment.data_dir() == tmp_path / "here"
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LINKWORKS_DATA_DIR", "~/there")
    assert environment.data_dir() == tmp_path / "home/there"


@pytest.mark.parametrize(("uid", "expected"), [(0, "/var/lib/linkworks"), (1000, "/home/amina/.local/share/linkworks")])
def test_where_data_is_kept(uid: int, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINKWORKS_DATA_DIR")
    monkeypatch.setenv("HOME", "/home/amina")
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert environment.data_dir() == Path(expected)


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = environment.secret_key()
    assert environment.secret_key() == first
    assert len(first) >= 50
    kept = tmp_path / "data/secrets/secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in kept.parent.iterdir()] == ["secret-key"]


def test_a_given_secret_key_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LINKWORKS_SECRET_KEY", "given")
    assert environment.secret_key() == "given"
    assert not (tmp_path / "data").exists()


def test_production_needs_a_long_secret_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKWORKS_MODE", "production")
    with pytest.raises(EnvironmentProblem, match="LINKWORKS_SECRET_KEY is not set"):
        environment.secret_key()
    monkeypatch.setenv("LINKWORKS_SECRET_KEY", "short")
    with pytest.raises(EnvironmentProblem, match="at least 50 random characters"):
        environment.secret_key()
    monkeypatch.setenv("LINKWORKS_SECRET_KEY", "k" * 64)
    assert environment.secret_key() == "k" * 64


def test_secrets_that_cannot_be_kept_are_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LINKWORKS_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(EnvironmentProblem, match=r"cannot keep its secrets in .* Set LINKWORKS_DATA_DIR"):
        environment.secret_key()


@pytest.mark.parametrize("name", ["LINKWORKS_BASE_URL", "LINKWORKS_ALLOWED_HOSTS"])
def test_production_guesses_no_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guessed name would stand in every link that is sent."""
    monkeypatch.setenv("LINKWORKS_MODE", "production")
    monkeypatch.setenv("LINKWORKS_BASE_URL", "https://linkworks.example.org/")
    monkeypatch.setenv("LINKWORKS_ALLOWED_HOSTS", "linkworks.example.org")
    assert environment.base_url() == "https://linkworks.example.org"
    assert environment.allowed_hosts() == ["linkworks.example.org"]
    monkeypatch.delenv(name)
    with pytest.raises(environment.EnvironmentProblem, match=f"{name} is not set"):
        (environment.base_url(), environment.allowed_hosts())


@pytest.mark.parametrize(
    ("mode", "host", "may"),
    [
        ("development", "127.0.0.1", True),
        ("development", "localhost", True),
        ("development", "::1", True),
        ("development", "0.0.0.0", False),
        ("development", "192.168.1.20", False),
        ("development", "localhost.example.org", False),
        ("demo", "0.0.0.0", True),
        ("production", "0.0.0.0", True),
    ],
)
def test_a_development_site_is_not_shown_to_other_machines(
    mode: str, host: str, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKWORKS_MODE", mode)
    monkeypatch.setenv("LINKWORKS_HOST", host)
    if may:
        assert environment.web_host() == host
    else:
        with pytest.raises(environment.EnvironmentProblem, match="LINKWORKS_MODE=production"):
            environment.web_host()
