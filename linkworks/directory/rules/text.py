"""Text from elsewhere made safe and plain: no tags, no scripts, no half-addresses."""

import html
import re
from urllib.parse import quote, urlsplit

import nh3

LINE_ENDS = re.compile(r"<\s*(br|/p|/li|/div|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
LIST_ITEMS = re.compile(r"<\s*li\b[^>]*>", re.IGNORECASE)
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n\s*\n\s*")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]"
# It begins where such letters begin: looked for from each letter on, a word without end would take for ever.
EMAIL = re.compile(rf"(?<!{LOCAL}){LOCAL}+@{LABEL}(?:\.{LABEL})+")
# However it is spaced, bracketed or dotted; with the country's number or without.
GAP = r"[\s().\-\u2010-\u2015\u2212]{0,3}"
MOBILE = re.compile(rf"(?<![\d+])(?:(?:\+|00)?{GAP}44{GAP}(?:0{GAP})?7|\(?0{GAP}7)(?:{GAP}\d){{9}}(?!\d)")
BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
MOST_WRAPPINGS = 8
LONGEST_ANSWER = 2_000  # letters of each answer to what people ask before they come
LONGEST = 20_000  # letters of prose that a listing keeps, whoever writes them
HIDDEN_EMAIL = "[e-mail address not shown]"
HIDDEN_PHONE = "[mobile number not shown]"


def plain(value: object, most: int | None = None) -> str:
    """HTML or text of any kind as plain text with its paragraphs; never markup."""
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    text = UNSEEN.sub("", without_markup(whole(value).replace("\r\n", "\n").replace("\r", "\n")))
    text = BLANK_LINES.sub("\n\n", SPACES.sub(" ", text)).strip()
    text = "\n".join(line.strip() for line in text.split("\n"))
    return text if most is None or len(text) <= most else text[: most - 1].rstrip() + "…"


def without_markup(text: str) -> str:
    """The text without tags, however often they were wrapped in one another or in entities."""
    if "<" not in text and "&" not in text:  # as most are: there is nothing to take out
        return text.replace("\xa0", " ")
    for _ in range(MOST_WRAPPINGS):
        marked = LIST_ITEMS.sub("• ", LINE_ENDS.sub("\n", text))
        bare = html.unescape(nh3.clean(marked, tags=set(), attributes={})).replace("\xa0", " ")
        if bare == text:
            return text
        text = bare
    return text.replace("<", "").replace("&", "")


def whole(value: object) -> str:
    """The value as text that can be stored: halves of letters, which broken feeds send, are left out."""
    return str(value).encode("utf-8", "ignore").decode()


def one_line(value: object, most: int = 255) -> str:
    return " ".join(plain(value).split())[:most].strip()


def web_address(value: object, most: int = 500) -> str:
    """A http(s) address, with its scheme put in when it was left out; nothing when it is not one."""
    text = one_line(value, most + 1)
    if not text or " " in text or len(text) > most:
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and "." in host and "@" not in parts.netloc else ""


def email_address(value: object) -> str:
    text = one_line(value, 255)
    return text if EMAIL.fullmatch(text) and len(text) <= 254 else ""


def uri(address: str) -> str:
    """A web address as other programs take it: letters beyond plain ones are written as percents."""
    return quote(BARE_PERCENT.sub("%25", address), safe="!#$%&'()*+,/:;=?@~-._")


def without_private_details(text: str, is_private: object = None) -> str:
    """Text with mobile numbers and (those that `is_private(address)` says are private) e-mail addresses taken out."""
    private = is_private if callable(is_private) else (lambda _: True)
    text = EMAIL.sub(lambda found: HIDDEN_EMAIL if private(found[0]) else found[0], text)
    return MOBILE.sub(HIDDEN_PHONE, text)
