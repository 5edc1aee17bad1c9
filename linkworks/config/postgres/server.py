"""Making, starting, adopting and stopping the server itself."""

import os
import shutil
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from linkworks.config.postgres.account import Account
from linkworks.config.postgres.places import SOCKET_FILE, Places
from linkworks.config.postgres.problems import PostgresProblem, cannot_write, disk_full
from linkworks.config.postgres.programs import Programs

ADMIN = "linkworks_admin"
START_SECONDS = 60.0
NEEDED_BYTES = 100 * 1024 * 1024
LONGEST_LOG = 5 * 1024 * 1024
FULL = "No space left on device"


@dataclass(frozen=True)
class Server:
    """One PostgreSQL server: its folders, its programs and the user it runs as."""

    places: Places
    programs: Programs
    account: Account

    def make(self, admin_password: str) -> None:
        """Make a new, empty cluster; a half-made one is never left under its name."""
        if shutil.disk_usage(self.places.server).free < NEEDED_BYTES:
            raise disk_full(self.places.server)
        draft = self.places.server / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self.places.server / "initial-password"
        try:
            self._write(password_file, admin_password + "\n")
            made = self.account.run(
                [str(self.programs["initdb"]), f"--pgdata={draft}", *self._initdb_options(password_file)]
            )
        finally:
            password_file.unlink(missing_ok=True)
        if made.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise self.explain("make the database", made.stderr or made.stdout)
        with (draft / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude_if_exists = '../linkworks.conf'\n")
        draft.rename(self.places.data)

    def _initdb_options(self, password_file: Path) -> list[str]:
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = builtin if self.programs.major >= 17 else ["--locale=C.UTF-8"]
        return ["-U", ADMIN, "--auth=scram-sha-256", "--encoding=UTF8", *locale, f"--pwfile={password_file}"]

    def start(self) -> None:
        """Adopt the server when it answers, otherwise start it, trying again while an earlier one is dying."""
        self._configure()
        deadline = time.monotonic() + START_SECONDS
        said = ""
        while not self.answers():
            if time.monotonic() > deadline:
                raise self.explain("start the database", said or self.last_log_lines())
            if not self._is_running():
                said = self._try_start()
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether a server accepts connections on our socket."""
        command = [str(self.programs["pg_isready"]), "-q", "-h", str(self.places.socket_dir), "-p", "5432", "-t", "5"]
        return self.account.run(command).returncode == 0

    def _is_running(self) -> bool:
        self._forget_the_dead()
        return self._pg_ctl("status").returncode == 0

    def _forget_the_dead(self) -> None:
        """Remove the marks of a killed server whose process nobody collects, which PostgreSQL takes for alive.

        PostgreSQL still refuses to start while orphaned processes hold the shared memory, so this loses no safety.
        """
        for mark in (self.places.data / "postmaster.pid", self.places.socket_dir / f"{SOCKET_FILE}.lock"):
            if is_uncollected(mark):
                mark.unlink(missing_ok=True)

    def _try_start(self) -> str:
        """One attempt; a full disk or a foreign data directory will not mend itself, so those end the loop."""
        begin = self._log_size()
        tried = self._pg_ctl("start", "-w", "-t", "20", "-s", "-l", self.places.log)
        if tried.returncode == 0:
            return ""
        said = self._log_since(begin) or tried.stderr
        if FULL in said or "incompatible" in said or "Permission denied" in said:
            raise self.explain("start the database", said)
        return said

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        if not self._is_running():
            return
        stopped = self._pg_ctl("stop", "-m", "fast", "-w", "-t", "30")
        if stopped.returncode != 0 and self._is_running():
            self._pg_ctl("stop", "-m", "immediate", "-w", "-t", "30")

    def _pg_ctl(self, verb: str, *options: str | Path) -> "subprocess.CompletedProcess[str]":
        return self.account.run([self.programs["pg_ctl"], verb, "-D", self.places.data, *options])

    def _configure(self) -> None:
        """Write our settings anew, since the folder of the socket may have moved."""
        socket_dir = str(self.places.socket_dir).replace('"', '""').replace("'", "''")
        self._write(
            self.places.server / "linkworks.conf",
            "# Written by Linkworks at each start.\n"
            "listen_addresses = ''\n"
            f"unix_socket_directories = '\"{socket_dir}\"'\n"
            "unix_socket_permissions = 0700\n"
            "port = 5432\n"
            "password_encryption = 'scram-sha-256'\n"
            "timezone = 'UTC'\n"
            "log_timezone = 'UTC'\n"
            "jit = off\n",
        )
        if self._log_size() > LONGEST_LOG:
            self.places.log.replace(self.places.log.with_name("log.before"))

    def _write(self, path: Path, text: str) -> None:
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        self.account.give(path)

    def _log_size(self) -> int:
        return self.places.log.stat().st_size if self.places.log.exists() else 0

    def _log_since(self, begin: int) -> str:
        with self.places.log.open("rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")

    def last_log_lines(self) -> str:
        """The end of the server's log, for explaining a failure."""
        return self._log_since(max(0, self._log_size() - 2000)) if self.places.log.exists() else ""

    def explain(self, what: str, said: str) -> PostgresProblem:
        """Put what PostgreSQL said into a sentence."""
        if FULL in said or "Disk quota exceeded" in said:
            return disk_full(self.places.server)
        if "Permission denied" in said:
            return cannot_write(self.places.server, "permission denied")
        last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it gave no reason")
        return PostgresProblem(f"PostgreSQL could not {what} ({last}): see {self.places.log} for the whole story.")


def is_uncollected(mark: Path) -> bool:
    """Whether the process a mark names is dead and only waits for its parent to notice (Linux)."""
    try:
        pid = int(mark.read_text().split()[0])
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, ValueError, IndexError):
        return False


def prepare_folders(places: Places, account: Account) -> None:
    """Make the server's folders, private to the user it runs as."""
    make_passable(places.base)
    for folder in (places.server, places.socket_dir):
        make_own(folder, account)


def make_passable(folder: Path) -> None:
    """Make missing folders that others may pass through but not list; folders that exist are left as they are."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(exist_ok=True)
        missing.chmod(0o711)


def make_own(folder: Path, account: Account) -> None:
    """Make a folder only the server's user may enter, and trust an existing one only if it is just that."""
    try:
        folder.mkdir(mode=0o700)
        account.give(folder)
    except FileExistsError:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid:
            raise PostgresProblem(
                f"{folder} is there already but does not belong to the user PostgreSQL runs as (number {account.uid}): "
                f"move it away, or start Linkworks as the user it belongs to."
            ) from None
        folder.chmod(0o700)
