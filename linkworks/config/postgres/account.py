"""Which operating-system user runs PostgreSQL: whoever starts it, but never root."""

import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkworks.config.postgres.problems import PostgresProblem

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """The user PostgreSQL runs as; `switched` when that is not the user who started it."""

    uid: int
    gid: int
    switched: bool

    def run(self, command: Sequence[str | Path], **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run a program as this user and collect what it says."""
        if self.switched:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
        if options["stdin"] is None:
            del options["stdin"]
        options["env"] = clean_environment() | options.get("env", {})
        return subprocess.run(  # noqa: S603 - only programs found by programs.py
            [str(part) for part in command],
            cwd="/",
            umask=0o077,
            text=True,
            capture_output=True,
            check=False,
            **options,
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether this user may pass through every folder down to this one, as far as they exist."""
        return all(self._may_pass(above) for above in (folder, *folder.parents))

    def _may_pass(self, folder: Path) -> bool:
        try:
            status = folder.stat()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)

    def give(self, path: Path) -> None:
        """Make a file or folder this user's own."""
        if self.switched:
            os.chown(path, self.uid, self.gid)


def server_account() -> Account:
    """The user PostgreSQL is to run as here."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switched=False)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, switched=True)
    raise PostgresProblem(
        "PostgreSQL does not run as root and this machine has neither a user postgres nor a user nobody: "
        "start Linkworks as an ordinary user, or set DATABASE_URL."
    )


def clean_environment() -> dict[str, str]:
    """The environment without PostgreSQL's own variables, and with messages in plain English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "LANG": "C"}
