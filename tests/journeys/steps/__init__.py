"""What people do, in prose: given, when, then."""

from collections.abc import Callable

from ..somebody import DESKTOP, Somebody

Window = Callable[..., Somebody]


def given_i_am(somebody: Window, name: str, *, width: int = DESKTOP, javascript: bool = True) -> Somebody:
    """Signed in as a character of the made-up London."""
    me = somebody(name, width=width, javascript=javascript)
    return me.open("/demo/sign-in").press(f"Sign in as {name}")


def given_i_am_a_resident(somebody: Window, *, width: int = DESKTOP, javascript: bool = True) -> Somebody:
    """Not signed in, with no account."""
    return somebody("Resident", width=width, javascript=javascript)
