"""The words of a message: plain-text templates whose first line is the subject.

A template can only be filled with what gives nothing away about a person: no need, condition, service or group.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..states import Audience, Way

FOLDER = Path(__file__).resolve().parent.parent / "jinja2" / "messaging"
EMAIL_AND_TEXT = frozenset({Way.EMAIL, Way.TEXT})

# What may be said in any message; `why` is a reason from a list, never free words, and `text` is what the scheme writes to
# everybody alike. No other value can reach a template.
NEUTRAL_VALUES = frozenset(
    {
        "name",
        "reference",
        "link",
        "site",
        "scheme",
        "phone",
        "date",
        "hours",
        "worker",
        "why",
        "text",
        "language",
        "days",
        "away",
        "ask_for",
    }
)


@dataclass(frozen=True, slots=True)
class Wording:
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One message to one recipient, before it is kept. `dedupe` names the event and recipient: the same is written once."""

    audience: Audience
    way: Way
    template: str
    wording: Wording
    dedupe: str
    scheme_id: UUID | None = None
    user_id: UUID | None = None
    channel_id: UUID | None = None
    address: str = ""
    link: str = ""
    about_id: UUID | None = None


def environment() -> Environment:
    # Plain text: nothing is shown as HTML, so nothing is escaped.
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )


ENVIRONMENT = environment()


def templates() -> list[str]:
    """Every template, as "mails/provider-connection.jinja"."""
    return sorted(name for name in ENVIRONMENT.list_templates(extensions=["jinja"]) if "/" in name)


def worded(template: str, values: Mapping[str, str], *, way: Way = Way.EMAIL) -> Wording:
    """The template filled with these values. Refuses a value that could give something away."""
    telling = sorted(set(values) - NEUTRAL_VALUES)
    if telling:
        raise ValueError(f"A message may not say: {', '.join(telling)}")
    folder = "letters" if way == Way.LETTER else "mails"
    text = ENVIRONMENT.get_template(f"{folder}/{template}.jinja").render(values)
    subject, _, body = text.strip().partition("\n")
    return Wording(one_line([subject]), body.strip())


def one_line(words: Iterable[str]) -> str:
    """Without line breaks, so that a subject can never add a header."""
    return " ".join(" ".join(words).split())


def absolute(link: str, site: str) -> str:
    """A link that works from outside: our own paths get the site's address."""
    return f"{site}{link}" if link.startswith("/") else link
