"""Reads access_table.yaml: what each page answers to each role, on each side, and to somebody signed out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from linkworks.accounts.roles import ROLES, Role

FILE = Path(__file__).with_name("access_table.yaml")
NOT_ALLOWED, SIGN_IN = 403, 302


class Line(msgspec.Struct, forbid_unknown_fields=True):
    """One page. `to` are the groups or roles it is for; `own` and `other` what they get; `but` its exceptions."""

    to: list[str] = []
    own: int = 200
    other: int = 200
    colleague: int | None = None
    signed_out: int = SIGN_IN
    method: str = "get"
    but: dict[str, dict[str, int]] = {}


class Table(msgspec.Struct, forbid_unknown_fields=True):
    groups: dict[str, list[str]]
    pages: dict[str, Line]


@dataclass(frozen=True)
class Answers:
    """The documented answers of one page, groups resolved."""

    method: str
    signed_out: int
    by_role: dict[Role, dict[str, int]]
    colleague: int | None

    def about_a_colleagues(self, role: Role) -> int:
        """What a role gets about rows of its scheme that are a colleague's: their cases, not one's own."""
        own = self.by_role[role]["own"]
        carries = ROLES[role].carries_cases and role != Role.TEAM_MANAGER
        return self.colleague if carries and self.colleague and own != NOT_ALLOWED else own

    @property
    def is_for_everybody(self) -> bool:
        return all(answer == {"own": self.signed_out, "other": self.signed_out} for answer in self.by_role.values())


def load() -> dict[str, Answers]:
    table = msgspec.yaml.decode(FILE.read_bytes(), type=Table)
    return {name: resolved(line, table.groups) for name, line in table.pages.items()}


def resolved(line: Line, groups: dict[str, list[str]]) -> Answers:
    roles = members(line.to, groups)
    by_role = {role: {"own": line.own, "other": line.other} if role in roles else refused() for role in Role}
    for group, answers in line.but.items():
        for role in members([group], groups):
            by_role[role] = by_role[role] | answers
    return Answers(line.method, line.signed_out, by_role, line.colleague)


def refused() -> dict[str, int]:
    return {"own": NOT_ALLOWED, "other": NOT_ALLOWED}


def members(names: list[str], groups: dict[str, list[str]]) -> set[Role]:
    found: set[Role] = set()
    for name in names:
        if name == "everybody":
            found |= set(Role)
        elif name in groups:
            found |= members(groups[name], groups)
        else:
            found.add(Role(name))
    return found


def alike(role: Role) -> tuple[Any, ...]:
    """Roles that may do the same things in the same kind of place get the same answers."""
    return ROLES[role].needs_scheme, frozenset(ROLES[role].permissions)


def different_roles() -> list[Role]:
    """One role of each kind."""
    kinds = {alike(role): role for role in reversed(Role)}
    return [role for role in Role if role in kinds.values()]
