"""References people can read out on the telephone."""

import secrets

# No 0/O, 1/I/L, 5/S, 2/Z or vowels: nothing that is misheard, misread or spells a word.
ALPHABET = "346789BCDFGHJKMNPQRTVWXY"


def new_reference(prefix: str) -> str:
    """A fresh reference such as `R-7KQ4-M9TX` (about 10^11 possibilities)."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return spaced(prefix, letters)


def spaced(prefix: str, letters: str) -> str:
    """Eight letters as a reference is read out."""
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def tidy_reference(typed: str) -> str:
    """The stored form of a reference as somebody typed it: any case, spaces, missing dashes or its first letter left out."""
    letters = "".join(ch for ch in typed.upper() if ch.isalnum())
    if len(letters) < 8:
        return letters
    prefix = f"{letters[:-8]}-" if len(letters) > 8 else ""
    return f"{prefix}{letters[-8:-4]}-{letters[-4:]}"
