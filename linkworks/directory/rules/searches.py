"""What is kept of a search that found nothing: never who looked, and the words themselves only when many look for the same.

Until `ENOUGH` searches in different hours used the same words, only a keyed code of them is kept. Somebody's name, number or
address is rarely looked for five times; and whatever looks like one (a digit, an @) is never kept as words at all. What
nobody looked for in `FORGET_DAYS` days is forgotten.
"""

import hashlib
import hmac
import re

ENOUGH = 5
FORGET_DAYS = 90
LONGEST = 80
TELLING = re.compile(r"[\d@]")


def tidy(words: str) -> str:
    """The words as they are counted: small letters, one space between, no marks."""
    return " ".join(re.findall(r"[\w'@-]+", words.lower()))[:LONGEST]


def code_of(words: str, secret: str) -> str:
    """Stands for the words; without the secret nobody can try words until one fits."""
    return hmac.new(secret.encode(), f"empty-search|{tidy(words)}".encode(), hashlib.sha256).hexdigest()


def may_be_read(words: str, times: int) -> bool:
    """Whether a steward may read the words."""
    return times >= ENOUGH and not TELLING.search(words)
