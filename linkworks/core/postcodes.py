"""Postcodes as people type them."""

import re
from itertools import product

# The 121 areas of Great Britain and Northern Ireland, and the three of the islands.
AREAS = frozenset(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH
    EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M
    ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST
    SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """.split()  # noqa: SIM905  a column of words reads better
)
SHAPE = re.compile(r"([A-Z]{1,2})(?:0|[1-9][0-9A-HJKMNPR-Y]?)[0-9][ABD-HJLNP-UW-Z]{2}")
MISREAD = {"O": "O0", "0": "0O", "I": "I1", "L": "L1", "1": "1IL"}


def tidy_postcode(typed: str) -> str | None:
    """The postcode somebody meant ("se155dd", "SE15 5DD ", "SEl5 5DD") as "SE15 5DD", or None when it cannot be told.

    A letter O typed for a nought (or the other way round, or I and L for 1) is mended when one postcode is clearly meant.
    """
    packed = re.sub(r"[\s.,\-–_]+", "", typed).upper()
    if not 5 <= len(packed) <= 7 or not packed.isascii() or not packed.isalnum():
        return None
    if is_postcode(packed):
        return spaced(packed)
    readings = ("".join(each) for each in product(*(MISREAD.get(letter, letter) for letter in packed)))
    meant = sorted((changes(packed, reading), reading) for reading in readings if is_postcode(reading))
    only_one = len(meant) == 1 or (len(meant) > 1 and meant[0][0] < meant[1][0])
    return spaced(meant[0][1]) if only_one else None


def changes(typed: str, reading: str) -> int:
    return sum(one != other for one, other in zip(typed, reading, strict=True))


def is_postcode(packed: str) -> bool:
    found = SHAPE.fullmatch(packed)
    return found is not None and found.group(1) in AREAS


def spaced(packed: str) -> str:
    return f"{packed[:-3]} {packed[-3:]}"


def packed(postcode: str) -> str:
    """The stored form: no space."""
    return postcode.replace(" ", "")


def tidy_sector(typed: str) -> str | None:
    """The sector somebody meant ("se155", "SE15 5") as "SE15 5", or None when it is none."""
    whole = tidy_postcode(f"{typed}AA")
    return sector_of(whole) if whole else None


def sector_of(postcode: str) -> str:
    """The postcode sector: "SE15 5DD" is in "SE15 5"."""
    return spaced(packed(postcode))[:-2]
