"""From addresses to connections: nothing of an address is lost, and every connection gives up rather than hangs."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.config import databases, environment
from linkworks.config.databases import from_url

PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
HOSTS = st.from_regex(r"[a-z0-9-]{1,12}(\.[a-z]{2,8}){0,2}", fullmatch=True).filter(
    lambda host: host.strip("-.") == host
)


@given(NAMES, PLAIN, HOSTS, st.integers(1, 65535), NAMES)
def test_every_part_of_an_address_arrives(user: str, password: str, host: str, port: int, name: str) -> None:
    read = from_url(f"postgresql://{user}:{quote(password, safe='')}@{host}:{port}/{name}")

    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        user,
        password,
        host,
        str(port),
        name,
    )


@given(st.from_regex(r"/[a-z0-9/_-]{1,60}", fullmatch=True), NAMES)
def test_a_folder_of_sockets_is_a_host(folder: str, name: str) -> None:
    assert from_url(f"postgresql://app:pw@/{name}?host={quote(folder)}")["HOST"] == folder
    assert from_url(f"postgresql://app:pw@{quote(folder, safe='')}/{name}")["HOST"].lower() == folder.lower()


@pytest.mark.parametrize(
    "more", ["sslmode=verify-full", "sslmode=require&sslrootcert=/etc/ca.pem", "target_session_attrs=read-write"]
)
def test_what_the_address_asks_for_is_asked_of_the_server(more: str) -> None:
    options = from_url(f"postgresql://app@db/linkworks?{more}")["OPTIONS"]

    for pair in more.split("&"):
        key, value = pair.split("=")
        assert options[key] == value


def test_an_address_may_say_how_long_to_wait() -> None:
    assert from_url("postgresql://app@db/linkworks?connect_timeout=9")["OPTIONS"]["connect_timeout"] == "9"


@pytest.mark.parametrize("alias", ["default", "limits", "owner"])
def test_no_connection_waits_for_ever(alias: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/linkworks")
    read = databases.django_databases()[alias]

    assert read["OPTIONS"]["connect_timeout"] == 3
    assert read["OPTIONS"]["tcp_user_timeout"] == 3000
    limited = "statement_timeout" in read["OPTIONS"].get("options", "")
    assert limited is (alias != "owner"), "a migration may take its time, a page may not"


def test_pages_are_one_transaction_and_counts_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/linkworks")
    made = databases.django_databases()

    assert made["default"]["ATOMIC_REQUESTS"] is True
    assert "ATOMIC_REQUESTS" not in made["limits"] and "ATOMIC_REQUESTS" not in made["owner"]
    assert made["default"]["CONN_HEALTH_CHECKS"] is True


def test_the_owner_is_the_serving_role_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/linkworks")
    monkeypatch.delenv("LINKWORKS_OWNER_DATABASE_URL", raising=False)
    assert databases.urls() == ("postgresql://app@db/linkworks", "postgresql://app@db/linkworks")
    monkeypatch.setenv("LINKWORKS_OWNER_DATABASE_URL", "postgresql://owner@db/linkworks")
    assert databases.urls()[1] == "postgresql://owner@db/linkworks"


def test_without_an_address_the_private_one_is_meant_and_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("LINKWORKS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("linkworks.config.postgres.ensure_running", lambda _: pytest.fail("started"))

    made = databases.django_databases()

    assert {each["USER"] for each in made.values()} == {"linkworks_app", "linkworks_owner"}
    assert made["default"]["HOST"].startswith("/")
    assert not (tmp_path / "data" / "server").exists()


# Settings from the environment


@pytest.mark.parametrize("name", sorted(environment.VARIABLES))
def test_each_setting_explains_itself_and_its_example_is_no_secret(name: str) -> None:
    variable = environment.VARIABLES[name]

    assert variable.about[0].isupper() or variable.about[0].isdigit() or variable.about.startswith("development")
    assert variable.about.endswith(".") and len(variable.about) < 140
    assert len(variable.example) < 60
    assert name == name.upper()


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12))
def test_any_text_is_a_number_within_limits_or_explained(text: str) -> None:
    with set_to("LINKWORKS_WORKERS", text):
        try:
            found = environment.env_int("LINKWORKS_WORKERS", 2, least=1, most=64)
        except environment.EnvironmentProblem as problem:
            said = str(problem)
        else:
            said = ""
            assert 1 <= found <= 64
    assert said == "" or said.startswith(f'LINKWORKS_WORKERS is "{text.strip()}"')


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12))
def test_any_text_is_yes_no_or_explained(text: str) -> None:
    with set_to("REQUIRE_BROWSER", text):
        try:
            found: Any = environment.env_bool("REQUIRE_BROWSER")
        except environment.EnvironmentProblem as problem:
            found = str(problem)
    assert found in (True, False) or "must be 1 (yes) or 0 (no)" in found


@given(st.lists(NAMES, max_size=5), st.sampled_from([",", ", ", " ,", ",,"]))
def test_a_list_has_its_words_whatever_is_between(words: list[str], between: str) -> None:
    with set_to("LINKWORKS_ALLOWED_HOSTS", between.join(words)):
        assert environment.env_list("LINKWORKS_ALLOWED_HOSTS", []) == words


class set_to:
    """A setting for a moment; hypothesis calls too often for a fixture."""

    def __init__(self, name: str, value: str) -> None:
        self.name, self.value, self.before = name, value, os.environ.get(name)

    def __enter__(self) -> None:
        os.environ[self.name] = self.value.encode("utf-8", "replace").decode()

    def __exit__(self, *_: object) -> None:
        if self.before is None:
            del os.environ[self.name]
        else:
            os.environ[self.name] = self.before


@pytest.mark.parametrize("address", ["https://x.example", "https://x.example/", "https://x.example///"])
def test_the_sites_address_has_no_closing_slash(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKWORKS_BASE_URL", address)
    assert environment.base_url() == "https://x.example"


def test_a_secret_another_process_kept_first_is_the_one_that_is_used(tmp_path: Path) -> None:
    kept = tmp_path / "secrets" / "secret-key"
    first = environment.kept_secret(kept)

    assert environment.kept_secret(kept) == first
    assert environment.kept_secret(tmp_path / "secrets" / "another") != first
    assert [each.name for each in sorted(kept.parent.iterdir())] == ["another", "secret-key"]
    assert kept.parent.stat().st_mode & 0o077 == 0
