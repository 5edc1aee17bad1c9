"""How connections read to a group: by link or in the portal, the same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from linkworks.connections.models import Connection, SharedWords
from linkworks.connections.queries import Answer, Exchange, Expected, Mark, SaidEnough, Seen, WhomToRing
from linkworks.core import vocabulary
from linkworks.directory.models import Service
from linkworks.directory.rules import room
from linkworks.ui import formats, paging

from ..queries import Session
from ..rules import possible

Words = dict[str, Any]
CHANGE_IT = Markup('Change it<span class="nhsuk-u-visually-hidden">: {}</span>')
TAGS = {
    "sent": ("Waiting for your answer", "yellow"),
    "waitlisted": ("On your waiting list", "purple"),
    "accepted": ("You said yes", "green"),
    "attending": ("Coming", "green"),
    "declined": ("You said no", "grey"),
    "ended": ("Finished", "grey"),
}
CAME = {"yes": ("Came", "green"), "late": ("Came late", "aqua-green"), "no": ("Did not come", "orange")}
EMPTY = {
    "waiting": "Nobody is waiting for your answer. When a link worker suggests somebody, they appear here and we e-mail you.",
    "coming": "Nobody is coming yet. People you say yes to appear here.",
    "past": "Nothing here. What has finished stays for 30 days.",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where the pages of one connection are: by link without an account, or in the portal."""

    key: str
    by_link: bool
    at_registers: bool = False  # whoever only runs sessions has no page of the connection

    def to(self, page: str, *more: str) -> str:
        name = f"link-{page}" if self.by_link else page
        return reverse(f"providers:{name}", args=[self.key, *more])

    @property
    def here(self) -> str:
        if self.at_registers:
            return reverse("providers:registers")
        return reverse("providers:link" if self.by_link else "providers:connection", args=[self.key])

    def look(self) -> Words:
        """What makes a page one for visitors with a link, or one of the portal."""
        if self.by_link:
            return {"layout": "ui/public_layout.jinja", "help_now_link": False, "neutral_title": "Linkworks"}
        return {}


def door_of_link(token: str) -> Door:
    return Door(token, by_link=True)


def door_of_portal(connection_id: UUID, *, at_registers: bool = False) -> Door:
    return Door(str(connection_id), by_link=False, at_registers=at_registers)


def tag(state: str) -> Words:
    text, colour = TAGS[state]
    return {"text": text, "colour": colour}


def connection_page(seen: Seen, door: Door) -> Words:
    """A connection as its group sees it: the seven fields, whom to ask, what was said, and what can be done now."""
    shared = seen.shared
    return {
        "seen": seen,
        "shared": shared,
        "tags": [tag(seen.state)],
        "rows": [
            ("Name to use", shared.name_shared),
            ("How to reach them", shared.contact_shared),
            ("What would help", written_by_worker(seen)),
            ("Access and language", shared.access_and_language or "Nothing to mention"),
            ("Emergency contact", shared.emergency_contact or "Not shared"),
        ],
        "where_it_stands": where_it_stands(seen),
        "asked_although_full": asked_although_full(seen),
        "actions": actions_of(seen, door),
        "exchanges": [exchange(each) for each in seen.exchanges],
        "marks": [mark_line(each) for each in seen.marks],
        "answers": [answer_line(each) for each in seen.answers],
        "said_enough": enough_line(seen.said_enough) if seen.said_enough else None,
        "phone": seen.worker_phone,
        **door.look(),
    }


def written_by_worker(seen: Seen) -> Markup:
    """The need with who wrote it: these are the link worker's words, and the person agreed to them."""
    by = f"Written by {seen.worker_name}, and agreed with {seen.shared.name_shared}"
    return Markup('{}<br><span class="app-quiet">{}</span>').format(seen.shared.support_need, by)


def asked_although_full(seen: Seen) -> str:
    """Why they are asked although their listing says that they have no place: while they have not answered."""
    why = vocabulary.REASONS_ALTHOUGH_FULL.get(seen.although_full)
    if why is None or seen.state != "sent":
        return ""
    return f"Your listing says that you have no free place. {seen.worker_name} asks all the same: {why.description}."


def where_it_stands(seen: Seen) -> str:
    said = {
        "sent": f"{seen.worker_name} asked on {formats.long_date(seen.sent_at)} whether {seen.shared.name_shared} can come.",
        "waitlisted": "They know that they are on your waiting list. Say yes when there is a place.",
        "attending": f"{seen.shared.name_shared} has started coming.",
        "declined": f"You said no: {lower(vocabulary.label('decline_reasons', seen.decline_reason))}.",
        "ended": f"This has finished: {lower(vocabulary.label('endings', seen.ending))}.",
    }
    if seen.state == "accepted" and seen.first_session_on:
        return f"You said yes. The first time is {formats.long_date(seen.first_session_on)}."
    return said.get(seen.state, "You said yes. They are expected.")


def lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def actions_of(seen: Seen, door: Door) -> list[Words]:
    """What can be done now, the likeliest first."""
    offered = [
        ("accept", "Yes, they can come", None),
        ("attendance", "Mark whether they came", None),
        ("waitlist", "Put them on our waiting list", "secondary"),
        ("decline", "No, not this time" if seen.state != "accepted" else "They cannot come after all", "secondary"),
        ("ask", f"Ask or tell {seen.worker_name} something", "link"),
        ("enough", "Say whether what we told you was enough", "link"),
        ("worry", f"I am worried about {seen.shared.name_shared}", "link"),
    ]
    return [
        {"text": text, "href": door.to(kind), "variant": variant}
        for kind, text, variant in offered
        if possible(seen.state, kind)
    ]


def exchange(each: Exchange) -> Words:
    who = "You" if each.from_provider else each.who
    return {"title": f"{who} wrote", "when": formats.date_time(each.at), "text": each.text}


ANSWERED = {
    "accept": "With your yes",
    "waitlist": "About your waiting list",
    "decline": "With your no",
}
ENOUGH = {
    "yes": "What we told you was enough.",
    "partly": "What we told you was partly enough.",
    "no": "What we told you was not enough.",
}


def answer_line(each: Answer) -> Words:
    """The group's own note, as it wrote it, with who wrote it down."""
    return {"title": ANSWERED[each.move], "when": formats.date_time(each.at), "by": each.who, "text": each.text}


def enough_line(said: SaidEnough) -> Words:
    return {"title": ENOUGH[said.enough], "when": formats.date_time(said.at), "by": said.who, "text": said.text}


def shared_words(each: SharedWords) -> Words:
    """Somebody's words about a service, without who they are or when they said it."""
    return {"text": each.text, "by": each.service.name}


def said_filter(chosen: str, services: Iterable[Service]) -> list[Words]:
    options = [("", "All services"), *((str(each.pk), each.name) for each in services)]
    return [{"name": "service", "label": "Service", "value": chosen, "options": options}]


def worries(expected: Iterable[Expected]) -> list[Words]:
    """A way to say that one is worried, for each who is expected."""
    return [{"name": each.name_shared, "href": door_of_portal(each.id).to("worry")} for each in expected]


def mark_line(mark: Mark) -> Words:
    text, colour = CAME[mark.attended]
    why = vocabulary.label("non_attendance", mark.absence) if mark.absence else ""
    return {
        "title": formats.long_date(mark.session_on),
        "tag": {"text": text, "colour": colour},
        "text": ". ".join(filter(None, [why, mark.note])),
    }


# ─── Answers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

TITLES = {
    "accept": "Yes, {name} can come",
    "waitlist": "Put {name} on your waiting list",
    "decline": "Say no for {name}",
    "ask": "Write to {worker}",
    "attendance": "Did {name} come?",
    "enough": "Did we tell you enough?",
    "worry": "You are worried about {name}",
}
BUTTONS = {
    "accept": "Say yes",
    "waitlist": "Put on the waiting list",
    "decline": "Say no",
    "ask": "Send",
    "attendance": "Save",
    "enough": "Send",
    "worry": "Tell the safeguarding lead",
}
DONE = {
    "accept": ("Thank you: you said yes", "{worker} has been told, and will tell {name}."),
    "waitlist": ("Thank you: they are on your waiting list", "{worker} has been told. Say yes when there is a place."),
    "decline": ("Thank you for telling us", "{worker} has been told, and will look for something else with {name}."),
    "ask": ("Your message was sent", "{worker} will answer. We will e-mail you when they do."),
    "attendance": ("Thank you: it is noted", "{worker} can see it too."),
    "enough": ("Thank you for telling us", "{worker} reads what you said, and can do better next time."),
    "worry": (
        "Thank you for saying so",
        "The safeguarding lead is being told now and decides what is done. Is {name} in danger? Call 999.",
    ),
}


def answer_page(seen: Seen, kind: str, door: Door) -> Words:
    return {
        "page_title": filled(TITLES[kind], seen),
        "caption": seen.service_name if kind == "worry" else seen.shared.reference,
        "submit_label": BUTTONS[kind],
        "back": door.here,
        "danger": kind == "worry",
        **door.look(),
    }


def done_page(seen: Seen, kind: str, door: Door) -> Words:
    title, next_words = DONE[kind]
    return {
        "page_title": title,
        "panel_text": "" if kind == "worry" else f"Reference {seen.shared.reference}",
        "next_words": filled(next_words, seen),
        "still_waits": kind == "ask" and possible(seen.state, "accept"),
        "first_session_on": seen.first_session_on if kind == "accept" else None,
        "call_first": seen.shared.call_worker_first and kind == "accept",
        "seen": seen,
        "here": door.here,
        "can_mark": possible(seen.state, "attendance"),
        "inbox": None if door.by_link else reverse("providers:inbox"),
        **door.look(),
    }


def filled(words: str, seen: Seen) -> str:
    return words.format(name=seen.shared.name_shared, worker=seen.worker_name)


def dead_link(ring: WhomToRing | None) -> Words:
    return {"ring": ring, **door_of_link("").look()}


# ─── The portal ──────────────────────────────────────────────────────────────────────────────────────────────────────


def card(connection: Connection) -> Words:
    when = connection.ended_at or connection.sent_at
    return {
        "heading": connection.name_shared,
        "href": reverse("providers:connection", args=[connection.id]),
        "meta": f"{connection.service_name}, {connection.reference}",
        "text": connection.support_need,
        "tags": [tag(connection.state)],
        "tone": "due" if connection.state == "sent" else None,
        "facts": [
            ("Asked" if not connection.ended_at else "Finished", formats.days_from_now(when)),
            ("First time", formats.short_date(connection.first_session_on)),
        ],
    }


def inbox_views(chosen: str, counts: dict[str, int]) -> list[Words]:
    labels = {"waiting": "Waiting for an answer", "coming": "Coming", "past": "Past"}
    return paging.views("view", chosen, labels, counts)


def session_card(session: Session) -> Words:
    return {
        "heading": session.name,
        "href": reverse("providers:register", args=[session.service_id]),
        "meta": f"{formats.plural(session.expected, 'person', 'people')} expected",
        "action": {"text": "Mark who came", "href": reverse("providers:register", args=[session.service_id])},
    }


def register_filter(day: date, today: date, days: Iterable[date]) -> list[Words]:
    names = {today: "Today, "}
    options = [(each.isoformat(), f"{names.get(each, '')}{formats.long_date(each)}") for each in days]
    return [{"name": "on", "label": "Which session?", "value": day.isoformat(), "options": options}]


def service_row(service: Service) -> list[Any]:
    return [
        {"text": service.name, "href": reverse("providers:room", args=[service.id])},
        places(service),
        wait(service),
        formats.short_date(service.capacity_checked_on) or "Never",
        {"text": CHANGE_IT.format(service.name), "href": reverse("providers:own-listing", args=[service.id])},
    ]


def places(service: Service) -> str:
    coming = f"{formats.plural(service.places_taken, 'person', 'people')} coming"
    said = room.capacity_words(service.capacity_places, service.places_taken) or "No number given"
    return f"{said}, {coming}"


def wait(service: Service) -> str:
    return room.wait_words(service.wait_weeks, service.wait_words) or "Not known"
