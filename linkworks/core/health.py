"""What must be well for Linkworks to serve. Apps register their checks; /healthz asks them all."""

from collections.abc import Callable

CHECKS: dict[str, Callable[[], str | None]] = {}
WARNINGS: dict[str, Callable[[], str | None]] = {}


def register(name: str, check: Callable[[], str | None]) -> None:
    """`check()` gives None when well, or a sentence that names what is not."""
    CHECKS[name] = check


def warn(name: str, check: Callable[[], str | None]) -> None:
    """Like `register`, for what somebody should look at although people can still be served."""
    WARNINGS[name] = check
