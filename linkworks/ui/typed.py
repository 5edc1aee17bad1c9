"""What people type, read kindly: telephone numbers and times in one standard form, or None. (Postcodes: `core.postcodes`.)"""

import re
from datetime import time

EXTENSION = re.compile(r"\s*(?:ext(?:ension|n)?|x)\.?\s*([0-9]{1,6})\s*$", re.IGNORECASE)
TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(am|pm)?")
AFTERNOON = frozenset("123456")
LONDON_AND_CITIES = ("020", "023", "024", "028", "029")
SHORT_AREA = re.compile(r"011[0-9]|01[0-9]1|0[389]")
SPOKEN_SHORT = frozenset({"101", "105", "111", "112", "119", "116000", "116006", "116117", "116123", "999", "08001111"})


def phone(text: str) -> str | None:
    """A telephone number in its usual spaced form, however it was typed; an extension is kept."""
    extension = EXTENSION.search(text)
    main = text[: extension.start()] if extension else text
    if re.search(r"[^0-9+()\s.\-/–]", main):
        return None
    number = _national(main)
    if number is None:
        return None
    return f"{number} ext {extension.group(1)}" if extension else number


def clock_time(text: str) -> time | None:
    """A time of day from "2.30pm", "14:30", "9am", "midday" and the like.

    Nobody is visited at half past two at night: "2.30" is the afternoon's. Whoever means the night writes 02:30 or 2.30am.
    """
    packed = re.sub(r"\s", "", text.lower()).replace("noon", "midday")
    if packed in ("midday", "midnight"):
        return time(12 if packed == "midday" else 0)
    found = TIME.fullmatch(packed.replace("a.m.", "am").replace("p.m.", "pm"))
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        return None
    if not half and found[1] in AFTERNOON:
        half = "pm"
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _national(main: str) -> str | None:
    """The number without its extension: national where it is British, international otherwise."""
    abroad = main.strip().startswith(("+", "00"))
    digits = re.sub(r"[^0-9]", "", main)
    digits = digits.removeprefix("00") if abroad else digits
    if abroad and not digits.startswith("44"):
        return f"+{digits}" if 8 <= len(digits) <= 15 and not digits.startswith("0") else None
    if abroad:
        digits = "0" + digits.removeprefix("44").removeprefix("0")
    if digits in SPOKEN_SHORT:
        return _short(digits)
    if len(digits) not in (10, 11) or not re.match(r"0[1235789]", digits):
        return None
    return _spaced(digits)


def _short(digits: str) -> str:
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 6 else digits if len(digits) == 3 else "0800 1111"


def _spaced(digits: str) -> str:
    """Spaces where the British put them: by area code, so that a number can be read out."""
    if digits.startswith(LONDON_AND_CITIES) and len(digits) == 11:
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if SHORT_AREA.match(digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:5]} {digits[5:]}"
