"""Documents that the code can print or check are fresh and whole."""

import re

import pytest
from django.apps import apps

from linkworks.config import environment
from linkworks.config.commands.table import COMMANDS
from linkworks.core.management.commands import print_states
from linkworks.directory.presenters import order
from linkworks.directory.rules import weights

from . import source

DOCS = source.ROOT / "docs"


def text(name: str) -> str:
    return (source.ROOT / name).read_text(encoding="utf-8")


def test_the_states_document_is_fresh():
    assert text("docs/states.md") == print_states.document(), "run `linkworks states > docs/states.md`"


def test_the_document_of_how_results_are_put_in_order_is_fresh():
    assert text("docs/matching.md") == order.document(), "run `linkworks weights > docs/matching.md`"


def test_it_says_every_weight_and_what_may_be_set_aside():
    said = text("docs/matching.md")
    for each in weights.TABLE:
        assert f"| {each.label} | {each.points:g} | {each.words}" in said
    for each in weights.RELAXED.values():
        assert each in said


def test_no_points_are_counted_beside_the_table():
    """Whatever adds points reads them from the table: a bare number of points in the rules would not be published."""
    for name in ("rules/matching.py", "rules/fitting.py", "queries/index/points.py"):
        code = text(f"linkworks/directory/{name}")
        assert not re.findall(r"points \+= \d|\+ \d+\.\d \* has_room", code), name
        assert "POINTS[" in code


def test_every_table_of_moves_is_in_the_states_document():
    printed = {name for name, _ in print_states.tables()}
    assert {"referral", "case", "plan", "goal", "unmet need", "connection", "message", "concern"} <= printed


def test_the_states_document_says_where_things_end():
    referral = text("docs/states.md").split("## Referral")[1].split("## ")[0]
    assert "| sent | accept | accepted |" in referral
    assert "Nothing leads out of: declined, redirected, withdrawn." in referral


@pytest.mark.parametrize("name", sorted(environment.VARIABLES))
def test_every_setting_is_in_the_example(name):
    assert re.search(rf"^#?\s*{name}=", text(".env.example"), re.MULTILINE)


def test_every_setting_read_is_listed():
    """Nothing reads the environment behind the list's back."""
    readers = ("env", "env_required", "env_int", "env_bool", "env_list", "env_choice", "env_path")
    named = {
        call.args[0].value
        for path in source.python_files()
        for reader in readers
        for call in source.calls(path, reader)
        if call.args and hasattr(call.args[0], "value") and isinstance(call.args[0].value, str)
    }
    assert {name for name in named if name.isupper()} <= set(environment.VARIABLES)


def test_the_environment_is_read_in_its_own_room():
    """Read elsewhere, a setting would be in nobody's list; others may only hand the whole environment on, or add to it."""
    reading = re.compile(r"getenv\(|environ\.get\(|= os\.environ\[")
    elsewhere = [path for path in source.python_files() if path.name != "environment.py"]
    assert [source.name_of(path) for path in elsewhere if reading.search(path.read_text())] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme(name):
    assert f"linkworks {name}" in text("README.md")


GLOSSARY = re.compile(r"^\*\*(?P<word>[^*]+)\*\*", re.MULTILINE)
# History rows, event tables and joining rows say what they are about; the thing itself is in the glossary.
PARTS = ("Move", "Event")


def glossary() -> set[str]:
    return {each.group("word").strip().lower() for each in GLOSSARY.finditer(text("docs/glossary.md"))}


def spoken(name: str) -> str:
    """ServiceAtLocation → service at location."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def named_things() -> list[str]:
    ours = [each for each in apps.get_models() if each.__module__.startswith("linkworks.")]
    return sorted({each.__name__ for each in ours if not each.__name__.endswith(PARTS)})


@pytest.mark.parametrize("name", named_things())
def test_every_stored_thing_is_in_the_glossary(name):
    assert spoken(name) in glossary()


def test_the_glossary_says_each_word_once_and_in_order():
    words = [each.group("word").lower() for each in GLOSSARY.finditer(text("docs/glossary.md"))]
    assert words == sorted(set(words))


def test_decisions_are_numbered_without_gaps_and_say_why():
    files = sorted((DOCS / "adr").glob("*.md"))
    assert [int(each.name[:4]) for each in files] == list(range(1, len(files) + 1))
    for each in files:
        words = each.read_text(encoding="utf-8")
        assert all(f"## {heading}" in words for heading in ("What", "Why", "What else")), each.name
