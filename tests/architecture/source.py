"""The code as text and as trees, for the tests that hold it to the house rules."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "linkworks"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def python_files(folder: str = "linkworks") -> tuple[Path, ...]:
    return tuple(path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


@cache
def templates() -> tuple[Path, ...]:
    return tuple(sorted(HOUSE.rglob("*.jinja")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    """Which of the ten files (or packages) of its app a file belongs to: `views`, `actions`…"""
    inside = path.relative_to(HOUSE).parts[1:]
    return inside[0].removesuffix(".py") if inside else ""


def files_of(room: str) -> list[Path]:
    return [path for path in python_files() if room_of(path) == room]


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """Every call of a function of this name, however it was reached."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and called_name(node) == name:
            yield node


def called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, as written."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
            yield from (f"{node.module or ''}.{each.name}" for each in node.names)


@cache
def storeys() -> dict[str, int]:
    """App → its height in the drawing, from the import contract; rooms on one line share a height."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "downwards")
    heights = {}
    for height, layer in enumerate(reversed(layers)):
        for room in layer.split("|"):
            heights[room.strip().strip("()")] = height
    return heights
