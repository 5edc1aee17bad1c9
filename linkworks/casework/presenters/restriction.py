"""Who may see a record, in words; and who opened one in an emergency."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from linkworks.people.rules import may_restrict
from linkworks.people.states import Restriction
from linkworks.ui import formats

from .people import born_words
from .wording import joined

LEVEL_WORDS = {
    Restriction.NORMAL: "The team, as usual",
    Restriction.PROTECTED: "Their worker and the safeguarding lead only",
    Restriction.SEALED: "Only the people I name",
}
CHANGE_WORDS = {
    Restriction.NORMAL: "Open to the team",
    Restriction.PROTECTED: "Protected",
    Restriction.SEALED: "Sealed",
}
TAGS = {Restriction.PROTECTED: "orange", Restriction.SEALED: "red"}
NOT_FOUND = (
    "No protected record fits exactly. Check the spelling and the date, or ring your safeguarding lead. "
    "What you typed was written down."
)


def levels(person: Any, *, leads: bool, manages: bool) -> list[tuple[str, str]]:
    """What may be chosen for this record; nothing when it is not theirs to decide."""
    open_to = [each for each in Restriction if may_restrict(person.restriction, each, leads=leads, manages=manages)]
    return [(each.value, LEVEL_WORDS[each]) for each in open_to]


def now_words(person: Any) -> str:
    return CHANGE_WORDS[Restriction(person.restriction)]


def change_line(change: Any) -> dict[str, Any]:
    names = f"Named: {formats.listed(change.named)}." if change.named else ""
    return {
        "title": CHANGE_WORDS[Restriction(change.level)],
        "when": formats.date_time(change.made_at),
        "by": change.made_by_name,
        "text": joined(change.reason, names, by="\n"),
    }


def kept_row(person: Any) -> list[Any]:
    named = [each.user.name for each in person.named_readers.all()]
    link = {"text": person.full_name, "href": reverse("casework:restriction", args=[person.pk])}
    tag = {"text": now_words(person), "colour": TAGS[Restriction(person.restriction)]}
    note = joined("born", born_words(person.born_on), by=" ")
    return [{**link, "note": note}, {"tag": tag}, formats.listed(named) or "Nobody: their worker and the lead see it"]


def opening_line(opening: Any) -> dict[str, Any]:
    found = opening.person
    return {
        "title": f"{found.full_name}: open until {formats.clock(opening.until)}"
        if found
        else "Tried: nobody was found",
        "when": formats.date_time(opening.made_at),
        "by": opening.made_by_name,
        "text": opening.reason,
    }


def saved(person: Any, level: str, names: Iterable[str]) -> str:
    """What happened, said to whoever decided."""
    who = {
        Restriction.NORMAL: "The team can see this record again.",
        Restriction.PROTECTED: "Only their worker and the safeguarding lead can see this record now.",
        Restriction.SEALED: f"Only {formats.listed(list(names))} can see this record now.",
    }
    return f"{person.full_name}: {who[Restriction(level)]}"


def opened(until: datetime) -> str:
    return f"This record is open to you until {formats.clock(until)}. The safeguarding lead is being told."
