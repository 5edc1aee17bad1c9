"""The one error of the private PostgreSQL, and how the system's errors are put into a sentence."""

import errno
from pathlib import Path


class PostgresProblem(Exception):
    """The private PostgreSQL cannot run; the message is one sentence that says what to do."""


def disk_full(where: Path) -> PostgresProblem:
    """The disk has no room for the database."""
    return PostgresProblem(
        f"The disk that holds {where} is full: free some space on it, or set LINKWORKS_DATA_DIR to a folder on "
        f"another disk, then start again."
    )


def cannot_write(where: Path, reason: str) -> PostgresProblem:
    """This user may not write where the database should be."""
    return PostgresProblem(
        f"Linkworks cannot write to {where} ({reason}): set LINKWORKS_DATA_DIR to a folder this user may write to."
    )


def from_system(error: OSError, where: Path) -> PostgresProblem:
    """Put an error of the operating system into a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(where)
    return cannot_write(where, error.strerror or type(error).__name__)
