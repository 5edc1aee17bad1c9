"""What fits a goal, in words: what it must be, why each is shown, and why another is not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from linkworks.connections.models import Connection
from linkworks.connections.rules import Tally
from linkworks.connections.states import OPEN
from linkworks.core import clock, vocabulary
from linkworks.directory import presenters as directory
from linkworks.directory.queries import Explained, Found, Match
from linkworks.directory.rules import because, room, week
from linkworks.directory.rules.places import KM_IN_A_MILE
from linkworks.referrals.rules import age_on
from linkworks.ui import formats

from ..models import Case, Limits, SetAside
from ..models.matching import ANYWHERE, CAN_PAY
from .case import connection_line
from .feedback import on_card
from .wording import joined

NOT_ASKED = "Not asked yet"
MOST_FULL, MOST_OTHERS = 5, 8


def must_be(case: Case, limits: Limits, goal_id: UUID) -> list[tuple[str, str, str]]:
    """What the match must be, with the page where each is changed. What the details say is not asked again."""

    def asked(about: str) -> str:
        return reverse("casework:limits", args=[case.pk, about]) + f"?goal={goal_id}"

    return [
        ("When they can go", times_words(limits.times), asked("times")),
        ("How far", far_words(limits.within_km), asked("distance")),
        ("Cost", dict(CAN_PAY).get(limits.can_pay, NOT_ASKED), asked("cost")),
        ("Only for", whom_words(limits.only_for), asked("whom")),
        ("From their details", details_words(case), reverse("casework:details", args=[case.pk])),
    ]


def times_words(times: Sequence[str] | None) -> str:
    if times is None:
        return NOT_ASKED
    return week.said(times) or "Any time"


def far_words(within_km: float | None) -> str:
    if within_km == ANYWHERE:
        return "Any distance"
    return f"Up to {formats.plural(round(within_km / KM_IN_A_MILE), 'mile')}" if within_km else NOT_ASKED


def whom_words(only_for: Sequence[str] | None) -> str:
    if only_for is None:
        return NOT_ASKED
    return formats.listed(vocabulary.labels("person_attributes", only_for)) or "Everybody"


def details_words(case: Case) -> str:
    """Postcode, age, access and language, as far as they are known."""
    person = case.person
    language = (
        f"{vocabulary.label('languages', person.language)} with an interpreter" if person.needs_interpreter else ""
    )
    known = [
        person.postcode or "no postcode",
        f"aged {age_on(person.born_on, clock.today())}" if person.born_on else "age not known",
        *(each.lower() for each in vocabulary.labels("access_needs", person.access_needs)),
        language,
    ]
    return ", ".join(each for each in known if each)


def must_be_line(limits: Limits) -> str:
    """What was said so far in one line, for when the questions are folded away."""
    said = (
        times_words(limits.times) if limits.times is not None else "",
        far_words(limits.within_km) if limits.within_km else "",
        dict(CAN_PAY).get(limits.can_pay, ""),
        whom_words(limits.only_for) if limits.only_for else "",
    )
    return "What it must be" + "".join(f" · {each}" for each in said if each)


def is_asked(limits: Limits) -> bool:
    return bool(limits.within_km or limits.can_pay or limits.times is not None or limits.only_for is not None)


@dataclass(frozen=True)
class Around:
    """What the cards of a goal say beside what was found: what people said, and how it went before. `looked` brings one back."""

    goal_id: UUID
    spoken: Mapping[UUID, Tally]
    before: Mapping[UUID, Connection]
    looked: str = ""

    def card(self, found: Found) -> dict[str, Any]:
        id = found.service_id
        made = card(found, self.goal_id, self.spoken.get(id), self.looked)
        return made | gone_before(self.before.get(id), made["meta"])

    def cards(self, some: Iterable[Found]) -> list[dict[str, Any]]:
        return [self.card(each) for each in some]

    def nearly(self, some: Iterable[Found]) -> list[dict[str, Any]]:
        """What is different stands by itself at the top, and not among what speaks for it."""
        return [differing(self.card(each), each.reasons[0]) for each in some]


def differing(made: dict[str, Any], what: str) -> dict[str, Any]:
    tags = [{"text": what, "colour": "orange"}, *made.get("tags", [])]
    return made | {"tags": tags, "reasons": [each for each in made["reasons"] if each != what]}


def gone_before(connection: Connection | None, who: str = "") -> dict[str, Any]:
    """Of somebody who was sent there before: how it stands, and for as long as it goes on its page instead of a second start."""
    if connection is None:
        return {}
    line = connection_line(connection)
    said = {"tags": [line["tag"]], "meta": joined(who, "They were sent there before", line["detail"], by=" · ")}
    if connection.state not in OPEN:
        return said
    return said | {"action": {"text": "See how it stands", "href": line["href"]}, "other": None}


def card(found: Found, goal_id: UUID, tally: Tally | None = None, looked: str = "") -> dict[str, Any]:
    """A service: why it is here, how far, when, what it costs and whether there is room."""
    said = directory.found_words(found)
    way_back = f"?goal={goal_id}" + (f"&{looked}" if looked else "")
    return {
        "heading": found.name,
        "href": reverse("directory:service", args=[found.service_id]) + way_back,
        "text": said["summary"],
        "meta": directory.who_runs(found),
        "reasons": [each for each in found.reasons if not because.is_to_ask(each)],
        "asks": [each for each in found.reasons if because.is_to_ask(each)],
        "facts": [
            ("Next", said["next_session"]),
            ("Where", said["place"]),
            ("Cost", said["cost"]),
            ("Places left", places_words(found)),
            ("Wait", said["wait"]),
            ("Listing", said["verified"]),
            on_card(tally),
        ],
        "action": {"text": "Choose this", "href": reverse("casework:connect", args=[goal_id, found.service_id])},
        "other": {"text": "Not for them", "href": reverse("casework:set-aside", args=[goal_id, found.service_id])},
    }


def places_words(found: Found) -> str:
    """3, told us on Thursday 12 November 2026: how many, and how old that is."""
    weighed, service = found.candidate, found.service
    left = room.places_left(weighed.capacity_places, weighed.places_taken)
    if left is None:
        return ""
    told = f", told us on {formats.long_date(service.capacity_checked_on)}" if service.capacity_checked_on else ""
    return f"{left}{told}"


def full_and_others(found: Match) -> dict[str, Any]:
    """Who would fit and is full, and who does not fit with the first reason why not."""
    others = [(each.name, failed[0].why) for each, failed in found.sorted.others]
    return {"full": found.sorted.full[:MOST_FULL], "others": others[:MOST_OTHERS]}


def aside_row(each: SetAside) -> dict[str, Any]:
    """What was set aside: why, who said so and when, and the button that puts it back."""
    why = joined(each.get_reason_display(), each.note, by=": ")
    return {
        "name": each.service.name,
        "why": f"{why}. {each.made_by_name}, {formats.long_date(each.created_at)}",
        "put_back": reverse("casework:put-back", args=[each.goal_id, each.service_id]),
    }


def nearly_words(fitting: int) -> str:
    """What is said above what nearly fits."""
    few = "Nothing" if not fitting else "Little"
    return f"{few} fits in every way, so here is what differs in one thing, which each says first. Nothing else was set aside."


def explained(found: Explained, aside: Mapping[UUID, SetAside]) -> dict[str, Any]:
    """Where one service stands, in a sentence, with what is in its way or behind what it stands, and what would change it."""
    if found.place == 1:
        stands = "It is shown, and stands first."
    elif found.place:
        stands = f"It is shown: it stands {ordinal(found.place)} of {found.of} that fit."
    elif found.is_nearly:
        stands = "It is shown among what nearly fits. One thing is different:"
    else:
        stands = "It is not shown, because:" if found.reasons else "It is not shown among the first that were weighed."
    said = {"id": found.service_id, "name": found.name, "stands": stands, "reasons": found.reasons}
    if found.service_id not in aside:
        return said
    row = aside_row(aside[found.service_id])
    return said | {"stands": f"It was set aside for this goal. {row['why']}", "put_back": row["put_back"]}


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
