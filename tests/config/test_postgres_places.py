"""Where the private PostgreSQL's files go, who may reach them, and what is said when the system says no. Nothing is started."""

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.config.postgres import account as accounts
from linkworks.config.postgres import locks
from linkworks.config.postgres.account import Account, clean_environment, server_account
from linkworks.config.postgres.places import LONGEST_SOCKET, SOCKET_FILE, Places, digest, places
from linkworks.config.postgres.problems import PostgresProblem, from_system
from linkworks.config.postgres.roles import APP, OWNER, SQL

OURSELVES = Account(os.geteuid(), os.getegid(), switched=False)
FOLDERS = st.from_regex(r"/[a-zé]{1,40}(/[a-z0-9 ._-]{1,40}){0,4}", fullmatch=True).map(Path)


@given(FOLDERS)
def test_a_socket_always_fits_where_the_system_allows(folder: Path) -> None:
    found = places(folder, OURSELVES)

    assert len(os.fsencode(found.socket_dir / SOCKET_FILE)) <= LONGEST_SOCKET
    assert found.socket_dir.is_absolute()


@given(FOLDERS, FOLDERS)
def test_two_data_folders_never_share_a_place(one: Path, other: Path) -> None:
    first, second = places(one, OURSELVES), places(other, OURSELVES)

    assert (first.socket_dir == second.socket_dir) is (one == other)
    assert (digest(one) == digest(other)) is (one == other)


@given(FOLDERS)
def test_secrets_stay_with_the_data_folder_and_the_rest_is_the_servers(folder: Path) -> None:
    found = Places(folder, folder / "elsewhere")

    assert {found.secrets, found.start_lock.parent, found.use_lock.parent} == {folder / "secrets"}
    assert found.data.parent == found.log.parent == found.server
    assert found.server.is_relative_to(folder / "elsewhere")


def test_root_keeps_the_server_where_its_user_can_reach_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkworks.config.postgres.places.REACHABLE", tmp_path / "reachable")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    somebody = Account(61_234, 61_234, switched=True)

    assert places(closed / "data", somebody).base.parent == tmp_path / "reachable"
    assert places(closed / "data", OURSELVES).base == closed / "data"


@pytest.mark.parametrize(
    ("mode", "owner", "group", "may"),
    [
        (0o700, True, False, True),
        (0o700, False, True, False),
        (0o710, False, True, True),
        (0o701, False, False, True),
        (0o710, False, False, False),
        (0o600, True, True, False),
        (0o077, True, True, False),
    ],
)
def test_who_may_pass_follows_the_folders_own_bits(
    tmp_path: Path, mode: int, owner: bool, group: bool, may: bool
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(mode)
    mine = folder.stat()
    who = Account(mine.st_uid if owner else 61_234, mine.st_gid if group else 61_234, switched=True)

    assert who._may_pass(folder) is may
    folder.chmod(0o700)


def test_a_folder_that_is_not_there_yet_can_be_entered_if_those_above_can() -> None:
    assert OURSELVES.can_enter(Path("/nowhere/at/all"))


def test_nobody_runs_it_as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    found = server_account()
    assert found.uid != 0 and found.switched
    monkeypatch.setattr(accounts, "CANDIDATES", ("no-such-user-here",))
    with pytest.raises(PostgresProblem, match="start Linkworks as an ordinary user, or set DATABASE_URL"):
        server_account()


def test_an_ordinary_user_runs_it_as_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    monkeypatch.setattr(os, "getegid", lambda: 1234)

    assert server_account() == Account(1234, 1234, switched=False)


def test_programs_speak_english_and_know_no_other_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere.example.org")
    monkeypatch.setenv("PGPASSWORD", "secret")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")

    kept = clean_environment()

    assert not [name for name in kept if name.startswith("PG")]
    assert kept["LANG"] == kept["LC_ALL"] == "C"


def test_what_a_program_makes_is_its_users_alone(tmp_path: Path) -> None:
    made = tmp_path / "made"
    OURSELVES.run(["touch", made])

    assert stat.S_IMODE(made.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "is full: free some space on it"),
        (errno.EDQUOT, "is full: free some space on it"),
        (errno.EACCES, "cannot write to /data (Permission denied)"),
        (errno.EROFS, "cannot write to /data (Read-only file system)"),
        (errno.ENOTDIR, "cannot write to /data (Not a directory)"),
        (errno.EIO, "cannot write to /data"),
    ],
)
def test_what_the_system_says_becomes_one_sentence_with_what_to_do(number: int, said: str) -> None:
    problem = str(from_system(OSError(number, os.strerror(number)), Path("/data")))

    assert said in problem
    assert "LINKWORKS_DATA_DIR" in problem
    assert "\n" not in problem and problem.endswith(".")


def test_the_app_role_is_given_nothing_it_could_rule_with() -> None:
    for role in (OWNER, APP):
        [line] = [each for each in SQL.splitlines() if each.startswith(f"ALTER ROLE {role}")]
        assert {"NOSUPERUSER", "NOBYPASSRLS", "NOCREATEROLE", "NOREPLICATION"} <= set(line.split())
    [app] = [each for each in SQL.splitlines() if each.startswith(f"ALTER ROLE {APP}")]
    assert "NOCREATEDB" in app
    assert f"REVOKE ALL ON DATABASE linkworks FROM PUBLIC" in SQL  # noqa: F541
    assert not [each for each in SQL.splitlines() if "GRANT" in each and "CREATE" in each]


# Locks


def test_only_one_holds_it_at_a_time(tmp_path: Path) -> None:
    path, order = tmp_path / "start.lock", []
    inside = threading.Event()

    def second() -> None:
        inside.wait(5)
        with locks.only_one(path):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with locks.only_one(path):
        inside.set()
        thread.join(0.2)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]


def test_whoever_waits_too_long_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "WAIT_SECONDS", 0.1)
    path = tmp_path / "secrets" / "start.lock"
    path.parent.mkdir()
    with (
        locks.only_one(path),
        pytest.raises(PostgresProblem, match="wait for it or stop it, then start again"),
        locks.only_one(path),
    ):
        pytest.fail("two held it")


def test_a_process_that_was_killed_lets_go(tmp_path: Path) -> None:
    path, up = tmp_path / "start.lock", tmp_path / "up"
    holds = (
        "import sys, time; from pathlib import Path; from linkworks.config.postgres import locks\n"
        "with locks.only_one(Path(sys.argv[1])):\n  Path(sys.argv[2]).touch(); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", holds, str(path), str(up)], cwd=Path(__file__).parents[2])
    while not up.exists():
        assert child.poll() is None
    child.kill()
    child.wait(10)

    with locks.only_one(path):
        pass


def test_after_an_error_it_is_free(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locks.only_one(tmp_path / "start.lock"):
        raise ZeroDivisionError
    with locks.only_one(tmp_path / "start.lock"):
        pass
