"""Every job that is queued exists, every job that exists is used, and jobs are told ids only."""

import ast
from importlib import import_module

from linkworks.core import later

from . import source


def every_job() -> set[str]:
    for path in source.files_of("jobs"):
        import_module(".".join(path.relative_to(source.ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return set(later.REGISTERED)


def queued() -> dict[str, str]:
    """Name of a job → a place that queues it."""
    return {name: place for place, name in queueing() if name}


def queueing() -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for path in source.python_files():
        if path.name == "later.py":
            continue
        for call in source.calls(path, "later"):
            first = call.args[0] if call.args else None
            name = first.value if isinstance(first, ast.Constant) else None
            found.append((f"{source.name_of(path)}:{call.lineno}", name))
    return found


def test_jobs_are_queued_by_a_name_that_can_be_read():
    assert [place for place, name in queueing() if name is None] == []


def test_every_queued_job_exists():
    missing = {name: place for name, place in queued().items() if name not in every_job()}
    assert missing == {}


def test_every_job_is_queued_or_scheduled():
    assert every_job() - set(queued()) - set(later.SCHEDULED) == set()


def test_a_job_is_named_for_its_app():
    strays = []
    for path in source.files_of("jobs"):
        app = path.relative_to(source.HOUSE).parts[0]
        for each in (*source.calls(path, "job"), *source.calls(path, "scheduled")):
            if not str(each.args[0].value).startswith(f"{app}."):
                strays.append(f"{source.name_of(path)}:{each.lineno}")
    assert strays == []


def test_there_are_jobs_to_look_at():
    """The scan itself works: it finds what is known to be there."""
    assert {"core.reap_stalled", "messaging.deliver"} <= every_job()
    assert queued()
