"""The tables of moves, as the document docs/states.md."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from linkworks.core.states import words

Moves = Mapping[tuple[StrEnum, StrEnum], StrEnum]

# What an app's table called plainly MOVES is about; a table called CASE_MOVES names its thing itself.
THINGS = {"referrals": "referral", "connections": "connection", "messaging": "message"}

OPENING = """\
# States

Printed by `linkworks states` from the tables in each app's `states.py`; do not edit by hand.
A move that is not in its table cannot happen. Each move is kept in the thing's history with who, when and why.
"""


class Command(BaseCommand):
    help = "Print the tables of states and moves as Markdown (docs/states.md)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")


def document() -> str:
    sections = [section(name, moves) for name, moves in sorted(tables())]
    return "\n".join([OPENING, *sections])


def tables() -> Iterator[tuple[str, Moves]]:
    """Each table of moves with the name of its thing."""
    for config in apps.get_app_configs():
        if not config.name.startswith("linkworks.") or find_spec(f"{config.name}.states") is None:
            continue
        module = import_module(f"{config.name}.states")
        for name, moves in vars(module).items():
            if name.endswith("MOVES") and not name.startswith("_"):
                yield thing(config.label, name), moves


def thing(app: str, table: str) -> str:
    named = THINGS.get(app, app) if table == "MOVES" else table.removesuffix("_MOVES").lower()
    return {"unmet": "unmet need"}.get(named, named.replace("_", " "))


def section(name: str, moves: Moves) -> str:
    """One thing's table, and the states nothing leads out of."""
    befores, afters = {before for before, _ in moves}, set(moves.values())
    ends = [words(state) for state in type(next(iter(afters))) if state in afters - befores]
    lines = [f"| {words(before)} | {words(move)} | {words(after)} |" for (before, move), after in moves.items()]
    finished = f"Nothing leads out of: {', '.join(ends)}." if ends else "Every state can be left again."
    return "\n".join([f"## {name.capitalize()}", "", "| from | move | to |", "|---|---|---|", *lines, "", finished, ""])
