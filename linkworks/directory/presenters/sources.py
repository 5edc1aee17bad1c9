"""The words of the pages about sources, their readings, and what waits for a steward."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..models import HeldFact, ImportProblem, ImportRun, Source, TaxonomyTerm
from ..queries import Difference
from ..rules.editing import LABELS
from ..rules.holding import FACTS
from ..rules.terms import Meaning, guess, tidy
from ..states import Outcome, RunState, Schedule, SourceKind, StagedKind

WHOLE = "The list as a whole"
OUTCOMES = {
    Outcome.HELD: {"text": "Held back", "colour": "orange"},
    Outcome.REJECTED: {"text": "Left out", "colour": "red"},
    Outcome.NOTED: {"text": "To look at", "colour": "yellow"},
}
RUN_STATES = {
    RunState.ASKED: {"text": "Begins soon", "colour": "blue"},
    RunState.READING: {"text": "Being read", "colour": "blue"},
    RunState.WAITING: {"text": "Waits for you", "colour": "orange"},
    RunState.CARRYING_OUT: {"text": "Being carried out", "colour": "blue"},
    RunState.DONE: {"text": "Done", "colour": "green"},
    RunState.DROPPED: {"text": "Dropped", "colour": "grey"},
    RunState.STOPPED: {"text": "Could not be read", "colour": "red"},
}
KINDS = {
    StagedKind.NEW: {"text": "New", "colour": "green"},
    StagedKind.CHANGED: {"text": "Changed", "colour": "blue"},
    StagedKind.DATES: {"text": "New dates", "colour": "blue"},
    StagedKind.MISSING: {"text": "Not in the list", "colour": "yellow"},
    StagedKind.GONE: {"text": "Taken down", "colour": "red"},
    StagedKind.BACK: {"text": "In the list again", "colour": "green"},
}
TOLD = {
    StagedKind.NEW: "Added to the directory",
    StagedKind.CHANGED: "What it says. Its place is not shown, so nothing of it is shown here",
    StagedKind.DATES: "Its dates, or the places left on them",
    StagedKind.MISSING: "Not in the list this time. It is taken down if it is not there the next time either",
    StagedKind.GONE: "Deleted from the list, or not in it for the second time",
    StagedKind.BACK: "Shown again if it was taken down for leaving the list",
}
SCHEDULES = {Schedule.OFF: "When a steward asks", Schedule.DAILY: "Every day", Schedule.WEEKLY: "Every week"}
GOING_ON = frozenset({RunState.ASKED, RunState.READING, RunState.CARRYING_OUT})
NOT_READ = {
    SourceKind.LISTINGS: "Known after the first reading",
    SourceKind.ACTIVITIES: "Activity sessions (OpenActive)",
}
ITEMS = {SourceKind.LISTINGS: "Services in the feed", SourceKind.ACTIVITIES: "Items read in the feed"}
NO_LICENCE = "Not known: nothing of it may be published onwards"


def waits(run: ImportRun) -> bool:
    return run.state == RunState.WAITING


def going_on(run: ImportRun) -> bool:
    return run.state in GOING_ON


def can_be_read(source: Source) -> bool:
    """Whether it has an address on the web."""
    return source.address.lower().startswith(("http://", "https://"))


def takes_files(source: Source) -> bool:
    """Activities are followed where they are; a file would tell only a part of them."""
    return source.kind != SourceKind.ACTIVITIES


def licence_to_confirm(source: Source) -> str:
    """What the feed says is its licence, where that is not what stands here."""
    return source.licence_said if source.licence_said != source.licence else ""


def source_row(source: Any) -> list[Any]:
    tag = RUN_STATES[RunState.WAITING] if source.waiting else None
    return [
        {"text": source.name, "href": reverse("directory:source", args=[source.id]), "note": source.owner, "tag": tag},
        source.dialect or NOT_READ[SourceKind(source.kind)],
        source.licence or "Not known",
        SCHEDULES[Schedule(source.schedule)],
        formats.date_time(source.last_read) if source.last_read else "Not yet",
    ]


def source_words(source: Any) -> list[tuple[str, str]]:
    return [
        ("Address", source.address),
        *([("Address of its dates", source.dates_address)] if source.dates_address else []),
        ("Kind of feed", source.dialect or NOT_READ[SourceKind(source.kind)]),
        ("Licence", source.licence or NO_LICENCE),
        ("Who keeps the list", source.owner),
        ("Which list is right when two differ", f"{source.priority} (1 is trusted most, 9 least)"),
        ("Read", SCHEDULES[Schedule(source.schedule)]),
        ("Last read", formats.date_time(source.last_read) if source.last_read else "Not yet"),
    ]


def run_row(run: ImportRun) -> list[Any]:
    return [
        {
            "text": f"{run.source.name}, {formats.date_time(run.created_at)}",
            "href": reverse("directory:import-run", args=[run.id]),
            "tag": RUN_STATES[RunState(run.state)],
        },
        str(run.read),
        str(run.created),
        str(run.updated),
        str(run.unchanged),
        str(run.held),
        str(run.rejected),
    ]


def run_words(run: ImportRun) -> list[tuple[str, str]]:
    return [
        ("Read from", run.file_name or run.source.address),
        ("How far it is", str(RUN_STATES[RunState(run.state)]["text"])),
        ("Finished", formats.date_time(run.finished_at) or "Not finished"),
        ("Kind of feed", run.dialect),
        (ITEMS[SourceKind(run.source.kind)], str(run.read)),
        ("New", str(run.created)),
        ("Changed", str(run.updated)),
        ("Unchanged", str(run.unchanged)),
        ("Taken down", str(run.removed)),
        ("Held back", str(run.held)),
        ("Left out", str(run.rejected)),
        ("Licence of the feed", run.source.licence or NO_LICENCE),
    ]


def problem_row(problem: ImportProblem) -> list[Any]:
    whole = "" if problem.row_number else WHOLE
    return [
        problem.name.strip() or problem.key or whole or "No name",
        "" if whole else str(problem.row_number),
        {"tag": OUTCOMES.get(Outcome(problem.outcome), {"text": problem.outcome, "colour": "grey"})},
        problem.reason,
    ]


def staged_row(each: Difference) -> list[Any]:
    """One listing and what would become of it."""
    name: Any = each.name
    if each.service_id:
        name = {"text": each.name, "href": reverse("directory:steward-edit", args=[each.service_id])}
    said = [f"{LABELS[change.field]}: {change_words(change)}" for change in each.changes]
    if each.parts:
        said = ["Its places, times, costs or who to ask"]
    return [name, {"tag": KINDS[each.kind]}, ". ".join(said) or TOLD.get(each.kind, "")]


def change_words(change: Any) -> str:
    return f"“{short(change.was)}” becomes “{short(change.became)}”"


def short(words: str, most: int = 120) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= most else f"{one_line[: most - 1].rstrip()}…"


def held_fact(held: HeldFact) -> dict[str, Any]:
    """A changed number or address, with ours beside it."""
    source = held.service.source.name if held.service.source else "the feed"
    return {
        "name": held.service.name,
        "href": reverse("directory:steward-edit", args=[held.service_id]),
        "label": FACTS.get(held.field, held.field),
        "was": held.was or "None",
        "offered": held.offered or "None any more",
        "from": f"{source}, {formats.date_time(held.created_at)}",
        "action": reverse("directory:held-fact", args=[held.id]),
    }


def term_row(source: Source, term: Any, meanings: Mapping[str, Meaning]) -> list[Any]:
    """A term of theirs, how many listings use it, and what we take it to mean."""
    said = meanings.get(tidy(term.name))
    return [
        {"text": term.name, "href": reverse("directory:source-word", args=[source.id, term.id]), "note": listed(term)},
        str(term.used),
        meaning_words(said or guess([term.name], [], "", "")) or "Nothing",
        "A steward" if said else "Linkworks",
    ]


def listed(term: TaxonomyTerm) -> str:
    return term.taxonomy.name


def meaning_words(meaning: Meaning) -> str:
    return "; ".join([*vocabulary.labels("kinds", meaning.kinds), *vocabulary.labels("needs", meaning.needs)])
