"""Documents made to harm end in a sentence or in a row with its problem, quickly, and in little memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from linkworks.clients import documents
from linkworks.core.errors import Invalid
from linkworks.directory.models import ImportRun, Service
from linkworks.directory.rules.feeds import NotAFeed, open_envelope
from tests.database import ROOT

from .readings import row

GOOD = json.dumps(row("good"))
MEGABYTE = 1024 * 1024


def read(folder: Path, body: bytes | str) -> ImportRun:
    from linkworks.directory import actions
    from tests.factories import directory as make

    file = folder / "feed.json"
    file.write_bytes(body.encode() if isinstance(body, str) else body)
    return actions.import_feed(str(file), name="Bramblewick", by=make.KEEPER)


WHOLE = {
    "nested without end": (b"[" * 200_000, "nested too deeply|too many values"),
    "nested and closed": (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "objects in objects": (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested too deeply"),
    "a number of a million digits": (b'{"contents": [' + b"9" * 1_000_000 + b"]}", "thousands of digits"),
    "millions of empty lists": (b"[" + b"[]," * 6_000_000 + b"[]]", "too many values"),
    "millions of objects": (b"[" + b"{}," * 6_000_000 + b"{}]", "too many values"),
    "millions of words": (b"[" + b'"ab",' * 4_000_000 + b'"ab"]', "too many values"),
    "UTF-16": (json.dumps({"contents": []}).encode("utf-16"), "not written in UTF-8"),
    "Latin letters": ('{"contents": [{"id": 1, "name": "Café"}]}'.encode("cp1252"), "not written in UTF-8"),
    "a page for people": (b"<!doctype html><h1>Sorry</h1>", "not JSON"),
    "nothing": (b"", "not JSON"),
    "half a document": (GOOD.encode()[:40], "not JSON"),
    "bytes of no kind": (bytes(range(256)), "not JSON"),
    "two lists": (f'{{"content": [{GOOD}], "content": []}}'.encode(), "two lists"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_document_that_cannot_be_read_ends_the_reading_with_a_sentence(
    everything: None, tmp_path: Path, name: str
) -> None:
    import re

    body, why = WHOLE[name]
    run = read(tmp_path, body)
    assert re.search(why, run.stopped_because), run.stopped_because
    assert (run.state, run.read, Service.objects.count()) == ("stopped", 0, 0)


def test_more_than_twenty_megabytes_is_not_read_at_all() -> None:
    with pytest.raises(Invalid, match="larger than 20 MB"):
        documents.parsed(b" " * (20 * MEGABYTE + 1))


def nested(depth: int) -> str:
    return (
        '{"id": "x", "name": "Deep", "organisation": {"id": "o1", "name": "K"}, "extra": '
        + "[" * depth
        + "]" * depth
        + "}"
    )


ROWS = {
    "a name twice": ('{"id": "x", "name": "Kind", "name": "Cruel"}', "The row says “name” twice"),
    "an id twice": ('{"id": "x", "id": "good", "name": "Cruel"}', "The row says “id” twice"),
    "no id": ('{"name": "Nobody"}', "The row has no id"),
    "a name of nothing": ('{"id": "x", "name": "\\u0000\\u200b "}', "The row has no name"),
    "a list": ("[1, 2, 3]", "This row is not a service"),
    "a word": ('"service"', "This row is not a service"),
    "nothing": ("null", "This row is not a service"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_is_left_out_with_its_reason_and_the_next_is_read(
    everything: None, tmp_path: Path, name: str
) -> None:
    bad, why = ROWS[name]
    run = read(tmp_path, f'{{"content": [{bad}, {GOOD}]}}')
    assert (run.rejected, run.created + run.held, run.stopped_because) == (1, 1, "")
    assert run.problems.get(outcome="rejected").reason.startswith(why)
    assert Service.objects.get().source_key == "good"


HARMLESS = {
    "deep but not endless": nested(150),
    "a field of five megabytes": json.dumps(row("x", description="word " * MEGABYTE)),
    "a word without end": json.dumps(row("x", name="n" * MEGABYTE, description="n" * 5 * MEGABYTE)),
    "an address without end": json.dumps(row("x", description="a." * MEGABYTE, url="a" * MEGABYTE, email="1" * MEGABYTE)),
    "a number without end": '{"id": "x", "name": "N", "min_age": 1e99999, "cost_options": [{"amount": 1e400}]}',
    "a number of forty digits": f'{{"id": "x", "name": "N", "min_age": {"9" * 40}, "extra": {"9" * 40}}}',
    "not a number": '{"id": "x", "name": "N", "locations": [{"geometry": {"coordinates": [NaN, Infinity]}}]}',
    "thousands of places": json.dumps(row("x", locations=[{"address_1": f"{n} Elm Road"} for n in range(2000)])),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_row_is_stored_or_left_out_and_harms_nothing(everything: None, tmp_path: Path, name: str) -> None:
    run = read(tmp_path, f'{{"content": [{HARMLESS[name]}, {GOOD}]}}')
    assert run.read == run.created + run.held + run.rejected == 2
    assert Service.objects.filter(source_key="good").exists()
    for service in Service.objects.all():
        json.loads(service.document)
        assert len(service.description) <= 20_000


def test_the_reader_of_pages_names_a_doubled_list() -> None:
    with pytest.raises(NotAFeed, match="two lists"):
        open_envelope(documents.parsed(b'{"contents": [], "contents": [1]}'))


def test_an_object_that_says_nothing_twice_is_an_ordinary_one() -> None:
    assert type(documents.parsed(b'{"a": {"b": 1}}')) is dict


MEMORY = """
import resource, sys
from linkworks.clients import documents
from linkworks.core.errors import Invalid
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
body = {body}
try:
    documents.parsed(body)
except Invalid as error:
    print(error.message, file=sys.stderr)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) // 1024)
"""
LARGEST = {
    "empty lists": "b'[' + b'[],' * 599_000 + b'[]]'",
    "empty objects": "b'[' + b'{},' * 599_000 + b'{}]'",
    "objects of one word": "b'[' + b','.join(b'{\"k%d\":1.5}' % n for n in range(590_000)) + b']'",
    "words": "b'[' + b','.join(b'\"word%d\"' % n for n in range(1_190_000)) + b']'",
    "one object of many words": "b'{' + b','.join(b'\"k%d\":%d.5' % (n, n) for n in range(1_190_000)) + b'}'",
    "wide letters": "('[\"' + '\\U0001F600' * 5_200_000 + '\"]').encode()",
    "as many as are refused": "b'[' + b'[],' * 6_000_000 + b'[]]'",
    "nested without end": "b'[' * (20 * 1024 * 1024)",
    "digits without end": "b'[' + b'9' * (20 * 1024 * 1024 - 2) + b']'",
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_document_that_is_read_takes_at_most_300_megabytes(name: str) -> None:
    """In a process of its own, whose memory nobody else has grown."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY.format(body=LARGEST[name])], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) <= 300, done.stderr
