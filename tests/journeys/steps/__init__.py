"""What people do, in prose: given, when, then."""

from collections.abc import Callable
from typing import Any

from ..somebody import Somebody

Window = Callable[..., Somebody]


def given_i_am(somebody: Window, name: str, **window: Any) -> Somebody:
    """Signed in as a character of the made-up London."""
    return somebody(name, **window).open("/demo/sign-in").press(f"Sign in as {name}")


def given_i_am_a_resident(somebody: Window, **window: Any) -> Somebody:
    """Not signed in, with no account."""
    return somebody("Resident", **window)
