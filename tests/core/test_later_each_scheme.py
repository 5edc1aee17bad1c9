"""A timer visits every scheme: one that fails, or one row that fails, stops none of the others, and is not kept quiet."""

from collections.abc import Callable
from typing import Any

import pytest

from linkworks.core.later import each_scheme, on_its_own
from linkworks.organisations.models import Scheme
from tests.cast import Cast

BROKEN = ValueError("broken")


def visit(act: Callable[..., None], cast: Cast) -> None:
    each_scheme("core.test", [cast.scheme.id, cast.other_scheme.id], act)


def test_a_scheme_that_fails_stops_no_other_and_keeps_nothing(cast: Cast, caplog: Any) -> None:
    seen = []

    def act(scheme_id: Any, *, by: Any) -> None:
        assert by.schemes == {scheme_id}
        Scheme.objects.filter(pk=scheme_id).update(phone="changed")
        if scheme_id == cast.scheme.id:
            raise BROKEN
        seen.append(scheme_id)

    with pytest.raises(ValueError, match="broken"):
        visit(act, cast)
    assert seen == [cast.other_scheme.id]
    assert Scheme.objects.get(phone="changed") == cast.other_scheme
    assert "failed for one" in caplog.text


def test_a_row_that_fails_keeps_the_work_of_the_others(cast: Cast) -> None:
    def act(scheme_id: Any, *, by: Any) -> None:
        for number in range(3):
            with on_its_own("core.test"):
                Scheme.objects.filter(pk=scheme_id).update(phone=str(number))
                if number == 2:
                    raise BROKEN

    with pytest.raises(ValueError, match="broken"):
        visit(act, cast)
    assert set(Scheme.objects.values_list("phone", flat=True)) == {"1"}


def test_by_itself_a_failure_is_a_failure(db: None) -> None:
    with pytest.raises(ValueError, match="broken"), on_its_own("core.test"):
        raise BROKEN
