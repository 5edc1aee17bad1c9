"""File locks that the system lets go of by itself when a process dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkworks.config.postgres.problems import PostgresProblem

WAIT_SECONDS = 90.0


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Wait until no other process starts or stops the same database, then hold it for ourselves."""
    descriptor = open_lock(path)
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while not take(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise PostgresProblem(
                    f"Another Linkworks has been starting the database in {path.parent.parent} for {WAIT_SECONDS:.0f} "
                    f"seconds: wait for it or stop it, then start again."
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


class InUse:
    """A mark that this process uses the server; the last one to let go stops it."""

    def __init__(self, path: Path) -> None:
        self._descriptor: int | None = open_lock(path)
        take(self._descriptor, fcntl.LOCK_SH)

    def let_go(self) -> bool:
        """Give up the mark; true when nobody else uses the server."""
        if self._descriptor is None:
            return False
        last = take(self._descriptor, fcntl.LOCK_EX)
        os.close(self._descriptor)
        self._descriptor = None
        return last


def open_lock(path: Path) -> int:
    """Open a lock file, made when missing and not inherited by programs we start."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def take(descriptor: int, kind: int) -> bool:
    """Take a lock if it is free."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
