"""Where the files of the private PostgreSQL are."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from linkworks.config.postgres.account import Account

# Only root needs this: where the server's files go when the server's user cannot reach the data directory.
REACHABLE = Path("/var/lib/linkworks-servers")
SHORT = Path("/tmp")  # noqa: S108 - only for sockets, in a folder whose owner is checked
LONGEST_SOCKET = 107
SOCKET_FILE = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Places:
    """The folders of one data directory: secrets are ours, server is PostgreSQL's."""

    data_dir: Path
    base: Path

    @property
    def secrets(self) -> Path:
        return self.data_dir / "secrets"

    @property
    def start_lock(self) -> Path:
        return self.secrets / "start.lock"

    @property
    def use_lock(self) -> Path:
        return self.secrets / "in-use.lock"

    @property
    def server(self) -> Path:
        return self.base / "server"

    @property
    def data(self) -> Path:
        return self.server / "data"

    @property
    def log(self) -> Path:
        return self.server / "log"

    @property
    def programs(self) -> Path:
        return self.base / "programs"

    @property
    def socket_dir(self) -> Path:
        inside = self.server / "socket"
        if len(os.fsencode(inside / SOCKET_FILE)) <= LONGEST_SOCKET:
            return inside
        return SHORT / f"linkworks-{digest(self.data_dir)}"


def places(data_dir: Path, account: Account) -> Places:
    """The folders for a data directory, with the server's where its user can reach them."""
    data_dir = data_dir.absolute()
    if not account.switched or account.can_enter(data_dir):
        return Places(data_dir, data_dir)
    return Places(data_dir, REACHABLE / digest(data_dir))


def digest(path: Path) -> str:
    """A short name for a folder."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
