"""Opening documents: quickly where that is sure, name by name where not, and the same either way."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkworks.clients import documents
from linkworks.clients.documents import Doubled
from linkworks.core.errors import Invalid

MARKS = st.text(alphabet='":,\\ {}[]a\u00e9\n', max_size=6)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | MARKS,
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(MARKS, inner), max_size=3).map(tuple),
    max_leaves=12,
)
SPELT = st.sampled_from([",", ", ", " , "]), st.sampled_from([":", ": ", " :", "\n:"]), st.booleans()


def written(value: Any, comma: str, colon: str, by_number: bool) -> str:
    """A value as JSON; a tuple is an object's names and values in their order, some perhaps twice."""
    if isinstance(value, tuple):
        pairs = [f"{word(name, by_number)}{colon}{written(each, comma, colon, by_number)}" for name, each in value]
        return "{" + comma.join(pairs) + "}"
    if isinstance(value, list):
        return "[" + comma.join(written(each, comma, colon, by_number) for each in value) + "]"
    return word(value, by_number) if isinstance(value, str) else json.dumps(value)


def word(text: str, by_number: bool) -> str:
    if not by_number:
        return json.dumps(text, ensure_ascii=False)
    return '"' + "".join(f"\\u{ord(each):04X}" if each in '":' else json.dumps(each)[1:-1] for each in text) + '"'


def twice_in(value: Any) -> Iterator[tuple[str, ...]]:
    """The names that objects say twice, told slowly: from the inside to the outside, only of what is kept."""
    if isinstance(value, list):
        for each in value:
            yield from twice_in(each)
    if isinstance(value, tuple):
        names = [name for name, _ in value]
        for each in dict(value).values():
            yield from twice_in(each)
        if len(set(names)) < len(names):
            yield tuple(dict.fromkeys(name for name in names if names.count(name) > 1))[:3]


def marked_in(value: Any) -> Iterator[tuple[str, ...]]:
    for each in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from marked_in(each)
    if isinstance(value, Doubled):
        yield value.names


@given(VALUES, *SPELT)
@example((("a", ":"), ("a", 1)), ",", ":", False)
@example((("a", '":'), ("a", "\\")), ",", ":", False)
@example((("a", 1), ("a", 2), ("b", '":"')), ",", ":", True)
def test_the_same_is_read_as_name_by_name_and_every_doubled_name_is_found(
    value: Any, comma: str, colon: str, by_number: bool
) -> None:
    body = written(value, comma, colon, by_number).encode()
    slowly = documents.name_by_name(body)
    for piece in (documents.PIECE, 1, 2, 5):  # wherever a document is cut, nothing falls between two pieces
        with patch.object(documents, "PIECE", piece):
            found = documents.parsed(body)
        assert found == slowly
        assert repr(found) == repr(slowly), "a number of another kind"
        assert sorted(marked_in(found)) == sorted(twice_in(value))


@pytest.mark.parametrize("piece", [1, 2, 3, 4, 64])
def test_the_values_of_a_document_are_counted_once_however_it_is_cut(
    piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PIECE", piece)
    assert [documents.values_in(body) for body in (b"", b"[", b"[1,2]", b'{"a":[{},{}],"b":1}')] == [0, 1, 2, 6]
    monkeypatch.setattr(documents, "MOST_VALUES", 5)
    with pytest.raises(Invalid, match="too many values"):
        documents.parsed(b"[1,2,3,4,5,6]")
    assert documents.parsed(b"[1,2,3,4,5]") == [1, 2, 3, 4, 5]


HIDDEN = {
    "a colon by its number": rb'{"a": 1, "a": "\"\u003a"}',
    "a mark by its number": rb'{"a": 1, "a": "\u0022:"}',
    "a colon in capitals": rb'{"a": 1, "a": "\"\u003A"}',
    "a space before the colon": rb'{"a" : 1, "a": 2}',
    "a line before the colon": b'{"a"\n:1,"a":2}',
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_doubled_name_cannot_hide_behind_how_the_marks_are_written(name: str) -> None:
    assert isinstance(documents.parsed(HIDDEN[name]), Doubled)


@pytest.mark.parametrize("name", ["a colon by its number", "a mark by its number", "a colon in capitals"])
def test_without_the_look_for_numbers_it_would_hide(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "spells_by_number", lambda body: False)
    assert not isinstance(documents.parsed(HIDDEN[name]), Doubled)


def test_an_ordinary_document_is_not_looked_at_name_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "name_by_name", lambda body: pytest.fail("it was looked at name by name"))
    told = {"contents": [{"name": "Café", "description": 'They say "come in":\n- tea'}], "total": 1}
    for style in ({}, {"ensure_ascii": False}, {"indent": 2}, {"separators": (",", ":")}):
        assert documents.parsed(json.dumps(told, **style).encode()) == told  # type: ignore[arg-type]


ODD = {
    "a mark of byte order": ("\ufeff[1]".encode(), [1]),
    "not a number": (b"[NaN, Infinity]", [None, None]),
    "half of a letter": (rb'["\ud800"]', ["\ud800"]),
    "a number without end": (b"[1e400]", [float("inf")]),
    "forty digits": (b"[" + b"9" * 40 + b"]", [int("9" * 40)]),
}


@pytest.mark.parametrize("name", ODD)
def test_what_only_the_slower_way_reads_is_still_read(name: str) -> None:
    body, read = ODD[name]
    assert documents.parsed(body) == read


@pytest.mark.parametrize(
    ("body", "why"),
    [(b"[" + b"1" * 5000 + b"]", "thousands of digits"), (b"[" * 100_000, "nested too deeply"), (b"[1", "not JSON")],
)  # fmt: skip
def test_what_neither_can_read_ends_in_a_sentence(body: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        documents.parsed(body)
