"""References people can read out on the telephone."""

import secrets

# No 0/O, 1/I/L, 5/S, 2/Z or vowels: nothing that is misheard, misread or spells a word.
ALPHABET = "346789BCDFGHJKMNPQRTVWXY"


def new_reference(prefix: str) -> str:
    """A fresh reference such as `R-7KQ4-M9TX` (about 10^11 possibilities)."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def tidy_reference(typed: str) -> str:
    """The stored form of a reference as somebody typed it: any case, spaces or missing dashes."""
    letters = "".join(ch for ch in typed.upper() if ch.isalnum())
    if len(letters) < 9:
        return letters
    return f"{letters[:-8]}-{letters[-8:-4]}-{letters[-4:]}"
