"""Cases, referrals and things to do, as rows and cards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from linkworks.core import clock, vocabulary
from linkworks.referrals.rules import reasons
from linkworks.ui import formats

from ..queries.cases import soonest
from ..queries.today import Item, Team, Today
from ..rules.caseload import COMPLEXITY_WORDS, Suggestion, Worker, people_words, priority
from ..rules.following import shortened
from . import doors
from .wording import CASE_TAGS, CONCERN_TAGS, TASK_TAGS, Tag, joined, tag, tags

UNDECIDED: Tag = {"text": "Not decided in time", "colour": "red"}
PRIORITY_TAGS = {"late": ("Promise missed", "red"), "today": ("Due today", "orange"), "soon": ("Due soon", "yellow")}


def case_link(case_id: Any) -> str:
    return reverse("casework:case", args=[case_id])


def item_card(item: Item) -> dict[str, Any]:
    """One thing to do: for whom, what, when, and the one click that does it."""
    return {
        "heading": item.name,
        "href": case_link(item.case_id),
        "text": item.what,
        "tags": tags(
            tag(TASK_TAGS, item.kind),
            {"text": f"Covering for {item.covering_for}", "colour": "purple"} if item.covering_for else None,
        ),
        "day": " ".join(formats.short_date(item.on).split()[:3]),
        "days": formats.days_from_now(item.on),
        "action": next_click(item),
        "task_id": item.task_id,
    }


def next_click(item: Item) -> dict[str, str]:
    if item.connection_id:
        return {"text": "Open", "href": reverse("casework:connection", args=[item.connection_id])}
    return doors.next_click(item.case_id, item.next_kind)


def today_sections(today: Today) -> list[dict[str, Any]]:
    """The lists of a morning, those that cannot wait first; empty ones are left out."""
    named = [
        ("questions", "Questions from groups", today.questions),
        ("no-shows", "Did not come", today.no_shows),
        ("overdue", "Overdue", today.overdue),
        ("today", "Due today", today.today),
        ("new", "New cases", today.new),
        ("soon", "In the next 7 days", today.soon),
    ]
    return [
        {"id": key, "title": title, "cards": [item_card(each) for each in items]}
        for key, title, items in named
        if items
    ]


def today_stats(today: Today) -> list[dict[str, Any]]:
    counts = [
        ("Overdue", len(today.overdue), "#overdue", "overdue"),
        ("Due today", len(today.today), "#today", "due"),
        ("New", len(today.new), "#new", None),
        ("Did not come", len(today.no_shows), "#no-shows", "due"),
        ("Questions", len(today.questions), "#questions", "due"),
    ]
    return [
        {"label": label, "number": number, "href": href if number else None, "tone": tone if number else None}
        for label, number, href, tone in counts
    ]


SELDOM = ("Not decided in time", "To tell what was decided")  # shown when there is something


def team_stats(team: Team) -> list[dict[str, Any]]:
    counts = [
        ("Referrals to decide", team.to_decide, reverse("casework:inbox"), "due"),
        ("Not decided in time", team.undecided_late, reverse("casework:inbox"), "overdue"),
        ("To tell what was decided", team.to_tell, reverse("casework:inbox") + "?state=to-tell", "overdue"),
        ("Waiting for a worker", team.waiting, reverse("casework:allocation"), "due"),
        ("First contact late", team.promises_missed, reverse("casework:caseload") + "?due=late", "overdue"),
        ("Overdue", team.overdue, reverse("casework:caseload") + "?due=overdue", "overdue"),
        ("Open cases", team.open_cases, reverse("casework:caseload"), None),
    ]
    return [
        {"label": label, "number": number, "href": href, "tone": tone if number else None}
        for label, number, href, tone in counts
        if number or label not in SELDOM
    ]


def caseload_row(case: Any, *, with_worker: bool = True) -> list[Any]:
    row = [
        {"text": case.person.full_name, "href": case_link(case.pk), "note": case.reference},
        {"tag": tag(CASE_TAGS, case.state)},
        due_cell(*soonest(case)),
    ]
    return [*row, case.worker.name if case.worker else "Nobody yet"] if with_worker else row


def due_cell(action: str, on: date | None) -> dict[str, Any]:
    if on is None:
        return {"text": "Nothing: closed"}
    late = on < clock.today()
    return {
        "text": action,
        "note": f"{'Overdue: ' if late else ''}{formats.short_date(on)} ({formats.days_from_now(on)})",
    }


def referral_row(referral: Any, late: Mapping[Any, date] | None = None) -> list[Any]:
    """Somebody in the inbox. `late` says for each scheme which day is too long ago for not having decided."""
    name = joined(referral.given_name, referral.family_name, by=" ")
    return [
        {"text": name, "href": reverse("casework:inbox-referral", args=[referral.pk]), "note": referral.reference},
        sender(referral),
        "; ".join(reasons(referral.needs, referral.door, referral.in_their_words)) or "In their words",
        {
            "text": formats.short_date(referral.sent_at),
            "note": formats.days_from_now(referral.sent_at),
            "tag": late_tag(referral, late) if late else None,
        },
    ]


def late_tag(referral: Any, late: Mapping[Any, date]) -> Tag | None:
    return UNDECIDED if referral.state == "sent" and sent_on(referral) <= late[referral.scheme_id] else None


def sent_on(referral: Any) -> date:
    day: date = referral.sent_at.astimezone(clock.LONDON).date()
    return day


def sender(referral: Any) -> str:
    if referral.door == "self":
        return "Themselves"
    return joined(referral.referrer_name, referral.from_organisation_name) or vocabulary.label(
        "referrer_types", referral.referrer_type
    )


def waiting_card(case: Any, suggestion: Suggestion | None) -> dict[str, Any]:
    """Somebody waiting for a worker: since when, the promise, and whom we suggest."""
    standing = priority(case.first_contact_by, clock.today())
    return {
        "heading": case.person.full_name,
        "href": case_link(case.pk),
        "tags": tags(tag(PRIORITY_TAGS, standing)),
        "meta": f"Since {formats.short_date(case.opened_at)}. First contact promised by {formats.short_date(case.first_contact_by)}",
        "facts": [
            ("About", "; ".join(vocabulary.labels("needs", case.referral.needs))),
            ("Support needed", COMPLEXITY_WORDS.get(case.complexity, "")),
            ("Language", vocabulary.label("languages", case.person.language) if case.person.language != "en" else ""),
        ],
        "reasons": [f"Suggested: {suggestion.worker.name}", *suggestion.reasons] if suggestion else [],
        "tone": "overdue" if standing == "late" else None,
        "action": {"text": "Give to a worker", "href": reverse("casework:allocate", args=[case.pk])},
    }


OVER = "Over a full caseload"


def worker_row(worker: Worker) -> list[Any]:
    return [
        worker.name,
        f"{worker.weekly_hours:g}",
        str(len(worker.complexities)),
        str(worker.need_a_lot),
        {"text": load_words(worker), "note": OVER} if worker.is_over else load_words(worker),
    ]


def load_words(worker: Worker) -> str:
    return "No hours" if worker.weekly_hours <= 0 else f"{worker.load:.0f}"


def worker_choices(
    workers: list[Worker], suggestion: Suggestion | None
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The workers to choose from, the suggested one first and said to be."""
    best = suggestion.worker.id if suggestion else None
    ordered = sorted(workers, key=lambda each: (each.id != best, each.load, each.name))
    choices = [(str(each.id), each.name) for each in ordered]
    hints = {str(each.id): worker_hint(each, suggestion) for each in ordered}
    return choices, hints


def worker_hint(worker: Worker, suggestion: Suggestion | None) -> str:
    if suggestion and worker.id == suggestion.worker.id:
        return f"Suggested. {'. '.join(suggestion.reasons)}."
    if worker.away_until:
        return f"Away until {formats.long_date(worker.away_until)}: {worker.covered_by} covers"
    facts = f"Works with {people_words(worker)}, in {worker.weekly_hours:g} hours a week"
    return f"{facts}. Over a full caseload" if worker.is_over else facts


def concern_card(concern: Any) -> dict[str, Any]:
    return {
        "heading": concern.person.full_name,
        "href": reverse("casework:concern-answer", args=[concern.pk]),
        "tags": tags(
            tag(CONCERN_TAGS, concern.state),
            {"text": "In danger now", "colour": "red"} if concern.immediate_danger else None,
        ),
        "meta": f"Raised by {concern.raised_by_name}, {formats.date_time(concern.raised_at)}. With {concern.owner.name}",
        "text": shortened(concern.what_happened, 280),
        "tone": "overdue" if concern.state == "raised" else None,
        "action": {"text": "Read and answer", "href": reverse("casework:concern-answer", args=[concern.pk])},
    }


def things_to_do(case: Any, tasks: list[Any]) -> list[dict[str, Any]]:
    """The case's next action and its tasks as one list, soonest first: what is on top is what is next."""
    found = [task_to_do(each) for each in tasks]
    if case.next_action_on is not None:
        own = {"title": case.next_action, "on": case.next_action_on, "late": case.next_action_on < clock.today()}
        found.insert(0, own)
    return sorted(found, key=lambda each: each["on"])


def task_to_do(task: Any) -> dict[str, Any]:
    about = task.about_connection_id
    return {
        "task_id": task.pk,
        "title": task.title,
        "on": task.due_on,
        "late": task.due_on < clock.today(),
        "tag": tag(TASK_TAGS, task.kind),
        "href": reverse("casework:connection", args=[about]) if about else referral_href(task),
    }


def referral_href(task: Any) -> str:
    """A task about a referral leads to its words on the case's page."""
    return f"{case_link(task.case_id)}#referred" if task.dedupe.startswith("referral:") else ""


CONCERN_MOVES = {
    "raise": "Raised",
    "escalate": "The deputy was told",
    "acknowledge": "Taken in hand",
    "close": "Closed",
}


def concern_line(move: Any) -> dict[str, Any]:
    return {
        "title": CONCERN_MOVES.get(move.move, "Changed"),
        "when": formats.date_time(move.made_at),
        "by": move.made_by_name,
        "text": move.reason,
    }
