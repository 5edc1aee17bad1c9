"""House limits: small functions, small files, no drawers, no rules in the wrong place."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from . import source

FUNCTION, VIEW, FILE, TEMPLATE = 50, 25, 400, 120
DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "common",
    "managers",
    "manager",
    "handlers",
    "misc",
    "lib",
    "tools",
    "mixins",
}


# Actions on reference data, which belongs to nobody, and on links for people who are not signed in.
NOBODY_ACTS = {
    "linkworks/organisations/actions/postcodes.py load_postcodes",
    "linkworks/referrals/actions/guests.py make_link",
    "linkworks/referrals/actions/guests.py forget_old_links",
    "linkworks/accounts/actions/own.py forget_what_is_over",
}


def too_long(paths, limit):
    return [
        f"{source.name_of(path)}:{each.lineno} {each.name} has {source.length(each)} lines"
        for path in paths
        for each in source.functions(path)
        if source.length(each) > limit
    ]


def test_functions_are_short():
    assert too_long(source.python_files(), FUNCTION) == []


def test_page_functions_are_shorter_still():
    assert too_long(source.files_of("views"), VIEW) == []


def test_files_are_short():
    every = [*source.python_files(), *source.python_files("tests")]
    long = {source.name_of(path): lines for path in every if (lines := len(path.read_text().splitlines())) > FILE}
    assert long == {}


def test_templates_are_short():
    long = {
        source.name_of(path): lines
        for path in source.templates()
        if (lines := len(path.read_text().splitlines())) > TEMPLATE
    }
    assert long == {}


def test_functions_are_simple_and_take_few_positional_arguments():
    ruff = Path(sys.executable).with_name("ruff")
    command = [str(ruff), "check", "--select", "C901,PLR0917", "--output-format", "concise", "linkworks"]
    found = subprocess.run(command, cwd=source.ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert found.returncode == 0, found.stdout


def test_there_are_no_drawers():
    """A file's name is a noun of the domain; a service of the directory has its own file, in the singular."""
    parts = {
        (part.removesuffix(".py"), source.name_of(path)) for path in source.python_files() for part in path.parts[-3:]
    }
    assert [path for part, path in sorted(parts) if part in DRAWERS] == []


def test_there_are_no_signals():
    found = [
        source.name_of(path)
        for path in source.python_files()
        if any("signals" in each for each in source.imported(path))
    ]
    assert found == []


def test_pages_are_functions():
    found = [
        source.name_of(path)
        for path in source.python_files()
        if any("views.generic" in each for each in source.imported(path))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["save", "delete"])
def test_models_do_no_work_when_saved(name):
    found = [
        f"{source.name_of(path)}:{each.lineno}"
        for path in source.files_of("models")
        for each in source.functions(path)
        if each.name == name
    ]
    assert found == []


@pytest.mark.parametrize("room", ["rules", "states"])
def test_rules_do_not_read_the_clock(room):
    found = []
    for path in source.files_of(room):
        names = {source.called_name(node) for node in ast.walk(source.tree(path)) if isinstance(node, ast.Call)}
        if names & {"now", "today", "utcnow"} or "linkworks.core.clock" in set(source.imported(path)):
            found.append(source.name_of(path))
    assert found == []


def public_actions():
    """Each action that runs in a transaction, with how it is named in a complaint."""
    for path in source.files_of("actions"):
        for each in top_level(path):
            if is_atomic(each) and not each.name.startswith("_"):
                yield f"{source.name_of(path)} {each.name}", each


def test_actions_are_told_who_acts_by_name():
    """Who acts is said by keyword, so that it cannot be left out or mistaken for something else."""
    silent = {
        name for name, each in public_actions() if "by" not in {argument.arg for argument in each.args.kwonlyargs}
    }
    assert silent == NOBODY_ACTS & silent


def test_actions_take_one_thing_by_position():
    assert [name for name, each in public_actions() if len(each.args.args) > 1] == []


def test_every_action_says_what_it_does():
    assert [name for name, each in public_actions() if not ast.get_docstring(each)] == []


def test_actions_never_take_a_request_or_a_form():
    found = []
    for path in source.files_of("actions"):
        for each in source.functions(path):
            names = {argument.arg for argument in (*each.args.args, *each.args.kwonlyargs)}
            if names & {"request", "form"}:
                found.append(f"{source.name_of(path)}:{each.lineno} {each.name}")
    assert found == []


def test_presenters_and_templates_do_not_query():
    found = [
        source.name_of(path)
        for path in source.files_of("presenters")
        if re.search(r"\.objects\b|\.filter\(|select_related", path.read_text())
    ]
    assert found == []


def top_level(path):
    return [node for node in source.tree(path).body if isinstance(node, source.Function)]


def is_atomic(function):
    return any("atomic" in ast.unparse(each) for each in function.decorator_list)
