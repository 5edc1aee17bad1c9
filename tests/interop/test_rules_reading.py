"""Reading one value of a question: what it means, and every way in which it means nothing."""

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.interop.oruk.rules import asking, reading
from linkworks.interop.oruk.rules.asking import Asked, BadQuestion

HERE = "2b6a1a5e-8f1c-4a51-9a53-0d0a4c6f7b11"
HOUR = timezone(timedelta(hours=1))
MEANT: list[tuple[str, str, Any]] = [
    ("page", "1", 1),
    ("page", "1000000", 1_000_000),
    ("per_page", "007", 7),
    ("full", "TRUE", True),
    ("full", "false", False),
    ("taxonomy_id", HERE, UUID(HERE)),
    ("taxonomy_id", HERE.upper(), UUID(HERE)),
    ("search", "  lunch   club ", "lunch club"),
    ("modified_after", "2026-11-22", datetime(2026, 11, 22, tzinfo=UTC)),
    ("modified_after", "2026-11-22T10:30:00", datetime(2026, 11, 22, 10, 30, tzinfo=UTC)),
    ("modified_after", "2026-11-22T10:30:00Z", datetime(2026, 11, 22, 10, 30, tzinfo=UTC)),
    ("modified_after", "2026-11-22T10:30:00+01:00", datetime(2026, 11, 22, 10, 30, tzinfo=HOUR)),
    ("modified_after", "2026-11-22T10:30:00 01:00", datetime(2026, 11, 22, 10, 30, tzinfo=HOUR)),
    ("modified_after", "2026-11-22 10:30", datetime(2026, 11, 22, 10, 30, tzinfo=UTC)),
    ("day", "mo", "MO"),
    ("day", "Sunday", "SU"),
    ("start_time", "09:30", time(9, 30)),
    ("start_time", "23:59:59", time(23, 59, 59)),
    ("postcode", "se155dd", "SE15 5DD"),
    ("proximity", "1", 1),
    ("format", "ndjson", "ndjson"),
    ("minimum_age", "0", 0),
]


@pytest.mark.parametrize(("name", "said", "meant"), MEANT)
def test_what_a_value_means(name: str, said: str, meant: Any) -> None:
    assert asking.one_value([said], name) == meant


@given(st.sampled_from(sorted(reading.READERS)), st.text(max_size=40))
def test_anything_else_is_explained_and_never_trouble(name: str, said: str) -> None:
    assert not refusal(name, said) or refusal(name, said).startswith("must be ")


def refusal(name: str, said: str) -> str:
    """Why a value is refused; nothing when it means something."""
    try:
        asking.one_value([said], name)
    except ValueError as problem:
        return str(problem)
    return ""


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_we_write_is_read_back(moment: datetime) -> None:
    assert reading.moment(moment.isoformat()) == moment
    assert reading.moment(moment.isoformat().replace("+", " ")) == moment, "as an address turns it"


@given(st.uuids())
def test_an_id_is_read_in_the_spelling_of_our_feed(identifier: UUID) -> None:
    assert reading.id_or_none(str(identifier)) == identifier
    for other in (identifier.hex, f"{{{identifier}}}", f"urn:uuid:{identifier}", f"{identifier} ", f"{identifier}x"):
        assert reading.id_or_none(other) is None


class TestQuestions:
    @pytest.mark.parametrize("endpoint", sorted(asking.OFFERED))
    def test_nothing_asked_is_everything(self, endpoint: str) -> None:
        asked = asking.read({}, endpoint)
        assert (asked.values, asked.unknown, asked.page, asked.is_streamed) == ({}, (), 1, False)
        assert asking.warning(asked) == ""

    @pytest.mark.parametrize("endpoint", sorted(asking.OFFERED))
    def test_what_another_address_offers_is_unknown_here(self, endpoint: str) -> None:
        every = {name for offered in asking.OFFERED.values() for name in offered}
        for name in every - set(asking.OFFERED[endpoint]):
            asked = asking.read({name: ["x"]}, endpoint)
            assert asked.unknown == (name,)
            with pytest.raises(BadQuestion) as refused:
                asking.read({name: ["x"], "strict": ["true"]}, endpoint)
            assert set(refused.value.problems) == {name}

    @pytest.mark.parametrize(
        ("values", "per_page"),
        [
            ({}, asking.USUAL_PER_PAGE),
            ({"per_page": 7}, 7),
            ({"perPage": 9}, 9),
            ({"minimal": True}, None),
            ({"minimal": False}, asking.USUAL_PER_PAGE),
            ({"minimal": True, "per_page": 3}, 3),
        ],
    )
    def test_how_many_on_a_page(self, values: dict[str, Any], per_page: int | None) -> None:
        assert Asked(values).per_page == per_page

    def test_the_same_said_in_both_spellings_is_no_quarrel(self) -> None:
        assert asking.read({"per_page": ["5"], "perPage": ["5"]}, "services").per_page == 5

    def test_every_problem_is_told_in_a_sentence(self) -> None:
        with pytest.raises(BadQuestion) as refused:
            asking.read({"page": ["x"], "full": ["x"], "search": ["a", "b"]}, "services")
        assert set(refused.value.problems) == {"page", "full", "search"}
        assert all(said.endswith(".") and name in said for name, said in refused.value.problems.items())

    @given(st.text(max_size=200))
    def test_a_warning_is_plain_letters_whatever_was_typed(self, name: str) -> None:
        said = asking.warning(Asked({}, (name,)))
        assert said.isascii() and said.isprintable()
        assert said.count('"') == 2

    def test_a_warning_does_not_grow_without_end(self) -> None:
        assert asking.warning(Asked({}, tuple(f"n{number}" for number in range(999)))).count("299") == 10
